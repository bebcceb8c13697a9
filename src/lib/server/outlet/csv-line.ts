import { sql } from 'kysely';
import type { RowForm } from '#lib/server/ledger/row-texts.ts';
import { ENTRY_COLUMNS } from '#lib/words/entry-column.ts';
import { BLANK, GUARDED, GUARDED_START, NEEDS_QUOTES } from './csv.ts';

// Anything anywhere in a line that may need a guard or quotes; a negative amount is one of them, and comes to no harm.
const SUSPICIOUS = `["\\r\\n]|(^|,)(${GUARDED}|${BLANK})|${BLANK}(,|$)`;

// `offset 0` keeps the inner text from being made again wherever it is spoken of.
function csvLine(): string {
	const fields = ENTRY_COLUMNS.map(({ name }) => `coalesce(line."${name}", '')`);
	const careful = ENTRY_COLUMNS.map(({ kind }, index) => {
		const field = fields[index]!;
		if (kind !== 'text') return field;
		return `(select case when guarded ~ ${literal(NEEDS_QUOTES)} then '"' || replace(guarded, '"', '""') || '"' else guarded end
			from (select case when ${field} ~ ${literal(GUARDED_START)} then '''' || ${field} else ${field} end as guarded offset 0) field)`;
	});
	const commas = `length(plain) - length(replace(plain, ',', ''))`;
	return `(select case when ${commas} = ${fields.length - 1} and plain !~ ${literal(SUSPICIOUS)} then plain else concat_ws(',', ${careful.join(', ')}) end
		|| E'\\r\\n' from (select concat_ws(',', ${fields.join(', ')}) as plain offset 0) simple)`;
}

function literal(pattern: string): string {
	return `'${pattern.replaceAll("'", "''")}'`;
}

/**
 * The lines of `writeCsvLine`, written by the database. Most rows need nothing but commas: only those in which anything
 * could need more are looked at field by field.
 */
export const CSV_ROWS: RowForm = { line: sql.raw(csvLine()), between: '' };
