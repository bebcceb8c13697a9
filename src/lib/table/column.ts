/** One column of a table. */
export type Column<Key extends string> = {
	key: Key;
	title: string;
	/** The unit of every number in the column, printed once, under the title: "EUR". */
	unit?: string;
	/** Numbers stand at the end of the cell, in tabular figures, and never break. */
	numeric?: boolean;
	/** Short words that never break: dates, codes. */
	nowrap?: boolean;
	/** A column of sentences: where the table scrolls it keeps room to be read. */
	wide?: boolean;
	/** The cell that names its row. A table has one such column, as a rule the first. */
	rowHeader?: boolean;
	/** Its row headers are mere numbers: in a block of its own a row is called by the column's title, too. */
	numbered?: boolean;
	/** Address of this page sorted by this column, and how it is sorted by it now. */
	sort?: { href: string; direction: 'ascending' | 'descending' | null };
};
