import type { MapPart } from '#lib/map/map-data.ts';
import { m } from '#lib/paraglide/messages.js';
import { formatCount } from '#lib/words/count.ts';
import type { WorldRegion } from '#lib/words/world-region.ts';

/** Links to the parts of the world that countries of the programme lie in, the whole world first. */
export function partsOf(
	regions: readonly { region: WorldRegion; label: string; countries: number }[],
	current: WorldRegion | null,
	change: (changes: Record<string, string | null>) => string
): MapPart[] {
	return [
		{ label: m.places_world(), href: change({ region: null }), current: current === null },
		...regions.map(({ region, label, countries }) => ({
			label: m.map_legend_count({ label, count: formatCount(countries) }),
			href: change({ region }),
			current: region === current
		}))
	];
}
