export type Point = [number, number];

/** Square of the distance from `p` to the segment `a`-`b`. */
function squaredDistance(p: Point, a: Point, b: Point): number {
	const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
	const length = dx * dx + dy * dy;
	const t = length === 0 ? 0 : ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length;
	const clamped = Math.min(1, Math.max(0, t));
	return (p[0] - a[0] - clamped * dx) ** 2 + (p[1] - a[1] - clamped * dy) ** 2;
}

/**
 * Douglas and Peucker's reduction of a line of plane points: both ends stay, and no point that is left
 * out lay further than `tolerance` from the line that remains. A closed line is halved at its far point
 * first, so that an island does not collapse into its starting point.
 */
export function simplifyLine(points: Point[], tolerance: number): Point[] {
	const limit = tolerance * tolerance;
	const keep = new Uint8Array(points.length);
	keep[0] = keep[points.length - 1] = 1;
	const stack: [number, number][] = [[0, points.length - 1]];
	while (stack.length > 0) {
		const [from, to] = stack.pop()!;
		let far = -1;
		let most = limit;
		for (let i = from + 1; i < to; i++) {
			const distance = squaredDistance(points[i]!, points[from]!, points[to]!);
			if (distance > most) [far, most] = [i, distance];
		}
		if (far < 0) continue;
		keep[far] = 1;
		stack.push([from, far], [far, to]);
	}
	return points.filter((_, i) => keep[i]);
}

/** Twice the signed area of a ring would do for comparing; this is the area itself, never negative. */
export function ringArea(ring: readonly (readonly number[])[]): number {
	let sum = 0;
	for (let i = 0, j = ring.length - 1; i < ring.length; j = i++)
		sum += ring[j]![0]! * ring[i]![1]! - ring[i]![0]! * ring[j]![1]!;
	return Math.abs(sum) / 2;
}

/**
 * Whole-number plane points as the shortest SVG path that draws them: relative steps, no blank where a
 * minus sign parts two numbers, and `z` instead of the last step of a ring.
 */
export function writePath(lines: readonly (readonly (readonly number[])[])[], closed: boolean): string {
	let d = '';
	for (const line of lines) {
		let [x, y] = [line[0]![0]!, line[0]![1]!];
		d += `M${x},${y}`;
		let steps = '';
		for (const point of line.slice(1, closed ? -1 : undefined)) {
			const [dx, dy] = [point[0]! - x, point[1]! - y];
			if (dx === 0 && dy === 0) continue;
			steps += `${steps && dx >= 0 ? ' ' : ''}${dx}${dy < 0 ? '' : ' '}${dy}`;
			[x, y] = [point[0]!, point[1]!];
		}
		if (steps) d += `l${steps}`;
		if (closed) d += 'z';
	}
	return d;
}
