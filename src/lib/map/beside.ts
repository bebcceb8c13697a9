import { geoDistance } from 'd3-geo';
import { neighbors } from 'topojson-client';
import { iso2To3 } from '#lib/words/country.ts';
import { worldRegionOf } from '#lib/words/world-region.ts';
import type { Point } from './simplify.ts';
import { readTopology } from './topology.ts';
import type { AreaProperties } from './world.ts';

/** A country of a programme to compare another with, and whether the two share a border. */
export type Beside = { code: string; border: boolean };

let borders: Map<string, { at: Point; beside: Set<string> }> | undefined;

/** Areas with those whose drawn boundary they share, by ISO alpha-3 code. */
function readBorders() {
	if (borders) return borders;
	const { geometries } = readTopology().objects.areas;
	const adjacent = neighbors(geometries as Parameters<typeof neighbors>[0]);
	borders = new Map(
		geometries.map((area, index) => [
			String(area.id),
			{
				at: (area.properties as AreaProperties).c,
				beside: new Set(adjacent[index]!.map((other) => String(geometries[other]!.id)))
			}
		])
	);
	return borders;
}

/**
 * The countries of a programme beside one (ISO alpha-2): those that share a border with it, then the nearest of the same
 * region of the world; none where the map does not hold it. Only on the server.
 */
export function listBeside(code: string, programme: readonly string[], most: number): Beside[] {
	const all = readBorders();
	const here = all.get(iso2To3(code) ?? code);
	if (!here) return [];
	return programme
		.flatMap((other) => {
			const iso3 = iso2To3(other) ?? other;
			const there = all.get(iso3);
			if (other === code || !there) return [];
			const border = here.beside.has(iso3);
			if (!border && worldRegionOf(other) !== worldRegionOf(code)) return [];
			return [{ code: other, border, distance: geoDistance(here.at, there.at) }];
		})
		.sort((a, b) => Number(b.border) - Number(a.border) || a.distance - b.distance)
		.slice(0, most)
		.map(({ code: other, border }) => ({ code: other, border }));
}
