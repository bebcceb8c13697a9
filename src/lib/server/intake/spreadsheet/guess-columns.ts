import { datesOf, filledOf, numbersOf, type ColumnEvidence } from './evidence.ts';
import { fitOf, namesPerson } from './headers.ts';
import { FIELDS, type Field } from './mapping.ts';

export type GuessedColumns = {
	columns: Partial<Record<Field, number>>;
	certainty: Partial<Record<Field, 'certain' | 'likely'>>;
	masked: number[];
};

const DATES: ReadonlySet<Field> = new Set(['date', 'dateTo', 'valueDate']);
const AMOUNTS: ReadonlySet<Field> = new Set(['amount', 'debit', 'credit']);

/** Columns to fields by their headings and by what they hold; columns that may hold a person are masked. */
export function guessColumns(
	headers: ReadonlyMap<number, string>,
	evidence: readonly ColumnEvidence[]
): GuessedColumns {
	const guessed: GuessedColumns = { columns: {}, certainty: {}, masked: [] };
	const candidates: { field: Field; column: number; fit: number }[] = [];
	for (const [column, header] of headers) {
		const fits = FIELDS.map((field) => ({ field, column, fit: fitOf(header, field) })).filter(
			({ fit }) => fit > 0
		);
		if (namesPerson(header) && !fits.some(({ fit }) => fit >= 3)) guessed.masked.push(column);
		else candidates.push(...fits);
	}
	const shown = new Map(evidence.map((column) => [column.column, column]));
	const ranked = candidates
		.map((candidate) => ({
			...candidate,
			fit: candidate.fit + support(candidate.field, shown.get(candidate.column))
		}))
		.filter(({ fit }) => fit > 0)
		.sort((a, b) => b.fit - a.fit || a.column - b.column);
	for (const { field, column, fit } of ranked) {
		if (guessed.columns[field] !== undefined || Object.values(guessed.columns).includes(column)) continue;
		guessed.columns[field] = column;
		guessed.certainty[field] = fit >= 3 ? 'certain' : 'likely';
	}
	chooseAmounts(guessed, shown);
	return guessed;
}

/** What a column holds speaks for or against a field: dates are dates, amounts numbers, and neither is a text. */
function support(field: Field, evidence: ColumnEvidence | undefined): number {
	// A blank column may be meant, as one of credits is in most months, but a filled one comes first.
	if (evidence === undefined) return -0.5;
	const filled = Math.max(1, filledOf(evidence));
	const numbers = numbersOf(evidence) / filled;
	const dates = datesOf(evidence) / filled;
	if (AMOUNTS.has(field)) return numbers > 0.5 ? 1 : -10;
	if (DATES.has(field)) return dates > 0.5 ? 1 : numbers > 0.5 ? -0.5 : -10;
	if (field === 'currency') return evidence.currencies / filled > 0.5 ? 1 : 0;
	return dates > 0.8 ? -10 : 0;
}

/**
 * An amount with its own sign makes debit and credit columns superfluous. Where no amount is below zero, but debit and
 * credit columns exist, these know the sign and the amount does not.
 */
function chooseAmounts(guessed: GuessedColumns, shown: ReadonlyMap<number, ColumnEvidence>): void {
	const { columns } = guessed;
	if (columns.amount !== undefined && columns.debit !== undefined && columns.credit !== undefined) {
		const isSigned = (shown.get(columns.amount)?.negative ?? 0) > 0;
		drop(guessed, isSigned ? ['debit', 'credit'] : ['amount']);
	}
	if (columns.amount === undefined) drop(guessed, ['side']);
	// One of the two alone is an amount under another name.
	for (const [field, other] of [
		['debit', 'credit'],
		['credit', 'debit']
	] as const) {
		if (columns[field] !== undefined && columns[other] === undefined && columns.amount !== undefined)
			drop(guessed, [field]);
	}
}

function drop({ columns, certainty }: GuessedColumns, fields: readonly Field[]): void {
	for (const field of fields) {
		delete columns[field];
		delete certainty[field];
	}
}
