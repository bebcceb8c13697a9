import { isDecimal, sign, type Decimal } from '#lib/money/decimal.ts';
import { CHANGE_KINDS, isSince, readChange, type Change } from './change.ts';
import { isBucket, isDay } from './period.ts';
import { readVersion } from './version.ts';

/** Why a parameter's value is refused; `words/address.ts` says it in words. */
export type Reason =
	| 'unknown'
	| 'repeated'
	| 'too_many'
	| 'empty'
	| 'not_one_of'
	| 'not_a_day'
	| 'not_a_period'
	| 'not_a_country'
	| 'not_a_sector'
	| 'not_a_number'
	| 'too_large'
	| 'too_long_a_page'
	| 'not_an_amount'
	| 'not_a_seed'
	| 'not_a_key'
	| 'not_a_code'
	| 'not_text'
	| 'not_a_cursor'
	| 'not_columns'
	| 'not_a_version'
	| 'not_a_reference'
	| 'from_after_to';

/** What a parameter's text looks like, for whoever writes addresses: in the words of JSON Schema. */
export type TextForm = { enum?: readonly string[]; pattern?: string; format?: 'date'; maxLength?: number };

/** One parameter of an address: text to value and back. `read(write(value))` is the value again. */
export type Parameter<T> = {
	/** What `read` takes looks so; not all that looks so is taken (a day must exist). */
	form: TextForm;
	/** Holds a list: an address may repeat it, as a form with boxes to tick does. */
	list?: true;
	read: (text: string) => { value: T } | { reason: Reason };
	write: (value: T) => string;
};

/** In a dimension: its unallocated or not-stated part. */
export const NONE = 'none';

const KEY = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._:/+()&,'’-]{0,119}(?<! )$/u;
const ID = /^[1-9][0-9]{0,17}$/;
const CODE = /^[a-z0-9][a-z0-9_]{0,39}$/;
const COLUMN = /^[a-z][a-z0-9_]{0,39}$/;
const SORT = /^-?[a-z][a-z0-9_]{0,39}$/;
const CURSOR = /^[A-Za-z0-9_.~=:|-]{1,400}$/;
const CONTROL = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u;
const MOST_COLUMNS = 40;
const MOST_TEXT = 200;

/** One of a fixed list. */
export function oneOf<T extends string>(values: readonly T[]): Parameter<T> {
	return {
		form: { enum: values },
		read(text) {
			const value = values.find((known) => known === text);
			return value === undefined ? { reason: text === '' ? 'empty' : 'not_one_of' } : { value };
		},
		write: (value) => value
	};
}

/** Some of a fixed list, each once, joined by commas, in the list's own order. */
export function listOf<T extends string>(values: readonly T[]): Parameter<T[]> {
	return {
		form: { pattern: `^${eachOf(values)}$` },
		read(text) {
			const named = text.split(',', values.length + 1);
			const value = values.filter((known) => named.includes(known));
			return value.length === named.length ? { value } : { reason: text === '' ? 'empty' : 'not_one_of' };
		},
		write: (value) => value.join(',')
	};
}

/** One or two different ones of a fixed list, joined by a comma, in the order given. */
export function oneOrTwoOf<T extends string>(
	values: readonly T[]
): Parameter<readonly [T] | readonly [T, T]> {
	return {
		form: { pattern: `^(?:${values.join('|')})(?:,(?:${values.join('|')}))?$` },
		read(text) {
			const [first, second, ...more] = text
				.split(',', 3)
				.map((name) => values.find((known) => known === name));
			if (text === '') return { reason: 'empty' };
			if (first === undefined || more.length > 0 || first === second) return { reason: 'not_one_of' };
			if (!text.includes(',')) return { value: [first] };
			return second === undefined ? { reason: 'not_one_of' } : { value: [first, second] };
		},
		write: (value) => value.join(',')
	};
}

/** Also takes the empty text, which a form sends for "any", as `null`. */
export function optional<T>(parameter: Parameter<T>): Parameter<T | null> {
	return {
		...parameter,
		read: (text) => (text === '' ? { value: null } : parameter.read(text)),
		write: (value) => (value === null ? '' : parameter.write(value))
	};
}

/** The most values that a parameter takes. */
export const MOST_VALUES = 60;

/**
 * One value or several, joined by commas. The same values are always the same text: sorted, each once, `none` last. For
 * parameters whose values hold no comma themselves.
 */
export function several(parameter: Parameter<string>): Parameter<string> {
	return {
		list: true,
		form: parameter.form,
		read(text) {
			const given = text.split(',', MOST_VALUES + 1);
			if (given.length > MOST_VALUES) return { reason: 'too_many' };
			for (const value of given) {
				const read = parameter.read(value);
				if ('reason' in read) return read;
			}
			return { value: joinValues(given) };
		},
		write: (value) => value
	};
}

/** The values of a parameter that takes several, in the order in which addresses write them. */
export function valuesOf(value: string | null): string[] {
	return value === null ? [] : value.split(',');
}

/** Values as an address writes them; null for none at all. */
export function joinValues(values: readonly []): null;
export function joinValues(values: readonly string[]): string;
export function joinValues(values: readonly string[]): string | null {
	if (values.length === 0) return null;
	const sorted = [...new Set(values)].filter((value) => value !== NONE).sort(byLengthThenText);
	return [...sorted, ...(values.includes(NONE) ? [NONE] : [])].join(',');
}

/** Codes in order of the alphabet, numbers by size. */
function byLengthThenText(a: string, b: string): number {
	return a.length - b.length || (a < b ? -1 : 1);
}

/** The key of a project, portfolio, objective, agreement or heading: letters, digits and some signs, at most 120. */
export const key = matching(KEY, 'not_a_key');

/** The number of a row. */
export const id = matching(ID, 'not_a_number');

/** The number of a row, or `none`. */
export const idOrNone = orNone(id);

/** ISO 3166-1 alpha-2 in capitals, or `none`. Whether the country exists is for the page to say (404). */
export const country = orNone(matching(/^[A-Z]{2}$/, 'not_a_country'));

/** A DAC purpose code of five digits, or `none`. */
export const sector = orNone(matching(/^[0-9]{5}$/, 'not_a_sector'));

/** A code of one of our own or IATI's lists, in small letters. */
export const code = matching(CODE, 'not_a_code');

/** A currency's ISO 4217 code. */
export const bookedCurrency = matching(/^[A-Z]{3}$/, 'not_a_code');

/** The name of a rule that findings go by: `iati-1.1.3`, `date-missing`. */
export const ruleName = matching(/^[a-z0-9][a-z0-9._-]{0,79}$/, 'not_a_code');

/** A column's name, with a leading minus for the largest first. */
export const sort = matching(SORT, 'not_a_code');

/** Where the next page starts, as the ledger wrote it; opaque here. */
export const cursor = matching(CURSOR, 'not_a_cursor');

/** An ISO day that exists. */
export const day: Parameter<string> = {
	form: { format: 'date' },
	read: (text) => (isDay(text) ? { value: text } : { reason: text === '' ? 'empty' : 'not_a_day' }),
	write: (value) => value
};

/** A state of the books by the numbers of its postings: `27.5`. */
export const version: Parameter<string> = {
	form: { pattern: '^(?:0|[1-9][0-9]{0,8})\\.(?:0|[1-9][0-9]{0,8})$' },
	read: (text) => (readVersion(text) ? { value: text } : { reason: text === '' ? 'empty' : 'not_a_version' }),
	write: (value) => value
};

/** How entries stand to what was known earlier: `added:2017-06-30`. */
export const change: Parameter<Change> = {
	form: { pattern: `^(?:${CHANGE_KINDS.join('|')}):(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[1-9][0-9]{0,8})$` },
	read: (text) =>
		readChange(text) ? { value: text as Change } : { reason: text === '' ? 'empty' : 'not_one_of' },
	write: (value) => value
};

/** An earlier state of the books: a day, or the number of a posting. */
export const since: Parameter<string> = {
	form: { pattern: '^(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[1-9][0-9]{0,8})$' },
	read: (text) => (isSince(text) ? { value: text } : { reason: text === '' ? 'empty' : 'not_a_day' }),
	write: (value) => value
};

/** A year, quarter or month of the calendar: `2017`, `2017-Q3`, `2017-08`. */
export const bucket: Parameter<string> = {
	form: { pattern: '^[0-9]{4}(?:-(?:Q[1-4]|0[1-9]|1[0-2]))?$' },
	read: (text) => (isBucket(text) ? { value: text } : { reason: text === '' ? 'empty' : 'not_a_period' }),
	write: (value) => value
};

/** The same, or `none` for what is not dated. */
export const bucketOrNone = orNone(bucket);

/** What someone typed into a search box: trimmed, at most 200 characters, no control characters. */
export const searchText: Parameter<string | null> = {
	form: { maxLength: MOST_TEXT },
	read(text) {
		const value = text.trim();
		if (value === '') return { value: null };
		return value.length > MOST_TEXT || CONTROL.test(value) ? { reason: 'not_text' } : { value };
	},
	write: (value) => value ?? ''
};

/** A whole number from 1 to `most`, in as many digits as it needs. */
export function countTo(most: number, tooLarge: Reason = 'too_large'): Parameter<number> {
	return {
		form: { pattern: '^[1-9][0-9]{0,8}$' },
		read(text) {
			if (!/^[1-9][0-9]{0,8}$/.test(text)) return { reason: text === '' ? 'empty' : 'not_a_number' };
			const value = Number.parseInt(text, 10);
			return value > most ? { reason: tooLarge } : { value };
		},
		write: String
	};
}

/** An amount above zero, in plain notation. */
export const positiveAmount: Parameter<Decimal> = {
	form: { pattern: '^[0-9]+(?:\\.[0-9]+)?$', maxLength: 24 },
	read: (text) =>
		isDecimal(text) && text.length <= 24 && sign(text) > 0
			? { value: text }
			: { reason: text === '' ? 'empty' : 'not_an_amount' },
	write: (value) => value
};

/** What a random number begins with: letters, digits and some signs that are the same bytes on every machine. */
export const seed = matching(/^[A-Za-z0-9](?:[A-Za-z0-9 ._:-]{0,58}[A-Za-z0-9._:-])?$/, 'not_a_seed');

/** Names of columns, joined by commas, each once. */
export const columnList: Parameter<string[]> = {
	list: true,
	form: { pattern: COLUMN.source },
	read(text) {
		const value = text.length > MOST_COLUMNS * 41 ? [] : text.split(',');
		const fine = value.length > 0 && value.length <= MOST_COLUMNS && value.every((name) => COLUMN.test(name));
		return fine && new Set(value).size === value.length ? { value } : { reason: 'not_columns' };
	},
	write: (value) => value.join(',')
};

function matching(pattern: RegExp, reason: Reason): Parameter<string> {
	return {
		form: { pattern: pattern.source },
		read: (text) => (pattern.test(text) ? { value: text } : { reason: text === '' ? 'empty' : reason }),
		write: (value) => value
	};
}

function orNone(parameter: Parameter<string>): Parameter<string> {
	return {
		form: { pattern: `^${NONE}$|${parameter.form.pattern}` },
		read: (text) => (text === NONE ? { value: text } : parameter.read(text)),
		write: parameter.write
	};
}

/** Some of these, joined by commas. */
function eachOf(values: readonly string[]): string {
	return `(?:${values.join('|')})(?:,(?:${values.join('|')}))*`;
}
