import type { Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { listNumbers, listProjectKeys, matchingActivities } from '#lib/server/facts/activities.ts';
import { findPublisher, readFullProjects } from '#lib/server/facts/full-projects.ts';
import { resolveFactsAt } from '#lib/server/facts/posting.ts';
import { compare } from '#lib/server/intake/compare.ts';
import { post } from '#lib/server/intake/post.ts';
import { receive } from '#lib/server/intake/receive.ts';
import { stage } from '#lib/server/intake/stage.ts';
import { activitiesOfSlice } from '#lib/server/ledger/activity-entries.ts';
import { pinSlice } from '#lib/server/ledger/pinned.ts';
import { writeActivityFile } from '#lib/server/outlet/iati/activities-xml.ts';
import { allActivities } from '#lib/server/page/reach.ts';
import type { Slice } from '#lib/slice/slice.ts';
import { NO_DECISIONS } from './comparing.ts';
import { bytesOf } from './ledger-factory.ts';
import { sliceOf } from './ledger-slices.ts';

export const PUBLISHER = 'XX-TEST-1';

/** Takes a file of IATI in as anyone's: received, read, compared, posted. False for one that is refused as a whole. */
export async function importIati(
	db: Kysely<DB>,
	name: string,
	content: string | Uint8Array
): Promise<boolean> {
	const source = await receive(db, {
		name,
		mediaType: 'application/xml',
		bytes: bytesOf(content),
		receivedBy: 'command',
		released: false
	});
	const { importId } = await stage(db, {
		sourceId: source.sourceId,
		nature: 'published',
		format: 'iati-activities',
		coverage: { complete: false },
		options: { fileName: name, nature: 'published', today: '2026-11-24' }
	});
	const { state } = await db
		.selectFrom('import')
		.select('state')
		.where('import_id', '=', importId)
		.executeTakeFirstOrThrow();
	if (state === 'rejected') return false;
	await compare(db, importId);
	await post(db, importId, { explanation: name, decisions: NO_DECISIONS, upToDate: true });
	return true;
}

/** Every activity of the books, or of a project, as a file, with all their money. */
export async function exportActivities(
	db: Kysely<DB>,
	reference = PUBLISHER,
	project: string | null = null
): Promise<string> {
	const pinned = await pinSlice(db, sliceOf());
	const at = { ...(await resolveFactsAt(db, null))!, latest: false };
	const matching = await matchingActivities(db, at, { ...allActivities('all'), project });
	return joined(
		writeActivityFile({
			db,
			at,
			publisher: await findPublisher(db, at, reference),
			entries: { pinned, whole: true },
			about: 'made by a test',
			projects: async () => readFullProjects(db, at, await listProjectKeys(db, matching)),
			activities: (after, limit) => listNumbers(db, matching, { after, limit })
		})
	);
}

/** The rows of a slice as a file. */
export async function exportSlice(db: Kysely<DB>, slice: Slice, reference = PUBLISHER): Promise<string> {
	const pinned = await pinSlice(db, slice);
	const at = { ...(await resolveFactsAt(db, null))!, latest: false };
	return joined(
		writeActivityFile({
			db,
			at,
			publisher: await findPublisher(db, at, reference),
			entries: { pinned, whole: false },
			about: 'made by a test',
			projects: () => Promise.resolve([]),
			activities: (after, limit) => activitiesOfSlice(db, pinned, after, limit)
		})
	);
}

async function joined(pieces: AsyncIterable<string>): Promise<string> {
	let text = '';
	for await (const piece of pieces) text += piece;
	return text;
}

const ADDED = /<([\w-]+)(?= )[^<>]* own:added="element"[^<>]*?(?:\/>|>.*?<\/\1>)\n?/gs;

/** A file without what was added for the schema, and without the day on which the books knew. */
export function withoutAdded(xml: string): string {
	return xml.replace(ADDED, '').replace(/generated-datetime="[^"]*"/, '');
}
