import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { ALL_CHECKS } from './all.ts';
import { passes, type Check, type Scope } from './check.ts';
import { replaceStated } from './rows-equal-stated.ts';

/**
 * Runs every check on the books of the projects that a posting touched and keeps the results with it. Inside the posting's
 * transaction, after its summaries: the entries that it changed are collected there.
 */
export async function runChecks(db: Kysely<DB>, scope: Scope): Promise<void> {
	if (await collectProjects(db, scope)) {
		for (const check of ALL_CHECKS) await keep(db, check, scope);
		await endVanished(db, scope);
	}
	await replaceStated(db, scope);
}

/**
 * Lists the projects that a posting touched: by entries, by what an agreement says, by their own period. Results of each stand
 * until it is touched again. `anew`: it has entries from before results were kept by project, so that all of them are read
 * once. Answers whether there are any.
 */
async function collectProjects(db: Kysely<DB>, { nature, postingNo }: Scope): Promise<boolean> {
	const agreed = ['agreement_version', 'instalment', 'budget_version'].map(
		(table) => sql`
			select project_id from ${sql.table(table)} t join agreement using (agreement_id)
			where t.nature = ${sql.lit(nature)} and t.posting_no = ${sql.lit(postingNo)}`
	);
	await sql`drop table if exists pg_temp.checked_project`.execute(db);
	await sql`
		create temporary table checked_project on commit drop as
		select project_id, exists (select from check_run r where r.nature = ${sql.lit(nature)} and r.project_id is null) and not exists (
			select from check_run r where r.nature = ${sql.lit(nature)} and r.project_id = touched.project_id
				and r.check_code = 'summary_equals_entries') as anew
		from (
			select project_id from changed_entry
			union ${sql.join(agreed, sql` union `)}
			union select project_id from project_version where nature = ${sql.lit(nature)} and posting_no = ${sql.lit(postingNo)}
		) touched`.execute(db);
	await sql`analyze checked_project`.execute(db);
	const { rows } = await sql<{ any: boolean }>`select exists (select from checked_project) as any`.execute(
		db
	);
	return rows[0]!.any;
}

/** Keeps what a check finds. */
async function keep(db: Kysely<DB>, { code, outcomes }: Check, scope: Scope): Promise<void> {
	await sql`
		insert into check_run (nature, posting_no, check_code, project_id, subject, left_side, right_side, unit, tolerance, passed, detail, about, gone)
		select ${sql.lit(scope.nature)}, ${sql.lit(scope.postingNo)}, ${sql.lit(code)}, project_id, subject, left_side, right_side, unit, tolerance,
			${passes(code)}, missing, jsonb_strip_nulls(about), gone
		from (${outcomes(scope)}) outcome`.execute(db);
}

/** Says of results of earlier postings whose subject the books know no more that they are gone. */
async function endVanished(db: Kysely<DB>, { nature, postingNo }: Scope): Promise<void> {
	await sql`
		insert into check_run (nature, posting_no, check_code, project_id, subject, unit, gone)
		select nature, ${sql.lit(postingNo)}, check_code, project_id, subject, unit, true
		from (
			select distinct on (project_id, check_code, subject) * from check_run
			where nature = ${sql.lit(nature)} and check_code <> 'rows_equal_stated' and project_id in (select project_id from checked_project)
			order by project_id, check_code, subject, posting_no desc
		) latest
		where not gone and posting_no < ${sql.lit(postingNo)}`.execute(db);
}
