import type { IntakeRecord } from '../../record.ts';
import type { Cells } from '../cells.ts';

/** How one table of facts is read. Its first column names it, so a file is known by its header, not by its name. */
export type Layout = {
	/** The columns without which the table cannot be read; the first of them is the table's key. */
	columns: readonly [string, ...string[]];
	/** The records of one row, possibly several. Findings are left in the cells. */
	read(row: Cells): IntakeRecord[];
};
