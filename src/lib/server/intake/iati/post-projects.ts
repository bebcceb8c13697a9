import type { PostingContext } from '../directory.ts';
import { insertMany, takeNumbers } from '../insert.ts';
import { versionOf } from '../post-facts.ts';
import { datesOf, type ActivityVersion } from './post-activities.ts';

/**
 * Describes the projects that topmost activities are of their own: the project of the same key, as long as the activity
 * has not been joined to another one.
 */
export async function postOwnProjects(
	context: PostingContext,
	versions: readonly ActivityVersion[],
	organisations: ReadonlyMap<string, string>
): Promise<void> {
	const { db, directory } = context;
	const own = versions.filter(({ record, projectId }) => directory.findProject(record.key) === projectId);
	const ids = await takeNumbers(db, 'project_version', 'project_version_id', own.length);
	await insertMany(
		db,
		'project_version',
		own.map(({ record, projectId }, index) => {
			const { date_from, date_to } = datesOf(record);
			return {
				project_version_id: ids[index],
				project_id: projectId,
				...versionOf(context),
				code: record.key,
				name: record.title.en ?? Object.values(record.title)[0] ?? record.key,
				description: record.description?.en ?? Object.values(record.description ?? {})[0] ?? null,
				start_date: date_from,
				start_precision: date_from === null ? 'unknown' : 'day',
				end_date: date_to,
				end_precision: date_to === null ? 'unknown' : 'day',
				status: record.status,
				source_id: context.sourceId,
				place: record.place
			};
		})
	);
	const parties = new Map<string, Record<string, unknown>>();
	const countries = new Map<string, Record<string, unknown>>();
	for (const [index, { record }] of own.entries()) {
		const project_version_id = ids[index]!;
		for (const { organisation, role } of record.participations) {
			const organisation_id = organisations.get(organisation)!;
			parties.set(`${project_version_id} ${organisation_id} ${role}`, {
				project_version_id,
				organisation_id,
				role
			});
		}
		for (const { country } of record.countries) {
			if (/^[A-Z]{2}$/.test(country))
				countries.set(`${project_version_id} ${country}`, { project_version_id, country });
		}
	}
	await insertMany(db, 'project_participation', [...parties.values()]);
	await insertMany(db, 'project_country', [...countries.values()]);
}
