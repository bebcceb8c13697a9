import { isCurrency } from '#lib/money/currency.ts';
import type { Cell, SheetRow } from './cell.ts';
import type { NumberStyle } from './mapping.ts';
import { ordersOf, readDate } from './read-date.ts';
import { lookOfNumber } from './read-number.ts';

/** What a whole column shows, not only its first rows: this is what styles are told apart by. */
export type ColumnEvidence = {
	column: number;
	/** Cells by what they hold. */
	counts: Record<Cell['type'], number>;
	negative: number;
	positive: number;
	/** Texts that are numbers with a decimal point, with a decimal comma, or either way. */
	numbers: { point: number; comma: number; either: number };
	/** Marks between thousands, in texts that are numbers. */
	groups: Record<NumberStyle['group'], number>;
	/** Texts that are dates with the day, month or year first, and those that are a day first and month first alike. */
	dates: { dmy: number; mdy: number; ymd: number; either: number };
	/** Texts that are dates in every style: ISO, with the name of a month ... */
	certainDates: number;
	/** Texts that are codes of currencies. */
	currencies: number;
	/** Up to five different texts, and of the ones in doubt (`1,234`, `03/04/2017`) up to three, for a page to show. */
	examples: string[];
	doubtfulNumbers: string[];
	doubtfulDates: string[];
};

const EXAMPLES = 5;
const DOUBTFUL = 3;
const SHOWN = 200;

export function noEvidence(column: number): ColumnEvidence {
	return {
		column,
		counts: { text: 0, number: 0, date: 0, boolean: 0, error: 0, unsolved: 0 },
		negative: 0,
		positive: 0,
		numbers: { point: 0, comma: 0, either: 0 },
		groups: { none: 0, comma: 0, point: 0, space: 0, apostrophe: 0 },
		dates: { dmy: 0, mdy: 0, ymd: 0, either: 0 },
		certainDates: 0,
		currencies: 0,
		examples: [],
		doubtfulNumbers: [],
		doubtfulDates: []
	};
}

/** Adds a cell to its column's evidence. */
export function weigh(evidence: ColumnEvidence, cell: Cell): void {
	evidence.counts[cell.type]++;
	keep(evidence.examples, cell.text, EXAMPLES);
	if (cell.type === 'number') {
		if (cell.decimal.startsWith('-')) evidence.negative++;
		else if (cell.decimal !== '0') evidence.positive++;
	} else if (cell.type === 'text' && cell.text.length <= 60) weighText(evidence, cell.text);
}

function weighText(evidence: ColumnEvidence, text: string): void {
	if (!/\d/.test(text)) {
		if (isCurrency(text.trim().toUpperCase())) evidence.currencies++;
		return;
	}
	const orders = ordersOf(text);
	if (orders !== null) {
		const isEither = orders.includes('dmy') && orders.includes('mdy');
		evidence.dates[isEither ? 'either' : orders[0]!]++;
		if (isEither) keep(evidence.doubtfulDates, text, DOUBTFUL);
		return;
	}
	const look = lookOfNumber(text);
	if (look !== null) {
		evidence.numbers[look.decimal]++;
		evidence.groups[look.group]++;
		if (look.negative) evidence.negative++;
		else evidence.positive++;
		if (look.decimal === 'either' && (look.group === 'comma' || look.group === 'point'))
			keep(evidence.doubtfulNumbers, text, DOUBTFUL);
	}
	// Not exclusive: 20170308 and 2017 are numbers too, and the heading decides.
	if (readDate(text, { order: 'dmy' }) !== null) evidence.certainDates++;
}

function keep(list: string[], text: string, most: number): void {
	const shown = text.slice(0, SHOWN);
	if (list.length < most && !list.includes(shown)) list.push(shown);
}

/** How many cells of a column have something in them. */
export function filledOf({ counts }: ColumnEvidence): number {
	return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** How many of them can be amounts, and how many dates. */
export function numbersOf({ counts, numbers }: ColumnEvidence): number {
	return counts.number + numbers.point + numbers.comma + numbers.either;
}
export function datesOf({ counts, dates, certainDates }: ColumnEvidence): number {
	return counts.date + dates.dmy + dates.mdy + dates.ymd + dates.either + certainDates;
}

/** The evidence of the rows below a heading: titles and headings are texts that say nothing of what the column holds. */
export function below(
	headerRow: number,
	columns: readonly ColumnEvidence[],
	first: readonly SheetRow[]
): ColumnEvidence[] {
	const above = first.filter(({ row }) => row <= headerRow).flatMap(({ cells }) => cells);
	return columns.flatMap((evidence) => {
		const heads = above.filter(({ column }) => column === evidence.column);
		const counts = { ...evidence.counts };
		for (const { type } of heads) counts[type]--;
		const examples = evidence.examples.filter(
			(example) => !heads.some(({ text }) => text.slice(0, SHOWN) === example)
		);
		const rest = { ...evidence, counts, examples };
		return filledOf(rest) > 0 ? [rest] : [];
	});
}
