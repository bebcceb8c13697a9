import { createReadStream, existsSync } from 'node:fs';
import { iatiActivities } from '#lib/server/intake/readers/iati-activities.ts';
import type { Read } from '#lib/server/intake/readers/reader.ts';
import type {
	Finding,
	IatiActivityRecord,
	IntakeRecord,
	LedgerEntryRecord
} from '#lib/server/intake/record.ts';

/** Published and hostile IATI files, which lie beside the project and are not part of it. */
export const SHARED_IATI = '../shared/iati';
export const hasSharedIati = existsSync(`${SHARED_IATI}/README.md`);

export type ReadFile = {
	records: IntakeRecord[];
	findings: Finding[];
	counts: Extract<Read, { kind: 'read_counts' }> | null;
	/** True where a critical finding refuses the whole file: then nothing of it is kept. */
	rejected: boolean;
};

/** What staging keeps of an activity file: records without those taken back, none where the file is refused. */
export async function readActivityFile(
	bytes: AsyncIterable<Uint8Array>,
	fileName = 'file.xml',
	today = '2026-11-24'
): Promise<ReadFile> {
	let records: IntakeRecord[] = [];
	const findings: Finding[] = [];
	let counts: ReadFile['counts'] = null;
	for await (const item of iatiActivities.read(bytes, { fileName, nature: 'published', today })) {
		if (item.kind === 'finding') findings.push(item);
		else if (item.kind === 'read_counts') counts = item;
		else if (item.kind === 'retraction') {
			records = records.filter((record) => activityOf(record) !== item.activity);
		} else records.push(item);
	}
	const rejected = findings.some(({ severity }) => severity === 'critical');
	return { records: rejected ? [] : records, findings, counts, rejected };
}

export function readText(xml: string): Promise<ReadFile> {
	return readActivityFile(inPieces(Buffer.from(xml)));
}

export async function* inPieces(bytes: Uint8Array, length = 64 * 1024): AsyncGenerator<Uint8Array> {
	for (let start = 0; start < bytes.length; start += length) yield bytes.subarray(start, start + length);
}

export function readShared(folder: 'real' | 'hostile', name: string): Promise<ReadFile> {
	return readActivityFile(createReadStream(`${SHARED_IATI}/${folder}/${name}`), name);
}

export function activitiesOf({ records }: ReadFile): IatiActivityRecord[] {
	return records.filter((record) => record.kind === 'iati_activity');
}

export function entriesOf({ records }: ReadFile): LedgerEntryRecord[] {
	return records.filter((record) => record.kind === 'ledger_entry');
}

/** What findings of one rule say was read and done. */
export function ruled({ findings }: ReadFile, rule: string): string[] {
	return findings.filter((finding) => finding.rule === rule).map(({ read, done }) => `${read} | ${done}`);
}

export function ofKind(read: ReadFile, kind: IntakeRecord['kind']): IntakeRecord[] {
	return read.records.filter((record) => record.kind === kind);
}

function activityOf(record: IntakeRecord): string | null {
	if (record.kind === 'iati_activity') return record.key;
	return record.kind === 'iati_result' || record.kind === 'ledger_entry' ? record.activity : null;
}
