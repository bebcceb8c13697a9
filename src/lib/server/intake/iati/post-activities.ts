import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { fold } from '#lib/words/fold.ts';
import type { PostingContext } from '../directory.ts';
import { insertMany, takeNumbers } from '../insert.ts';
import { JOINED_IN_PREVIEW } from '../join.ts';
import { versionOf } from '../post-facts.ts';
import type { IatiActivityRecord, IatiResultRecord } from '../record.ts';
import { partRows } from './activity-parts.ts';
import type { DefaultProjects } from './default-project.ts';
import { postIatiResults } from './post-results.ts';
import { postOwnProjects } from './post-projects.ts';

/** An activity of a file with its results, which belong to the same version. */
export type ActivityContent = { record: IatiActivityRecord; results: readonly IatiResultRecord[] };

type Current = {
	key: string;
	activityId: string;
	versionId: string;
	fingerprint: string | null;
	withdrawn: boolean;
};

/**
 * Writes a batch of activities against what is there: a new version for each that is new, changed or was withdrawn,
 * nothing for one that says what it said before. Each stays in the project where the books have it.
 * @returns how many got a version
 */
export async function postIatiActivities(
	context: PostingContext,
	projects: DefaultProjects,
	contents: readonly ActivityContent[]
): Promise<number> {
	const { db, directory } = context;
	const changed = await findChangedActivities(context, contents);
	if (changed.length === 0) return 0;

	const ids = await activityIds(
		context,
		changed.map(({ record }) => record.key)
	);
	const tops = new Map(
		changed.map(({ record: { key } }) => [
			key,
			directory.findActivity(key) ?? joined(context, key, projects.topmost(key))
		])
	);
	const ownKeys = [...tops.values()].flatMap((top) =>
		'key' in top && top.projectId === null ? [top.key] : []
	);
	const known = await directory.projectsOfKeys(ownKeys);
	const projectOf = (key: string) => {
		const top = tops.get(key)!;
		return top.projectId ?? known.get((top as { key: string }).key)!;
	};
	const organisations = await directory.organisationsOfKeys(
		changed.flatMap(({ record }) => organisationsIn(record))
	);
	const versionIds = await takeNumbers(db, 'activity_version', 'activity_version_id', changed.length);
	const versions = changed.map(({ record, results, fingerprint }, index) => ({
		record,
		results,
		fingerprint,
		activityId: ids.get(record.key)!,
		projectId: projectOf(record.key),
		versionId: versionIds[index]!
	}));

	await insertMany(
		db,
		'activity_version',
		versions.map((version) => versionRow(context, version, organisations))
	);
	const newcomers = versions.filter(({ record }) => directory.findActivity(record.key) === undefined);
	await insertMany(
		db,
		'project_activity',
		newcomers.map(({ activityId, projectId, record }) => ({
			activity_id: activityId,
			...versionOf(context),
			project_id: projectId,
			reason: context.joins?.has(record.key)
				? JOINED_IN_PREVIEW
				: projects.topmost(record.key).key === record.key
					? 'topmost activity'
					: 'project of its topmost parent'
		}))
	);
	for (const [table, rows] of Object.entries(partRows(versions, organisations))) {
		await insertMany(db, table as 'location', rows);
	}
	for (const { record, activityId, projectId } of versions)
		directory.setActivity(record.key, activityId, projectId);
	await writeCurrent(context, versions, organisations);
	await postOwnProjects(context, versions, organisations);
	await postIatiResults(context, versions);
	return versions.length;
}

/** Of a batch of activities those that are new, changed or were withdrawn. `there`: what the books hold, if anything. */
export async function findChangedActivities(
	context: Pick<PostingContext, 'db' | 'nature'>,
	contents: readonly ActivityContent[]
): Promise<(ActivityContent & { fingerprint: string; there: Current | undefined })[]> {
	const current = await readCurrent(context, contents);
	return contents
		.map((content) => ({
			...content,
			fingerprint: fingerprintOf(content),
			there: current.get(content.record.key)
		}))
		.filter(({ fingerprint, there }) => there?.fingerprint !== fingerprint || there.withdrawn);
}

/** Where the accepter lets an activity or its topmost one join a project, that is its project. */
function joined(
	{ directory, joins }: PostingContext,
	key: string,
	top: { key: string; projectId: string | null }
): { key: string; projectId: string | null } {
	const project = joins?.get(key) ?? joins?.get(top.key);
	return project === undefined ? top : { key, projectId: directory.knownProject(project, key) };
}

export type ActivityVersion = ActivityContent & {
	fingerprint: string;
	activityId: string;
	projectId: string;
	versionId: string;
};

/** Equal for an activity that says the same, wherever in a file it stands. */
function fingerprintOf({ record, results }: ActivityContent): string {
	const hash = createHash('sha256');
	for (const { place: _place, ...content } of [record, ...results])
		hash.update(JSON.stringify(sorted(content)));
	return hash.digest('hex').slice(0, 32);
}

/** A staged record comes back from the database with its fields in another order. */
function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (value === null || typeof value !== 'object') return value;
	return Object.fromEntries(
		Object.entries(value)
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([name, part]) => [name, sorted(part)])
	);
}

async function readCurrent(
	{ db, nature }: Pick<PostingContext, 'db' | 'nature'>,
	contents: readonly ActivityContent[]
): Promise<Map<string, Current>> {
	const { rows } = await sql<Current>`
		select activity.key, activity.activity_id as "activityId", v.activity_version_id as "versionId", v.fingerprint, v.withdrawn
		from activity join activity_current c using (activity_id) join activity_version v using (activity_version_id)
		where activity.nature = ${nature} and activity.key = any(${contents.map(({ record }) => record.key)}::text[])`.execute(
		db
	);
	return new Map(rows.map((row) => [row.key, row]));
}

async function activityIds(
	{ db, nature }: PostingContext,
	keys: readonly string[]
): Promise<Map<string, string>> {
	await sql`
		insert into activity (nature, key) select ${nature}, unnest(${keys}::text[]) on conflict (nature, key) do nothing`.execute(
		db
	);
	const { rows } = await sql<{ key: string; id: string }>`
		select key, activity_id as id from activity where nature = ${nature} and key = any(${keys}::text[])`.execute(
		db
	);
	return new Map(rows.map(({ key, id }) => [key, id]));
}

function organisationsIn({ reporter, participations }: IatiActivityRecord): string[] {
	return [reporter, ...participations.map(({ organisation }) => organisation)];
}

function versionRow(
	context: PostingContext,
	{ record, fingerprint, activityId, versionId }: ActivityVersion,
	organisations: ReadonlyMap<string, string>
): Record<string, unknown> {
	return {
		activity_version_id: versionId,
		activity_id: activityId,
		...versionOf(context),
		withdrawn: false,
		reporting_organisation_id: organisations.get(record.reporter)!,
		title: record.title,
		description: record.description,
		status: record.status,
		...datesOf(record),
		planned_start: record.plannedStart,
		actual_start: record.actualStart,
		planned_end: record.plannedEnd,
		actual_end: record.actualEnd,
		hierarchy: record.hierarchy,
		parent_key: record.related.find(({ type }) => type === '1')?.key ?? null,
		secondary_reporter: record.secondaryReporter,
		humanitarian: record.humanitarian,
		default_currency: record.defaultCurrency,
		default_language: record.defaultLanguage,
		scope: record.scope,
		collaboration_type: record.collaborationType,
		default_flow_type: record.defaultFlowType,
		default_finance_type: record.defaultFinanceType,
		default_aid_types: record.defaultAidTypes.length > 0 ? record.defaultAidTypes : null,
		default_tied_status: record.defaultTiedStatus,
		capital_spend: record.capitalSpend,
		further: record.further,
		fingerprint,
		source_id: context.sourceId,
		place: record.place
	};
}

/** The span that pages sort and draw by: what happened, else what was planned. An end before its start is not used. */
export function datesOf(record: IatiActivityRecord): {
	date_from: string | null;
	date_to: string | null;
	date_precision: 'day' | 'period' | 'unknown';
} {
	const from = record.actualStart ?? record.plannedStart;
	if (from === null) return { date_from: null, date_to: null, date_precision: 'unknown' };
	const to = [record.actualEnd, record.plannedEnd].find((day) => day != null && day >= from) ?? null;
	return { date_from: from, date_to: to, date_precision: to === from ? 'day' : 'period' };
}

async function writeCurrent(
	{ db, nature }: PostingContext,
	versions: readonly ActivityVersion[],
	organisations: ReadonlyMap<string, string>
): Promise<void> {
	const names = await readNames({ db } as PostingContext, [...new Set(organisations.values())]);
	const rows = versions.map(({ record, activityId, projectId, versionId }) => ({
		activity_id: activityId,
		nature,
		activity_version_id: versionId,
		project_id: projectId,
		sort_date: datesOf(record).date_from ?? 'infinity',
		withdrawn: false,
		search_text: fold(
			[
				...Object.values(record.title),
				...record.locations.flatMap(({ name }) => Object.values(name ?? {})),
				...record.participations.map(({ organisation }) => names.get(organisations.get(organisation)!) ?? ''),
				record.key
			].join(' ')
		)
	}));
	await sql`
		insert into activity_current (activity_id, nature, activity_version_id, project_id, sort_date, withdrawn, search_text)
		select activity_id, nature, activity_version_id, project_id, sort_date, withdrawn, search_text
		from json_populate_recordset(null::activity_current, ${JSON.stringify(rows)}::json)
		on conflict (activity_id) do update set activity_version_id = excluded.activity_version_id, project_id = excluded.project_id,
			sort_date = excluded.sort_date, withdrawn = excluded.withdrawn, search_text = excluded.search_text, activity_type = null`.execute(
		db
	);
}

async function readNames({ db }: PostingContext, ids: readonly string[]): Promise<Map<string, string>> {
	const { rows } = await sql<{ id: string; name: string }>`
		select distinct on (organisation_id) organisation_id as id, name from organisation_version
		where organisation_id = any(${ids}::bigint[]) order by organisation_id, posting_no desc`.execute(db);
	return new Map(rows.map(({ id, name }) => [id, name]));
}
