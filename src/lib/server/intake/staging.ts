import { setImmediate } from 'node:timers/promises';
import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { Preview, ReadCounts, ReadSum } from './preview.ts';
import type { Finding, IntakeRecord } from './record.ts';
import type { Read } from './readers/reader.ts';
import { arrayText } from './insert.ts';
import { stagedJson } from './staged-form.ts';
import { RecordGate, isUnusable, readable, unusable } from './unusable.ts';
import { CancelledError } from './watch.ts';
import { WriteBehind } from './write-behind.ts';

/**
 * What an import's `counts` hold once its file is read. `read` is everything well-formed before checks, `refused` what a
 * check stopped: identifiers, or places.
 */
export type StagedCounts = {
	records: Record<string, number>;
	findings: Record<Finding['severity'], number>;
	read: ReadCounts;
	refused: string[];
	/** Totals that the file states, where it states any. */
	stated?: Preview['stated'];
};

const MOST_ROWS = 2000;
const MOST_CHARACTERS = 2 << 20;
/** So many records are taken before the bytes of the batch that is being written get a chance to leave. */
const LET_OUT_EVERY = 64;

type Row = { recordNo: number; kind: string; place: string };

/**
 * Writes what a reader yields as staged records, a batch at a time. Findings wait among them, as records of the kind
 * `finding`, until the whole file is read: nothing of an import that is still read can be seen.
 */
export class StagingWriter {
	records: StagedCounts['records'] = {};
	findings: StagedCounts['findings'] = { critical: 0, error: 0, warning: 0 };
	/** Who reports in the file. */
	reporters = new Set<string>();
	written = 0;
	#db: Kysely<DB>;
	#importId: string;
	#gate = new RecordGate();
	/** Places of rows that were refused, and what the reader itself says of the file. */
	#refused = new Set<string>();
	#summary: Pick<StagedCounts, 'read' | 'refused' | 'stated'> | null = null;
	/** Identifiers of activities that the file names twice: neither counts. */
	#retracted = new Set<string>();
	#rows: Row[] = [];
	#contents: string[] = [];
	#characters = 0;
	/** Writes one batch while the next is read. */
	#behind = new WriteBehind();

	constructor(db: Kysely<DB>, importId: string) {
		this.#db = db;
		this.#importId = importId;
	}

	/** Takes one item; writes when a batch is full. */
	async add(item: Read): Promise<void> {
		if (item.kind === 'finding') this.#addFinding(item);
		else if (item.kind === 'read_counts') {
			const { counts: read, refused, stated } = item;
			this.#summary = { read, refused, ...(stated ? { stated } : {}) };
		} else if (item.kind === 'retraction') this.#retracted.add(item.activity);
		else {
			const finding = this.#gate.findingAgainst(item);
			if (finding) this.#addFinding(finding);
			else this.#addRecord(item);
		}
		if (this.#rows.length >= MOST_ROWS || this.#characters >= MOST_CHARACTERS) await this.#beginWriting();
		else if (this.#behind.busy && this.written % LET_OUT_EVERY === 0) await setImmediate();
	}

	/** As {@link WriteBehind.abandon}: the reading ends here. */
	abandon(error: unknown): Promise<never> {
		return this.#behind.abandon(error);
	}

	/** Begins to write what there is once the batch before is written. */
	#beginWriting(): Promise<void> {
		const rows = this.#rows;
		const contents = `[${this.#contents.join(',')}]`;
		this.#rows = [];
		this.#contents = [];
		this.#characters = 0;
		this.#behind.hold(() => this.#write(rows, contents));
		return this.#behind.start();
	}

	/** @throws CancelledError when the import is not being read any more */
	async #write(rows: readonly Row[], contents: string): Promise<void> {
		await inTransaction(this.#db, async (transaction) => {
			const { state } = await transaction
				.selectFrom('import')
				.select('state')
				.where('import_id', '=', this.#importId)
				.forShare()
				.executeTakeFirstOrThrow();
			if (state !== 'reading') throw new CancelledError();
			await sql`
				insert into staged_record (import_id, record_no, kind, place, record)
				select ${this.#importId}::bigint, record_no, kind, place, record
				from rows from (unnest(${arrayText(rows.map(({ recordNo }) => recordNo))}::integer[]),
					unnest(${arrayText(rows.map(({ kind }) => kind))}::text[]),
					unnest(${arrayText(rows.map(({ place }) => place))}::text[]),
					jsonb_array_elements(${contents}::jsonb)) as row(record_no, kind, place, record)`.execute(transaction);
		});
	}

	/**
	 * Writes what is left and takes back what the file took back. Answers what there is now.
	 * @throws CancelledError when the import is not being read any more
	 */
	async finish(): Promise<StagedCounts> {
		if (this.#rows.length > 0) await this.#beginWriting();
		await this.#behind.finish();
		if (this.#retracted.size > 0) await this.#retract([...this.#retracted]);
		const summary = this.#summary ?? {
			read: await countEntries(this.#db, this.#importId),
			refused: [...this.#refused]
		};
		return { records: this.records, findings: this.findings, ...summary };
	}

	async #retract(activities: string[]): Promise<void> {
		const { rows } = await sql<{ kind: string; taken: number }>`
			with gone as (
				delete from staged_record where import_id = ${this.#importId}::bigint
					and (kind = 'iati_activity' and record ->> 'key' = any(${activities}::text[])
						or kind in ('iati_result', 'ledger_entry') and record ->> 'activity' = any(${activities}::text[]))
				returning kind
			) select kind, count(*)::integer as taken from gone group by kind`.execute(this.#db);
		for (const { kind, taken } of rows) this.records[kind] = (this.records[kind] ?? 0) - taken;
	}

	#addRecord(record: IntakeRecord): void {
		const { kind, place } = record;
		const json = stagedJson(record);
		if (isUnusable(json) || isUnusable(JSON.stringify(place))) return this.#addFinding(unusable(place));
		this.records[kind] = (this.records[kind] ?? 0) + 1;
		if ('reporter' in record && typeof record.reporter === 'string') this.reporters.add(record.reporter);
		this.#push(kind, place, json);
	}

	#addFinding({ severity, rule, place, read, done }: Finding): void {
		this.findings[severity]++;
		if (severity === 'error') this.#refused.add(readable(place));
		this.#push('finding', readable(place), JSON.stringify({ severity, rule, read: readable(read), done }));
	}

	#push(kind: string, place: string, json: string): void {
		this.#rows.push({ recordNo: ++this.written, kind, place });
		this.#contents.push(json);
		this.#characters += json.length;
	}
}

/** What entries a file of our own layouts or a partner's brings, for readers that do not count themselves. */
async function countEntries(db: Kysely<DB>, importId: string): Promise<ReadCounts> {
	const { rows: sums } = await sql<ReadSum>`
		select record ->> 'currency' as currency, record ->> 'entryKind' as kind, count(*)::integer as count,
			trim_scale(sum((record ->> 'amount')::numeric))::text as sum
		from staged_record where import_id = ${importId}::bigint and kind = 'ledger_entry'
		group by 1, 2 order by 1, 2`.execute(db);
	const { rows } = await sql<{ activities: number }>`
		select count(distinct record ->> 'activity')::integer as activities
		from staged_record where import_id = ${importId}::bigint and kind = 'ledger_entry'`.execute(db);
	const transactions = sums
		.filter(({ kind }) => /^\d+$/.test(kind))
		.reduce((all, { count }) => all + count, 0);
	return { activities: rows[0]!.activities, transactions, sums };
}

/** One transaction for this and no more, or a part of the one that is open. */
export function inTransaction<T>(db: Kysely<DB>, work: (transaction: Kysely<DB>) => Promise<T>): Promise<T> {
	return db.isTransaction ? work(db) : db.transaction().execute(work);
}

/** Puts the findings of a file that is read to its end where everyone sees them. They stay for ever. */
export async function publishFindings(db: Kysely<DB>, importId: string): Promise<void> {
	await sql`
		insert into finding (import_id, severity, rule, place, was_read, was_done)
		select import_id, record ->> 'severity', record ->> 'rule', place, record ->> 'read', record ->> 'done'
		from staged_record where import_id = ${importId}::bigint and kind = 'finding' order by record_no`.execute(db);
	await db
		.deleteFrom('staged_record')
		.where('import_id', '=', importId)
		.where('kind', '=', 'finding')
		.execute();
}

const ROWS_AT_ONCE = 20_000;

/** Takes away what was staged of an import, in steps that let others in between. */
export async function clearStaging(db: Kysely<DB>, importId: string): Promise<void> {
	for (;;) {
		const { numAffectedRows } = await sql`
			delete from staged_record where import_id = ${importId}::bigint and record_no <= (
				select max(record_no) from (
					select record_no from staged_record where import_id = ${importId}::bigint order by record_no limit ${ROWS_AT_ONCE}) slice)`.execute(
			db
		);
		if (numAffectedRows === undefined || numAffectedRows < BigInt(ROWS_AT_ONCE)) break;
	}
	await db.deleteFrom('staged_change').where('import_id', '=', importId).execute();
}
