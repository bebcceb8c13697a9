import { fold } from '#lib/words/fold.ts';
import type { PostingContext } from './directory.ts';
import { originOf, versionOf } from './post-facts.ts';
import type { ActivityRecord } from './record.ts';

/** Writes a new version of an activity with everything that hangs on it, and makes it the current one. */
export async function postActivity(context: PostingContext, record: ActivityRecord): Promise<void> {
	const { db, directory, nature } = context;
	const projectId = directory.knownProject(record.project, record.place);
	const activityId = await directory.activity(record.key);
	const { activity_version_id } = await db
		.insertInto('activity_version')
		.values({
			activity_id: activityId,
			...versionOf(context),
			title: JSON.stringify(record.title),
			description: record.description ? JSON.stringify(record.description) : null,
			activity_type: record.type,
			status: record.status,
			date_from: record.dateFrom,
			date_to: record.dateTo ?? record.dateFrom,
			date_precision: record.datePrecision,
			...originOf(context, record.place, record.evidence)
		})
		.returning('activity_version_id')
		.executeTakeFirstOrThrow();
	await db
		.insertInto('project_activity')
		.values({
			activity_id: activityId,
			...versionOf(context),
			project_id: projectId,
			reason: 'named by the source'
		})
		.execute();
	directory.setActivity(record.key, activityId, projectId);

	await postParticipation(context, activity_version_id, record);
	await postCountries(context, activity_version_id, projectId, record);
	await postDetails(context, activity_version_id, record);

	const names = [...record.lead, ...record.partners].map((mention) =>
		'key' in mention ? mention.key : mention.name
	);
	const current = {
		activity_version_id,
		project_id: projectId,
		activity_type: record.type,
		sort_date: record.dateFrom ?? 'infinity',
		search_text: fold(
			[
				...Object.values(record.title),
				record.location?.name ?? '',
				...record.otherCities,
				...names,
				record.key
			].join(' ')
		)
	};
	await db
		.insertInto('activity_current')
		.values({ activity_id: activityId, nature, ...current })
		.onConflict((conflict) => conflict.column('activity_id').doUpdateSet(current))
		.execute();
}

/** A source's leads and partners are IATI's implementing organisations, its co-funders funding ones. */
async function postParticipation(
	{ db, directory }: PostingContext,
	activity_version_id: string,
	record: ActivityRecord
) {
	const parties = [
		...record.lead.map((mention) => ({ mention, role: 4, capacity: 'lead', note: null })),
		...record.partners.map((mention) => ({ mention, role: 4, capacity: 'partner', note: null })),
		...record.coFunders.map(({ organisation, note }) => ({
			mention: organisation,
			role: 1,
			capacity: 'co_funder',
			note
		}))
	];
	if (parties.length === 0) return;
	const rows = [];
	for (const { mention, ...party } of parties) {
		rows.push({ activity_version_id, organisation_id: await directory.organisation(mention), ...party });
	}
	// The first mention stands: a lead that is also listed as partner stays the lead.
	await db
		.insertInto('participation')
		.values(rows)
		.onConflict((conflict) => conflict.doNothing())
		.execute();
}

/**
 * Recipients are the participating countries that are programme countries, else a programme host, else none (the
 * activity is programme-wide). Hosts and participants stay beside them as the source has them.
 */
async function postCountries(
	{ db, nature, directory }: PostingContext,
	activity_version_id: string,
	projectId: string,
	record: ActivityRecord
) {
	const programme = await directory.programmeCountries(projectId);
	const inProgramme = (countries: readonly string[]) =>
		programme.size === 0 && nature === 'published'
			? [...countries]
			: countries.filter((country) => programme.has(country));
	const participants = inProgramme(record.participatingCountries);
	const recipients = participants.length > 0 ? participants : inProgramme(record.hosts);
	const rows = Object.entries({
		host: record.hosts,
		participant: record.participatingCountries,
		recipient: recipients
	}).flatMap(([relation, countries]) =>
		[...new Set(countries)].map((country) => ({ activity_version_id, country, relation }))
	);
	if (rows.length > 0) await db.insertInto('activity_country').values(rows).execute();
}

async function postDetails(
	{ db, directory }: PostingContext,
	activity_version_id: string,
	record: ActivityRecord
) {
	if (record.objective !== null) {
		await db
			.insertInto('activity_objective')
			.values({
				activity_version_id,
				objective_id: directory.knownObjective(record.objective, record.place),
				basis: record.objectiveBasis
			})
			.execute();
	}
	const places = [
		...(record.location ? [record.location] : []),
		...record.otherCities.map((name) => ({
			name,
			country: null,
			latitude: null,
			longitude: null,
			basis: null,
			coordSource: null
		}))
	];
	const rows = places.map((place, index) => ({
		activity_version_id,
		location_no: index + 1,
		name: place.name,
		country: place.country,
		latitude: place.latitude,
		longitude: place.longitude,
		basis: place.basis,
		coordinates_from: place.coordSource
	}));
	if (rows.length > 0) await db.insertInto('location').values(rows).execute();
	const people = record.participants;
	if (people === null) return;
	await db
		.insertInto('event_detail')
		.values({
			activity_version_id,
			participants: people.count as never,
			qualifier: people.count === null ? null : people.qualifier,
			female: people.female as never,
			male: people.male as never,
			participant_kind: people.kind
		})
		.execute();
}
