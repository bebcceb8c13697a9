import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { Nature } from '#lib/slice/slice.ts';
import { isInForce } from './compare/book-entries.ts';
import { copyEntries } from './copy-entries.ts';
import { PostingRefusedError } from './decided.ts';
import type { Refusal } from './desk.ts';
import { projectsInForce } from './directory.ts';
import { inPosting, type DecisionPosted, type PlainPosting } from './in-posting.ts';

/**
 * Puts an activity into another project, as a posting of its own (cause `join`). An activity that is a project of its own
 * takes along whatever else is in that project. Its entries are retired and added again with the other project, cause
 * `allocation`: nothing about the money changed but where it belongs. Refused for an activity or project that is not there,
 * and for one that is in that project already.
 */
export async function joinProject(
	db: Kysely<DB>,
	activityKey: string,
	projectKey: string,
	reason: string,
	nature: Nature = 'published'
): Promise<DecisionPosted | Refusal> {
	return inPosting(db, { nature, cause: 'join', explanation: reason }, async (posting) => {
		const activity = await findActivity(posting, activityKey);
		const projectId = await findProject(posting, projectKey);
		if (activity.projectId === projectId) {
			throw new PostingRefusedError('no-change', `${activityKey} is in the project ${projectKey} already.`);
		}
		const activityIds =
			activity.projectKey === activityKey
				? await membersOf(posting, activity.projectId)
				: [activity.activityId];
		const moves = activityIds.map((activityId) => ({ activityId, projectId }));
		return { changed: await moveActivities(posting, moves, reason) };
	});
}

/**
 * Takes an activity out of the project that it joined last, with all that joined by the same decision, back to where each
 * was before; one that was new when it joined becomes a project of its own. A posting of its own (cause `join`).
 */
export async function leaveProject(
	db: Kysely<DB>,
	activityKey: string,
	reason: string,
	nature: Nature = 'published'
): Promise<DecisionPosted | Refusal> {
	return inPosting(db, { nature, cause: 'join', explanation: reason }, async (posting) => {
		const { activityId, projectId } = await findActivity(posting, activityKey);
		const joined = await listJoinedWith(posting, activityId, projectId);
		if (joined.length === 0) {
			throw new PostingRefusedError('no-change', `${activityKey} has not joined the project that it is in.`);
		}
		const own = joined.some(({ before }) => before === null) ? await makeOwnProject(posting, activityId) : '';
		const moves = joined.map(({ id, before }) => ({ activityId: id, projectId: before ?? own }));
		return { changed: await moveActivities(posting, moves, reason) };
	});
}

type Move = { activityId: string; projectId: string };

/** Puts activities into other projects from this posting on, with their entries. Answers how many entries moved. */
export async function moveActivities(
	posting: PlainPosting,
	moves: readonly Move[],
	reason: string
): Promise<number> {
	const { db, nature, postingNo } = posting;
	const moved = sql`(select * from json_to_recordset(${JSON.stringify(moves)}::json) as moved("activityId" bigint, "projectId" bigint))`;
	await sql`
		insert into project_activity (activity_id, nature, posting_no, project_id, reason)
		select "activityId", ${nature}, ${postingNo}::integer, "projectId", ${reason} from ${moved} moved`.execute(
		db
	);
	await sql`
		update activity_current c set project_id = moved."projectId" from ${moved} moved
		where c.activity_id = moved."activityId"`.execute(db);
	return copyEntries(
		posting,
		sql`
		select e.reporting_organisation_id, e.entry_id, e.entry_id as retires, moved."projectId" as project_id,
			${isReturned(nature)} as returned
		from ${moved} moved join ledger_entry e on e.activity_id = moved."activityId" and e.nature = ${nature}
		where e.project_id <> moved."projectId" and ${isInForce}`,
		{ changed: ['project_id', 'returned'], cause: 'allocation' }
	);
}

/** Whether an entry is money returned, by the funders of the project that it moves to; the same rule as for new entries. */
function isReturned(nature: Nature): RawBuilder<boolean> {
	const isFunder = (organisation: RawBuilder<unknown>) => sql`exists (
		select from project_participation p join ${projectsInForce(nature)} v using (project_version_id)
		where v.project_id = moved."projectId" and p.role = 1 and p.organisation_id = ${organisation})`;
	return sql<boolean>`case
		when e.kind = '1' then e.amount < 0
		when e.kind in ('3', '4') and e.receiver_id is not null then
			coalesce((select a.funder_id = e.receiver_id from agreement_version a
				where a.agreement_id = e.agreement_id and a.nature = ${nature} order by a.posting_no desc limit 1), false)
			or (${isFunder(sql`e.receiver_id`)} and not ${isFunder(sql`e.reporting_organisation_id`)})
		else false end`;
}

async function findActivity({ db, nature }: PlainPosting, key: string) {
	const { rows } = await sql<{ activityId: string; projectId: string; projectKey: string }>`
		select c.activity_id as "activityId", c.project_id as "projectId", project.key as "projectKey"
		from activity join activity_current c using (activity_id) join project on project.project_id = c.project_id
		where activity.nature = ${nature} and activity.key = ${key} and not c.withdrawn`.execute(db);
	if (!rows[0]) throw new PostingRefusedError('unknown', `The books hold no activity ${key}.`);
	return rows[0];
}

async function findProject({ db }: PlainPosting, key: string): Promise<string> {
	const { rows } = await sql<{ id: string }>`select project_id as id from project where key = ${key}`.execute(
		db
	);
	if (!rows[0]) throw new PostingRefusedError('unknown', `The books hold no project ${key}.`);
	return rows[0].id;
}

async function membersOf({ db, nature }: PlainPosting, projectId: string): Promise<string[]> {
	const { rows } = await sql<{ id: string }>`
		select activity_id as id from activity_current where nature = ${nature} and project_id = ${projectId}::bigint`.execute(
		db
	);
	return rows.map(({ id }) => id);
}

/**
 * The activities that came into a project by the decision that brought this one, with the project of each before: all of
 * a posting that joined; of an import whose accepter let a new activity join, that one and those below it.
 */
async function listJoinedWith(
	{ db, nature, postingNo }: PlainPosting,
	activityId: string,
	projectId: string
): Promise<{ id: string; before: string | null }[]> {
	const { rows } = await sql<{ id: string; before: string | null }>`
		with recursive latest as (
			select j.posting_no, posting.cause, j.reason from project_activity j join posting using (nature, posting_no)
			where j.activity_id = ${activityId}::bigint and j.nature = ${nature} and j.posting_no < ${postingNo}::integer
			order by j.posting_no desc limit 1
		), below as (
			select activity_id, key from activity where activity_id = ${activityId}::bigint
			union
			select c.activity_id, a.key from activity_current c join activity a using (activity_id)
			join activity_version v on v.activity_version_id = c.activity_version_id
			join below on v.parent_key = below.key where c.nature = ${nature}
		)
		select j.activity_id as id, (select earlier.project_id from project_activity earlier
			where earlier.activity_id = j.activity_id and earlier.nature = j.nature and earlier.posting_no < j.posting_no
			order by earlier.posting_no desc limit 1) as before
		from latest join project_activity j on j.posting_no = latest.posting_no and j.nature = ${nature}
		join activity_current c on c.activity_id = j.activity_id and c.project_id = j.project_id
		where j.project_id = ${projectId}::bigint and (latest.cause = 'join'
			or (latest.reason = ${JOINED_IN_PREVIEW} and j.activity_id in (select activity_id from below)))`.execute(db);
	return rows;
}

/** How an import says of a new activity that its accepter let it join. */
export const JOINED_IN_PREVIEW = 'joined in the preview';

/** The project that an activity is of its own, described by it where it never was one. */
async function makeOwnProject({ db, nature, postingNo }: PlainPosting, activityId: string): Promise<string> {
	await sql`
		insert into project (key) select key from activity where activity_id = ${activityId}::bigint
		on conflict (key) do nothing`.execute(db);
	const { rows } = await sql<{ id: string; described: boolean }>`
		select project.project_id as id,
			exists (select from project_version v where v.project_id = project.project_id and v.nature = ${nature}) as described
		from activity join project using (key) where activity_id = ${activityId}::bigint`.execute(db);
	const { id, described } = rows[0]!;
	if (described) return id;
	await sql`
		with version as (
			select v.*, activity.key from activity_current c join activity using (activity_id)
			join activity_version v on v.activity_version_id = c.activity_version_id
			where c.activity_id = ${activityId}::bigint
		), made as (
			insert into project_version (project_id, nature, posting_no, code, name, description, start_date, start_precision,
				end_date, end_precision, status, source_id, place)
			select ${id}::bigint, ${nature}, ${postingNo}::integer, key,
				coalesce(title->>'en', (select value from jsonb_each_text(title) limit 1), key),
				coalesce(description->>'en', (select value from jsonb_each_text(description) limit 1)),
				date_from, case when date_from is null then 'unknown' else 'day' end,
				date_to, case when date_to is null then 'unknown' else 'day' end, status, source_id, place
			from version returning project_version_id
		), parties as (
			insert into project_participation (project_version_id, organisation_id, role)
			select project_version_id, organisation_id, role from made, participation join version using (activity_version_id)
		)
		insert into project_country (project_version_id, country)
		select distinct project_version_id, country from made, activity_country join version using (activity_version_id)
		where relation = 'recipient'`.execute(db);
	return id;
}
