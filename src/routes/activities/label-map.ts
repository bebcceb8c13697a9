import { getLocale } from '#lib/paraglide/runtime.js';
import { m } from '#lib/paraglide/messages.js';
import type { Counted } from '#lib/server/facts/activity-facets.ts';
import type { PlaceCounts } from '#lib/server/facts/activity-places.ts';
import { countryName } from '#lib/words/country.ts';

export type MapRow = {
	key: string;
	name: string;
	activities: number;
	/** `country`: the activities were for it. `place`: they were held there. */
	group: 'country' | 'wide' | 'place';
	/** A country's code, or the one activity of a place. */
	code: string | null;
	activity: string | null;
	at: [number, number] | null;
	/** The name of a place without its country's, and the country it is in. */
	place: string | null;
	country: string | null;
};

/** Countries that activities were for, the whole programme, then the places they were held in, most active first. */
export function labelMap(countries: readonly Counted[], { places }: PlaceCounts): MapRow[] {
	const locale = getLocale();
	const plain = { code: null, activity: null, at: null, place: null, country: null };
	return [
		...countries
			.flatMap(({ key, activities }) =>
				key === null
					? []
					: [
							{
								...plain,
								key,
								name: countryName(key, locale),
								activities,
								group: 'country' as const,
								code: key
							}
						]
			)
			.sort((a, b) => b.activities - a.activities || a.name.localeCompare(b.name)),
		...countries.flatMap(({ key, activities }) =>
			key === null
				? [
						{
							...plain,
							key: 'none',
							name: m.overview_without_country(),
							activities,
							group: 'wide' as const
						}
					]
				: []
		),
		...places.map(({ name, country, latitude, longitude, activities, activity_id }, index) => ({
			key: `place ${index}`,
			name:
				country === null
					? name
					: m.activities_map_place({ place: name, country: countryName(country, locale) }),
			activities,
			group: 'place' as const,
			code: null,
			activity: activity_id,
			at: [longitude, latitude] as [number, number],
			place: name,
			country
		}))
	];
}
