import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { WrittenActivity } from '#lib/iati/write/content.ts';
import type { DB } from '#lib/server/database/schema.ts';
import type { FactsAt } from './posting.ts';

/** An organisation as JSON: its reference, the name it had, its type. One known by name alone goes by that name. */
export function organisationJson(id: RawBuilder<unknown>, { posting }: FactsAt): RawBuilder<unknown> {
	const known = sql`(n.nature = 'published' and n.posting_no <= ${posting}::integer)`;
	return sql`(
		select json_build_object('reference', n.reference,
			'name', case when n.reference is null and o.key like 'name:%' then substr(o.key, 6) else n.name end, 'type', n.type_code)
		from organisation o left join organisation_version n using (organisation_id)
		where o.organisation_id = ${id}
		order by ${known} desc, case when ${known} then -n.posting_no else n.posting_no end, n.nature desc limit 1)`;
}

/** All that is held of published activities, by number, as the standard words it. Withdrawn ones are as they last were. */
export async function readFullActivities(
	db: Kysely<DB>,
	at: FactsAt,
	ids: readonly string[]
): Promise<Map<string, WrittenActivity>> {
	const { rows } = await sql<{ id: string; activity: WrittenActivity }>`
		select v.activity_id as id, (select row_to_json(written) from (${activityJson(at)}) written) as activity
		from activity join lateral (
			select v.* from activity_version v where v.activity_id = activity.activity_id
				and v.posting_no <= ${at.posting}::integer order by v.posting_no desc limit 1) v on true
		left join lateral (
			select project.key from project_activity j join project using (project_id) where j.activity_id = v.activity_id
				and j.posting_no <= ${at.posting}::integer order by j.posting_no desc limit 1) project on true
		where activity.activity_id = any(${ids}::bigint[]) and activity.nature = 'published'`.execute(db);
	return new Map(rows.map(({ id, activity }) => [id, activity]));
}

const list = (from: RawBuilder<unknown>) => sql`coalesce((${from}), '[]'::json)`;
const OF_VERSION = sql.raw('activity_version_id = v.activity_version_id');
/** Facts that a researcher collected have no fingerprint: what the standard asks of an activity is read out of them. */
const IS_FACT = sql.raw('v.fingerprint is null');

function activityJson(at: FactsAt): RawBuilder<unknown> {
	const day = (planned: string, fact: string) =>
		sql.raw(`coalesce(v.${planned}, case when v.fingerprint is null then v.${fact} end)`);
	const share = sql`'vocabulary', vocabulary, 'code', code, 'percentage', percentage::text`;
	// An activity of a project that is no activity itself belongs to that project, which is written as one.
	const ofProject = sql`select '1' as type, project.key where ${IS_FACT} and project.key is not null and not exists (
		select from activity a where a.nature = 'published' and a.key = project.key)`;
	return sql`
		select activity.key, ${organisationJson(sql`v.reporting_organisation_id`, at)} as reporter,
			v.title, v.description, case when ${IS_FACT} then null else v.status end as status,
			v.planned_start as "plannedStart", ${day('actual_start', 'date_from')} as "actualStart",
			v.planned_end as "plannedEnd", ${day('actual_end', 'date_to')} as "actualEnd", v.hierarchy,
			${list(sql`select json_agg(json_build_object('type', r.type, 'key', r.key,
				'held', exists (select from activity a where a.nature = 'published' and a.key = r.key) or ${IS_FACT}) order by r.type, r.key)
				from (select type, key from related_activity where ${OF_VERSION} union ${ofProject}) r`)} as related,
			${list(sql`select json_agg(json_build_object('organisation', ${organisationJson(sql`p.organisation_id`, at)}, 'role', p.role,
				'activity', p.activity_ref) order by p.role, p.organisation_id) from participation p where ${OF_VERSION}`)} as participations,
			${list(sql`select json_agg(json_build_object('country', country, 'percentage', percentage::text) order by country)
				from activity_country where ${OF_VERSION} and relation = 'recipient'`)} as countries,
			${list(sql`select json_agg(json_build_object(${share}, 'text', null) order by vocabulary, code)
				from activity_region where ${OF_VERSION}`)} as regions,
			${list(sql`select json_agg(json_build_object(${share}, 'text', narrative) order by vocabulary, code)
				from activity_sector where ${OF_VERSION}`)} as sectors,
			${list(sql`select json_agg(json_build_object('vocabulary', vocabulary, 'code', code, 'significance', significance, 'text', narrative)
				order by vocabulary, code) from policy_marker where ${OF_VERSION}`)} as "policyMarkers",
			v.humanitarian, v.scope, v.collaboration_type as "collaborationType", v.default_currency as "defaultCurrency",
			coalesce(v.default_language, case when ${IS_FACT} then 'en' end) as "defaultLanguage",
			v.default_flow_type as "defaultFlowType", v.default_finance_type as "defaultFinanceType",
			v.default_aid_types as "defaultAidTypes", v.default_tied_status as "defaultTiedStatus", v.capital_spend::text as "capitalSpend",
			${list(sql`select json_agg(json_build_object('name', case when l.name not in ('', l.latitude || ', ' || l.longitude)
					then json_build_object('und', l.name) end, 'description', l.description, 'latitude', l.latitude::text,
					'longitude', l.longitude::text, 'reach', l.reach, 'exactness', l.exactness, 'class', l.class, 'feature', l.feature,
					'codes', coalesce(l.codes, case when l.country is not null then json_build_array(
						json_build_object('vocabulary', 'A4', 'code', l.country, 'level', null))::jsonb end)) order by l.location_no)
				from location l where ${OF_VERSION}`)} as locations,
			${list(sql`select json_agg(json_build_object('url', d.url, 'format', d.format, 'titles', coalesce(d.titles,
					case when d.title is not null then json_build_object('und', d.title)::jsonb end), 'descriptions', d.descriptions,
					'categories', d.categories, 'languages', d.languages, 'date', d.document_date) order by d.document_no)
				from (${documentsOf}) d`)} as documents,
			v.further, ${resultsJson(sql`r.activity_id = v.activity_id and r.nature = v.nature and r.posting_no = v.posting_no`)} as results`;
}

/** The links of an activity; of a fact also the page that it was read at. */
const documentsOf = sql`
	select document_no, url, format, title, titles, descriptions, categories, languages, document_date from document_link where ${OF_VERSION}
	union all select 0, v.origin_url, 'text/html', v.origin_title, null, null, '{}', '{}', null where ${IS_FACT} and v.origin_url is not null`;

const MEASURES = sql.raw(
	`case i.measure when 'percentage' then '2' when 'nominal' then '3' when 'ordinal' then '4' when 'qualitative' then '5' else '1' end`
);

/**
 * Results `r` with their indicators, in the order in which they were read.
 * @param stated what periods `p` have to meet, where each was stated by itself: what has none of these is left out
 */
export function resultsJson(
	condition: RawBuilder<unknown>,
	stated: RawBuilder<unknown> | null = null
): RawBuilder<unknown> {
	const isStated = stated ?? sql`true`;
	const has = (of: RawBuilder<unknown>) =>
		stated === null ? sql`true` : sql`exists (select from indicator_period p where ${of} and ${stated})`;
	const values = (side: string, period: string) =>
		list(sql`select json_agg(json_build_object('value', x.value::text, 'text', x.value_text, 'year', x.baseline_year,
			'date', x.baseline_date, 'dimensions', x.dimensions, 'comment', x.comment) order by x.value_no)
			from indicator_value x where x.indicator_id = i.indicator_id and x.side = ${side} and x.period_no = ${sql.raw(period)}`);
	// A researched figure has its values in the period itself.
	const whole = (column: string, side: string) => sql`case
		when exists (select from indicator_value x where x.indicator_id = i.indicator_id) then ${values(side, 'p.period_no')}
		when p.${sql.raw(column)} is null then '[]'::json
		else json_build_array(json_build_object('value', p.${sql.raw(column)}::text, 'text', null, 'year', null, 'date', null,
			'dimensions', null, 'comment', case when p.note is not null then json_build_object('en', p.note) end)) end`;
	const periods =
		list(sql`select json_agg(json_build_object('from', p.period_from, 'to', p.period_to, 'targets', ${whole('target', 'target')},
		'actuals', ${whole('actual', 'actual')}) order by p.period_no) from indicator_period p where p.indicator_id = i.indicator_id and ${isStated}`);
	const indicators =
		list(sql`select json_agg(json_build_object('title', coalesce(i.titles, json_build_object('en', i.title)::jsonb),
		'description', i.descriptions, 'measure', ${MEASURES}, 'ascending', i.ascending, 'aggregationStatus', i.aggregation_status,
		'codes', i.codes, 'baselines', ${values('baseline', '0')}, 'periods', ${periods}) order by i.indicator_no, i.indicator_id)
		from indicator i where i.result_id = r.result_id and ${has(sql`p.indicator_id = i.indicator_id`)}`);
	return list(sql`select json_agg(json_build_object('type', r.result_type, 'aggregationStatus', r.aggregation_status,
		'title', coalesce(r.titles, json_build_object('en', r.title)::jsonb), 'description', r.descriptions, 'indicators', ${indicators})
		order by r.result_id) from result r where ${condition}
			and ${has(sql`p.indicator_id in (select i.indicator_id from indicator i where i.result_id = r.result_id)`)}`);
}
