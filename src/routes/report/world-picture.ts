import { DISCLAIMER_TEXTS } from '#lib/map/disclaimer-text.ts';
import { listDisclaimers } from '#lib/map/disclaimer.ts';
import type { Level } from '#lib/map/map-data.ts';
import { readLocal, readWorld } from '#lib/map/topology.ts';
import { UNDETERMINED, type LineStyle } from '#lib/map/world.ts';
import { m } from '#lib/paraglide/messages.js';
import { iso2To3 } from '#lib/words/country.ts';

/** Classes of a map on paper, as the light page has them; the last two are a country without a value and no project. */
export const FILLS = {
	1: '#dbe8ec',
	2: '#a1c6d3',
	3: '#659fb3',
	4: '#32798f',
	5: '#0f4f6b',
	0: '#ffffff'
} as const;
export const NO_PROJECT = '#ebe8e2';
const [INK, BORDER, HATCH] = ['#1a2027', '#b3aea3', '#7d868d'];

const DASHES: Record<LineStyle, string> = {
	solid: '',
	dashed: ' stroke-dasharray="10 6"',
	dotted: ' stroke-dasharray="2 5"'
};

/** A drawing of paths alone, with what the United Nations ask to stand beside it. */
export type Picture = { svg: string; formulas: string[] };

/**
 * The world with some countries in their classes; what nothing is known of is dotted.
 * @param hatched countries whose class lies under lines
 */
export function drawWorldPicture(
	levels: ReadonlyMap<string, Level>,
	hatched: ReadonlySet<string> = new Set()
): Picture {
	const world = readWorld();
	const own = world.areas.flatMap((area) => {
		const level = area.iso2 === null ? undefined : levels.get(area.iso2);
		if (level === undefined || area.status === UNDETERMINED) return [];
		const fills = [fillOf(level), ...(hatched.has(area.iso2!) ? ['url(#lines)'] : [])];
		return fills.map((fill) => ({ area, fill }));
	});
	return {
		svg: svgOf(world, [
			`<path d="${world.land}" fill="${NO_PROJECT}"/>`,
			...own.map(
				({ area, fill }) => `<path d="${area.d}" fill="${fill}" stroke="${INK}" stroke-width="1.5"/>`
			),
			...own.map(({ area: { small, centroid }, fill }) =>
				small
					? `<circle cx="${centroid[0]}" cy="${centroid[1]}" r="10" fill="${fill}" stroke="${INK}" stroke-width="1.5"/>`
					: ''
			),
			...undetermined(world.areas),
			...linesOf(world.lines)
		]),
		formulas: formulasOf(world.areas, world.lines)
	};
}

/** A country with its neighbours and the places of its activities; null for one that the map does not hold. */
export function drawCountryPicture(
	code: string,
	places: readonly { at: [number, number] }[]
): Picture | null {
	const local = readLocal(iso2To3(code) ?? code);
	if (local === null) return null;
	const marks = places.flatMap(({ at }) => {
		const point = local.locate(at);
		return point === null
			? []
			: [
					`<circle cx="${point[0]}" cy="${point[1]}" r="13" fill="${FILLS[5]}" stroke="#ffffff" stroke-width="3"/>`
				];
	});
	return {
		svg: svgOf(local, [
			...local.areas.map(
				({ d, home }) =>
					`<path d="${d}" fill="${home ? FILLS[1] : NO_PROJECT}" stroke="${BORDER}" stroke-width="1"/>`
			),
			...undetermined(local.areas),
			...linesOf(local.lines),
			...marks
		]),
		formulas: formulasOf(local.areas, local.lines)
	};
}

const fillOf = (level: Level): string => (level === null ? 'url(#dots)' : FILLS[level]);

function svgOf({ width, height }: { width: number; height: number }, parts: readonly string[]): string {
	const hatch = `<pattern id="hatch" width="12" height="12" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="12" height="12" fill="#ffffff"/><path d="M3 0V12" stroke="${HATCH}" stroke-width="3"/></pattern>`;
	const lines = `<pattern id="lines" width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><path d="M2 0V9" stroke="${INK}" stroke-width="1.4"/></pattern>`;
	const dots = `<pattern id="dots" width="10" height="10" patternUnits="userSpaceOnUse"><rect width="10" height="10" fill="#ffffff"/><circle cx="3" cy="3" r="1.8" fill="${HATCH}"/></pattern>`;
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><defs>${hatch}${lines}${dots}</defs>${parts.join('')}</svg>`;
}

const undetermined = (areas: readonly { status: number; d: string }[]): string[] =>
	areas.filter(({ status }) => status === UNDETERMINED).map(({ d }) => `<path d="${d}" fill="url(#hatch)"/>`);

const linesOf = (lines: readonly { type: LineStyle; d: string }[]): string[] =>
	lines.map(
		({ type, d }) => `<path d="${d}" fill="none" stroke="${BORDER}" stroke-width="1.6"${DASHES[type]}/>`
	);

function formulasOf(
	areas: readonly { code: string; status: number }[],
	lines: readonly { type: LineStyle }[]
): string[] {
	const hatched = areas.some(({ status }) => status === UNDETERMINED);
	return [
		m.map_credit(),
		...(hatched ? [m.map_hatched()] : []),
		...listDisclaimers([...areas], [...lines]).map((formula) => DISCLAIMER_TEXTS[formula]())
	];
}
