import { sql, type RawBuilder } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { PlainPosting } from '../in-posting.ts';
import { rewritten } from '../rewritten.ts';
import { listCancelled } from './undone.ts';

/** Tables of facts by posting, and what one fact is. The version before comes back as a copy. */
const VERSIONED: Record<string, readonly string[]> = {
	agreement_version: ['agreement_id'],
	agreement_rule: ['agreement_id', 'key'],
	instalment: ['agreement_id', 'instalment_no'],
	budget_version: ['agreement_id', 'version_no'],
	exchange_rate: ['publisher', 'series', 'currency', 'valid_from'],
	objective_version: ['objective_id'],
	country_coverage: ['project_id', 'country']
};

/** Of these the version that a posting brought first may stay: nothing but a name hangs on it. */
const NAMES: Record<string, readonly string[]> = { organisation_version: ['organisation_id'] };

/** What cannot be taken back: facts that a posting was the first to state, which no empty version can stand for. */
export async function findIrrevocable(
	{ db, nature }: Pick<PlainPosting, 'db' | 'nature'>,
	undoes: number
): Promise<string[]> {
	const gone = await listCancelled(db, nature, undoes);
	const found: string[] = [];
	for (const [table, key] of Object.entries(VERSIONED)) {
		const { rows } = await sql<{ first: boolean }>`
			select exists (select from ${sql.table(table)} now where nature = ${nature} and posting_no = ${undoes}::integer
				and (not exists (select from ${sql.table(table)} was where ${isSame(key)} and was.nature = now.nature
					and was.posting_no < now.posting_no)
				or exists (select from ${sql.table(table)} later where ${isSame(key, 'later')} and later.nature = now.nature
					and later.posting_no > now.posting_no and later.posting_no <> all(${gone}::integer[])))) as first`.execute(
			db
		);
		if (rows[0]!.first) found.push(table);
	}
	const { rows } = await sql<{ name: string }>`
		select 'claim' as name where exists (select from claim where nature = ${nature} and posting_no = ${undoes}::integer)
		union all
		select 'claim_choice' where exists (select from claim_choice where nature = ${nature} and posting_no = ${undoes}::integer)
		union all
		select 'indicator' where exists (select from result
			where nature = ${nature} and posting_no = ${undoes}::integer and activity_id is null)
		union all
		select 'project' where exists (select from project_version v where v.nature = ${nature} and v.posting_no = ${undoes}::integer
			and not exists (select from project_version was where was.project_id = v.project_id and was.posting_no < v.posting_no)
			and not exists (select from activity join project on project.key = activity.key
				where project.project_id = v.project_id and activity.nature = ${nature}))`.execute(db);
	return [...found, ...rows.map(({ name }) => name)];
}

function isSame(key: readonly string[], other = 'was'): RawBuilder<boolean> {
	return sql.join(
		key.map((column) => sql`${sql.ref(`${other}.${column}`)} = ${sql.ref(`now.${column}`)}`),
		sql` and `
	);
}

/** Brings the versions before a posting back, as versions of this one; those that came later stay. */
export async function undoFacts(posting: PlainPosting, undoes: number): Promise<void> {
	const gone = await listCancelled(posting.db, posting.nature, undoes);
	for (const [table, key] of Object.entries({ ...VERSIONED, ...NAMES })) {
		await sql`
			insert into ${sql.table(table)}
			select rewritten.* from ${sql.table(table)} now join lateral (
				select * from ${sql.table(table)} was where ${isSame(key)} and was.nature = now.nature
					and was.posting_no < now.posting_no order by was.posting_no desc limit 1
			) earlier on true
			${rewritten(table as keyof DB, 'earlier', sql`jsonb_build_object('posting_no', ${posting.postingNo}::integer)`)}
			where now.nature = ${posting.nature} and now.posting_no = ${undoes}::integer
				and not exists (select from ${sql.table(table)} later where ${isSame(key, 'later')}
					and later.nature = now.nature and later.posting_no > now.posting_no
					and later.posting_no < ${posting.postingNo}::integer
					and later.posting_no <> all(${gone}::integer[]))`.execute(posting.db);
	}
	await undoProjects(posting, undoes, gone);
	await undoCountingRules(posting, undoes);
}

async function undoProjects(
	{ db, nature, postingNo }: PlainPosting,
	undoes: number,
	gone: readonly number[]
): Promise<void> {
	await sql`
		with restored as materialized (
			select nextval(pg_get_serial_sequence('project_version', 'project_version_id')) as new_id, earlier.*
			from project_version now join lateral (
				select * from project_version was where was.project_id = now.project_id and was.nature = now.nature
					and was.posting_no < now.posting_no order by was.posting_no desc limit 1
			) earlier on true
			where now.nature = ${nature} and now.posting_no = ${undoes}::integer
				and not exists (select from project_version later where later.project_id = now.project_id
					and later.nature = now.nature and later.posting_no > now.posting_no and later.posting_no < ${postingNo}::integer
					and later.posting_no <> all(${gone}::integer[]))
		), versions as (
			insert into project_version
			select rewritten.* from restored ${rewritten(
				'project_version',
				'restored',
				sql`jsonb_build_object('project_version_id', new_id, 'posting_no', ${postingNo}::integer)`
			)}
		), parties as (
			insert into project_participation (project_version_id, organisation_id, role)
			select new_id, p.organisation_id, p.role from restored join project_participation p using (project_version_id)
		)
		insert into project_country (project_version_id, country)
		select new_id, c.country from restored join project_country c using (project_version_id)`.execute(db);
}

/**
 * A rule that was not there before stays as one that speaks of no activity. Of two rules the one posted later wins, so those
 * that came after a restored one are posted again behind it.
 */
async function undoCountingRules({ db, nature, postingNo }: PlainPosting, undoes: number): Promise<void> {
	await sql`
		with touched as (
			select * from counting_rule where nature = ${nature} and posting_no = ${undoes}::integer
		), back as (
			select touched.key, coalesce(earlier.counting_rule_id, touched.counting_rule_id) as rank,
				touched.reporting_organisation_id, coalesce(earlier.condition, touched.condition || '{"activities": []}') as condition,
				coalesce(earlier.counting, touched.counting) as counting, earlier.valid_from,
				coalesce(earlier.reason, 'taken back: ' || touched.reason) as reason, touched.source_id, touched.place
			from touched left join lateral (
				select * from counting_rule was where was.nature = touched.nature and was.key = touched.key
					and was.posting_no < touched.posting_no order by was.posting_no desc limit 1
			) earlier on true
		), behind as (
			select key, counting_rule_id as rank, reporting_organisation_id, condition, counting, valid_from, reason, source_id, place
			from (select distinct on (key) * from counting_rule where nature = ${nature} order by key, posting_no desc) latest
			where key not in (select key from touched) and exists (select from back
				where back.reporting_organisation_id = latest.reporting_organisation_id and back.rank < latest.counting_rule_id)
		)
		insert into counting_rule (nature, posting_no, key, reporting_organisation_id, condition, counting, valid_from, reason,
			source_id, place)
		select ${nature}, ${postingNo}::integer, key, reporting_organisation_id, condition, counting, valid_from, reason,
			source_id, place
		from (select * from back union all select * from behind) rules order by rank`.execute(db);
}
