type Taken =
	| { outcome: 'reading' | 'identical'; sha256: string; importId: string }
	| { outcome: 'stored'; sha256: string; reason: string }
	| { outcome: 'refused'; refusal: { code: string; message: string } };

/** Sends the file of a form as a stream, with progress, and goes to the page where it is looked at. */
export function sendFile(form: HTMLFormElement): void {
	const input = form.querySelector<HTMLInputElement>('input[type=file]');
	const file = input?.files?.[0];
	if (!file) return;
	const { broken, refusals, after } = form.dataset;
	const sending = form.querySelector<HTMLElement>('.sending')!;
	const progress = sending.querySelector('progress')!;
	const output = sending.querySelector('output')!;
	const button = form.querySelector('button')!;
	const say = (text: string) => {
		output.textContent = text;
	};
	const giveUp = (text: string) => {
		progress.hidden = true;
		button.disabled = false;
		button.focus();
		say(text);
	};
	const request = new XMLHttpRequest();
	request.open('PUT', `/sources/upload?name=${encodeURIComponent(file.name)}`);
	request.responseType = 'json';
	request.upload.addEventListener('progress', ({ loaded, total }) => {
		const percent = total === 0 ? 100 : Math.floor((loaded / total) * 100);
		progress.value = percent;
		say(`${percent} %`);
	});
	request.addEventListener('load', () => {
		const taken = request.response as Taken | null;
		if (taken && taken.outcome !== 'refused') {
			location.assign(`${after!}${whereTo(taken)}`);
			return;
		}
		const texts = JSON.parse(refusals!) as Record<string, string>;
		const refusal = taken?.refusal;
		giveUp(refusal ? (texts[refusal.code] ?? refusal.message) : broken!);
	});
	request.addEventListener('error', () => giveUp(broken!));
	button.disabled = true;
	sending.hidden = false;
	progress.hidden = false;
	progress.value = 0;
	request.send(file);
}

function whereTo(taken: Exclude<Taken, { outcome: 'refused' }>): string {
	if (taken.outcome === 'stored')
		return taken.reason === 'mapping-needed' ? `${taken.sha256}/mapping` : taken.sha256;
	return `${taken.sha256}?import=${taken.importId}${taken.outcome === 'identical' ? '#identical' : ''}`;
}
