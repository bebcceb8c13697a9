import type { Question } from '#lib/server/answer.ts';
import {
	countActivities,
	listPlaces,
	totalActivities,
	type ActivityFilter,
	type Place
} from '#lib/server/facts/activities.ts';
import { labelsOf } from '#lib/server/facts/names.ts';
import { listBuckets, type Day } from '#lib/slice/period.ts';

export type Count = { key: string; activities: number };
export type CountryCount = Count & { name: string };
/** A place that hosted activities and is in no country of the programme. */
export type HeldElsewhere = { name: string; country: string; activities: number; at: [number, number] };

/** How many activities there were, when, of which kind and where. Counts by country and place are kept apart. */
export type Reach = {
	total: number;
	/** By the quarter in which they began, without gaps. */
	quarters: Count[];
	/** Activities whose date is known no better than to the year. */
	undated: number;
	kinds: Count[];
	/** Activities for which no kind is stated. */
	unkinded: number;
	countries: CountryCount[];
	/** Activities for the programme as a whole, in no single country. */
	programmeWide: number;
	held: HeldElsewhere[];
};

/** What restricts nothing but the portfolio. */
export function allActivities(portfolio: string): ActivityFilter {
	return {
		portfolio,
		project: null,
		country: null,
		objective: null,
		type: null,
		organisation: null,
		role: null,
		from: null,
		to: null,
		text: null
	};
}

/**
 * Counts of the published activities that match.
 * @param programme the countries of the projects: each is counted, also where it has no activity
 */
export async function readReach(
	{ db, at }: Pick<Question<never>, 'db' | 'at'>,
	filter: ActivityFilter,
	programme: readonly string[]
): Promise<Reach> {
	const [total, months, kinds, countries, places] = await Promise.all([
		totalActivities(db, at, filter),
		countActivities(db, at, filter, 'month'),
		countActivities(db, at, filter, 'type'),
		countActivities(db, at, filter, 'country'),
		listPlaces(db, at, filter)
	]);
	const of = (rows: readonly { key: string | null; activities: number }[], key: string | null) =>
		rows.find((row) => row.key === key)?.activities ?? 0;
	const codes = [...new Set([...programme, ...countries.flatMap(({ key }) => key ?? [])])];
	const names = await labelsOf(db, 'country', codes);
	return {
		total,
		quarters: quartersOf(
			months.flatMap(({ key, activities }) => (key === null ? [] : [{ key, activities }]))
		),
		undated: of(months, null),
		kinds: kinds
			.flatMap(({ key, activities }) => (key === null ? [] : [{ key, activities }]))
			.sort((a, b) => b.activities - a.activities),
		unkinded: of(kinds, null),
		countries: codes
			.map((key) => ({ key, name: names.get(key) ?? key, activities: of(countries, key) }))
			.sort((a, b) => b.activities - a.activities || a.name.localeCompare(b.name)),
		programmeWide: of(countries, null),
		held: heldElsewhere(places, codes)
	};
}

/** Months with their counts as quarters, without gaps. */
export function quartersOf(months: readonly Count[]): Count[] {
	if (months.length === 0) return [];
	const days = months.map(({ key }): Day => `${key}-01`).sort();
	return listBuckets('quarter', days[0]!, days.at(-1)!).map((key) => ({
		key,
		activities: months
			.filter((month) => listBuckets('quarter', `${month.key}-01`, `${month.key}-01`)[0] === key)
			.reduce((sum, { activities }) => sum + activities, 0)
	}));
}

/** One mark per place; an activity with several places there counts once. */
function heldElsewhere(places: readonly Place[], programme: readonly string[]): HeldElsewhere[] {
	const held = new Map<string, { place: Place; activities: Set<string> }>();
	for (const place of places) {
		if (place.country === null || programme.includes(place.country)) continue;
		const key = `${place.country} ${place.name}`;
		const known = held.get(key);
		if (known) known.activities.add(place.activity_id);
		else held.set(key, { place, activities: new Set([place.activity_id]) });
	}
	return [...held.values()]
		.map(({ place, activities }) => ({
			name: place.name,
			country: place.country!,
			activities: activities.size,
			at: [place.longitude, place.latitude] as [number, number]
		}))
		.sort((a, b) => b.activities - a.activities || a.name.localeCompare(b.name));
}
