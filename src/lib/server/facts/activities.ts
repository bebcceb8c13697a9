import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { CursorError } from '#lib/server/ledger/rows.ts';
import { isDay } from '#lib/slice/period.ts';
import {
	conditionsOf,
	VERSION,
	everyCondition,
	matchText,
	versionOf,
	type ActivityFilter
} from './activity-filter.ts';
import type { FactsAt } from './posting.ts';
import { activitiesInForce, titleOf } from './versions.ts';

export type { ActivityFilter } from './activity-filter.ts';

export type ActivityLine = {
	activity_id: string;
	key: string;
	title: Record<string, string>;
	activity_type: string | null;
	date_from: string | null;
	date_to: string | null;
	date_precision: string;
	sort_date: string;
	recipients: string[];
	hosts: string[];
	place: string | null;
	objective_key: string | null;
	participants: number | null;
	qualifier: string | null;
	project_key: string;
};

/** How a list is ordered: by date either way, or by how well it matches misspelt words (else by date). */
export type ActivityOrder = 'date' | '-date' | 'match';

/** A cursor that this list did not make. */
const CURSOR = /^(\d{4}-\d{2}-\d{2}|infinity)~(\d{1,18})$/;

function readCursor(after: string): RegExpExecArray {
	const match = CURSOR.exec(after);
	if (!match || (match[1] !== 'infinity' && !isDay(match[1]!)))
		throw new CursorError(`${after} is no place in the list`);
	return match;
}

/**
 * One keyset page of the activities that match. `next` is null at the end. Where a text is only found by likeness, the
 * most alike come first, there is one page of them, and `like` is true.
 * @throws CursorError for a place that no such list has
 */
export async function listActivities(
	db: Kysely<DB>,
	at: FactsAt,
	filter: ActivityFilter,
	{ order, after, limit }: { order: ActivityOrder; after: string | null; limit: number }
): Promise<{ activities: ActivityLine[]; next: string | null; like: boolean }> {
	const descending = order === '-date';
	const match = after === null ? null : readCursor(after);
	const text = filter.match ?? (await matchText(db, at, filter.text));
	const all = [...conditionsOf(filter), text.condition];
	if (match) {
		// Unknown dates stand last in both directions: descending, they follow the earliest known one.
		const here = sql`(${match[1]}::date, ${match[2]}::bigint)`;
		all.push(
			descending
				? match[1] === 'infinity'
					? sql`c.sort_date = 'infinity' and c.activity_id < ${match[2]}::bigint`
					: sql`(c.sort_date = 'infinity' or (c.sort_date, c.activity_id) < ${here})`
				: sql`(c.sort_date, c.activity_id) > ${here}`
		);
	}
	const byLikeness = order === 'match' && text.likeness !== null;
	const byDate = descending
		? sql`(c.sort_date = 'infinity'), c.sort_date desc, c.activity_id desc`
		: sql`c.sort_date, c.activity_id`;
	const ordering = byLikeness ? sql`${text.likeness} desc, ${byDate}` : byDate;
	// The page is chosen first, from the list alone; only its rows are then described.
	const { rows } = await sql<ActivityLine>`
		select c.activity_id, activity.key, ${titleOf} as title, c.activity_type, v.date_from, v.date_to, v.date_precision, c.sort_date::text as sort_date,
			array(select r.country::text from activity_country r where r.activity_version_id = c.activity_version_id and r.relation = 'recipient' order by 1) as recipients,
			array(select r.country::text from activity_country r where r.activity_version_id = c.activity_version_id and r.relation = 'host' order by 1) as hosts,
			(select l.name from location l where l.activity_version_id = c.activity_version_id order by location_no limit 1) as place,
			(select objective.key from activity_objective o join objective using (objective_id) where o.activity_version_id = c.activity_version_id limit 1) as objective_key,
			e.participants, e.qualifier, project.key as project_key
		from (
			select c.* from ${activitiesInForce(at)} c ${versionOf(filter)}
			where ${sql.join(all, sql` and `)} order by ${ordering} limit ${limit + 1}::integer
		) c
		join activity using (activity_id) join activity_version v on v.activity_version_id = c.activity_version_id
		join project on project.project_id = c.project_id
		left join event_detail e on e.activity_version_id = c.activity_version_id
		order by ${ordering}`.execute(db);
	const page = rows.slice(0, limit);
	const last = page.at(-1);
	const more = rows.length > limit && last && !byLikeness;
	return {
		activities: page,
		next: more ? `${last.sort_date}~${last.activity_id}` : null,
		like: text.likeness !== null
	};
}

/** Activities in force that match, to be joined and grouped by others. */
export async function matchingActivities(
	db: Kysely<DB>,
	at: FactsAt,
	filter: ActivityFilter
): Promise<RawBuilder<unknown>> {
	return sql`(
		select c.activity_id, c.activity_version_id, c.project_id, c.activity_type, c.sort_date
		from ${activitiesInForce(at)} c ${versionOf(filter)}
		where ${await everyCondition(db, at, filter)})`;
}

/** How many activities match, by one of their facets. The null key counts those without. */
export type Facet = 'country' | 'type' | 'objective' | 'organisation' | 'status' | 'year' | 'month' | 'host';

/** Where an activity's keys are found; `several` where one key may come more than once for it. */
const FACETS: Record<Facet, { key: RawBuilder<string | null>; join: RawBuilder<unknown>; several?: true }> = {
	country: { key: sql`r.country::text`, join: countriesOf('recipient') },
	host: { key: sql`r.country::text`, join: countriesOf('host') },
	type: { key: sql`c.activity_type`, join: sql`` },
	status: { key: sql`v.status`, join: VERSION },
	objective: {
		key: sql`objective.key`,
		join: sql`left join activity_objective o on o.activity_version_id = c.activity_version_id left join objective using (objective_id)`,
		several: true
	},
	organisation: {
		key: sql`p.organisation_id::text`,
		join: sql`left join participation p on p.activity_version_id = c.activity_version_id`,
		several: true
	},
	year: { key: sql`to_char(v.date_from, 'YYYY')`, join: VERSION },
	// A month is only named where the date is known that finely.
	month: {
		key: sql`case when v.date_precision in ('day', 'page_date', 'period', 'month') then to_char(v.date_from, 'YYYY-MM') end`,
		join: VERSION
	}
};

function countriesOf(relation: 'recipient' | 'host') {
	return sql`left join activity_country r on r.activity_version_id = c.activity_version_id and r.relation = ${relation}`;
}

export async function countActivities(
	db: Kysely<DB>,
	at: FactsAt,
	filter: ActivityFilter,
	by: Facet
): Promise<{ key: string | null; activities: number }[]> {
	const { key, join, several } = FACETS[by];
	const { rows } = await sql<{ key: string | null; activities: number }>`
		select ${key} as key, ${several ? sql`count(distinct c.activity_id)` : sql`count(*)`}::integer as activities
		from ${activitiesInForce(at)} c ${join === VERSION ? join : sql`${versionOf(filter)} ${join}`}
		where ${await everyCondition(db, at, filter)}
		group by 1 order by 1 nulls last`.execute(db);
	return rows;
}

/** How many activities match in all. */
export async function totalActivities(db: Kysely<DB>, at: FactsAt, filter: ActivityFilter): Promise<number> {
	const { rows } = await sql<{ activities: number }>`
		select count(*)::integer as activities from ${activitiesInForce(at)} c ${versionOf(filter)}
		where ${await everyCondition(db, at, filter)}`.execute(db);
	return rows[0]!.activities;
}

export type Place = {
	activity_id: string;
	title: Record<string, string>;
	name: string;
	country: string | null;
	latitude: number;
	longitude: number;
	basis: string | null;
};

/** Places of the activities that match, where coordinates are known: degrees, for drawing only. */
export async function listPlaces(db: Kysely<DB>, at: FactsAt, filter: ActivityFilter): Promise<Place[]> {
	const { rows } = await sql<Place>`
		select c.activity_id, ${titleOf} as title, l.name, l.country::text as country, l.latitude::float8 as latitude, l.longitude::float8 as longitude, l.basis
		from ${activitiesInForce(at)} c join activity_version v on v.activity_version_id = c.activity_version_id
		join activity on activity.activity_id = c.activity_id join location l on l.activity_version_id = c.activity_version_id
		where l.latitude is not null and ${await everyCondition(db, at, filter)}
		order by l.name, c.activity_id`.execute(db);
	return rows;
}

/** Numbers of matching activities after one, in their order. */
export async function listNumbers(
	db: Kysely<DB>,
	matching: RawBuilder<unknown>,
	{ after, limit }: { after: string; limit: number }
): Promise<string[]> {
	const { rows } = await sql<{ id: string }>`
		select m.activity_id as id from ${matching} m where m.activity_id > ${after}::bigint
		order by 1 limit ${limit}::integer`.execute(db);
	return rows.map(({ id }) => id);
}

/** Keys of the projects that matching activities are in. */
export async function listProjectKeys(db: Kysely<DB>, matching: RawBuilder<unknown>): Promise<string[]> {
	const { rows } = await sql<{ key: string }>`
		select distinct project.key from ${matching} m join project using (project_id) order by 1`.execute(db);
	return rows.map(({ key }) => key);
}
