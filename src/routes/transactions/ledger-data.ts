import type { LedgerRow } from '#lib/server/ledger/rows.ts';
import type { Groups } from '#lib/server/page/groups.ts';
import type { Slice, Total } from '#lib/slice/slice.ts';
import type { ColumnName } from './column-titles.ts';

/** What the table of the ledger is drawn from: rows, or subtotals of which one may be open. */
export type LedgerData = {
	slice: Slice;
	total: Total;
	words: string;
	/** A slice of cells counts part of an entry: then the whole stands beside it. */
	partial: boolean;
	columns: readonly ColumnName[];
	/** The columns as the address names them; null for the usual ones. */
	columnsAsked: string[] | null;
	grouped: Groups | null;
	rows: LedgerRow[];
	/** Names by key, for the columns that show them. */
	labels: Record<'activity' | 'project' | 'objective' | 'agreement', Record<string, string>>;
};
