import type { MapMover } from './move.ts';
import { nextMark, type Direction } from './next-mark.ts';

const ARROWS: Record<string, Direction> = {
	ArrowLeft: 'left',
	ArrowRight: 'right',
	ArrowUp: 'up',
	ArrowDown: 'down'
};
/** With more marks than this the map is one stop of the Tab key, and arrows go through it. */
const MOST_STOPS = 25;

type Mark = SVGAElement;

/**
 * Map and table in step: what is pointed at or focused in one is marked in the other, and named above the map. Arrow keys go
 * from mark to mark by where they lie, Home and End to the first and last of the table's order.
 */
export function followTable(figure: HTMLElement, svg: SVGSVGElement, mover: MapMover): void {
	const marks = [...svg.querySelectorAll<Mark>('a')];
	const rows = new Map<string, HTMLTableRowElement>();
	for (const cell of figure.querySelectorAll<HTMLElement>('tbody [data-country]'))
		rows.set(cell.dataset.country!, cell.closest('tr')!);
	const codes = new Map([...rows].map(([code, row]) => [row, code]));
	const named = figure.querySelector<HTMLElement>('.pointed');
	let pointed: string | null = null;

	const markOf = (code: string) => marks.find((mark) => mark.dataset.country === code);
	const point = (code: string | null, words: string | null, isInMap: boolean) => {
		if (named) {
			named.textContent = words ?? '';
			named.hidden = !words;
		}
		if (code === pointed) return;
		for (const [old, on] of [
			[pointed, false],
			[code, true]
		] as const) {
			if (old === null) continue;
			rows.get(old)?.classList.toggle('pointed-at', on);
			markOf(old)?.classList.toggle('pointed-at', on);
		}
		pointed = code;
		if (isInMap && code !== null) bringToView(rows.get(code));
	};
	const wordsOf = (mark: Mark | undefined) => mark?.getAttribute('aria-label') ?? null;

	for (const type of ['pointerover', 'focusin'] as const) {
		figure.addEventListener(type, ({ target }) => {
			const mark = (target as Element).closest<Mark>('.view svg a');
			if (mark) {
				point(mark.dataset.country ?? null, wordsOf(mark), true);
				if (type === 'focusin' && mark.matches(':focus-visible')) mover.reveal(pointOf(mark));
				return;
			}
			const code = codes.get((target as Element).closest('tr')!) ?? null;
			point(code, code && wordsOf(markOf(code)), false);
		});
	}
	figure.addEventListener('pointerleave', () => point(null, null, false));
	figure.addEventListener('focusout', ({ relatedTarget }) => {
		if (!figure.contains(relatedTarget as Node | null)) point(null, null, false);
	});

	// Who made the script come stands on something already.
	const here = document.activeElement;
	if (here && figure.contains(here)) here.dispatchEvent(new FocusEvent('focusin', { bubbles: true }));

	if (marks.length > MOST_STOPS) stopOnce(marks);
	svg.addEventListener('keydown', (event) => {
		if (event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
		const here = (event.target as Element).closest<Mark>('a');
		if (!here) return;
		const next =
			event.key === 'Home'
				? marks[0]
				: event.key === 'End'
					? marks.at(-1)
					: event.key in ARROWS
						? nextMark(here, marks, ARROWS[event.key]!, pointOf)
						: undefined;
		if (next === undefined) return;
		event.preventDefault();
		if (next === null) return;
		if (marks.length > MOST_STOPS) for (const mark of marks) mark.tabIndex = mark === next ? 0 : -1;
		next.focus();
	});
}

/** Where a mark lies in the drawing. */
function pointOf({ dataset }: Mark): { x: number; y: number } {
	const [x = 0, y = 0] = (dataset.at ?? '').split(' ').map(Number);
	return { x, y };
}

/** One stop of the Tab key for all marks; the arrows move it. */
function stopOnce(marks: readonly Mark[]): void {
	const current = marks.find((mark) => mark === document.activeElement) ?? marks[0];
	for (const mark of marks) mark.tabIndex = mark === current ? 0 : -1;
}

/** Scrolls a row into the window of its table, never the page. */
function bringToView(row: HTMLTableRowElement | undefined): void {
	const window = row?.closest<HTMLElement>('.window');
	if (!row || !window || window.scrollHeight <= window.clientHeight) return;
	const [inner, outer] = [row.getBoundingClientRect(), window.getBoundingClientRect()];
	const head = window.querySelector('thead')?.getBoundingClientRect().height ?? 0;
	if (inner.top < outer.top + head) window.scrollTop -= outer.top + head - inner.top;
	else if (inner.bottom > outer.bottom) window.scrollTop += inner.bottom - outer.bottom;
}
