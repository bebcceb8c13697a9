import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { fold } from '#lib/words/fold.ts';
import { readActivities } from '../iati/post.ts';
import { datesOf } from '../iati/post-activities.ts';
import type { Directory } from '../directory.ts';
import type { Proposal } from '../preview.ts';
import type { IatiActivityRecord } from '../record.ts';
import { organisationNumber, type FileScope } from './scope.ts';

type JoinProposal = Extract<Proposal, { what: 'join' }>;
type Project = { id: string; key: string; name: string };
type Candidate = { record: IatiActivityRecord; project: Project; why: 'related' | 'title' };

/** A parent's project is an activity's own without asking. */
const PARENT = '1';
const FEWEST_IN_COMMON = 2;

/**
 * Activities that are new to the books and would each be a project of their own, but seem to belong to one that is there:
 * they name an activity of it as related, or carry its title and have with it at least two parties or countries in common
 * and some time. A reporter's own activities of one title are several of its projects. Proposed, never done without asking.
 */
export async function proposeJoins(
	db: Kysely<DB>,
	directory: Directory,
	scope: FileScope,
	added: ReadonlySet<string>
): Promise<JoinProposal[]> {
	if (added.size === 0) return [];
	const titles = await readTitles(db, scope);
	const candidates: Candidate[] = [];
	for await (const batch of readActivities({ db }, scope.importId)) {
		const own = batch.map(({ record }) => record).filter((record) => mayJoin(record, added));
		candidates.push(...(await findRelated(db, scope, own)), ...findTitled(own, titles));
	}
	const fitting = new Map<string, JoinProposal>();
	for (const candidate of candidates) {
		const { record, project, why } = candidate;
		const key = `join:${record.key}:${project.key}`;
		if (fitting.has(key)) continue;
		if (why === 'title' && !(await fits(db, directory, scope, candidate))) continue;
		fitting.set(key, {
			what: 'join',
			key,
			activity: record.key,
			project: project.key,
			projectName: project.name,
			reason:
				why === 'related'
					? 'It names an activity of this project as related.'
					: 'It has the title of this project, common parties or countries, and time in common.'
		});
	}
	return [...fitting.values()];
}

/** New, and not a part of another activity: parts are where their parent is. */
function mayJoin({ key, related }: IatiActivityRecord, added: ReadonlySet<string>): boolean {
	return added.has(key) && !related.some(({ type, key: other }) => type === PARENT && other !== key);
}

/** Projects in force by each of their names, folded. */
async function readTitles(db: Kysely<DB>, { nature }: FileScope): Promise<Map<string, Project[]>> {
	const { rows } = await sql<Project & { shortName: string | null }>`
		select distinct on (project_id) project_id as id, project.key, v.name, v.short_name as "shortName"
		from project_version v join project using (project_id) where v.nature in (${nature}, 'published')
		order by project_id, v.nature = ${nature} desc, v.posting_no desc`.execute(db);
	const byTitle = new Map<string, Project[]>();
	for (const { shortName, ...project } of rows) {
		for (const title of new Set([project.name, shortName ?? ''].flatMap(titlesIn))) {
			const projects = byTitle.get(title);
			if (projects) projects.push(project);
			else byTitle.set(title, [project]);
		}
	}
	return byTitle;
}

/**
 * What a title says, without case, accents, signs and articles: itself, and apart what it has in brackets. `The Global
 * Action (GLO.ACT)` is `global action` and `glo act`.
 */
function titlesIn(title: string): string[] {
	const parts = [title.replace(/\([^()]*\)/g, ' '), ...(title.match(/\([^()]*\)/g) ?? [])];
	return parts
		.map((part) =>
			fold(part)
				.split(/[^\p{L}\p{N}]+/u)
				.filter((word) => word !== '' && word !== 'the')
				.join(' ')
		)
		.filter((part) => part !== '');
}

function findTitled(
	records: readonly IatiActivityRecord[],
	titles: ReadonlyMap<string, Project[]>
): Candidate[] {
	return records.flatMap((record) => {
		const own = new Set(Object.values(record.title).flatMap(titlesIn));
		return [...own]
			.flatMap((title) => titles.get(title) ?? [])
			.map((project): Candidate => ({ record, project, why: 'title' }));
	});
}

/** Projects of the activities in the books that these name as child, sibling, co-funded or third party's. */
async function findRelated(
	db: Kysely<DB>,
	{ nature, stated }: FileScope,
	records: readonly IatiActivityRecord[]
): Promise<Candidate[]> {
	const named = records.flatMap(({ related }) =>
		related.filter(({ type, key }) => type !== PARENT && !stated.has(key)).map(({ key }) => key)
	);
	if (named.length === 0) return [];
	const { rows } = await sql<{ activity: string } & Project>`
		select activity.key as activity, project.project_id as id, project.key,
			coalesce((select v.name from project_version v where v.project_id = project.project_id
				order by v.nature = ${nature} desc, v.posting_no desc limit 1), project.key) as name
		from activity join activity_current c using (activity_id) join project using (project_id)
		where activity.nature = ${nature} and not c.withdrawn and activity.key = any(${named}::text[])`.execute(db);
	const byActivity = new Map(rows.map(({ activity, ...project }) => [activity, project]));
	return records.flatMap((record) =>
		record.related.flatMap(({ type, key }): Candidate[] => {
			const project = type === PARENT ? undefined : byActivity.get(key);
			return project ? [{ record, project, why: 'related' }] : [];
		})
	);
}

/** Whether an activity and a project of its title have enough in common. */
async function fits(
	db: Kysely<DB>,
	directory: Directory,
	{ nature }: FileScope,
	{ record, project }: Candidate
): Promise<boolean> {
	const organisations = [
		record.reporter,
		...record.participations.map(({ organisation }) => organisation)
	].map((key) => organisationNumber(directory, key));
	const countries = record.countries.map(({ country }) => country);
	const { date_from: from, date_to: to } = datesOf(record);
	const { rows } = await sql<{ common: number; meets: boolean; own: boolean }>`
		with project_now as (
			select distinct on (project_id) * from project_version
			where project_id = ${project.id}::bigint and nature in (${nature}, 'published')
			order by project_id, nature = ${nature} desc, posting_no desc
		), version as materialized (
			select v.* from activity_current c join activity_version v using (activity_version_id)
			where c.project_id = ${project.id}::bigint and c.nature = ${nature} and not c.withdrawn
		), part as (
			select organisation_id::text as name from project_participation join project_now using (project_version_id)
			union select organisation_id::text from participation join version using (activity_version_id)
			union select reporting_organisation_id::text from version
			union select country::text from project_country join project_now using (project_version_id)
			union select country::text from activity_country join version using (activity_version_id) where relation = 'recipient'
		)
		select (select count(*)::integer from part where name = any(${[...organisations, ...countries]}::text[])) as common,
			exists (select from version where reporting_organisation_id::text = ${organisations[0]}) as own,
			coalesce((
				select daterange(min(day_from), max(day_to), '[]') && daterange(${from}::date, ${to}::date, '[]') from (
					select start_date as day_from, end_date as day_to from project_now
					union all select date_from, coalesce(date_to, date_from) from version
				) span
			), false) as meets`.execute(db);
	const { common, meets, own } = rows[0]!;
	return common >= FEWEST_IN_COMMON && meets && !own;
}
