import { crc32 } from 'node:zlib';
import type { Finding, LedgerEntryRecord } from '../../record.ts';
import type { RowCells } from './row-cells.ts';

/** So many repetitions are named one by one; ledgers that book each voucher in several lines have thousands. */
const NAMED = 100;

/**
 * References that come again. Two lines of one voucher are no fault, so a repetition goes through with a warning that
 * names the first row; one that says the same in date and amount too may be a line booked twice, and says so.
 */
export class References {
	#first = new Map<string, { row: number; mark: number }>();
	#repeated = 0;
	#lastPlace = '';

	take(
		row: RowCells,
		{ reference, activity, entryKind, dateFrom, amount, heading }: LedgerEntryRecord
	): void {
		if (reference === null) return;
		// Made anew, so that it does not keep the piece of the file alive that its parts were cut from.
		const key = JSON.stringify([activity, entryKind, reference]);
		const mark = crc32(`${dateFrom} ${amount} ${heading}`);
		const first = this.#first.get(key);
		if (first === undefined) {
			this.#first.set(key, { row: row.row.row, mark });
			return;
		}
		const isSame = first.mark === mark;
		if (!isSame && ++this.#repeated > NAMED) {
			this.#lastPlace = row.placeOf('reference');
			return;
		}
		row.note(
			'warning',
			isSame ? 'line-repeated' : 'reference-repeated',
			'reference',
			`${reference}, as in row ${first.row}${isSame ? ' with the same date, amount and heading' : ''}`,
			isSame ? 'read as a second one; see whether it was booked twice' : 'read as another line of it'
		);
	}

	findings(): Finding[] {
		const more = this.#repeated - NAMED;
		if (more <= 0) return [];
		return [
			{
				kind: 'finding',
				severity: 'warning',
				rule: 'reference-repeated',
				place: this.#lastPlace,
				read: `${more} more references that come again, this one the last`,
				done: 'read as more lines of the same'
			}
		];
	}
}
