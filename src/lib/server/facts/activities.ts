import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { CursorError } from '#lib/server/ledger/rows.ts';
import { NONE, valuesOf } from '#lib/slice/parameter.ts';
import { isDay } from '#lib/slice/period.ts';
import { findCountry } from '#lib/words/country.ts';
import { fold } from '#lib/words/fold.ts';
import type { FactsAt } from './posting.ts';
import type { Origin } from './projects.ts';
import { findAlike } from './alike.ts';
import { activitiesInForce, organisationName } from './versions.ts';

export type ActivityFilter = {
	portfolio: string;
	project: string | null;
	/** Recipient country or countries, `none` for programme-wide activities; any of several. */
	country: string | null;
	/** Country in which it was held, whoever it was for. */
	host?: string | null;
	/** Country that took part, programme country or not. */
	participant?: string | null;
	/** Key of an objective, or `none`. */
	objective: string | null;
	/** Kind of activity, or `none`. */
	type: string | null;
	/** Number of an organisation that has a part in it; any of several. */
	organisation: string | null;
	role: string | null;
	from: string | null;
	to: string | null;
	text: string | null;
};

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

/** An activity that its file gives no title goes by its identifier. */
const titleOf = sql`coalesce(nullif(v.title, '{}'), jsonb_build_object('und', activity.key))`;

function conditions(filter: ActivityFilter): RawBuilder<unknown>[] {
	const all: RawBuilder<unknown>[] = [sql`true`];
	if (filter.portfolio !== 'all') {
		all.push(
			sql`c.project_id in (select project_id from portfolio_project join portfolio using (portfolio_id) where portfolio.key = ${filter.portfolio})`
		);
	}
	if (filter.project !== null)
		all.push(sql`c.project_id = (select project_id from project where key = ${filter.project})`);
	const related = (relation: string) =>
		sql`select from activity_country r where r.activity_version_id = c.activity_version_id and r.relation = ${relation}`;
	if (filter.country !== null) {
		const countries = valuesOf(filter.country).filter((country) => country !== NONE);
		const either = [sql`exists (${related('recipient')} and r.country = any(${countries}::text[]))`];
		if (countries.length < valuesOf(filter.country).length)
			either.push(sql`not exists (${related('recipient')})`);
		all.push(sql`(${sql.join(either, sql` or `)})`);
	}
	if (filter.host != null) all.push(sql`exists (${related('host')} and r.country = ${filter.host})`);
	if (filter.participant != null)
		all.push(sql`exists (${related('participant')} and r.country = ${filter.participant})`);
	const objectives = sql`select from activity_objective o join objective using (objective_id)
		where o.activity_version_id = c.activity_version_id`;
	if (filter.objective === 'none') all.push(sql`not exists (${objectives})`);
	else if (filter.objective !== null)
		all.push(sql`exists (${objectives} and objective.key = ${filter.objective})`);
	if (filter.type === 'none') all.push(sql`c.activity_type is null`);
	else if (filter.type !== null) all.push(sql`c.activity_type = ${filter.type}`);
	if (filter.organisation !== null) {
		all.push(sql`exists (select from participation p where p.activity_version_id = c.activity_version_id
			and p.organisation_id = any(${valuesOf(filter.organisation)}::bigint[]) and (${filter.role}::smallint is null or p.role = ${filter.role}::smallint))`);
	}
	if (filter.from !== null) all.push(sql`v.date_to >= ${filter.from}::date`);
	if (filter.to !== null) all.push(sql`v.date_from <= ${filter.to}::date`);
	return all;
}

/** Only a filter by date needs the version itself. */
function versionOf({ from, to }: ActivityFilter): RawBuilder<unknown> {
	return from === null && to === null
		? sql``
		: sql`join activity_version v on v.activity_version_id = c.activity_version_id`;
}

const MOST_WORDS = 8;

/**
 * All words are to be found, or the text names a country that has a part in it ("Lao PDR", "Kirghizistan", "ML"). Only
 * where nothing holds them as written does a misspelt word find its like; then `likeness` says how alike, else it is null.
 */
async function textCondition(
	db: Kysely<DB>,
	at: FactsAt,
	text: string | null
): Promise<{ condition: RawBuilder<unknown>; likeness: RawBuilder<unknown> | null }> {
	const words = text === null ? [] : fold(text).split(' ').filter(Boolean).slice(0, MOST_WORDS);
	if (text === null || words.length === 0) return { condition: sql`true`, likeness: null };
	const country = findCountry(text);
	const inCountry =
		country === null
			? sql`false`
			: sql`c.activity_version_id in (select activity_version_id from activity_country where country = ${country})`;
	const condition = sql`((${sql.join(words.map(holds), sql` and `)}) or ${inCountry})`;
	const found = await sql`select from ${activitiesInForce(at)} c where ${condition} limit 1`.execute(db);
	if (found.rows.length > 0) return { condition, likeness: null };
	const alike = await Promise.all(words.map((word) => findAlike(db, at, word)));
	return {
		condition: sql`(${sql.join(
			alike.map(
				(of) =>
					sql`(${sql.join(
						of.map(({ word }) => holds(word)),
						sql` or `
					)})`
			),
			sql` and `
		)})`,
		likeness: sql.join(
			alike.map((of) => {
				const cases = of.map(({ word, likeness }) => sql`when ${holds(word)} then ${likeness}::real`);
				return sql`case ${sql.join(cases, sql` `)} end`;
			}),
			sql` + `
		)
	};
}

const holds = (word: string) => sql`c.search_text like ${`%${word.replace(/[\\%_]/g, '\\$&')}%`}`;

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
	const text = await textCondition(db, at, filter.text);
	const all = [...conditions(filter), text.condition];
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

/** Activities in force (`c`) with their version (`v`) that match, to be joined and grouped by others. */
export async function matchingActivities(
	db: Kysely<DB>,
	at: FactsAt,
	filter: ActivityFilter
): Promise<RawBuilder<unknown>> {
	const text = await textCondition(db, at, filter.text);
	return sql`(
		select c.activity_id, c.activity_version_id, c.project_id, c.activity_type, c.sort_date
		from ${activitiesInForce(at)} c join activity_version v on v.activity_version_id = c.activity_version_id
		where ${sql.join([...conditions(filter), text.condition], sql` and `)})`;
}

/** How many activities match, by one of their facets. The null key counts those without. */
export type Facet = 'country' | 'type' | 'objective' | 'organisation' | 'year' | 'month' | 'host';

const FACETS: Record<Facet, { key: RawBuilder<string | null>; join: RawBuilder<unknown> }> = {
	country: {
		key: sql`r.country::text`,
		join: sql`left join activity_country r on r.activity_version_id = c.activity_version_id and r.relation = 'recipient'`
	},
	host: {
		key: sql`r.country::text`,
		join: sql`left join activity_country r on r.activity_version_id = c.activity_version_id and r.relation = 'host'`
	},
	type: { key: sql`c.activity_type`, join: sql`` },
	objective: {
		key: sql`objective.key`,
		join: sql`left join activity_objective o on o.activity_version_id = c.activity_version_id left join objective using (objective_id)`
	},
	organisation: {
		key: sql`p.organisation_id::text`,
		join: sql`left join participation p on p.activity_version_id = c.activity_version_id`
	},
	year: { key: sql`to_char(v.date_from, 'YYYY')`, join: sql`` },
	// A month is only named where the date is known that finely.
	month: {
		key: sql`case when v.date_precision in ('day', 'page_date', 'month') then to_char(v.date_from, 'YYYY-MM') end`,
		join: sql``
	}
};

export async function countActivities(
	db: Kysely<DB>,
	at: FactsAt,
	filter: ActivityFilter,
	by: Facet
): Promise<{ key: string | null; activities: number }[]> {
	const { key, join } = FACETS[by];
	const { rows } = await sql<{ key: string | null; activities: number }>`
		select ${key} as key, count(distinct c.activity_id)::integer as activities
		from ${activitiesInForce(at)} c join activity_version v on v.activity_version_id = c.activity_version_id ${join}
		where ${sql.join([...conditions(filter), (await textCondition(db, at, filter.text)).condition], sql` and `)}
		group by 1 order by 1 nulls last`.execute(db);
	return rows;
}

/** How many activities match in all. */
export async function totalActivities(db: Kysely<DB>, at: FactsAt, filter: ActivityFilter): Promise<number> {
	const { rows } = await sql<{ activities: number }>`
		select count(*)::integer as activities from ${activitiesInForce(at)} c
		join activity_version v on v.activity_version_id = c.activity_version_id
		where ${sql.join([...conditions(filter), (await textCondition(db, at, filter.text)).condition], sql` and `)}`.execute(
		db
	);
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
		where l.latitude is not null and ${sql.join([...conditions(filter), (await textCondition(db, at, filter.text)).condition], sql` and `)}
		order by l.name, c.activity_id`.execute(db);
	return rows;
}

export type Activity = Origin & {
	activity_id: string;
	key: string;
	nature: string;
	title: Record<string, string>;
	description: Record<string, string> | null;
	activity_type: string | null;
	status: string | null;
	date_from: string | null;
	date_to: string | null;
	date_precision: string;
	project_key: string;
	project_name: string;
	recipients: string[];
	participants_from: string[];
	hosts: string[];
	locations: {
		name: string;
		country: string | null;
		latitude: number | null;
		longitude: number | null;
		basis: string | null;
		coordinates_from: string | null;
	}[];
	objective_key: string | null;
	objective_name: string | null;
	objective_basis: string | null;
	parties: {
		organisation_id: string;
		name: string;
		role: number;
		capacity: string | null;
		note: string | null;
	}[];
	participants: number | null;
	qualifier: string | null;
	female: number | null;
	male: number | null;
	participant_kind: string | null;
	posting_no: number;
};

/** One activity, of either nature, by its number; null when there is none at that posting. */
export async function findActivity(
	db: Kysely<DB>,
	at: FactsAt,
	activityId: string
): Promise<Activity | null> {
	const countries = (relation: string) =>
		sql`array(select r.country::text from activity_country r where r.activity_version_id = v.activity_version_id and r.relation = ${relation} order by 1)`;
	const { rows } = await sql<Activity>`
		select activity.activity_id, activity.key, activity.nature, ${titleOf} as title, v.description, v.activity_type, v.status, v.date_from, v.date_to, v.date_precision,
			project.key as project_key,
			(select coalesce(p.short_name, p.name) from project_version p where p.project_id = project.project_id order by posting_no desc limit 1) as project_name,
			${countries('recipient')} as recipients, ${countries('participant')} as participants_from, ${countries('host')} as hosts,
			coalesce((select json_agg(json_build_object('name', l.name, 'country', l.country, 'latitude', l.latitude, 'longitude', l.longitude,
				'basis', l.basis, 'coordinates_from', l.coordinates_from) order by location_no)
				from location l where l.activity_version_id = v.activity_version_id), '[]') as locations,
			objective.key as objective_key, (select o.name from objective_version o where o.objective_id = objective.objective_id order by posting_no desc limit 1) as objective_name,
			ao.basis as objective_basis,
			coalesce((select json_agg(json_build_object('organisation_id', p.organisation_id::text, 'name', ${organisationName(
				sql`p.organisation_id`,
				at
			)}, 'role', p.role, 'capacity', p.capacity, 'note', p.note) order by p.role desc, p.capacity, p.organisation_id)
				from participation p where p.activity_version_id = v.activity_version_id), '[]') as parties,
			e.participants, e.qualifier, e.female, e.male, e.participant_kind,
			v.origin_url, v.origin_title, v.evidence, v.confidence, source.sha256 as source_sha256, v.place, v.posting_no
		from activity
		join lateral (select * from activity_version a where a.activity_id = activity.activity_id
			and (a.nature = 'demonstration' or a.posting_no <= ${at.posting}::integer) order by posting_no desc limit 1) v on not v.withdrawn
		join lateral (select project_id from project_activity j where j.activity_id = activity.activity_id
			and (j.nature = 'demonstration' or j.posting_no <= ${at.posting}::integer) order by posting_no desc limit 1) j on true
		join project on project.project_id = j.project_id
		left join event_detail e on e.activity_version_id = v.activity_version_id
		left join activity_objective ao on ao.activity_version_id = v.activity_version_id
		left join objective using (objective_id)
		left join source on source.source_id = v.source_id
		where activity.activity_id = ${activityId}::bigint limit 1`.execute(db);
	return rows[0] ?? null;
}
