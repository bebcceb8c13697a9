import { sql } from 'kysely';
import type { RowForm } from '#lib/server/ledger/row-texts.ts';
import { ENTRY_COLUMNS, type ColumnKind } from '#lib/words/entry-column.ts';
import { BLANK, GUARDED_START, NEEDS_QUOTES } from './csv.ts';

// What may need a guard or quotes, beside a comma; a negative amount is among it, and comes to no harm. Looking for a few
// characters costs the database a tenth of what one regular expression does: that is for lines beyond ASCII.
const STARTS = ['=', '+', '-', '@', "''", '\\t', ' ', '\\x0B', '\\f'];
const ENDS = [' ', '\\t', '\\x0B', '\\f'];
const MARKS = ['"', '\\r', '\\n', ...STARTS.map((start) => `,${start}`), ...ENDS.map((end) => `${end},`)];
const BLANK_ENDS = `(^|,)${BLANK}|${BLANK}(,|$)`;

const PREPARED = 'line."~prepared"';
const fields = ENTRY_COLUMNS.map(({ name }) => `coalesce(line."${name}", '')`);

/** SQL for one field of a line, with the guard and the quotes that it needs. `field` is text, never null. */
export function csvField(field: string, kind: ColumnKind): string {
	if (kind !== 'text') return field;
	const guarded = `(case when ${field} ~ ${literal(GUARDED_START)} then '''' else '' end || ${field})`;
	return `case when ${guarded} ~ ${literal(NEEDS_QUOTES)} then '"' || replace(${guarded}, '"', '""') || '"' else ${guarded} end`;
}

/** The line as it is where nothing in it could need a guard or quotes, else field by field. */
function csvLine(): string {
	const careful = ENTRY_COLUMNS.map(({ kind }, index) => csvField(fields[index]!, kind));
	const framed = `',' || ${PREPARED} || ','`;
	const harmless = [
		`length(${PREPARED}) - length(replace(${PREPARED}, ',', '')) = ${fields.length - 1}`,
		...MARKS.map((mark) => `strpos(${framed}, E'${mark}') = 0`),
		`(octet_length(${PREPARED}) = length(${PREPARED}) or ${PREPARED} !~ ${literal(BLANK_ENDS)})`
	].join(' and ');
	return `case when ${harmless} then ${PREPARED} else concat_ws(',', ${careful.join(', ')}) end || E'\\r\\n'`;
}

function literal(pattern: string): string {
	return `'${pattern.replaceAll("'", "''")}'`;
}

/**
 * The lines of `writeCsvLine`, written by the database. Most rows need nothing but commas: only those in which anything
 * could need more are looked at field by field.
 */
export const CSV_ROWS: RowForm = {
	prepared: sql.raw(`concat_ws(',', ${fields.join(', ')})`),
	line: sql.raw(csvLine()),
	between: ''
};
