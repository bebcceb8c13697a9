import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { NONE, valuesOf } from '#lib/slice/parameter.ts';
import { firstDay, lastDay, type Day } from '#lib/slice/period.ts';
import { findCountry } from '#lib/words/country.ts';
import { escapeLike, findAlike, holdsEach, wordsOf } from './alike.ts';
import type { FactsAt } from './posting.ts';
import { activitiesInForce } from './versions.ts';

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
	/** Status as its source gives it, or `none`. */
	status?: string | null;
	/** Number of an organisation that has a part in it; any of several. */
	organisation: string | null;
	/** Role of that part, or of anyone's: IATI OrganisationRole, 1-4. */
	role: string | null;
	/** Whether a number of participants is stated. */
	participants?: 'with' | 'without' | null;
	/** Year, quarter or month in which it was under way, or `none` for those without any date. */
	period?: string | null;
	from: string | null;
	to: string | null;
	/** The days that a timeline shows, beside everything else. */
	within?: { from: Day; to: Day } | null;
	text: string | null;
	/** What the text finds, where that was looked up before. */
	match?: TextMatch;
};

/** What can be chosen among, each with how many activities a choice would leave. */
export const FACETS = [
	'project',
	'country',
	'type',
	'objective',
	'organisation',
	'status',
	'period',
	'participants'
] as const;
export type FacetName = (typeof FACETS)[number];

/** Conditions on an activity in force (`c`) and, where the filter speaks of it, its version (`v`). */
export function conditionsOf(filter: ActivityFilter): RawBuilder<unknown>[] {
	const chosen = FACETS.flatMap((facet) => facetCondition(filter, facet) ?? []);
	return [sql`true`, ...fixedConditions(filter), ...chosen];
}

/** The conditions that are no facet: portfolio, host, participants' country, days. The text is {@link matchText}'s. */
export function fixedConditions(filter: ActivityFilter): RawBuilder<unknown>[] {
	const all: RawBuilder<unknown>[] = [];
	if (filter.portfolio !== 'all') {
		all.push(
			sql`c.project_id in (select project_id from portfolio_project join portfolio using (portfolio_id) where portfolio.key = ${filter.portfolio})`
		);
	}
	if (filter.host != null) all.push(inCountry('host', sql`r.country = ${filter.host}`));
	if (filter.participant != null) all.push(inCountry('participant', sql`r.country = ${filter.participant}`));
	if (filter.from !== null || filter.to !== null) all.push(underWay(filter.from, filter.to));
	if (filter.within) all.push(underWay(filter.within.from, filter.within.to));
	return all;
}

/** The condition that a choice among one facet makes; null where nothing is chosen. */
export function facetCondition(filter: ActivityFilter, facet: FacetName): RawBuilder<unknown> | null {
	const value = filter[facet] ?? null;
	if (facet === 'organisation') return organisationCondition(filter);
	if (value === null) return null;
	switch (facet) {
		case 'project':
			return sql`c.project_id = (select project_id from project where key = ${value})`;
		case 'country':
			return countryCondition(value);
		case 'type':
			return value === 'none' ? sql`c.activity_type is null` : sql`c.activity_type = ${value}`;
		case 'status':
			return value === 'none' ? sql`v.status is null` : sql`v.status = ${value}`;
		case 'period':
			return value === 'none' ? UNDATED : underWay(firstDay(value), lastDay(value));
		case 'participants':
			return value === 'with' ? COUNTED : sql`not ${COUNTED}`;
		case 'objective': {
			const of = value === 'none' ? sql`true` : sql`objective.key = ${value}`;
			const serves = sql`c.activity_version_id in (select activity_version_id from activity_objective join objective using (objective_id) where ${of})`;
			return value === 'none' ? sql`not ${serves}` : serves;
		}
	}
}

const inCountry = (relation: string, of: RawBuilder<unknown>) =>
	sql`c.activity_version_id in (select r.activity_version_id from activity_country r where r.relation = ${relation} and ${of})`;

function countryCondition(value: string): RawBuilder<unknown> {
	const countries = valuesOf(value).filter((country) => country !== NONE);
	const either = [inCountry('recipient', sql`r.country = any(${countries}::text[])`)];
	if (valuesOf(value).includes(NONE)) either.push(sql`not ${inCountry('recipient', sql`true`)}`);
	return sql`(${sql.join(either, sql` or `)})`;
}

const UNDATED = sql`(v.date_from is null and v.date_to is null)`;
const COUNTED = sql`c.activity_version_id in (select activity_version_id from event_detail where participants is not null)`;

function organisationCondition({ organisation, role }: ActivityFilter): RawBuilder<unknown> | null {
	const part: RawBuilder<unknown>[] = [];
	if (organisation !== null) part.push(sql`p.organisation_id = any(${valuesOf(organisation)}::bigint[])`);
	if (role !== null) part.push(sql`p.role = ${role}::smallint`);
	return part.length === 0
		? null
		: sql`c.activity_version_id in (select p.activity_version_id from participation p where ${sql.join(part, sql` and `)})`;
}

/** Under way on one of the days: an end that is not known is open. What has no date at all is never. */
function underWay(from: Day | null, to: Day | null): RawBuilder<unknown> {
	const all = [sql`not ${UNDATED}`];
	if (from !== null) all.push(sql`coalesce(v.date_to, 'infinity') >= ${from}::date`);
	if (to !== null) all.push(sql`coalesce(v.date_from, '-infinity') <= ${to}::date`);
	return sql`(${sql.join(all, sql` and `)})`;
}

/** Whether the conditions speak of the version: joining it for nothing would cost a list of twenty thousand its speed. */
function needsVersion({ from, to, within, status, period }: ActivityFilter): boolean {
	return from !== null || to !== null || within != null || status != null || period != null;
}

/** Joins the version `v` of an activity in force. */
export const VERSION = sql`join activity_version v on v.activity_version_id = c.activity_version_id`;

/** The join that the conditions need. */
export function versionOf(filter: ActivityFilter): RawBuilder<unknown> {
	return needsVersion(filter) ? VERSION : sql``;
}

/** What a text finds: a condition, and where only like words were found how alike each activity is. */
export type TextMatch = { condition: RawBuilder<unknown>; likeness: RawBuilder<unknown> | null };

/**
 * All words are to be found, or the text names a country that has a part in it ("Lao PDR", "Kirghizistan", "ML"). Only
 * where nothing holds them as written does a misspelt word find its like; then `likeness` says how alike, else it is null.
 */
export async function matchText(db: Kysely<DB>, at: FactsAt, text: string | null): Promise<TextMatch> {
	const words = wordsOf(text);
	if (text === null || words.length === 0) return { condition: sql`true`, likeness: null };
	const country = findCountry(text);
	const inCountryNamed =
		country === null
			? sql`false`
			: sql`c.activity_version_id in (select activity_version_id from activity_country where country = ${country})`;
	const condition = sql`((${sql.join(words.map(holds), sql` and `)}) or ${inCountryNamed})`;
	const found = await sql`select from ${activitiesInForce(at)} c where ${condition} limit 1`.execute(db);
	if (found.rows.length > 0) return { condition, likeness: null };
	const alike = await Promise.all(words.map((word) => findAlike(db, activitiesInForce(at), word)));
	return {
		condition: holdsEach(alike, holds),
		likeness: sql.join(
			alike.map((of) => {
				const cases = of.map(({ word, likeness }) => sql`when ${holds(word)} then ${likeness}::real`);
				return sql`case ${sql.join(cases, sql` `)} end`;
			}),
			sql` + `
		)
	};
}

const holds = (word: string) => sql`c.search_text like ${`%${escapeLike(word)}%`}`;

/** Everything that is asked of an activity: `c` and, where needed, `v`. */
export async function everyCondition(
	db: Kysely<DB>,
	at: FactsAt,
	filter: ActivityFilter
): Promise<RawBuilder<unknown>> {
	const { condition } = filter.match ?? (await matchText(db, at, filter.text));
	return sql.join([...conditionsOf(filter), condition], sql` and `);
}
