import type { View } from './region-view.ts';

/** How far one can zoom in: the drawing's lines are no finer. */
const MOST = 12;

/** What of a drawing can be shown: its whole size, and the part that is shown when nothing is zoomed. */
export type Bounds = { width: number; height: number; base: View };

/** The nearest view that keeps the base's proportions, is no larger than it and lies inside the drawing. */
export function within({ width, height, base }: Bounds, view: View): View {
	const scale = Math.min(1, Math.max(1 / MOST, view.width / base.width));
	const size = { width: base.width * scale, height: base.height * scale };
	// What grows or shrinks does so about its middle.
	const x = view.x + (view.width - size.width) / 2;
	const y = view.y + (view.height - size.height) / 2;
	return { ...size, x: clamp(x, width - size.width), y: clamp(y, height - size.height) };
}

/** The view after zooming by a factor about a point of the drawing, which stays where it is on the screen. */
export function zoomed(bounds: Bounds, view: View, factor: number, at?: { x: number; y: number }): View {
	const { x, y } = at ?? { x: view.x + view.width / 2, y: view.y + view.height / 2 };
	const scale = Math.min(1, Math.max(1 / MOST, view.width / factor / bounds.base.width));
	const [width, height] = [bounds.base.width * scale, bounds.base.height * scale];
	return within(bounds, {
		width,
		height,
		x: x - ((x - view.x) * width) / view.width,
		y: y - ((y - view.y) * height) / view.height
	});
}

/** The view moved by shares of itself. */
export function moved(bounds: Bounds, view: View, across: number, down: number): View {
	return within(bounds, { ...view, x: view.x + across * view.width, y: view.y + down * view.height });
}

/** The view in which a point is to be seen: the same one, or the one about the point. */
export function showing(bounds: Bounds, view: View, { x, y }: { x: number; y: number }): View {
	const edge = 0.06;
	const [left, top] = [view.x + view.width * edge, view.y + view.height * edge];
	const isIn =
		x >= left && x <= view.x + view.width * (1 - edge) && y >= top && y <= view.y + view.height * (1 - edge);
	return isIn ? view : within(bounds, { ...view, x: x - view.width / 2, y: y - view.height / 2 });
}

export const isWhole = ({ base }: Bounds, view: View): boolean =>
	view.width >= base.width * 0.999 && Math.abs(view.x - base.x) < 1;

function clamp(value: number, most: number): number {
	return Math.min(Math.max(0, most), Math.max(0, value));
}
