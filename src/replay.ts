/* The slider of a page's replay: as it moves, the page becomes what was known on the day it stands at. */

const WAIT_MILLISECONDS = 120;

let asked: AbortController | null = null;
let timer = 0;

/** Shows the day that the slider stands at, as soon as it rests for a moment. Without a network the form's button remains. */
export function replay(slider: HTMLInputElement): void {
	const form = slider.form!;
	const day = form.dataset.days!.split(' ')[slider.valueAsNumber]!;
	const field = form.elements.namedItem('asof') as HTMLInputElement;
	field.value = day;
	const words = new Intl.DateTimeFormat(document.documentElement.lang, {
		dateStyle: 'long',
		timeZone: 'UTC'
	});
	slider.setAttribute('aria-valuetext', words.format(new Date(day)));
	clearTimeout(timer);
	timer = window.setTimeout(() => void show(form), WAIT_MILLISECONDS);
}

async function show(form: HTMLFormElement): Promise<void> {
	asked?.abort();
	const { signal } = (asked = new AbortController());
	const address = new URL(form.action);
	address.search = new URLSearchParams(new FormData(form) as unknown as Record<string, string>).toString();
	try {
		const answer = await fetch(address, { signal });
		const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
		const fresh = page.querySelector('form[data-replay]');
		if (!fresh) return location.assign(address);
		const before = form.getBoundingClientRect().top;
		replaceAround(form, fresh);
		window.scrollBy(0, form.getBoundingClientRect().top - before);
		history.replaceState(null, '', address);
		form.querySelector('output')!.textContent = document.querySelector('[data-replayed]')?.textContent ?? '';
	} catch (error) {
		if (!signal.aborted) throw error;
	}
}

/** Puts the new page in the place of this one, all but the form: whoever drags its slider must not lose it. */
function replaceAround(kept: Element, fresh: Element): void {
	for (
		let [mine, theirs] = [kept, fresh];
		mine !== document.body;
		[mine, theirs] = [mine.parentElement!, theirs.parentElement!]
	) {
		while (mine.previousSibling) mine.previousSibling.remove();
		while (mine.nextSibling) mine.nextSibling.remove();
		const siblings = [...theirs.parentNode!.childNodes];
		const at = siblings.indexOf(theirs);
		mine.before(...siblings.slice(0, at));
		mine.after(...siblings.slice(at + 1));
	}
	document.title = fresh.ownerDocument.title;
}
