import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { LedgerEntryRecord } from '../record.ts';
import { entryOf } from '../staged-form.ts';

export type StagedEntry = { recordNo: number; record: LedgerEntryRecord };

/** At most so many records are held at a time, but for one activity's identities. */
const BATCH = 2500;

/**
 * The staged entries of some activities, all that the file has of each. One batch's records are read once and kept; of an
 * activity with more than a batch they are read anew each time, so that memory does not grow with the file.
 */
export class StagedBatch {
	readonly activities: readonly string[];
	readonly size: number;
	#db: Kysely<DB>;
	#importId: string;
	#numbers: readonly number[];
	#kept: StagedEntry[] | null = null;

	constructor(
		db: Kysely<DB>,
		importId: string,
		activities: readonly string[],
		recordNumbers: readonly number[]
	) {
		this.#db = db;
		this.#importId = importId;
		this.#numbers = recordNumbers;
		this.activities = activities;
		this.size = recordNumbers.length;
	}

	/** Whether all records are held; those of an activity with more than a batch never are. */
	get isKept(): boolean {
		return this.#kept !== null;
	}

	/** Reads the records and holds them, unless they are too many. */
	async keep(): Promise<void> {
		if (this.size <= BATCH) this.#kept ??= await this.#load(this.#numbers);
	}

	/** All records, in the order of the file. */
	async *read(): AsyncGenerator<StagedEntry[]> {
		await this.keep();
		if (this.#kept) {
			yield this.#kept;
			return;
		}
		for (let start = 0; start < this.size; start += BATCH)
			yield await this.#load(this.#numbers.slice(start, start + BATCH));
	}

	/** Some of the records. */
	async *pick(recordNumbers: ReadonlySet<number>): AsyncGenerator<StagedEntry[]> {
		if (this.#kept) {
			yield this.#kept.filter(({ recordNo }) => recordNumbers.has(recordNo));
			return;
		}
		const wanted = this.#numbers.filter((recordNo) => recordNumbers.has(recordNo));
		for (let start = 0; start < wanted.length; start += BATCH)
			yield await this.#load(wanted.slice(start, start + BATCH));
	}

	async #load(recordNumbers: readonly number[]): Promise<StagedEntry[]> {
		const { rows } = await sql<{ recordNo: number; place: string; record: object }>`
			select record_no as "recordNo", place, record from staged_record
			where import_id = ${this.#importId}::bigint and record_no = any(${recordNumbers}::integer[])
			order by record_no`.execute(this.#db);
		return rows.map(({ recordNo, ...staged }) => ({ recordNo, record: entryOf(staged) }));
	}
}

/** The record numbers of an import's staged entries by activity, in the order in which the file first names these. */
export async function listStagedActivities(
	db: Kysely<DB>,
	importId: string
): Promise<{ activity: string; numbers: number[] }[]> {
	const { rows } = await sql<{ activity: string; numbers: number[] }>`
		select record->>'activity' as activity, array_agg(record_no order by record_no) as numbers from staged_record
		where import_id = ${importId}::bigint and kind = 'ledger_entry'
		group by 1 order by min(record_no)`.execute(db);
	return rows;
}

/** The staged entries of an import in batches of whole activities. */
export async function* readStagedBatches(db: Kysely<DB>, importId: string): AsyncGenerator<StagedBatch> {
	let activities: string[] = [];
	let numbers: number[] = [];
	for (const row of await listStagedActivities(db, importId)) {
		if (activities.length > 0 && numbers.length + row.numbers.length > BATCH) {
			yield new StagedBatch(db, importId, activities, numbers);
			activities = [];
			numbers = [];
		}
		activities.push(row.activity);
		for (const number of row.numbers) numbers.push(number);
	}
	if (activities.length > 0) yield new StagedBatch(db, importId, activities, numbers);
}
