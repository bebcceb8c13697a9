export type Direction = 'left' | 'right' | 'up' | 'down';

type Point = { x: number; y: number };

/**
 * The mark that lies next in a direction: the nearest of those that lie more that way than to the side, going to the side
 * costing double. Null where none does.
 */
export function nextMark<M>(
	here: M,
	marks: readonly M[],
	direction: Direction,
	pointOf: (mark: M) => Point
): M | null {
	const from = pointOf(here);
	let best: { mark: M; cost: number } | null = null;
	for (const mark of marks) {
		if (mark === here) continue;
		const to = pointOf(mark);
		const [across, down] = [to.x - from.x, to.y - from.y];
		const along = { left: -across, right: across, up: -down, down }[direction];
		const aside = Math.abs(direction === 'left' || direction === 'right' ? down : across);
		if (along <= 0 || aside > along) continue;
		const cost = along + 2 * aside;
		if (best === null || cost < best.cost) best = { mark, cost };
	}
	return best?.mark ?? null;
}
