import { mount, unmount } from 'svelte';
import type { Drawable } from './draw.ts';
import ExplorePlot from './plot/ExplorePlot.svelte';

/** What stands in the place of a drawing, and the words that its button had before. */
const open = new WeakMap<HTMLButtonElement, { plot: Record<string, unknown>; words: string }>();

/** Puts an interactive chart in the place of its drawing, or the drawing back. LayerChart comes with this file alone. */
export function toggleExploring(button: HTMLButtonElement): void {
	const view = button.closest('figure')!.querySelector<HTMLElement>('.view')!;
	const drawing = view.firstElementChild as HTMLElement;
	const exploring = open.get(button);
	if (exploring) {
		void unmount(exploring.plot);
		open.delete(button);
		button.textContent = exploring.words;
		drawing.hidden = false;
		view.style.minBlockSize = '';
		return;
	}
	// The place that the drawing took stays taken, so that nothing jumps.
	const height = view.offsetHeight;
	view.style.minBlockSize = `${height}px`;
	drawing.hidden = true;
	const shown = JSON.parse(button.dataset.plot!) as Drawable;
	open.set(button, {
		plot: mount(ExplorePlot, { target: view, props: { ...shown, height } }),
		words: button.textContent
	});
	button.textContent = button.dataset.leave!;
}
