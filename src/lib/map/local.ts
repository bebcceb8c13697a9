import { geoBounds, geoContains, geoEqualEarth, geoPath, type GeoContext } from 'd3-geo';
import type { Feature, MultiLineString, MultiPolygon, Polygon } from 'geojson';
import { feature } from 'topojson-client';
import { ringArea, writePath, type Point } from './simplify.ts';
import { lineStyle, type AreaProperties, type LineStyle, type WorldTopology } from './world.ts';

export type LocalArea = {
	code: string;
	status: number;
	d: string;
	/** The country that the map is about. */
	home: boolean;
	/** Where its name can stand, or `null` when that point is outside the view. */
	centroid: Point | null;
	/** Width of the visible part, in drawing units. */
	width: number;
};

export type LocalGeometry = {
	width: number;
	height: number;
	areas: LocalArea[];
	lines: { type: LineStyle; d: string }[];
	/** Where a place (longitude, latitude) lies, or `null` outside the view. */
	locate: (at: Point) => Point | null;
};

/** Two units to the pixel of a 640 px wide map, as in the world's drawing. */
const WIDTH = 1280;
const HEIGHT = 960;
const MARGIN = 90;

type Area = Feature<Polygon | MultiPolygon, AreaProperties>;

/** Collects what d3-geo draws as whole-number points, so that paths stay short. */
function collector() {
	const lines: Point[][] = [];
	const add = (x: number, y: number) => lines.at(-1)?.push([Math.round(x), Math.round(y)]);
	const context: GeoContext = {
		beginPath: () => {},
		moveTo: (x, y) => {
			lines.push([]);
			add(x, y);
		},
		lineTo: add,
		arc: () => {},
		closePath: () => {
			const line = lines.at(-1);
			if (line?.[0]) line.push(line[0]);
		}
	};
	return { lines, context };
}

/** The parts of a country that the view must hold: far islands of less than a twentieth of it may lie outside. */
function mainland(area: Area): Feature<MultiPolygon> {
	const polygons = area.geometry.type === 'Polygon' ? [area.geometry.coordinates] : area.geometry.coordinates;
	const size = (polygon: number[][][]) => ringArea(polygon[0]!);
	const largest = Math.max(...polygons.map(size));
	return {
		type: 'Feature',
		properties: null,
		geometry: { type: 'MultiPolygon', coordinates: polygons.filter((p) => size(p) >= largest / 20) }
	};
}

/**
 * One country with its neighbours in Equal Earth, turned to the country's own meridian, fitted to a view of
 * 4 to 3. Pure. Returns `null` for a code that the topology does not hold.
 */
export function localGeometry(topology: WorldTopology, iso3: string): LocalGeometry | null {
	const areas = feature(topology, topology.objects.areas).features as Area[];
	const home = areas.find((area) => area.id === iso3);
	if (!home) return null;
	const shown = mainland(home);
	const [[west], [east]] = geoBounds(shown);
	const middle = west <= east ? (west + east) / 2 : (west + east) / 2 + 180;
	const projection = geoEqualEarth()
		.rotate([-middle, 0])
		.fitExtent(
			[
				[MARGIN, MARGIN],
				[WIDTH - MARGIN, HEIGHT - MARGIN]
			],
			shown
		)
		.clipExtent([
			[0, 0],
			[WIDTH, HEIGHT]
		]);

	const locate = (at: Point): Point | null => {
		const [x, y] = projection(at) ?? [-1, -1];
		return x >= 0 && y >= 0 && x <= WIDTH && y <= HEIGHT ? [Math.round(x), Math.round(y)] : null;
	};
	const draw = (shape: Parameters<ReturnType<typeof geoPath>>[0]): Point[][] => {
		const { lines, context } = collector();
		geoPath(projection, context)(shape);
		return lines.filter((line) => line.length > 1);
	};

	const byStyle = new Map<LineStyle, Point[][]>();
	for (const line of feature(topology, topology.objects.lines).features) {
		const style = lineStyle(line.properties.ty);
		byStyle.set(style, [...(byStyle.get(style) ?? []), ...draw(line as Feature<MultiLineString>)]);
	}
	return {
		width: WIDTH,
		height: HEIGHT,
		areas: areas.flatMap((area) => {
			const rings = draw(area).filter((ring) => ringArea(ring) >= 4);
			if (rings.length === 0) return [];
			const xs = rings.flat().map(([x]) => x);
			return {
				code: String(area.id),
				status: area.properties.st,
				d: writePath(rings, true),
				home: area === home,
				centroid: geoContains(area, area.properties.c) ? locate(area.properties.c) : null,
				width: Math.max(...xs) - Math.min(...xs)
			};
		}),
		lines: [...byStyle]
			.filter(([, parts]) => parts.length > 0)
			.map(([type, parts]) => ({ type, d: writePath(parts, false) })),
		locate
	};
}
