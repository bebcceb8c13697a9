/*
 * All the script that a page brings along. Pages are complete as the server sends them and are not hydrated; this adds
 * what only a script can do, and loads the rest when it is asked for.
 */

// A chart is made interactive on request: only then does its library come.
document.addEventListener('click', ({ target }) => {
	const button = (target as Element).closest<HTMLButtonElement>('button[data-plot]');
	if (button) void import('#lib/chart/explore.ts').then(({ toggleExploring }) => toggleExploring(button));
});

// A chart or map is saved as a picture.
document.addEventListener('click', ({ target }) => {
	const button = (target as Element).closest<HTMLButtonElement>('button[data-picture]');
	if (button) void import('#lib/picture/save.ts').then(({ savePicture }) => savePicture(button));
});

// A sentence is copied. Without a script, or a clipboard, there is no button: the sentence stands there to be marked.
if (navigator.clipboard)
	for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copy]')) {
		button.hidden = false;
		button.addEventListener('click', () => {
			void import('./copy-text.ts').then(({ copyText }) => copyText(button));
		});
	}

// Moving the slider of a replay shows what was known on each day.
document.addEventListener('input', ({ target }) => {
	const slider = (target as Element).closest<HTMLInputElement>('form[data-replay] input[type=range]');
	if (slider) void import('./replay.ts').then(({ replay }) => replay(slider));
});
// A map can be moved, and answers to its table, as soon as someone comes near it.
for (const type of ['pointerover', 'focusin', 'touchstart', 'click'] as const) {
	document.addEventListener(
		type,
		({ target }) => {
			const map = (target as Element).closest<HTMLElement>('figure[data-map]');
			if (!map) return;
			const move = type === 'click' ? (target as Element).closest<HTMLElement>('[data-move]') : null;
			void import('#lib/map/start.ts').then(({ startMap, pressMove }) =>
				move ? pressMove(map, move.dataset.move!) : startMap(map)
			);
		},
		{ passive: true }
	);
}

// A file is streamed, so that it may be larger than a form, and its progress seen.
document.addEventListener('submit', (event) => {
	const form = event.target as HTMLFormElement;
	if (form.dataset.sendFile === undefined) return;
	event.preventDefault();
	void import('./send-file.ts').then(({ sendFile }) => sendFile(form));
});
const waiting = document.querySelector<HTMLElement>('[data-watch-import]');
if (waiting) void import('./watch-import.ts').then(({ watchImport }) => watchImport(waiting));

// A filter shows its result without the page being loaded anew.
if (document.querySelector('form[data-live]'))
	void import('./live-filter.ts').then(({ liveFilter }) => liveFilter());

// An address without the fields that a form's user left blank; without a script the server drops them itself.
document.addEventListener('formdata', ({ target, formData }) => {
	if ((target as HTMLFormElement).method !== 'get') return;
	for (const [name, value] of [...formData]) if (value === '') formData.delete(name);
});

// Escape puts the exact amounts away that pointing or focusing brought up, until the reader moves on (WCAG 1.4.13).
const setTips = (state: 'on' | 'off') => {
	document.documentElement.dataset.tips = state;
};
document.addEventListener('keydown', ({ key }) => key === 'Escape' && setTips('off'));
document.addEventListener('focusin', () => setTips('on'));
document.addEventListener(
	'pointermove',
	({ movementX, movementY }) => (movementX !== 0 || movementY !== 0) && setTips('on')
);
