import type { Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { Nature } from '#lib/slice/slice.ts';
import { UnreadableBytesError, inflated } from './inflate.ts';
import { Plausibility } from './plausible.ts';
import { findAgreementPeriods } from './plausible/agreements.ts';
import type { Finding } from './record.ts';
import { readSource } from './receive.ts';
import { readers, type Format } from './readers/index.ts';
import type { Read, Reader, ReaderOptions } from './readers/reader.ts';
import { StagingWriter, clearStaging, publishFindings, type StagedCounts } from './staging.ts';
import { CancelledError, NOBODY_WATCHES, type Watch } from './watch.ts';

export type StageInput = {
	sourceId: string;
	nature: Nature;
	format: Format;
	options: ReaderOptions;
	/** What the file speaks for. Only inside a complete coverage does absence mean withdrawal. */
	coverage: { complete: boolean };
};

export type Staged = {
	importId: string;
	/** Rejected when a critical finding stopped the file. */
	state: 'staged' | 'rejected';
	counts: StagedCounts;
};

/** What a file was read into: what its import's counts become, and who reports in it. */
export type ReadIn = { counts: StagedCounts; reporters: string[]; stopped: boolean };

/** Begins an import: from now on until {@link endReading} it is `reading`, and nobody sees what it holds. */
export async function beginReading(db: Kysely<DB>, input: StageInput): Promise<string> {
	const reader = readers[input.format];
	const { import_id } = await db
		.insertInto('import')
		.values({
			source_id: input.sourceId,
			nature: input.nature,
			reader: reader.name,
			reader_version: reader.version,
			options: JSON.stringify(input.options),
			coverage: JSON.stringify(input.coverage),
			state: 'reading'
		})
		.returning('import_id')
		.executeTakeFirstOrThrow();
	return import_id;
}

/**
 * Reads an import's stored source into staged records, a batch at a time. What an earlier reading that broke off has left
 * is thrown away first. Nothing is posted and nothing shown.
 * @param maxBytes the most that a compressed file may hold
 * @throws CancelledError
 */
export async function readIn(
	db: Kysely<DB>,
	importId: string,
	watch: Watch,
	maxBytes = Infinity
): Promise<ReadIn> {
	const subject = await findReading(db, importId);
	await clearStaging(db, importId);
	const options = subject.options as ReaderOptions;
	const writer = new StagingWriter(db, importId);
	const plausibility = new Plausibility(await findAgreementPeriods(db, subject.nature as Nature));
	const bytes = counted(readSource(db, subject.source_id), (done) => {
		watch.check();
		watch.tell(done, Number.parseInt(subject.size, 10), writer.written);
	});
	try {
		for await (const item of readerNamed(subject.reader).read(inflated(bytes, maxBytes), options)) {
			await writer.add(item);
			for (const finding of plausibility.look(item)) await writer.add(finding);
			if (writer.written % LOOK_EVERY === 0) watch.check();
		}
		for (const finding of plausibility.rest()) await writer.add(finding);
	} catch (error) {
		if (!(error instanceof UnreadableBytesError)) return writer.abandon(error);
		await writer.add(unreadable(options.fileName, error));
	}
	const counts = await writer.finish();
	return { counts, reporters: [...writer.reporters].sort(), stopped: counts.findings.critical > 0 };
}

const LOOK_EVERY = 100;

/** An import that is to be read, with its source. One that is not (any more) has nothing to be thrown away. */
async function findReading(db: Kysely<DB>, importId: string) {
	const subject = await db
		.selectFrom('import')
		.innerJoin('source', 'source.source_id', 'import.source_id')
		.select(['source.source_id', 'size', 'reader', 'options', 'nature'])
		.where('import_id', '=', importId)
		.where('state', '=', 'reading')
		.executeTakeFirst();
	if (!subject) throw new CancelledError();
	return subject;
}

/** Ends an import's reading, in the caller's transaction: from now on everyone sees what it holds, or why it holds nothing. */
export async function endReading(
	db: Kysely<DB>,
	importId: string,
	{ counts, reporters, stopped }: ReadIn
): Promise<Staged> {
	await publishFindings(db, importId);
	if (stopped) await clearStaging(db, importId);
	const state = stopped ? 'rejected' : 'staged';
	const { coverage } = await db
		.selectFrom('import')
		.select('coverage')
		.where('import_id', '=', importId)
		.executeTakeFirstOrThrow();
	await db
		.updateTable('import')
		.set({
			counts: JSON.stringify(counts),
			coverage: JSON.stringify({ ...(coverage as object), reporters }),
			state,
			decided_at: stopped ? new Date() : null
		})
		.where('import_id', '=', importId)
		.execute();
	return { importId, state, counts };
}

/** Reads a stored source into staged records and findings in one transaction. Nothing is posted. */
export async function stage(db: Kysely<DB>, input: StageInput): Promise<Staged> {
	return db.transaction().execute(async (transaction) => {
		const importId = await beginReading(transaction, input);
		return endReading(transaction, importId, await readIn(transaction, importId, NOBODY_WATCHES));
	});
}

function readerNamed(name: string): Reader<Read> {
	const reader = Object.values(readers).find((candidate) => candidate.name === name);
	if (!reader) throw new Error(`there is no reader ${name} in this version`);
	return reader;
}

async function* counted(
	bytes: AsyncIterable<Uint8Array>,
	tell: (done: number) => void
): AsyncGenerator<Uint8Array> {
	let done = 0;
	tell(0);
	for await (const piece of bytes) {
		yield piece;
		tell((done += piece.length));
	}
}

function unreadable(fileName: string, { rule, message }: UnreadableBytesError): Finding {
	return {
		kind: 'finding',
		severity: 'critical',
		rule,
		place: fileName,
		read: message,
		done: 'file not read'
	};
}
