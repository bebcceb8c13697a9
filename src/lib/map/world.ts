import { geoEqualEarth, geoPath } from 'd3-geo';
import { feature, merge } from 'topojson-client';
import type { Polygon, MultiPolygon, MultiLineString } from 'geojson';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { iso3To2 } from '#lib/words/country.ts';
import { ringArea, simplifyLine, writePath, type Point } from './simplify.ts';

/** UN Geodata's status of an area; 99 is undetermined: hatched, and never coloured by a value. */
export const UNDETERMINED = 99;

export type AreaProperties = { st: number; fill?: string | null; c: Point; name?: string };
export type LineProperties = { ty: number };
export type WorldTopology = Topology<{
	areas: GeometryCollection<AreaProperties>;
	lines: GeometryCollection<LineProperties>;
}>;

/** How a boundary is drawn: UN Geodata's types 1 and 2, 3, and 4. */
export type LineStyle = 'solid' | 'dashed' | 'dotted';
export const lineStyle = (type: number): LineStyle =>
	type === 4 ? 'dotted' : type === 3 ? 'dashed' : 'solid';

export type WorldArea = {
	/** ISO alpha-3, or UN Geodata's own code (X..) where ISO has none. */
	code: string;
	iso2: string | null;
	status: number;
	/** Path in drawing units. */
	d: string;
	/** Point for a label or marker, in drawing units. */
	centroid: Point;
	/** Left, top, right and bottom of the whole area, in drawing units. */
	bounds: [number, number, number, number];
	/** Too small to be seen or hit: it needs a marker. */
	small: boolean;
};

export type World = {
	/** The drawing's size: paths are whole numbers, two units to the pixel of a 960 px wide map. */
	width: number;
	height: number;
	areas: WorldArea[];
	/** All land but the undetermined areas in one path, without inner boundaries. */
	land: string;
	lines: { type: LineStyle; d: string }[];
	/** Where a place (longitude, latitude) lies in drawing units. */
	locate: (at: Point) => Point;
};

const WIDTH = 1920;
const MARGIN = 2;
/** The topology's northern and southern ends in degrees: it holds no Antarctica. */
const [NORTH, SOUTH] = [84, -58.6];
/** A third of a pixel: nothing that a reader of a 960 px wide map could see is lost. */
const TOLERANCE = 0.7;
/** Rings below this many square units are left out, unless they are all that an area has. */
const SPECK = 8;
const SMALL = 40;

type Rings = number[][][];
const polygonsOf = (geometry: Polygon | MultiPolygon): Rings[] =>
	geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;

/** Whole rings, largest first, without specks; the largest always stays. */
function ringsToDraw(polygons: Rings[]): Rings {
	const bySize = polygons.toSorted((a, b) => ringArea(b[0]!) - ringArea(a[0]!));
	return bySize
		.filter((polygon, i) => i === 0 || ringArea(polygon[0]!) >= SPECK)
		.flatMap((polygon) => polygon.filter((ring, i) => i === 0 || ringArea(ring) >= SPECK));
}

/** The same topology with every arc projected to the plane, reduced and rounded, so that shared borders stay shared. */
function flatten(topology: WorldTopology, locate: (at: Point) => Point): WorldTopology {
	const [kx, ky] = topology.transform?.scale ?? [1, 1];
	const [tx, ty] = topology.transform?.translate ?? [0, 0];
	const arcs = topology.arcs.map((arc) => {
		let [x, y] = [0, 0];
		const points = arc.map((step) => {
			[x, y] = topology.transform ? [x + step[0]!, y + step[1]!] : [step[0]!, step[1]!];
			return locate([x * kx + tx, y * ky + ty]);
		});
		const closed = arc.length > 3 && points[0]!.join() === points.at(-1)!.join();
		const tiny = closed && ringArea(points) < SMALL;
		return simplifyLine(points, tiny ? 0 : TOLERANCE).map(([px, py]): Point => [
			Math.round(px),
			Math.round(py)
		]);
	});
	return { type: 'Topology', objects: topology.objects, arcs };
}

/**
 * Everything needed to draw the world in Equal Earth, from a UN Geodata topology. Pure; takes some tens of
 * milliseconds, so callers keep the result. Antarctica is not part of the topology.
 */
export function worldGeometry(topology: WorldTopology): World {
	const projection = geoEqualEarth().fitWidth(WIDTH - 2 * MARGIN, { type: 'Sphere' });
	const [[left]] = geoPath(projection).bounds({ type: 'Sphere' });
	const [top, bottom] = [projection([0, NORTH])![1], projection([0, SOUTH])![1]];
	const [dx, dy] = [MARGIN - left, MARGIN - top];
	const locate = (at: Point): Point => {
		const [x, y] = projection(at)!;
		return [x + dx, y + dy];
	};
	const flat = flatten(topology, locate);
	const { areas, lines } = flat.objects;

	const drawn = feature(flat, areas).features.map((item): WorldArea => {
		const polygons = polygonsOf(item.geometry as Polygon | MultiPolygon);
		const points = polygons.flatMap((polygon) => polygon[0]!);
		const [xs, ys] = [points.map((p) => p[0]!), points.map((p) => p[1]!)];
		const [x, y] = locate(item.properties.c);
		return {
			code: String(item.id),
			iso2: iso3To2(String(item.id)),
			status: item.properties.st,
			d: writePath(ringsToDraw(polygons), true),
			centroid: [Math.round(x), Math.round(y)],
			bounds: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)],
			small: Math.max(...polygons.map((polygon) => ringArea(polygon[0]!))) < SMALL
		};
	});

	const settled = areas.geometries.filter((area) => (area.properties as AreaProperties).st !== UNDETERMINED);
	const land = merge(flat, settled as Parameters<typeof merge>[1]);
	const byStyle = new Map<LineStyle, number[][][]>();
	for (const line of feature(flat, lines).features) {
		const style = lineStyle(line.properties.ty);
		byStyle.set(style, [...(byStyle.get(style) ?? []), ...(line.geometry as MultiLineString).coordinates]);
	}
	return {
		width: WIDTH,
		height: Math.round(bottom - top) + 2 * MARGIN,
		areas: drawn,
		land: writePath(ringsToDraw(land.coordinates), true),
		lines: [...byStyle].map(([type, parts]) => ({ type, d: writePath(parts, false) })),
		locate
	};
}
