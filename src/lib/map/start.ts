import { followTable } from './follow.ts';
import { MapMover, type Move } from './move.ts';

const started = new WeakMap<Element, MapMover>();

/** Lets a map be zoomed and moved, walked through by arrow keys, and followed in its table. Once for each map. */
export function startMap(figure: HTMLElement): MapMover | null {
	const known = started.get(figure);
	if (known) return known;
	const svg = figure.querySelector<SVGSVGElement>('.view > svg[data-whole]');
	if (!svg) return null;
	const mover = new MapMover(svg);
	started.set(figure, mover);
	followTable(figure, svg, mover);
	return mover;
}

/** What a button beside the map asks for. */
export function pressMove(figure: HTMLElement, move: string): void {
	startMap(figure)?.go(move as Move);
}
