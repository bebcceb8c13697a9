import type { Finding, LedgerEntryRecord } from '../record.ts';
import { checkMapping, type MappingProblem } from '../spreadsheet/check-mapping.ts';
import { LedgerReading } from '../spreadsheet/ledger/read-ledger.ts';
import { readRows } from '../spreadsheet/rows.ts';
import type { Reader, ReadSummary } from './reader.ts';

/**
 * A partner's transaction listing or extract of a general ledger (XLSX or CSV) in its own columns, read by a mapping: one
 * row per movement. Rows that state totals are compared with the sums, and never booked. Masked columns are dropped before
 * anything looks at them.
 */
export const ledgerSheet: Reader<LedgerEntryRecord | Finding | ReadSummary> = {
	name: 'ledger-sheet',
	version: '1',
	async *read(bytes, { fileName, mapping }) {
		const problems = mapping === undefined ? [{ code: 'missing' as const }] : checkMapping(mapping);
		if (mapping === undefined || problems.length > 0) {
			yield* problems.map((problem) => unusable(problem, fileName));
			return;
		}
		const reading = new LedgerReading(mapping, fileName);
		for await (const part of readRows(bytes, fileName, [mapping.sheet, ...reading.totals.sheets])) {
			if (part.kind === 'finding') {
				yield part;
				if (part.severity === 'critical') return;
			} else if (part.kind === 'sheet') {
				if (part.name === mapping.sheet) reading.start(part);
			} else if (part.sheet === mapping.sheet) yield* reading.take(part);
			else reading.totals.takeCells(part);
			if (reading.stopped) return;
		}
		yield* reading.finish();
	}
};

function unusable({ code, field, column, given }: MappingProblem, fileName: string): Finding {
	const read = [field ?? 'no mapping', column && `column ${column}`, given].filter(Boolean).join(', ');
	return {
		kind: 'finding',
		severity: 'critical',
		rule: `mapping-${code}`,
		place: fileName,
		read,
		done: 'file not read; say how its columns are to be read'
	};
}
