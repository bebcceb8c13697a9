import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { CursorError } from '#lib/server/ledger/rows.ts';
import { holdsWord, wordsOf } from './alike.ts';
import type { FactsAt } from './posting.ts';
import { activitiesInForce, inForce, organisationText } from './versions.ts';

export type OrganisationFilter = {
	portfolio: string;
	/** IATI OrganisationRole, 1-4; null for any. */
	role: string | null;
	/** Words that the name or reference must all hold, whatever their accents. */
	text: string | null;
};

/** One organisation with its part in the published activities and projects, by role. */
export type ListedOrganisation = {
	organisation_id: string;
	name: string;
	type_code: string | null;
	country: string | null;
	reference: string | null;
	activities: number;
	/** Activities by role, the four in their order. */
	by_role: number[];
	/** Roles in projects as such, where no activity says so. */
	project_roles: number[];
};

/** How many organisations match, in all and by role. */
export type RoleCounts = { all: number; roles: number[] };

const CURSOR = /^(\d{1,9})~(\d{1,18})$/;

/**
 * One keyset page of the organisations with a part in a portfolio's activities or projects, those in the most activities
 * first.
 * @param after the `next` of the page before, or null for the first
 * @throws CursorError for a place that no such list has
 */
export async function listOrganisationPage(
	db: Kysely<DB>,
	at: FactsAt,
	filter: OrganisationFilter,
	{ after, limit }: { after: string | null; limit: number }
): Promise<{ organisations: ListedOrganisation[]; next: string | null }> {
	const conditions = [textCondition(filter), roleCondition(filter.role)];
	if (after !== null) {
		const match = CURSOR.exec(after);
		if (!match) throw new CursorError(`${after} is no place in the list`);
		conditions.push(
			sql`(-c.activities, c.organisation_id) > (${`-${match[1]}`}::integer, ${match[2]}::bigint)`
		);
	}
	const { rows } = await sql<ListedOrganisation>`
		select c.organisation_id, v.name, v.type_code, v.country::text as country, v.reference, c.activities, c.by_role, c.project_roles
		from ${counted(at, filter.portfolio)} c
		join ${inForce('organisation_version', ['organisation_id'], at)} v on v.organisation_id = c.organisation_id
		where ${sql.join(conditions, sql` and `)}
		order by -c.activities, c.organisation_id limit ${limit + 1}::integer`.execute(db);
	const organisations = rows.slice(0, limit);
	const last = organisations.at(-1);
	return {
		organisations,
		next: rows.length > limit && last ? `${last.activities}~${last.organisation_id}` : null
	};
}

/** How many of them there are, whatever the role asked for, and how many have each role. */
export async function countOrganisations(
	db: Kysely<DB>,
	at: FactsAt,
	filter: OrganisationFilter
): Promise<RoleCounts> {
	const { rows } = await sql<{ all: number; roles: number[] }>`
		select count(*)::integer as "all", array[${sql.join(
			[1, 2, 3, 4].map((role) => sql`count(*) filter (where ${roleCondition(String(role))})::integer`)
		)}] as roles
		from ${counted(at, filter.portfolio)} c
		join ${inForce('organisation_version', ['organisation_id'], at)} v on v.organisation_id = c.organisation_id
		where ${textCondition(filter)}`.execute(db);
	return rows[0]!;
}

/** Organisations with the number of activities in all and in each role, and their roles in projects. */
function counted(at: FactsAt, portfolio: string): RawBuilder<unknown> {
	const held =
		portfolio === 'all'
			? sql`true`
			: sql`project_id in (select project_id from portfolio_project join portfolio using (portfolio_id) where portfolio.key = ${portfolio})`;
	const inRole = (role: number) =>
		sql`count(distinct activity_id) filter (where role = ${sql.lit(role)})::integer`;
	return sql`(
		select organisation_id, count(distinct activity_id)::integer as activities,
			array[${sql.join([1, 2, 3, 4].map(inRole))}] as by_role,
			coalesce(array_agg(distinct role::integer order by role::integer) filter (where activity_id is null), '{}') as project_roles
		from (
			select p.organisation_id, p.role, c.activity_id
			from (select * from ${activitiesInForce(at)} a where ${held}) c join participation p using (activity_version_id)
			union all
			select p.organisation_id, p.role, null
			from (select * from ${inForce('project_version', ['project_id'], at)} a where ${held}) v
			join project_participation p using (project_version_id)
		) part group by organisation_id)`;
}

function roleCondition(role: string | null): RawBuilder<unknown> {
	if (role === null) return sql`true`;
	return sql`(c.by_role[${sql.lit(Number.parseInt(role, 10))}] > 0 or ${sql.lit(Number.parseInt(role, 10))} = any(c.project_roles))`;
}

function textCondition({ text }: OrganisationFilter): RawBuilder<unknown> {
	return sql`(${sql.join(
		[sql`true`, ...wordsOf(text).map((word) => holdsWord(organisationText, word))],
		sql` and `
	)})`;
}
