import type { LedgerRow } from '#lib/server/ledger/rows.ts';
import { entryName } from '#lib/slice/entry-name.ts';

/** What of a row stands beside a figure that it decides or belongs to; `entry` names its page. */
export type ShownRow = Pick<
	LedgerRow,
	| 'kind'
	| 'date_from'
	| 'date_to'
	| 'date_precision'
	| 'description'
	| 'amount_in_slice'
	| 'booked_in_slice'
	| 'currency'
	| 'source_sha256'
	| 'place'
> & { entry: string };

export function shownRow(row: LedgerRow): ShownRow {
	return {
		entry: entryName(row),
		kind: row.kind,
		date_from: row.date_from,
		date_to: row.date_to,
		date_precision: row.date_precision,
		description: row.description ?? row.voucher,
		amount_in_slice: row.amount_in_slice,
		booked_in_slice: row.booked_in_slice,
		currency: row.currency,
		source_sha256: row.source_sha256,
		place: row.place
	};
}
