import type { ReadSum } from '../../preview.ts';
import type { ReadSummary } from '../../readers/reader.ts';
import type { LedgerEntryRecord } from '../../record.ts';
import { ExactSum } from './exact-sum.ts';
import type { RowCells } from './row-cells.ts';
import type { Comparison } from './stated-totals.ts';

/** Counts what a file holds before any check: rows with an amount, refused ones too, by currency and kind. */
export class ReadCounting {
	#sums = new Map<string, { currency: string; kind: ReadSum['kind']; sum: ExactSum }>();
	#activities = new Set<string>();
	#refused: string[] = [];
	#transactions = 0;

	add(entry: LedgerEntryRecord, row: RowCells): void {
		const currency = entry.currency || '(none)';
		const key = `${currency} ${entry.entryKind}`;
		let part = this.#sums.get(key);
		if (part === undefined)
			this.#sums.set(key, (part = { currency, kind: entry.entryKind, sum: new ExactSum() }));
		part.sum.add(entry.amount);
		this.#transactions++;
		if (entry.activity !== '') this.#activities.add(entry.activity);
		if (row.refused) this.refuse(row.place);
	}

	refuse(place: string): void {
		this.#refused.push(place);
	}

	toSummary(stated: Comparison[]): ReadSummary {
		const sums = [...this.#sums.values()]
			.map(({ currency, kind, sum }) => ({ currency, kind, count: sum.count, sum: sum.value() }))
			.sort((a, b) => (`${a.currency} ${a.kind}` < `${b.currency} ${b.kind}` ? -1 : 1));
		return {
			kind: 'read_counts',
			counts: { activities: this.#activities.size, transactions: this.#transactions, sums },
			refused: this.#refused,
			stated
		};
	}
}
