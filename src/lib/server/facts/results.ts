import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { CursorError } from '#lib/server/ledger/rows.ts';
import { NONE, valuesOf } from '#lib/slice/parameter.ts';
import type { FactsAt } from './posting.ts';
import type { Origin } from './projects.ts';
import { activitiesInForce, inForce, titleOf } from './versions.ts';

export type IndicatorLine = Origin & {
	title: string;
	unit: string | null;
	target: string | null;
	actual: string | null;
	qualifier: string | null;
	countries: string[];
	activity_id: string | null;
	period_to: string | null;
	date_precision: string;
	disaggregation: string | null;
	repeats_activity: boolean;
	note: string | null;
};

/** Published figures on reach and results of projects, or of one country in them. Those that repeat an activity's participants are marked. */
export async function listIndicators(
	db: Kysely<DB>,
	at: FactsAt,
	projectIds: readonly string[],
	country: string | null = null
): Promise<IndicatorLine[]> {
	// A figure that names no country is of those of its activity.
	const inCountry: RawBuilder<unknown> =
		country === null
			? sql`true`
			: sql`(${country} = any(p.countries) or cardinality(p.countries) = 0 and exists (
				select from ${activitiesInForce(at)} a join activity_country c using (activity_version_id)
				where a.activity_id = r.activity_id and c.relation = 'recipient' and c.country = ${country}))`;
	const { rows } = await sql<IndicatorLine>`
		select i.title, i.unit, p.target, p.actual, p.qualifier, p.countries, p.activity_id, p.period_to, p.date_precision, p.disaggregation,
			p.repeats_activity, p.note, p.origin_url, p.origin_title, p.evidence, p.confidence, source.sha256 as source_sha256, p.place
		from result r join indicator i using (result_id) join indicator_period p using (indicator_id) join source on source.source_id = p.source_id
		where ${resultsInForce(at)} and ${inCountry}
			-- Those of an activity are its project's, also when it has joined another since.
			and (r.activity_id is null and r.project_id = any(${[...projectIds]}::bigint[])
				or exists (select from ${activitiesInForce(at)} a where a.activity_id = r.activity_id and a.project_id = any(${[...projectIds]}::bigint[])))
		order by p.repeats_activity, i.title, p.period_to nulls last, p.period_no`.execute(db);
	return rows;
}

/** Of a result `r`, and of a period `p` of it where it is no activity's: whether it is in force. */
export function resultsInForce({ posting }: FactsAt): RawBuilder<unknown> {
	return sql`r.nature = 'published' and r.posting_no <= ${posting}::integer
		-- An activity's results belong to its version: a newer one brings its own, or none.
		and (r.activity_id is null or r.posting_no = (select max(v.posting_no) from activity_version v
			where v.activity_id = r.activity_id and v.posting_no <= ${posting}::integer))
		-- A statement that was read again is told as it was read last.
		and (r.activity_id is not null or not exists (
			select from indicator_period p2 join indicator i2 using (indicator_id) join result r2 using (result_id)
			where p2.key = p.key and r2.nature = 'published' and r2.activity_id is null
				and r2.posting_no > r.posting_no and r2.posting_no <= ${posting}::integer))`;
}

export type ResultFilter = {
	portfolio: string;
	project: string | null;
	/** Code of a country or several, joined by commas; `none` for results of no country. */
	country: string | null;
	/** Key of an objective, or `none`. */
	objective: string | null;
};

/** One value of an indicator, cut by what it is disaggregated by; `value` null where the source has words, then `text`. */
export type ResultValue = {
	side: 'baseline' | 'target' | 'actual';
	value: string | null;
	text: string | null;
	dimensions: Record<string, string> | null;
	year: number | null;
	comment: Record<string, string> | null;
};

/** One period of an indicator (one without any where the source gives none), with the result and objective it stands under. */
export type ResultLine = Origin & {
	indicator_id: string;
	period_no: number;
	objective_key: string | null;
	objective_no: number | null;
	objective: string | null;
	/** Other objectives that its activity serves. */
	other_objectives: string[];
	project_key: string;
	project: string;
	activity_id: string | null;
	activity: Record<string, string> | null;
	result: Record<string, string> | null;
	/** Code of IATI's ResultType. */
	result_type: string | null;
	title: Record<string, string>;
	description: Record<string, string> | null;
	measure: string;
	unit: string | null;
	accumulation: 'cumulative' | 'periodic' | null;
	ascending: boolean | null;
	countries: string[];
	period_from: string | null;
	period_to: string | null;
	date_precision: string;
	baseline: string | null;
	target: string | null;
	actual: string | null;
	qualifier: string | null;
	repeats_activity: boolean;
	disaggregation: string | null;
	note: string | null;
	values: ResultValue[];
	/** Indicators of the same activity: a cost is that of all of them. */
	activity_indicators: number;
};

/**
 * Every period in force that passes the filter, by what lists are sorted and counted by: objective, then what repeats an
 * activity's participants, project, activity, indicator and period, in the order of their files.
 */
function lines(at: FactsAt, filter: ResultFilter): RawBuilder<unknown> {
	const conditions: RawBuilder<unknown>[] = [resultsInForce(at)];
	if (filter.portfolio !== 'all')
		conditions.push(
			sql`project.project_id in (select project_id from portfolio_project join portfolio using (portfolio_id) where portfolio.key = ${filter.portfolio})`
		);
	if (filter.project !== null) conditions.push(sql`project.key = ${filter.project}`);
	if (filter.country !== null) conditions.push(countryCondition(valuesOf(filter.country)));
	if (filter.objective === 'none') conditions.push(sql`o.objective_id is null`);
	else if (filter.objective !== null) conditions.push(sql`o.key = ${filter.objective}`);
	const served =
		filter.objective === null || filter.objective === 'none'
			? sql`true`
			: sql`objective.key = ${filter.objective}`;
	return sql`
		select r.result_id, i.indicator_id, coalesce(p.period_no, 0)::integer as period_no, p.countries, c.activity_id, c.activity_version_id,
			project.key as project_key, project.project_id, o.objective_id, o.key as objective_key, o.objective_no, o.name as objective,
			(coalesce(o.objective_no, 32767), coalesce(o.key, ''), coalesce(p.repeats_activity, false), project.key,
				coalesce(c.activity_id, 0), i.indicator_id, coalesce(p.period_no, 0)::integer) as place_in_list
		from result r join indicator i using (result_id) left join indicator_period p using (indicator_id)
		left join ${activitiesInForce(at)} c on c.activity_id = coalesce(r.activity_id, p.activity_id)
		-- Those of an activity are its project's, also when it has joined another since.
		join project on project.project_id = case when r.activity_id is null then r.project_id else c.project_id end
		left join lateral (
			select objective.objective_id, objective.key, v.objective_no, v.name
			from activity_objective a join objective using (objective_id) join ${inForce('objective_version', ['objective_id'], at)} v using (objective_id)
			where a.activity_version_id = c.activity_version_id and ${served}
			order by v.objective_no nulls last, objective.key limit 1
		) o on true
		where ${sql.join(conditions, sql` and `)}`;
}

/** Of one of these countries; where the source names none of its own, of the activity's. `none` is of no country at all. */
function countryCondition(codes: readonly string[]): RawBuilder<unknown> {
	const recipients = (condition: RawBuilder<unknown>) => sql`exists (select from activity_country n
		where n.activity_version_id = c.activity_version_id and n.relation = 'recipient' and ${condition})`;
	const hasNone = sql`coalesce(cardinality(p.countries), 0) = 0`;
	return sql`(p.countries && ${codes}::text[] or ${hasNone} and ${recipients(sql`n.country = any(${codes}::text[])`)}
		or ${codes.includes(NONE)} and ${hasNone} and not ${recipients(sql`true`)})`;
}

const CURSOR = /^(\d{1,18})~(\d{1,9})$/;

/**
 * One keyset page of results.
 * @param after the `next` of the page before, or null for the first
 * @throws CursorError
 */
export async function listResults(
	db: Kysely<DB>,
	at: FactsAt,
	filter: ResultFilter,
	{ after, limit }: { after: string | null; limit: number }
): Promise<{ lines: ResultLine[]; total: number; next: string | null }> {
	const cursor = after === null ? null : CURSOR.exec(after);
	if (after !== null && cursor === null) throw new CursorError(`${after} is no place in the list`);
	const later =
		cursor === null
			? sql`true`
			: sql`line.place_in_list > (select place_in_list from line where indicator_id = ${cursor[1]}::bigint and period_no = ${cursor[2]}::integer)`;
	const { rows } = await sql<ResultLine & { total: number }>`
		with line as materialized (${lines(at, filter)}),
		page as (select *, (select count(*)::integer from line) as total from line where ${later} order by place_in_list limit ${limit + 1}::integer)
		select page.total, page.indicator_id, page.period_no, page.objective_key, page.objective_no, page.objective, page.project_key, page.activity_id,
			array(select v.name from activity_objective a join ${inForce('objective_version', ['objective_id'], at)} v using (objective_id)
				where a.activity_version_id = page.activity_version_id and a.objective_id <> page.objective_id order by v.objective_no nulls last) as other_objectives,
			(select coalesce(v.short_name, v.name) from ${inForce('project_version', ['project_id'], at)} v where v.project_id = page.project_id) as project,
			(select ${titleOf} from activity_version v join activity using (activity_id)
				where v.activity_version_id = page.activity_version_id) as activity,
			case when r.activity_id is not null then coalesce(nullif(r.titles, '{}'), jsonb_build_object('und', r.title)) end as result, r.result_type,
			coalesce(nullif(i.titles, '{}'), jsonb_build_object('en', i.title)) as title, nullif(i.descriptions, '{}') as description,
			i.measure, i.unit, i.accumulation, i.ascending,
			case when coalesce(cardinality(page.countries), 0) > 0 then page.countries else array(select n.country::text from activity_country n
				where n.activity_version_id = page.activity_version_id and n.relation = 'recipient' order by n.country) end as countries,
			p.period_from, p.period_to, coalesce(p.date_precision, 'unknown') as date_precision, p.baseline, p.target, p.actual, p.qualifier,
			coalesce(p.repeats_activity, false) as repeats_activity, p.disaggregation, p.note,
			p.origin_url, p.origin_title, p.evidence, p.confidence, source.sha256 as source_sha256, p.place,
			coalesce((select json_agg(json_build_object('side', v.side, 'value', v.value::text, 'text', v.value_text, 'dimensions', v.dimensions,
				'year', coalesce(v.baseline_year, extract(year from v.baseline_date)::smallint), 'comment', v.comment) order by v.side, v.value_no)
				from indicator_value v where v.indicator_id = page.indicator_id and (v.period_no = page.period_no or v.period_no = 0)), '[]') as values,
			(select count(*)::integer from result r2 join indicator i2 using (result_id)
				where r2.activity_id = r.activity_id and r2.posting_no = r.posting_no and r2.nature = 'published') as activity_indicators
		from page join result r using (result_id) join indicator i on i.indicator_id = page.indicator_id
		left join indicator_period p on p.indicator_id = page.indicator_id and p.period_no = page.period_no
		left join source on source.source_id = p.source_id
		order by page.place_in_list`.execute(db);
	const shown = rows.slice(0, limit);
	const last = shown.at(-1);
	return {
		lines: shown.map(({ total: _, ...line }) => line),
		total: rows[0]?.total ?? 0,
		next: rows.length > limit && last ? `${last.indicator_id}~${last.period_no}` : null
	};
}

export type ResultFacet = 'project' | 'country' | 'objective';

/** What results can be narrowed to, with how many lines each choice has. The null key stands for those without. */
export async function countResults(
	db: Kysely<DB>,
	at: FactsAt,
	filter: ResultFilter,
	facet: ResultFacet,
	limit: number
): Promise<{ key: string | null; name: string | null; lines: number }[]> {
	const rest = { ...filter, [facet]: null };
	const keys: Record<ResultFacet, RawBuilder<unknown>> = {
		project: sql`select project_key as key, null::text as name from line`,
		objective: sql`select objective_key as key, objective as name from line`,
		country: sql`select code as key, null::text as name from line left join lateral (
			select unnest(line.countries) as code where coalesce(cardinality(line.countries), 0) > 0
			union select n.country::text from activity_country n where coalesce(cardinality(line.countries), 0) = 0
				and n.activity_version_id = line.activity_version_id and n.relation = 'recipient') codes on true`
	};
	const { rows } = await sql<{ key: string | null; name: string | null; lines: number }>`
		with line as materialized (${lines(at, rest)})
		select key, min(name) as name, count(*)::integer as lines from (${keys[facet]}) k
		group by key order by count(*) desc, key limit ${limit}::integer`.execute(db);
	return rows;
}
