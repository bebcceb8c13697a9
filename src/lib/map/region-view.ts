import type { WorldRegion } from '#lib/words/world-region.ts';
import type { Point } from './simplify.ts';
import type { World } from './world.ts';

/** A part of a drawing: left, top, width and height in its units. */
export type View = { x: number; y: number; width: number; height: number };

/** West, south, east and north of a region's land in degrees; far islands lie outside. */
const EXTENT: Record<WorldRegion, [number, number, number, number]> = {
	africa: [-19, -36, 53, 38],
	americas: [-128, -55, -33, 62],
	asia: [28, -10, 146, 55],
	europe: [-24, 34, 58, 71],
	oceania: [110, -48, 179.5, 14]
};

/** The part of the world that shows a region, of the world's own proportions, so that the picture keeps its place. */
export function regionView(world: World, region: WorldRegion): View {
	const [west, south, east, north] = EXTENT[region];
	const edge: Point[] = [];
	for (let step = 0; step <= 8; step++) {
		const [lon, lat] = [west + ((east - west) * step) / 8, south + ((north - south) * step) / 8];
		edge.push([west, lat], [east, lat], [lon, south], [lon, north]);
	}
	const points = edge.map((at) => world.locate(at));
	const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
	const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
	const scale = Math.min(1, Math.max((right - left) / world.width, (bottom - top) / world.height));
	const [width, height] = [Math.round(world.width * scale), Math.round(world.height * scale)];
	const within = (middle: number, size: number, whole: number) =>
		Math.round(Math.min(whole - size, Math.max(0, middle - size / 2)));
	return {
		x: within((left + right) / 2, width, world.width),
		y: within((top + bottom) / 2, height, world.height),
		width,
		height
	};
}
