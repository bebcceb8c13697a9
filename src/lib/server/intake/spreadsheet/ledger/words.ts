import { isCurrency } from '#lib/money/currency.ts';
import { countryName, findCountry, iso2To3 } from '#lib/words/country.ts';
import { OTHER_NAMES } from '#lib/words/country-data.ts';
import { KINDS, type Kind } from '#lib/slice/slice.ts';
import { foldHeader } from '../headers.ts';

/** A column has few different words and many rows: each is understood once, as long as they are few. */
function once<T>(understand: (text: string) => T): (text: string) => T {
	const known = new Map<string, T>();
	return (text) => {
		const found = known.get(text);
		if (found !== undefined || known.has(text)) return found as T;
		const understood = understand(text);
		if (known.size < 2_000 && text.length < 100) known.set(text, understood);
		return understood;
	};
}

const wordsTo = <T>(entries: readonly (readonly [T, string])[]): ReadonlyMap<string, T> =>
	new Map(entries.flatMap(([value, words]) => words.split(',').map((word) => [word.trim(), value] as const)));

/** Kinds of transactions as ledgers write them, folded. */
const KIND_WORDS = wordsTo<Kind>([
	[
		'1',
		'incoming funds, incoming, income, revenue, receipt, receipts, recette, recettes, ingreso, ingresos, receita'
	],
	['2', 'commitment, outgoing commitment, obligation, engagement, compromiso, compromisso, encumbrance'],
	['3', 'disbursement, transfer, advance, decaissement, versement, desembolso, transferencia'],
	[
		'4',
		'expenditure, expense, expenses, exp, cost, actual, depense, depenses, gasto, gastos, despesa, despesas'
	],
	['5', 'interest, interest payment, interet, interets, interes, juros'],
	['6', 'loan repayment, repayment, remboursement de pret'],
	['7', 'reimbursement, refund, remboursement, reembolso'],
	['budget', 'budget, presupuesto, orcamento'],
	['planned_disbursement', 'planned disbursement, forecast, decaissement prevu, desembolso previsto']
]);

/** The kind that a word or IATI's code names. */
export const kindOfWord = once((text): Kind | null => {
	const words = text.trim().toLowerCase();
	return KINDS.find((kind) => kind === words) ?? KIND_WORDS.get(foldHeader(text)) ?? null;
});

const SIDE_WORDS = wordsTo<'debit' | 'credit'>([
	['debit', 'd, dr, db, debit, debe, cargo, debito, s, soll'],
	['credit', 'c, cr, credit, abono, credito, haben, h, haber']
]);

/** Debit or credit, by the words and letters of English, French, Spanish, Portuguese and German ledgers. */
export function sideOfWord(text: string): 'debit' | 'credit' | null {
	return SIDE_WORDS.get(foldHeader(text)) ?? null;
}

const CURRENCY_WORDS = wordsTo([
	['EUR', '€, euro, euros'],
	['USD', 'us$, $us, us dollar, us dollars, usd$']
]);

/** The currency of a code in any case, or of a sign that only one currency has. */
export function currencyOfWord(text: string): string | null {
	const code = text.trim().toUpperCase();
	return isCurrency(code) ? code : (CURRENCY_WORDS.get(text.trim().toLowerCase()) ?? null);
}

/** What ledgers write for "no single country" or "no single sector", folded. */
const NOWHERE = new Set(
	`none, n a, nil, global, worldwide, world, regional, region, multi country, multicountry, multiple, various, all,
	all countries, several, hq, headquarters, mondial, monde, siege, plusieurs, tous, divers, sede, varios, mundial, todos`
		.split(',')
		.map((word) => word.trim())
);

export const meansNone = once((text): boolean => NOWHERE.has(foldHeader(text)));

const EVERYDAY = ['en', 'fr'].map(
	(language) => new Intl.DisplayNames([language], { type: 'region', fallback: 'none' })
);

/** A country by name or code; `whole` is false where only the beginning of one country's name stands there. */
export const countryOfWord = once((text): { country: string; whole: boolean } | null => {
	const country = findCountry(text);
	if (country === null) return null;
	const names = [country, iso2To3(country) ?? '', countryName(country, 'en'), countryName(country, 'fr')];
	const everyday = EVERYDAY.map((language) => language.of(country) ?? '');
	const known = [...names, ...everyday, ...(OTHER_NAMES[country] ?? [])].map(foldHeader);
	return { country, whole: known.includes(foldHeader(text)) };
});
