import { sql, type Kysely } from 'kysely';

/**
 * What a result of a check is about, so that both its sides open: the project, and the terms of its formula. A result stands
 * until a later posting checks the same again; one whose subject is there no more says so.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of [
		`alter table check_run
			add column project_id bigint references project,
			add column tolerance numeric not null default 0 check (tolerance >= 0),
			add column about jsonb not null default '{}',
			add column gone boolean not null default false`,
		`comment on column check_run.project_id is 'Whose money it is; none in results of earlier versions, which are not shown'`,
		`comment on column check_run.subject is 'What of the project is checked: a measure, an organisation, both ends of a transfer, a line of a file'`,
		`comment on column check_run.detail is 'What is missing where nothing can be compared'`,
		`comment on column check_run.about is 'Terms of both sides as decimal text, and the keys that lead to their entries'`,
		`comment on column check_run.gone is 'There is nothing to check any more, or not yet: hides the results before'`,
		// The latest result of each subject.
		`create index check_run_latest on check_run (nature, project_id, check_code, subject, posting_no desc)`,
		// Every page asks for what fails, which is little.
		`create index check_run_failed on check_run (nature, project_id) where not passed`
	]) {
		await sql.raw(statement).execute(db);
	}
}
