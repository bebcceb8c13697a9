import { isCurrency } from '#lib/money/currency.ts';
import { below, type ColumnEvidence } from './evidence.ts';
import { guessColumns } from './guess-columns.ts';
import { guessHeader, headerAt, ledgerLook } from './guess-header.ts';
import { guessDateStyle, guessNumberStyle, guessSign } from './guess-styles.ts';
import { currencyOfHeader, headersOf } from './headers.ts';
import { FIELDS, type Field, type Mapping } from './mapping.ts';
import { recall } from './recall.ts';
import type { SheetSurvey, Survey } from './survey.ts';

/**
 * What a guess could not decide alone, with its evidence. A page asks these before anything else.
 * `date-order`: every date can be read day first or month first, or some are each. `number-style`: the same for a comma
 * and a point in numbers. `sheet`: more than one sheet looks like a ledger. `header`: no row looks like headings.
 * `dates-swapped`: dates were typed in day-first and partly taken for month-first by the program that made the file.
 */
export type Question = {
	code: 'date-order' | 'number-style' | 'sheet' | 'header' | 'dates-swapped';
	column?: number;
	/** What stands there, for example `03/04/2017`. */
	examples: string[];
	/** What it could mean, the guess first: orders, decimal marks, names of sheets, numbers of rows. */
	answers: string[];
};

/** How sure a guess of a column is: `remembered` from last time, `certain` by its heading and content, else `likely`. */
export type Certainty = 'remembered' | 'certain' | 'likely';

export type Guess = {
	mapping: Mapping;
	certainty: Partial<Record<Field, Certainty>>;
	questions: Question[];
	/** Headings of columns that nothing is read from, by column. */
	unread: { column: number; header: string }[];
};

/**
 * A mapping guessed from a survey: sheet, header row, columns by their headings, number and date style by the whole
 * column's evidence, sign. `remembered` is the reporter's last mapping: its columns are found again by heading, then by
 * place, and its constants, translations and masks are taken over. The rest (reporter, activity ...) is for a person.
 * @param headerRow number of the row with the headings, where a person has said which it is
 */
export function guessMapping(
	survey: Survey,
	remembered: Mapping | null = null,
	headerRow: number | null = null
): Guess {
	const questions: Question[] = [];
	const sheet = guessSheet(survey, remembered, questions);
	const header = sheet === null ? null : headerRow === null ? guessHeader(sheet) : headerAt(sheet, headerRow);
	if (sheet === null || header === null) {
		questions.push({ code: 'header', examples: [], answers: [] });
		return { mapping: emptyMapping(sheet?.name ?? ''), certainty: {}, questions, unread: [] };
	}
	const headers = headersOf(header.row, header.above);
	const recalled = remembered === null ? null : recall(remembered, headers);
	if (header.headings < 2 && recalled === null && headerRow === null)
		questions.push({
			code: 'header',
			examples: [...headers.values()].slice(0, 5),
			answers: [String(header.row.row)]
		});
	const shown = below(header.row.row, sheet.columns, sheet.first);
	const guessed = guessColumns(headers, shown);
	const columns: Partial<Record<Field, number>> = recalled?.columns ?? guessed.columns;
	const evidenceOf = (...fields: Field[]) => evidenceFor(shown, columns, fields);
	const numbers = guessNumberStyle(evidenceOf('amount', 'debit', 'credit'));
	const dates = guessDateStyle(evidenceOf('date', 'dateTo', 'valueDate'));
	for (const { question } of [numbers, dates]) if (question !== null) questions.push(question);
	questions.push(...swappedDates(evidenceOf('date')));
	const masked = recalled?.masked ?? guessed.masked;
	const mapping: Mapping = {
		...emptyMapping(sheet.name),
		...(recalled?.kept ?? { sign: guessSign(evidenceOf('amount')[0]) }),
		headerRow: header.row.row,
		columns: Object.fromEntries(
			Object.entries(columns).map(([field, column]) => [field, { column, header: headers.get(column) ?? '' }])
		),
		masked: masked.map((column) => ({ column, header: headers.get(column) ?? '' })),
		numberStyle: numbers.style,
		dateStyle: dates.style
	};
	const currency = statedCurrency(mapping, header.row.row, sheet);
	if (currency !== null && mapping.constants.currency === undefined)
		mapping.constants = { ...mapping.constants, currency };
	return {
		mapping,
		certainty:
			recalled === null
				? guessed.certainty
				: Object.fromEntries(Object.keys(columns).map((field) => [field, 'remembered' as const])),
		questions,
		unread: unreadColumns(mapping, headers, shown)
	};
}

/** A mapping that reads nothing yet. */
export function emptyMapping(sheet: string): Mapping {
	return {
		sheet,
		headerRow: 1,
		columns: {},
		constants: {},
		translations: {},
		masked: [],
		numberStyle: { decimal: 'point', group: 'comma' },
		dateStyle: { order: 'dmy' },
		sign: 'as_written',
		statedTotals: []
	};
}

/** A ledger is not the fortieth sheet; a workbook made to be slow may have a hundred. */
const SHEETS_LOOKED_AT = 40;

function guessSheet(survey: Survey, remembered: Mapping | null, questions: Question[]): SheetSurvey | null {
	const known = survey.sheets.find(({ name }) => name === remembered?.sheet);
	if (known !== undefined && remembered !== null) return known;
	const ranked = survey.sheets
		.slice(0, SHEETS_LOOKED_AT)
		.map((sheet) => ({ sheet, look: ledgerLook(sheet) }))
		.sort((a, b) => b.look - a.look);
	const [best, second] = ranked;
	if (best !== undefined && second !== undefined && second.look > 6 && second.look > best.look * 0.8) {
		questions.push({ code: 'sheet', examples: [], answers: ranked.map(({ sheet }) => sheet.name) });
	}
	return best?.sheet ?? null;
}

function evidenceFor(
	shown: readonly ColumnEvidence[],
	columns: Partial<Record<Field, number>>,
	fields: readonly Field[]
): ColumnEvidence[] {
	return fields.flatMap((field) => shown.filter(({ column }) => column === columns[field]));
}

/**
 * A program set to month-first takes 03/04/2017 for 4 March and leaves 25/04/2017 as text: where a column has both, and
 * the texts are day-first, its dates are in doubt.
 */
function swappedDates(columns: readonly ColumnEvidence[]): Question[] {
	return columns
		.filter(({ counts, dates }) => counts.date > 0 && dates.dmy > 0 && dates.mdy === 0)
		.map(({ column, examples }) => ({ code: 'dates-swapped', column, examples, answers: ['dmy', 'mdy'] }));
}

/** The one currency of a sheet without a column of currencies: in the heading of its amounts, or in a title above. */
function statedCurrency({ columns }: Mapping, headerRow: number, sheet: SheetSurvey): string | null {
	if (columns.currency !== undefined) return null;
	for (const field of ['amount', 'debit', 'credit'] as const) {
		const code = currencyOfHeader(columns[field]?.header ?? '');
		if (code !== null) return code;
	}
	for (const { row, cells } of sheet.first) {
		if (row >= headerRow) break;
		const title = cells.map(({ text }) => text).join(' ');
		const code = /(?:currency|devise|moneda|moeda)\P{L}*([A-Z]{3})(?!\p{L})/iu
			.exec(title)?.[1]
			?.toUpperCase();
		if (code !== undefined && isCurrency(code)) return code;
	}
	return null;
}

function unreadColumns(
	{ columns, masked }: Mapping,
	headers: ReadonlyMap<number, string>,
	shown: readonly ColumnEvidence[]
): { column: number; header: string }[] {
	const used = new Set([
		...FIELDS.flatMap((field) => columns[field]?.column ?? []),
		...masked.map(({ column }) => column)
	]);
	return shown
		.filter(({ column }) => !used.has(column))
		.map(({ column }) => ({ column, header: headers.get(column) ?? '' }));
}
