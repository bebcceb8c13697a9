/*
 * All the script that a page brings along. Pages are complete as the server sends them and are not hydrated; this adds
 * what only a script can do, and loads the rest when it is asked for.
 */

// A chart is made interactive on request: only then does its library come.
document.addEventListener('click', ({ target }) => {
	const button = (target as Element).closest<HTMLButtonElement>('button[data-plot]');
	if (button) void import('#lib/chart/explore.ts').then(({ toggleExploring }) => toggleExploring(button));
});

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
