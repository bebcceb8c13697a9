import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { Neighbour } from './neighbours.ts';
import type { FactsAt } from './posting.ts';
import { resultsInForce } from './results.ts';
import { activitiesInForce, titleOf } from './versions.ts';

type Texts = Record<string, string>;

/** A document that a file names. Its address is shown and never fetched. */
export type Document = {
	url: string;
	titles: Texts;
	format: string | null;
	categories: string[];
	languages: string[];
	document_date: string | null;
};

/** A sector, with its share in per cent where the file gives one. */
export type Sector = { vocabulary: string; code: string; percentage: string | null; narrative: Texts | null };

/** An activity that this one names, or that names it: its kind of IATI's RelatedActivityType. */
export type Related = { kind: string; key: string; activity_id: string | null; title: Texts | null };

export type ActivityDetails = {
	documents: Document[];
	sectors: Sector[];
	related: Related[];
	/** More activities are related than are listed. */
	more: number;
};

/** Of one activity no more of each is shown; a parent of a whole programme has thousands of children. */
const MOST = 30;

/** What a file says of an activity beyond the activity itself, at the version in force. */
export async function readDetails(
	db: Kysely<DB>,
	at: FactsAt,
	activity: { activity_version_id: string; key: string }
): Promise<ActivityDetails> {
	const version = activity.activity_version_id;
	const [documents, sectors, related] = await Promise.all([
		sql<Document>`
			select url, coalesce(nullif(titles, '{}'), case when title is null then '{}'::jsonb else jsonb_build_object('und', title) end) as titles,
				format, case when categories = '{}' and category is not null then array[category] else categories end as categories,
				case when languages = '{}' and language is not null then array[language] else languages end as languages, document_date
			from document_link where activity_version_id = ${version}::bigint order by document_no limit ${MOST}::integer`.execute(
			db
		),
		sql<Sector>`
			select vocabulary, code, percentage::text, narrative from activity_sector
			where activity_version_id = ${version}::bigint order by vocabulary, percentage desc nulls last, code limit ${MOST}::integer`.execute(
			db
		),
		sql<Related & { all: number }>`
			select named.kind, named.key, c.activity_id, case when c.activity_id is null then null else ${titleOf} end as title, count(*) over ()::integer as "all"
			from (
				select case when type = '2' then '2' else type end as kind, key from related_activity where activity_version_id = ${version}::bigint
				union
				select '1', parent_key from activity_version where activity_version_id = ${version}::bigint and parent_key is not null
				union
				select '2', child.key from activity_version v join activity child using (activity_id) join ${activitiesInForce(at)} c on c.activity_version_id = v.activity_version_id
					where v.parent_key = ${activity.key} and v.nature = 'published'
			) named
			left join activity on activity.key = named.key and activity.nature = 'published'
			left join ${activitiesInForce(at)} c on c.activity_id = activity.activity_id
			left join activity_version v on v.activity_version_id = c.activity_version_id
			order by named.kind, named.key limit ${MOST}::integer`.execute(db)
	]);
	return {
		documents: documents.rows,
		sectors: sectors.rows,
		related: related.rows.map(({ kind, key, activity_id, title }) => ({ kind, key, activity_id, title })),
		more: Math.max(0, (related.rows[0]?.all ?? 0) - related.rows.length)
	};
}

/** One period of an indicator of an activity's results: values as the file gives them, null where it gives none. */
export type ResultLine = {
	result: Texts;
	indicator: Texts;
	unit: string | null;
	measure: string;
	baseline: string | null;
	target: string | null;
	actual: string | null;
	qualifier: string | null;
	period_from: string | null;
	period_to: string | null;
	date_precision: string;
	source_sha256: string | null;
	place: string | null;
};

const MOST_RESULTS = 60;

/** The results that an activity's version in force reports. */
export async function listResultsOf(
	db: Kysely<DB>,
	at: FactsAt,
	activityId: string
): Promise<{ results: ResultLine[]; more: number }> {
	const texts = (table: string) =>
		sql`coalesce(nullif(${sql.ref(`${table}.titles`)}, '{}'), jsonb_build_object('und', ${sql.ref(`${table}.title`)}))`;
	const { rows } = await sql<ResultLine & { all: number }>`
		select ${texts('r')} as result, ${texts('i')} as indicator, i.unit, i.measure, p.baseline::text, p.target::text, p.actual::text, p.qualifier,
			p.period_from, p.period_to, p.date_precision, source.sha256 as source_sha256, p.place, count(*) over ()::integer as "all"
		from result r join indicator i using (result_id) join indicator_period p using (indicator_id) join source on source.source_id = p.source_id
		where r.activity_id = ${activityId}::bigint and ${resultsInForce(at)}
		order by r.result_id, i.indicator_no nulls last, i.indicator_id, p.period_no limit ${MOST_RESULTS}::integer`.execute(
		db
	);
	return {
		results: rows.map(({ all, ...row }) => (void all, row)),
		more: Math.max(0, (rows[0]?.all ?? 0) - rows.length)
	};
}

/** An activity near another: how far, in kilometres as the crow flies. */
export type Nearby = Neighbour & { kilometres: number; place: string };

const MOST_NEARBY = 5;
/** Further away is no neighbourhood. */
const FURTHEST_KILOMETRES = 300;
/** So far north or south is that far. */
const FURTHEST_DEGREES = FURTHEST_KILOMETRES / 111;

/**
 * The activities held nearest to one: the nearest first, in one place those nearest in time. Flat
 * reckoning is good enough for neighbours.
 */
export async function listNearby(db: Kysely<DB>, at: FactsAt, activityId: string): Promise<Nearby[]> {
	const { rows } = await sql<Nearby>`
		with here as materialized (
			select l.latitude::float8 as latitude, l.longitude::float8 as longitude, c.sort_date
			from ${activitiesInForce(at)} c join location l using (activity_version_id)
			where c.activity_id = ${activityId}::bigint and l.latitude is not null order by l.location_no limit 1
		), near as (
			select distinct on (c.activity_id) c.activity_id, c.activity_version_id, c.sort_date, l.name as place,
				111.2 * sqrt((l.latitude::float8 - here.latitude) ^ 2 + ((l.longitude::float8 - here.longitude) * cos(radians(here.latitude))) ^ 2) as kilometres
			from here join location l on l.latitude between here.latitude - ${FURTHEST_DEGREES}::float8 and here.latitude + ${FURTHEST_DEGREES}::float8
			join ${activitiesInForce(at)} c on c.activity_version_id = l.activity_version_id and c.activity_id <> ${activityId}::bigint
			order by c.activity_id, kilometres
		)
		select near.activity_id, ${titleOf} as title, v.date_from, v.date_to, v.date_precision, near.place, round(near.kilometres)::integer as kilometres
		from near join activity on activity.activity_id = near.activity_id join activity_version v on v.activity_version_id = near.activity_version_id
		where near.kilometres <= ${FURTHEST_KILOMETRES}::integer
		order by round(near.kilometres), case when isfinite(near.sort_date) then abs(near.sort_date - (select sort_date from here where isfinite(sort_date))) end nulls last, near.activity_id
		limit ${MOST_NEARBY}::integer`.execute(db);
	return rows;
}
