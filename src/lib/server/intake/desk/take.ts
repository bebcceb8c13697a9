import { tmpdir } from 'node:os';
import { sql } from 'kysely';
import type { Database } from '#lib/server/database/open.ts';
import type { ReadingChoice, Refusal, Taken } from '../desk.ts';
import { TooLargeError, holdFile, type HeldFile } from '../hold.ts';
import { findPending, findStanding } from '../identical.ts';
import { UnreadableBytesError, inflated } from '../inflate.ts';
import { FORMATS, readers, type Format } from '../readers/index.ts';
import { recogniseRatesWorkbook } from '../readers/rates/recognise.ts';
import { readSource, storeHeld, type ReceivedFile, type StoredSource } from '../receive.ts';
import { HEAD_BYTES, isZip, recogniseFormat } from '../recognise.ts';
import { beginReading, type StageInput } from '../stage.ts';
import { patiently } from './patience.ts';
import { refuse } from './refusals.ts';
import { hasRoomFor, isFull } from './room.ts';

/** What the desk takes files in with. */
export type TakingIn = { database: Database; dataDir: string; maxBytes: number };

type Refused = { refusal: Refusal };

/** Why a file of this size is not taken in; null when it is. For who knows the size before the bytes come. */
export async function findNoRoom(
	{ database, dataDir, maxBytes }: TakingIn,
	size: number
): Promise<Refusal | null> {
	if (size > maxBytes) {
		const message = `The file has ${size} bytes; at most ${maxBytes} are taken in. INTAKE_MAX_BYTES sets this limit.`;
		return refuse('too-large', message);
	}
	// Where PostgreSQL keeps its data this process cannot see.
	if (database.engine === 'pglite' && !(await hasRoomFor(dataDir, size))) return NO_SPACE;
	return null;
}

const NO_SPACE = refuse(
	'no-space',
	'The disk has too little room: four times that of the file and 64 MB are needed. Make room and hand it in again; nothing was changed.'
);

/** Stores a file as it comes. What is refused leaves nothing behind. */
export async function takeIn(taking: TakingIn, file: ReceivedFile): Promise<StoredSource | Refused> {
	const { database, dataDir, maxBytes } = taking;
	const folder = dataDir === 'memory://' ? tmpdir() : dataDir;
	let held: HeldFile | null = null;
	try {
		held = await holdFile(file.bytes, { folder, maxBytes });
		const whole = held;
		const refusal = await findNoRoom(taking, whole.size);
		if (refusal) return { refusal };
		return await patiently(() => storeHeld(database.intake, file, whole));
	} catch (error) {
		if (isFull(error)) return { refusal: NO_SPACE };
		if (!(error instanceof TooLargeError)) throw error;
		return { refusal: (await findNoRoom(taking, maxBytes + 1))! };
	} finally {
		await held?.drop();
	}
}

/** Begins the reading of a stored source, unless the books hold just this, or it is under way, or nobody knows how. */
export async function beginImport(
	{ database: { intake: db }, maxBytes }: TakingIn,
	sourceId: string,
	choice: ReadingChoice
): Promise<Exclude<Taken, { outcome: 'refused' }>> {
	return patiently(async () => {
		const source = await db
			.selectFrom('source')
			.select(['sha256', 'name'])
			.where('source_id', '=', sourceId)
			.executeTakeFirstOrThrow();
		const about = { sourceId, sha256: source.sha256 };
		const format = choice.format ?? (await recogniseStored(db, sourceId, source.name, maxBytes));
		if (format === null) return { outcome: 'stored', ...about, reason: 'format-unknown' };
		const input: StageInput = {
			sourceId,
			nature: choice.options?.nature ?? 'published',
			format,
			coverage: { complete: false },
			options: { nature: 'published', ...choice.options, fileName: source.name }
		};
		if (format === NEEDS_MAPPING && !input.options.mapping) {
			const options = await findLastOptions(db, sourceId, format);
			const known = options && (await findKnown(db, { ...input, options }));
			return known
				? { outcome: 'identical', ...about, ...known }
				: { outcome: 'stored', ...about, reason: 'mapping-needed' };
		}
		return db.transaction().execute(async (transaction): Promise<Exclude<Taken, { outcome: 'refused' }>> => {
			// The same file handed in twice at once: the second sees what the first has begun.
			await sql`select pg_advisory_xact_lock(hashtext(${`intake of source ${sourceId}`}))`.execute(
				transaction
			);
			const known = await findKnown(transaction, input);
			if (known) return { outcome: 'identical', ...about, ...known };
			return { outcome: 'reading', ...about, importId: await beginReading(transaction, input) };
		});
	});
}

const NEEDS_MAPPING: Format = 'ledger-sheet';

/** The import of exactly this that waits, or that the books still stand by. */
async function findKnown(db: Database['intake'], input: StageInput): Promise<{ importId: string } | null> {
	return (await findPending(db, input)) ?? (await findStanding(db, input));
}

/** How a source was read the last time: what a person said then is said of the same bytes when they come again. */
async function findLastOptions(
	db: Database['intake'],
	sourceId: string,
	format: Format
): Promise<StageInput['options'] | null> {
	const found = await db
		.selectFrom('import')
		.select('options')
		.where('source_id', '=', sourceId)
		.where('reader', '=', readers[format].name)
		.orderBy('import_id', 'desc')
		.executeTakeFirst();
	return (found?.options ?? null) as StageInput['options'] | null;
}

async function recogniseStored(
	db: Database['intake'],
	sourceId: string,
	name: string,
	maxBytes: number
): Promise<Format | null> {
	const pieces: Uint8Array[] = [];
	let length = 0;
	try {
		for await (const piece of inflated(readSource(db, sourceId), maxBytes)) {
			pieces.push(piece);
			length += piece.length;
			if (length >= HEAD_BYTES) break;
		}
	} catch (error) {
		if (!(error instanceof UnreadableBytesError)) throw error;
		// Any reader meets the same bytes, and says so in a finding.
		if (length === 0) return FORMATS[0];
	}
	const head = Buffer.concat(pieces);
	const format = recogniseFormat(head, name);
	if (format !== NEEDS_MAPPING || !isZip(head)) return format;
	// Only its sheets say what a workbook holds.
	return (await recogniseRatesWorkbook(inflated(readSource(db, sourceId), maxBytes), name)) ?? format;
}
