import type { Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { Nature } from '#lib/slice/slice.ts';
import { insertMany } from './insert.ts';
import type { Finding } from './record.ts';
import { readSource } from './receive.ts';
import { readers, type Format } from './readers/index.ts';
import type { ReaderOptions } from './readers/reader.ts';
import { RecordGate, readable } from './unusable.ts';

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
	counts: { records: Record<string, number>; findings: Record<Finding['severity'], number> };
};

const BATCH = 1000;

/** Reads a stored source into staged records and findings, a batch at a time. Nothing is posted. */
export async function stage(db: Kysely<DB>, input: StageInput): Promise<Staged> {
	const reader = readers[input.format];
	return db.transaction().execute(async (transaction) => {
		const { import_id } = await transaction
			.insertInto('import')
			.values({
				source_id: input.sourceId,
				nature: input.nature,
				reader: reader.name,
				reader_version: reader.version,
				options: JSON.stringify(input.options),
				coverage: JSON.stringify(input.coverage)
			})
			.returning('import_id')
			.executeTakeFirstOrThrow();
		const counts: Staged['counts'] = { records: {}, findings: { critical: 0, error: 0, warning: 0 } };
		let records: Record<string, unknown>[] = [];
		let findings: Record<string, unknown>[] = [];
		let recordNo = 0;
		const flush = async () => {
			await insertMany(transaction, 'staged_record', records);
			await insertFindings(transaction, findings);
			records = [];
			findings = [];
		};
		const gate = new RecordGate();
		for await (const read of reader.read(readSource(transaction, input.sourceId), input.options)) {
			const item = read.kind === 'finding' ? read : (gate.findingAgainst(read) ?? read);
			if (item.kind === 'finding') {
				counts.findings[item.severity]++;
				findings.push({
					import_id,
					severity: item.severity,
					rule: item.rule,
					place: item.place,
					was_read: readable(item.read),
					was_done: item.done
				});
			} else {
				const { kind, place, ...record } = item;
				counts.records[kind] = (counts.records[kind] ?? 0) + 1;
				records.push({ import_id, record_no: ++recordNo, kind, place, record });
			}
			if (records.length + findings.length >= BATCH) await flush();
		}
		await flush();
		const state = counts.findings.critical > 0 ? 'rejected' : 'staged';
		await transaction
			.updateTable('import')
			.set({ counts: JSON.stringify(counts), state, decided_at: state === 'rejected' ? new Date() : null })
			.where('import_id', '=', import_id)
			.execute();
		return { importId: import_id, state, counts };
	});
}

/** Findings are numbered by the database, which inserting whole records would leave empty. */
async function insertFindings(db: Kysely<DB>, findings: Record<string, unknown>[]): Promise<void> {
	if (findings.length === 0) return;
	await db
		.insertInto('finding')
		.values(findings as never)
		.execute();
}
