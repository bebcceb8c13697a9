import { sql, type Kysely } from 'kysely';

/** A posting that takes back another one says which. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
	`alter table posting
		add column undoes integer,
		add foreign key (nature, undoes) references posting,
		add check (undoes is null or (cause = 'undo' and undoes < posting_no))`,
	// Taken back once: what an undo took back comes again by undoing that.
	`create unique index posting_undoes on posting (nature, undoes) where undoes is not null`,
	// A project is listed as long as an activity is in it.
	`create index project_activity_project on project_activity (project_id)`
];
