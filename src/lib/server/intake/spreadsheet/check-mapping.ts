import { isCurrency } from '#lib/money/currency.ts';
import { isDay } from '#lib/slice/period.ts';
import { BASES, KINDS, STATES } from '#lib/slice/slice.ts';
import { columnLetters } from './cell.ts';
import { foldHeader, headersOf } from './headers.ts';
import { countryOfWord, meansNone } from './ledger/words.ts';
import { FIELDS, type ConstantField, type Field, type Mapping } from './mapping.ts';
import type { SheetSurvey, Survey } from './survey.ts';

/**
 * What keeps a mapping from being read with. `missing`: needed, and neither a column nor a constant (`amount` stands for
 * amount, debit or credit; `date` for a column of dates or a period); `twice`: one column for two things, or masked and
 * read; `no-such-*`: the file has it not; `header-differs`: another heading stands there than when the mapping was made;
 * `wrong`: the constant is no currency, kind, country, day ...
 */
export type MappingProblem = {
	code: 'missing' | 'twice' | 'no-such-sheet' | 'no-such-row' | 'no-such-column' | 'header-differs' | 'wrong';
	field?: Field | ConstantField;
	/** Letters of the column. */
	column?: string;
	/** What is wrong, as given. */
	given?: string;
};

/** Everything that is missing or wrong; empty when the file can be read with it. Without a survey the file is not looked at. */
export function checkMapping(mapping: Mapping, survey?: Survey): MappingProblem[] {
	return [
		...missing(mapping),
		...wrongConstants(mapping),
		...usedTwice(mapping),
		...(survey === undefined ? [] : notThere(mapping, survey))
	];
}

function missing({ columns, constants }: Mapping): MappingProblem[] {
	const problems: MappingProblem[] = [];
	const need = (field: Field | ConstantField, isThere: boolean) => {
		if (!isThere) problems.push({ code: 'missing', field });
	};
	need('reporter', constants.reporter !== undefined);
	for (const field of ['activity', 'kind', 'currency'] as const)
		need(field, columns[field] !== undefined || constants[field] !== undefined);
	need('amount', (columns.amount ?? columns.debit ?? columns.credit) !== undefined);
	need('date', (columns.date ?? constants.dateFrom) !== undefined);
	if ((constants.dateFrom === undefined) !== (constants.dateTo === undefined))
		problems.push({ code: 'missing', field: constants.dateFrom === undefined ? 'dateFrom' : 'dateTo' });
	return problems;
}

function wrongConstants({ constants }: Mapping): MappingProblem[] {
	const { dateFrom, dateTo } = constants;
	const right: Partial<Record<ConstantField, (given: string) => boolean>> = {
		kind: (given) => KINDS.some((kind) => kind === given),
		currency: isCurrency,
		country: (given) => meansNone(given) || countryOfWord(given) !== null,
		sector: (given) => meansNone(given) || /^\d{5}$/.test(given),
		basis: (given) => BASES.some((basis) => basis === given),
		state: (given) => STATES.some((state) => state === given),
		dateFrom: isDay,
		dateTo: (given) => isDay(given) && (dateFrom === undefined || dateFrom <= given)
	};
	return Object.entries({ ...constants, dateFrom, dateTo }).flatMap(([name, given]) => {
		const field = name as ConstantField;
		return given === undefined || (right[field]?.(given) ?? true) ? [] : [{ code: 'wrong', field, given }];
	});
}

function usedTwice({ columns, masked }: Mapping): MappingProblem[] {
	const taken = new Set(masked.map(({ column }) => column));
	const problems: MappingProblem[] = [];
	for (const field of FIELDS) {
		const mapped = columns[field];
		if (mapped === undefined) continue;
		if (taken.has(mapped.column))
			problems.push({ code: 'twice', field, column: columnLetters(mapped.column), given: mapped.header });
		taken.add(mapped.column);
	}
	if (columns.amount !== undefined && (columns.debit ?? columns.credit) !== undefined)
		problems.push({ code: 'twice', field: 'amount' });
	return problems;
}

function notThere(mapping: Mapping, survey: Survey): MappingProblem[] {
	const sheet = survey.sheets.find(({ name }) => name === mapping.sheet);
	if (sheet === undefined) return [{ code: 'no-such-sheet', given: mapping.sheet }];
	const others = mapping.statedTotals.flatMap((total) =>
		total.from === 'cells' && !survey.sheets.some(({ name }) => name === total.sheet)
			? [{ code: 'no-such-sheet' as const, given: total.sheet }]
			: []
	);
	return [...headerProblems(mapping, sheet), ...others];
}

function headerProblems({ headerRow, columns, masked }: Mapping, sheet: SheetSurvey): MappingProblem[] {
	const index = sheet.first.findIndex(({ row }) => row === headerRow);
	const header = sheet.first[index];
	if (header === undefined) return [{ code: 'no-such-row', given: String(headerRow) }];
	const headers = headersOf(header, sheet.first[index - 1] ?? null);
	const known = new Set(sheet.columns.map(({ column }) => column));
	const mapped = [
		...FIELDS.flatMap((field) => (columns[field] === undefined ? [] : [{ field, ...columns[field] }])),
		...masked.map((column) => ({ field: undefined, ...column }))
	];
	return mapped.flatMap(({ field, column, header: wanted }): MappingProblem[] => {
		const there = headers.get(column) ?? '';
		const letters = columnLetters(column);
		if (foldHeader(there) !== foldHeader(wanted))
			return [{ code: 'header-differs', field, column: letters, given: there }];
		return known.has(column) ? [] : [{ code: 'no-such-column', field, column: letters }];
	});
}
