import { isCurrency } from '#lib/money/currency.ts';
import { fold } from '#lib/words/fold.ts';
import type { SheetRow } from './cell.ts';
import { HEADER_WORDS, PERSON_WORDS, THING_WORDS } from './header-words.ts';
import { FIELDS, type Field } from './mapping.ts';

/** A heading as words are compared: folded, without marks. `N° de pièce` is `n de piece`, `№` and `Nº` are `no`. */
export function foldHeader(text: string): string {
	return fold(text.normalize('NFKC'))
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
}

/** So much of a heading is compared and shown; a survey holds little more of it. */
const SHOWN = 150;

/** The heading of each column: the cell of the header row, or the one right above where headings take two rows. */
export function headersOf(header: SheetRow, above: SheetRow | null): Map<number, string> {
	const found = new Map<number, string>();
	const rows = above?.row === header.row - 1 ? [above, header] : [header];
	for (const { cells } of rows)
		for (const { column, text } of cells) found.set(column, text.trim().slice(0, SHOWN));
	return found;
}

/** The currency that a heading names in capitals: `Amount (USD)`. */
export function currencyOfHeader(text: string): string | null {
	for (const [code] of text.matchAll(/(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])/g)) if (isCurrency(code)) return code;
	return null;
}

/** How well a heading fits a field: 3 and more for the whole phrase, 2 and more for a phrase in it, 0 for none. */
export function fitOf(header: string, field: Field): number {
	const words = foldHeader(withoutCurrency(header));
	if (words === '' || words.length > 60) return 0;
	let best = 0;
	for (const [index, phrase] of HEADER_WORDS[field].entries()) {
		// Earlier phrases are the commoner ones, longer ones say more.
		const rank = phrase.length / 1_000 - index / 10_000;
		if (words === phrase) return 3 + rank;
		if (holds(words, phrase)) best = Math.max(best, 2 + rank);
	}
	return best;
}

/** Whether a heading names a column that may hold a person. */
export function namesPerson(header: string): boolean {
	const words = foldHeader(header);
	return PERSON_WORDS.some(
		(phrase) =>
			holds(words, phrase) && !(WEAK.has(phrase) && THING_WORDS.some((thing) => holds(words, thing)))
	);
}

/** Words of persons that are also words of things. */
const WEAK = new Set([
	'name',
	'nom',
	'nombre',
	'nome',
	'address',
	'adresse',
	'id number',
	'user',
	'contact',
	'tiers'
]);

const PHRASE_LIST = [...FIELDS.flatMap((field) => HEADER_WORDS[field]), ...PERSON_WORDS];
const PHRASES: ReadonlySet<string> = new Set(FIELDS.flatMap((field) => HEADER_WORDS[field]));
/** Tables are no wider; sheets made to be slow are. */
const MOST_HEADINGS = 100;

/** How much a row looks like one of headings: the number of its cells that are words for columns. */
export function headingsIn(row: SheetRow): number {
	let found = 0;
	for (const { text, type } of row.cells.slice(0, MOST_HEADINGS)) {
		if (type !== 'text' || text.length > 60) continue;
		const words = foldHeader(withoutCurrency(text));
		if (PHRASES.has(words)) found += 2;
		else if (words !== '' && PHRASE_LIST.some((phrase) => holds(words, phrase))) found += 1;
	}
	return found;
}

function withoutCurrency(header: string): string {
	const code = currencyOfHeader(header);
	return code === null ? header : header.replace(code, ' ');
}

function holds(words: string, phrase: string): boolean {
	return ` ${words} `.includes(` ${phrase} `);
}
