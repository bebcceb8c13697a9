import { isCurrency } from '#lib/money/currency.ts';
import { guessDelimiter, isXml, readRateRows } from './rows.ts';

/** The formats of `readers/index.ts` that hold exchange rates. */
export type RateFormat = 'rates-csv' | 'rates-ecb' | 'rates-inforeuro' | 'rates-un';

export type EcbColumns = { currencies: { column: number; currency: string }[] };
export type InforEuroList = { kind: 'list'; code: number; units: number; month: number; year: number };
export type InforEuroHistory = {
	kind: 'history';
	code: number;
	base: number;
	units: number;
	from: number;
	to: number;
};
export type UnColumns = { code: number; units: number; date: number };

/** A header may stand below a title and a note. */
const HEADER_WITHIN = 20;

const XML_OF_UN = /<UN_OPERATIONAL_RATES/;
const JSON_OF_INFOREURO = /^\s*\[\s*\{[^}]*"(?:isoA3Code|currencyIso)"/;

/**
 * Which list of rates the first rows of a table are of, by its header, wherever it stands among the first twenty; null
 * for anything else. Give whole rows, blank cells included.
 */
export function recogniseRates(firstRows: readonly (readonly string[])[]): RateFormat | null {
	for (const row of firstRows.slice(0, HEADER_WITHIN)) {
		if (isSimple(row)) return 'rates-csv';
		if (findEcbColumns(row)) return 'rates-ecb';
		if (findInforEuroColumns(row)) return 'rates-inforeuro';
		if (findUnColumns(row)) return 'rates-un';
	}
	return null;
}

/** As {@link recogniseRates}, from the first characters of a text file: any delimiter, JSON of InforEuro, XML of the UN. */
export function recogniseRatesText(head: string): RateFormat | null {
	const text = head.replace(/^\uFEFF/, '');
	if (isXml(text)) return XML_OF_UN.test(text) ? 'rates-un' : null;
	if (JSON_OF_INFOREURO.test(text)) return 'rates-inforeuro';
	const delimiter = guessDelimiter(text);
	// Cells of a header have no line breaks and hardly a delimiter: quotes need no parser here.
	const unquoted = (cell: string) => cell.trim().replace(/^"(.*)"$/, '$1');
	return recogniseRates(text.split(/\r\n|\r|\n/).map((line) => line.split(delimiter).map(unquoted)));
}

/** As {@link recogniseRates}, of a workbook's first sheet that has rows. Reads no further than it needs to. */
export async function recogniseRatesWorkbook(
	bytes: AsyncIterable<Uint8Array>,
	fileName: string
): Promise<RateFormat | null> {
	const rows: string[][] = [];
	for await (const row of readRateRows(bytes, fileName)) {
		if (row.kind === 'row') rows.push(row.cells);
		if (row.kind === 'finding' && row.severity === 'critical') return null;
		if (rows.length === HEADER_WITHIN) break;
	}
	const format = recogniseRates(rows);
	// Our own layout is text only.
	return format === 'rates-csv' ? null : format;
}

function isSimple(row: readonly string[]): boolean {
	const names = row.map((name) => name.trim());
	return (
		names.includes('currency') &&
		(names.includes('month') || names.includes('date')) &&
		(names.includes('units_per_eur') || names.includes('units_per_usd'))
	);
}

/** `Date,USD,JPY,...`: the first cell is the word, all others are currencies or blank. */
export function findEcbColumns(row: readonly string[]): EcbColumns | null {
	const [first, ...others] = row.map((cell) => cell.trim());
	if (first?.toLowerCase() !== 'date') return null;
	const currencies = others
		.map((currency, index) => ({ column: index + 1, currency }))
		.filter(({ currency }) => currency !== '');
	const codes = currencies.filter(({ currency }) => /^[A-Z]{3}$/.test(currency));
	if (codes.length !== currencies.length || !codes.some(({ currency }) => isCurrency(currency))) return null;
	return { currencies };
}

const CODE =
	/^(?:iso code|iso a3 code|isoa3code|code iso|currency code|currency iso|currencyiso|iso currency code|f curr code|curr code|currency abbreviation|abbreviation|code)$/;
const PER_EURO = /\b(?:1|one|per) ?(?:eur|euro|€)(?:\b|$)/;
const PER_DOLLAR = /^rate\b|\brate$|us\$ ?1|\b1 ?us(?:d|\$)|\bper us(?:d|\$)|^operational rate/;
const EFFECTIVE = /^(?:effective date|eff date|effdate|date effective|effective from|effective)$/;
/** Headings of InforEuro's list beside the code; where only such stand, its amount need not say for what. */
const LIST_WORDS =
	/^(?:country|pays|currency|devise|monnaie|iso a2 code|isoa2code|month|period|mois|year|année|comment|commentaire)?$/;
const AMOUNT = /^(?:amount|value|rate|montant|valeur|taux)$/;

/** The Commission's list of one month (`Country, Currency, ISO code, amount for 1 euro`) or history of one currency. */
export function findInforEuroColumns(row: readonly string[]): InforEuroList | InforEuroHistory | null {
	const names = row.map(normal);
	const find = (pattern: RegExp) => names.findIndex((name) => pattern.test(name));
	const code = find(CODE);
	if (code < 0 || find(EFFECTIVE) >= 0) return null;
	const from = find(/^(?:date ?start|start date)$/);
	const base = find(/^(?:ref ?currency ?iso|reference currency)$/);
	if (from >= 0 && base >= 0) {
		const units = find(AMOUNT) < 0 ? find(PER_EURO) : find(AMOUNT);
		return units < 0
			? null
			: { kind: 'history', code, base, units, from, to: find(/^(?:date ?end|end date)$/) };
	}
	const bare = names.every((name) => LIST_WORDS.test(name) || CODE.test(name) || AMOUNT.test(name));
	const units = find(PER_EURO) < 0 && bare && find(/^(?:country|pays)$/) >= 0 ? find(AMOUNT) : find(PER_EURO);
	if (units < 0) return null;
	return {
		kind: 'list',
		code,
		units,
		month: find(/^(?:month|period|mois)$/),
		year: find(/^(?:year|année)$/)
	};
}

/** The UN Treasury's list: a currency's code, its rate for one US dollar and the day from which it is effective. */
export function findUnColumns(row: readonly string[]): UnColumns | null {
	const names = row.map(normal);
	const find = (pattern: RegExp) => names.findIndex((name) => pattern.test(name));
	const date = find(EFFECTIVE);
	const units = find(PER_DOLLAR);
	// Older lists have the code in a column headed "Currency".
	const code = find(CODE) >= 0 ? find(CODE) : find(/^currency$/);
	return date < 0 || units < 0 || code < 0 ? null : { code, units, date };
}

function normal(name: string): string {
	return name
		.replaceAll(/[_\s\u00a0]+/g, ' ')
		.trim()
		.toLowerCase();
}
