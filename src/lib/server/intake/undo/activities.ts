import { sql } from 'kysely';
import { fold } from '#lib/words/fold.ts';
import type { PlainPosting } from '../in-posting.ts';
import { rewritten } from '../rewritten.ts';

/** What hangs on a version of an activity. */
const PARTS = [
	'participation',
	'activity_country',
	'activity_region',
	'activity_sector',
	'activity_objective',
	'policy_marker',
	'related_activity',
	'location',
	'event_detail',
	'document_link'
] as const;

type Restored = { activityId: string; newId: string; earlierId: string; earlierNo: number };

/**
 * Brings back, for each activity of which a posting wrote a version, the version before, with everything that hangs on it
 * and its results; one that the posting brought first is withdrawn. Activities go back to the projects that they were in.
 */
export async function undoActivities(posting: PlainPosting, undoes: number): Promise<void> {
	const restored = await restoreVersions(posting, undoes);
	await restoreParts(posting, restored);
	await restoreResults(posting, restored);
	await withdrawFirst(posting, undoes);
	await restoreProjects(posting, undoes);
	await restoreCurrent(posting, restored);
}

async function restoreVersions({ db, nature, postingNo }: PlainPosting, undoes: number): Promise<Restored[]> {
	const { rows } = await sql<Restored>`
		with earlier as materialized (
			select nextval(pg_get_serial_sequence('activity_version', 'activity_version_id')) as new_id, v.*
			from activity_version now join lateral (
				select * from activity_version was where was.activity_id = now.activity_id and was.posting_no < now.posting_no
				order by was.posting_no desc limit 1
			) v on true
			where now.nature = ${nature} and now.posting_no = ${undoes}::integer
		), written as (
			insert into activity_version
			select rewritten.* from earlier ${rewritten(
				'activity_version',
				'earlier',
				sql`jsonb_build_object('activity_version_id', new_id, 'posting_no', ${postingNo}::integer)`
			)}
		)
		select activity_id as "activityId", new_id as "newId", activity_version_id as "earlierId", posting_no as "earlierNo"
		from earlier`.execute(db);
	return rows;
}

const tableOf = (restored: readonly Restored[]) =>
	sql`json_to_recordset(${JSON.stringify(restored)}::json) as restored("activityId" bigint, "newId" bigint, "earlierId" bigint, "earlierNo" integer)`;

async function restoreParts({ db }: PlainPosting, restored: readonly Restored[]): Promise<void> {
	if (restored.length === 0) return;
	for (const table of PARTS) {
		await sql`
			insert into ${sql.table(table)}
			select rewritten.* from ${tableOf(restored)}
			join ${sql.table(table)} part on part.activity_version_id = restored."earlierId"
			${rewritten(table, 'part', sql`jsonb_build_object('activity_version_id', restored."newId")`)}`.execute(db);
	}
}

/** Results belong to the version of the same posting. */
async function restoreResults(
	{ db, nature, postingNo }: PlainPosting,
	restored: readonly Restored[]
): Promise<void> {
	const { rows } = await sql<{ oldId: string; newId: string }>`
		with was as materialized (
			select nextval(pg_get_serial_sequence('result', 'result_id')) as new_id, result.*
			from ${tableOf(restored)} join result on result.activity_id = restored."activityId"
				and result.posting_no = restored."earlierNo" and result.nature = ${nature}
		), written as (
			insert into result
			select rewritten.* from was ${rewritten(
				'result',
				'was',
				sql`jsonb_build_object('result_id', new_id, 'posting_no', ${postingNo}::integer)`
			)}
		)
		select result_id as "oldId", new_id as "newId" from was`.execute(db);
	if (rows.length === 0) return;
	const results = sql`json_to_recordset(${JSON.stringify(rows)}::json) as made("oldId" bigint, "newId" bigint)`;
	const indicators = await sql<{ oldId: string; newId: string }>`
		with was as materialized (
			select nextval(pg_get_serial_sequence('indicator', 'indicator_id')) as new_id, made."newId" as result_now, indicator.*
			from ${results} join indicator on indicator.result_id = made."oldId"
		), written as (
			insert into indicator
			select rewritten.* from was ${rewritten(
				'indicator',
				'was',
				sql`jsonb_build_object('indicator_id', new_id, 'result_id', result_now)`
			)}
		)
		select indicator_id as "oldId", new_id as "newId" from was`.execute(db);
	for (const table of ['indicator_period', 'indicator_value'] as const) {
		await sql`
			insert into ${sql.table(table)}
			select rewritten.*
			from json_to_recordset(${JSON.stringify(indicators.rows)}::json) as made("oldId" bigint, "newId" bigint)
			join ${sql.table(table)} was on was.indicator_id = made."oldId"
			${rewritten(table, 'was', sql`jsonb_build_object('indicator_id', made."newId")`)}`.execute(db);
	}
}

async function withdrawFirst({ db, nature, postingNo }: PlainPosting, undoes: number): Promise<void> {
	await sql`
		with first as materialized (
			select nextval(pg_get_serial_sequence('activity_version', 'activity_version_id')) as new_id, v.*
			from activity_version v
			where v.nature = ${nature} and v.posting_no = ${undoes}::integer and not exists (select from activity_version was
				where was.activity_id = v.activity_id and was.posting_no < v.posting_no)
		), written as (
			insert into activity_version
			select rewritten.* from first ${rewritten(
				'activity_version',
				'first',
				sql`jsonb_build_object('activity_version_id', new_id, 'posting_no', ${postingNo}::integer, 'withdrawn', true)`
			)}
		)
		update activity_current c set activity_version_id = first.new_id, withdrawn = true
		from first where first.activity_id = c.activity_id`.execute(db);
}

async function restoreProjects({ db, nature, postingNo }: PlainPosting, undoes: number): Promise<void> {
	await sql`
		with earlier as materialized (
			select now.activity_id, was.project_id from project_activity now join lateral (
				select project_id from project_activity was where was.activity_id = now.activity_id and was.nature = now.nature
					and was.posting_no < now.posting_no order by was.posting_no desc limit 1
			) was on true
			where now.nature = ${nature} and now.posting_no = ${undoes}::integer
		), written as (
			insert into project_activity (activity_id, nature, posting_no, project_id, reason)
			select activity_id, ${nature}, ${postingNo}::integer, project_id, ${`posting ${undoes} was undone`} from earlier
		)
		update activity_current c set project_id = earlier.project_id from earlier where earlier.activity_id = c.activity_id`.execute(
		db
	);
}

/** What lists show and search by follows the version that is in force again. */
async function restoreCurrent({ db }: PlainPosting, restored: readonly Restored[]): Promise<void> {
	if (restored.length === 0) return;
	const { rows } = await sql<{ activityId: string; words: string[] }>`
		select restored."activityId", array_remove(
			array(select value from jsonb_each_text(v.title)) || array(select name from location where activity_version_id = v.activity_version_id)
			|| array(select (select o.name from organisation_version o where o.organisation_id = p.organisation_id
				order by o.nature = 'published' desc, o.posting_no desc limit 1)
				from participation p where p.activity_version_id = v.activity_version_id)
			|| activity.key, null) as words
		from ${tableOf(restored)} join activity_version v on v.activity_version_id = restored."newId"
		join activity on activity.activity_id = v.activity_id`.execute(db);
	const searched = rows.map(({ activityId, words }) => ({ activityId, text: fold(words.join(' ')) }));
	await sql`
		update activity_current c set activity_version_id = v.activity_version_id, activity_type = v.activity_type,
			sort_date = coalesce(v.date_from, 'infinity'), withdrawn = v.withdrawn, search_text = searched.text
		from ${tableOf(restored)} join activity_version v on v.activity_version_id = restored."newId"
		join json_to_recordset(${JSON.stringify(searched)}::json) as searched("activityId" bigint, text text)
			on searched."activityId" = v.activity_id
		where c.activity_id = v.activity_id`.execute(db);
}
