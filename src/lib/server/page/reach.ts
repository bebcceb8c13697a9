import type { Question } from '#lib/server/answer.ts';
import {
	countActivities,
	listPlaces,
	totalActivities,
	type ActivityFilter,
	type Place
} from '#lib/server/facts/activities.ts';
import { labelsOf } from '#lib/server/facts/names.ts';
import { bucketAt, firstDay, listBuckets, type Day } from '#lib/slice/period.ts';

export type Count = { key: string; activities: number };
export type CountryCount = Count & { name: string };
/** A place that hosted activities and is in no country of the programme. */
export type HeldElsewhere = { name: string; country: string; activities: number; at: [number, number] };

/** How many activities there were, when, of which kind and where. Counts by country and place are kept apart. */
export type Reach = {
	total: number;
	begun: Begun;
	kinds: Count[];
	/** Activities for which no kind is stated. */
	unkinded: number;
	countries: CountryCount[];
	/** Activities for no single country: for a programme as a whole, for a region, or without a word of it. */
	withoutCountry: number;
	held: HeldElsewhere[];
};

/** How many activities began when: by the quarter, or by the year where quarters would be too many; without gaps. */
export type Begun = {
	unit: 'quarter' | 'year';
	counts: Count[];
	/** Activities whose date is not known that finely. */
	undated: number;
};

/** Ten years: as many columns as can be told apart. */
const MOST_QUARTERS = 40;

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
		begun: await readBegun({ db, at }, filter, months),
		kinds: kinds
			.flatMap(({ key, activities }) => (key === null ? [] : [{ key, activities }]))
			.sort((a, b) => b.activities - a.activities),
		unkinded: of(kinds, null),
		countries: codes
			.map((key) => ({ key, name: names.get(key) ?? key, activities: of(countries, key) }))
			.sort((a, b) => b.activities - a.activities || a.name.localeCompare(b.name)),
		withoutCountry: of(countries, null),
		held: heldElsewhere(places, codes)
	};
}

/** @param months how many of the activities that match began in each month; null counts those dated less finely */
export async function readBegun(
	{ db, at }: Pick<Question<never>, 'db' | 'at'>,
	filter: ActivityFilter,
	months: readonly { key: string | null; activities: number }[]
): Promise<Begun> {
	const begun = begunBy('quarter', months);
	if (begun.counts.length <= MOST_QUARTERS) return begun;
	return begunBy('year', await countActivities(db, at, filter, 'year'));
}

/** Counts by shorter periods as counts by longer ones, without gaps. */
export function begunBy(
	unit: Begun['unit'],
	parts: readonly { key: string | null; activities: number }[]
): Begun {
	const counts = new Map<string, number>();
	const days: Day[] = [];
	let undated = 0;
	for (const { key, activities } of parts) {
		if (key === null) undated += activities;
		else {
			const day = firstDay(key);
			const bucket = bucketAt(unit, day);
			days.push(day);
			counts.set(bucket, (counts.get(bucket) ?? 0) + activities);
		}
	}
	const [first, last] = [days.sort()[0], days.at(-1)];
	const keys = first === undefined || last === undefined ? [] : listBuckets(unit, first, last);
	return { unit, counts: keys.map((key) => ({ key, activities: counts.get(key) ?? 0 })), undated };
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
