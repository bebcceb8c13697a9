import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import {
	FACETS,
	facetCondition,
	fixedConditions,
	matchText,
	type ActivityFilter,
	type FacetName
} from './activity-filter.ts';
import type { FactsAt } from './posting.ts';
import { activitiesInForce } from './versions.ts';

/** A choice with how many activities it would leave; the null key stands for those without. */
export type Counted = { key: string | null; activities: number };

/** Activities that began in one year and ended in another; null for a side that is not known. */
export type YearSpan = { from: number | null; to: number | null; activities: number };

export type FacetCounts = {
	/** How many match everything. */
	total: number;
	/** Each facet counted under everything else that is chosen, but not under its own choice. */
	choices: Record<Exclude<FacetName, 'period'>, Counted[]>;
	/** The same for the period, by the years between which activities were under way. */
	years: YearSpan[];
	/** Matching activities by the month in which they began; null where no month is known. */
	months: Counted[];
};

/** Facets of which an activity has any number: their key, and where it is found by the activity's version. */
const severalOf = ({ role }: ActivityFilter) => ({
	country: {
		key: sql`held.country::text`,
		held: sql`(select activity_version_id, country from activity_country where relation = 'recipient')`
	},
	objective: {
		key: sql`(select objective.key from objective where objective.objective_id = held.objective_id)`,
		held: sql`activity_objective`
	},
	organisation: {
		key: sql`held.organisation_id::text`,
		// A role that is asked for is the one an organisation is to have.
		held: sql`(select distinct activity_version_id, organisation_id from participation where ${role === null ? sql`true` : sql`role = ${role}::smallint`})`
	}
});

type Row = { facet: string; key: string | null; until: string | null; activities: number };

/**
 * All counts of the list in one statement: the activities that miss at most one of the choices are gathered once, each
 * with the choices it meets, and every facet is counted from them.
 */
export async function countFacets(db: Kysely<DB>, at: FactsAt, filter: ActivityFilter): Promise<FacetCounts> {
	const several = severalOf(filter);
	const match = filter.match ?? (await matchText(db, at, filter.text));
	const chosen = FACETS.flatMap((facet) => {
		const condition = facetCondition(filter, facet);
		return condition === null ? [] : [{ facet, condition, flag: sql.raw(`meets_${facet}`) }];
	});
	const flags = chosen.map(({ condition, flag }) => sql`, (${condition}) as ${flag}`);
	const nearly =
		chosen.length === 0
			? sql`true`
			: sql`${sql.join(
					chosen.map(({ flag }) => sql`${flag}::integer`),
					sql` + `
				)} >= ${chosen.length - 1}::integer`;
	/** Everything that is chosen, but for one facet. */
	const meets = (besides: FacetName | null) =>
		sql.join(
			[sql`true`, ...chosen.filter(({ facet }) => facet !== besides).map(({ flag }) => sql`l.${flag}`)],
			sql` and `
		);
	const counted = (besides: FacetName | null) => sql`count(*) filter (where ${meets(besides)})::integer`;
	const { rows } = await sql<Row>`
		with listed as materialized (
			select * from (
				select c.activity_version_id, c.project_id, c.activity_type, v.status, e.participants is not null as stated,
					date_part('year', v.date_from)::integer as year, date_part('year', v.date_to)::integer as until,
					case when v.date_precision in ('day', 'page_date', 'period', 'month') then
						date_part('year', v.date_from)::integer * 12 + date_part('month', v.date_from)::integer - 1 end as month
					${flags.length === 0 ? sql`` : sql.join(flags, sql``)}
				from ${activitiesInForce(at)} c join activity_version v on v.activity_version_id = c.activity_version_id
				left join event_detail e on e.activity_version_id = c.activity_version_id
				where ${sql.join([sql`true`, ...fixedConditions(filter), match.condition], sql` and `)}
			) l where ${nearly}
		), single as (
			select grouping(project_id, activity_type, status, stated, year, month) as set, project_id, activity_type, status, stated, year, until, month,
				case grouping(project_id, activity_type, status, stated, year, month)
					when 31 then ${counted('project')} when 47 then ${counted('type')} when 55 then ${counted('status')}
					when 59 then ${counted('participants')} when 61 then ${counted('period')} else ${counted(null)} end as activities
			from listed l group by grouping sets ((project_id), (activity_type), (status), (stated), (year, until), (month), ())
		)
		select case set when 31 then 'project' when 47 then 'type' when 55 then 'status' when 59 then 'participants' when 61 then 'years'
				when 62 then 'months' else 'total' end as facet,
			case set when 31 then (select key from project where project.project_id = single.project_id) when 47 then activity_type
				when 55 then status when 59 then case when stated then 'with' else 'without' end when 61 then year::text
				when 62 then (month / 12)::text || '-' || lpad((month % 12 + 1)::text, 2, '0') end as key,
			until::text, activities
		from single where activities > 0 or set = 63
		${sql.join(
			(Object.keys(several) as (keyof typeof several)[]).map(
				(facet) => sql`union all
					select ${facet}, ${several[facet].key}, null, held.activities from (
						select held.${sql.raw(facet === 'country' ? facet : `${facet}_id`)}, count(*)::integer as activities
						from listed l left join ${several[facet].held} held on held.activity_version_id = l.activity_version_id
						where ${meets(facet)} group by 1
					) held`
			),
			sql` `
		)}`.execute(db);
	const of = (facet: string): Counted[] =>
		rows
			.filter((row) => row.facet === facet)
			.map(({ key, activities }) => ({ key, activities }))
			.sort((a, b) => (a.key === null ? 1 : b.key === null ? -1 : a.key < b.key ? -1 : 1));
	const year = (text: string | null) => (text === null ? null : Number.parseInt(text, 10));
	return {
		total: of('total')[0]!.activities,
		choices: Object.fromEntries(
			FACETS.filter((facet) => facet !== 'period').map((facet) => [facet, of(facet)])
		) as FacetCounts['choices'],
		years: rows
			.filter(({ facet }) => facet === 'years')
			.map(({ key, until, activities }) => ({ from: year(key), to: year(until), activities })),
		months: of('months')
	};
}

/** Years that a source may mean; what lies beyond is a slip of the pen, and would make a list of centuries. */
const MOST_YEARS = 60;

/**
 * How many activities were under way in each year, in order; the null key counts those without any date. An end that is
 * not known is open until the last year that any activity names.
 */
export function countYears(spans: readonly YearSpan[]): Counted[] {
	const named = spans.flatMap(({ from, to }) => [from, to]).filter((year) => year !== null);
	const undated = spans.reduce(
		(sum, { from, to, activities }) => sum + (from === null && to === null ? activities : 0),
		0
	);
	const without = undated === 0 ? [] : [{ key: null, activities: undated }];
	if (named.length === 0) return without;
	const last = Math.max(...named);
	const first = Math.max(Math.min(...named), last - MOST_YEARS + 1);
	const years = Array.from({ length: last - first + 1 }, (_, index) => first + index);
	return [
		...years
			.map((year) => ({
				key: String(year).padStart(4, '0'),
				activities: spans.reduce(
					(sum, { from, to, activities }) =>
						sum +
						((from !== null || to !== null) && (from ?? first) <= year && (to ?? last) >= year
							? activities
							: 0),
					0
				)
			}))
			.filter(({ activities }) => activities > 0),
		...without
	];
}
