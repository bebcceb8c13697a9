import * as v from 'valibot';
import { isDecimal } from '#lib/money/decimal.ts';

/**
 * What a column of a partner's ledger can be read as. `debit` and `credit` stand together in place of `amount`; `side`
 * says debit or credit beside an amount that has no sign. No field takes a person: such columns are masked.
 */
export const FIELDS = [
	'date',
	'dateTo',
	'valueDate',
	'amount',
	'debit',
	'credit',
	'side',
	'currency',
	'kind',
	'project',
	'activity',
	'reference',
	'description',
	'heading',
	'country',
	'sector',
	'objective',
	'agreement',
	'provider',
	'receiver',
	'providerActivity',
	'receiverActivity'
] as const;
export type Field = (typeof FIELDS)[number];

/**
 * What can be said once for all rows. `dateFrom` and `dateTo` are the report's period: without a column of dates every
 * row is dated so; with one, a date outside it is a finding.
 */
export const CONSTANTS = [
	'reporter',
	'project',
	'activity',
	'kind',
	'currency',
	'heading',
	'country',
	'sector',
	'objective',
	'agreement',
	'budgetVersion',
	'provider',
	'receiver',
	'basis',
	'state',
	'dateFrom',
	'dateTo'
] as const;
export type ConstantField = (typeof CONSTANTS)[number];

/** Fields whose words a mapping may translate: a partner's "Exp." is kind 4, its "1.1 Salaries" the heading staff. */
export const TRANSLATED = [
	'kind',
	'currency',
	'project',
	'activity',
	'heading',
	'country',
	'sector',
	'objective',
	'agreement',
	'provider',
	'receiver'
] as const;
export type TranslatedField = (typeof TRANSLATED)[number];

/** Marks between thousands: `space` stands for all blanks, also thin and unbreakable ones. */
export const GROUPS = ['none', 'comma', 'point', 'space', 'apostrophe'] as const;
/**
 * How numbers in text are written. Parentheses, a minus before or after, `CR` and `DR`, and currency signs are
 * understood in every style. Numbers that a workbook stores as numbers need no style.
 */
export type NumberStyle = { decimal: 'point' | 'comma'; group: (typeof GROUPS)[number] };

/** In which order a date in digits is written; `serial` is a spreadsheet's count of days. Names of months are always understood. */
export const DATE_ORDERS = ['dmy', 'mdy', 'ymd', 'serial'] as const;
export type DateStyle = { order: (typeof DATE_ORDERS)[number] };

/** `negated`: the sheet writes spending below zero. With debit and credit the amount as written is debit less credit. */
export const SIGNS = ['as_written', 'negated'] as const;

export const STATED_BY = ['overall', 'heading', 'month'] as const;
export type StatedBy = (typeof STATED_BY)[number];

const column = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(16_384));
const row = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_048_576));
const text = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(1_000));
const decimal = v.pipe(
	v.string(),
	v.check((given) => isDecimal(given), 'not a decimal number')
);
const oneOf = <const T extends readonly string[]>(words: T) => v.picklist(words);

/** A column as it was when the mapping was made: next month it is found again by its heading, then by its place. */
const MappedColumn = v.strictObject({ column, header: v.string() });
export type MappedColumn = v.InferOutput<typeof MappedColumn>;

const StatedTotal = v.variant('from', [
	/** Typed in. `label` is a heading as the rows name it or a month as `2017-03`; unused for the overall total. */
	v.strictObject({
		from: v.literal('typed'),
		by: oneOf(STATED_BY),
		label: v.optional(text),
		amount: decimal,
		currency: v.optional(text)
	}),
	/** Rows of this or another sheet that name a heading or month in one column and its total in another. */
	v.strictObject({
		from: v.literal('cells'),
		by: oneOf(STATED_BY),
		sheet: v.string(),
		firstRow: row,
		lastRow: row,
		labelColumn: v.optional(column),
		amountColumn: column,
		currency: v.optional(text)
	})
]);
/** A total that the partner states, to be compared with the sum of the rows. */
export type StatedTotal = v.InferOutput<typeof StatedTotal>;

/** A partner's layout, as plain JSON. What is missing for a reading is told by `checkMapping`, not refused here. */
export const MappingSchema = v.strictObject({
	/** Empty for a text file. */
	sheet: v.string(),
	headerRow: row,
	columns: v.partial(v.strictObject(entriesOf(FIELDS, MappedColumn))),
	constants: v.partial(v.strictObject(entriesOf(CONSTANTS, text))),
	translations: v.partial(v.strictObject(entriesOf(TRANSLATED, v.record(v.string(), v.string())))),
	/** Columns that are never read, kept, shown or quoted. */
	masked: v.array(MappedColumn),
	numberStyle: v.strictObject({ decimal: oneOf(['point', 'comma']), group: oneOf(GROUPS) }),
	dateStyle: v.strictObject({ order: oneOf(DATE_ORDERS) }),
	sign: oneOf(SIGNS),
	statedTotals: v.array(StatedTotal)
});
export type Mapping = v.InferOutput<typeof MappingSchema>;

function entriesOf<const K extends readonly string[], S extends v.GenericSchema>(keys: K, schema: S) {
	return Object.fromEntries(keys.map((key) => [key, schema])) as Record<K[number], S>;
}

/** Reads a mapping that came as JSON; each problem names the path in it that is wrong. */
export function parseMapping(
	given: unknown
): { mapping: Mapping } | { problems: { path: string; message: string }[] } {
	const parsed = v.safeParse(MappingSchema, given);
	if (parsed.success) return { mapping: parsed.output };
	return {
		problems: parsed.issues.map((issue) => ({ path: v.getDotPath(issue) ?? '', message: issue.message }))
	};
}
