import { add, subtract, sum, type Decimal } from '#lib/money/decimal.ts';
import { dollarsAt, quoteOf, type Quote } from '#lib/money/quote.ts';
import type { Question } from '#lib/server/answer.ts';
import { readAtRates, type AtRate } from '#lib/server/ledger/at-rates.ts';
import { EVIDENCE_LIMIT } from '#lib/server/ledger/evidence.ts';
import { totals } from '#lib/server/ledger/total.ts';
import { FORMULAS } from '#lib/slice/formula.ts';
import type { Measure, Slice, Total } from '#lib/slice/slice.ts';

/** Rates that a paper has room for. */
const MOST_RATES = 240;

/** What was converted by one published rate: the euro of each measure. */
export type RateLine<M> = { publisher: string; day: string; quote: Quote; euro: Map<M, Decimal> };

/**
 * An amount in euro and in dollars. `atRates` is its euro by the rates, each part rounded once, with what is booked in
 * dollars and has no rate to euro; `exchange` is what is left to the dollars: every entry was converted by itself.
 */
export type ExchangeLine<M> = { measure: M; eur: Total; usd: Total; atRates: Decimal; exchange: Decimal };

export type Balance = Record<'eur' | 'atRates' | 'exchange' | 'usd', Decimal>;

export type Exchange<M> = {
	rates: RateLine<M>[];
	lines: ExchangeLine<M>[];
	/** What is received less used and returned; null where nothing was received or used. */
	balance: Balance | null;
	/** Euro that have no rate to dollars, and dollars that have none to euro. */
	left: { euro: Map<M, Decimal>; dollars: Map<M, Decimal> };
};

/**
 * How the amounts of a slice in euro and in dollars agree: by the rates of its entries and an exchange line. Only measures
 * that have an amount in both; null for more entries or rates than a paper has room for.
 */
export async function readExchange<M extends Measure>(
	db: Question<never>['db'],
	slice: Slice,
	measures: readonly M[]
): Promise<Exchange<M> | null> {
	const [eur, usd] = await Promise.all([
		totals(db, { ...slice, currency: 'EUR' }, measures),
		totals(db, { ...slice, currency: 'USD' }, measures)
	]);
	const both = measures.filter((measure) => eur[measure].amount !== null && usd[measure].amount !== null);
	if (both.some((measure) => eur[measure].entries > EVIDENCE_LIMIT)) return null;
	const found: Exchange<M> = {
		rates: [],
		lines: [],
		balance: null,
		left: { euro: new Map(), dollars: new Map() }
	};
	const rates = new Map<string, RateLine<M>>();
	for (const measure of both) {
		for (const part of await readAtRates(db, { ...slice, measure })) place(part, measure, rates, found);
	}
	if (rates.size > MOST_RATES) return null;
	found.rates = [...rates.values()].sort((a, b) => (textOf(a) < textOf(b) ? -1 : 1));
	found.lines = both.map((measure) => {
		const atRates = sum([
			...found.rates.flatMap(({ euro, quote }) => {
				const amount = euro.get(measure);
				return amount === undefined ? [] : [dollarsAt(amount, quote)];
			}),
			found.left.dollars.get(measure) ?? '0'
		]);
		const exchange = subtract(usd[measure].amount!, atRates);
		return { measure, eur: eur[measure], usd: usd[measure], atRates, exchange };
	});
	found.balance = balanceOf(found);
	return found;
}

/**
 * The balance in both currencies. It is taken at the last of the rates, so that its exchange line is what rates gained or
 * lost between the money's coming in and its use.
 */
function balanceOf({ lines, rates }: Exchange<Measure>): Balance | null {
	const by = (currency: 'eur' | 'usd') =>
		FORMULAS.contribution_balance.evaluate(
			Object.fromEntries(lines.map((line) => [line.measure, line[currency].amount]))
		);
	const [eur, usd, last] = [by('eur'), by('usd'), rates.at(-1)];
	if (eur === null || usd === null || last === undefined) return null;
	const atRates = dollarsAt(eur, last.quote);
	return { eur, atRates, exchange: subtract(usd, atRates), usd };
}

function place<M>(part: AtRate, measure: M, rates: Map<string, RateLine<M>>, { left }: Exchange<M>): void {
	const { publisher, day, currency, perEur, perUsd, eur, usd } = part;
	if (eur === null || usd === null) {
		if (eur !== null) count(left.euro, measure, eur);
		if (usd !== null) count(left.dollars, measure, usd);
		return;
	}
	// Both are there, so the rates are: a currency costs one of itself.
	const quote = quoteOf(currency === 'EUR' ? '1' : perEur!, currency === 'USD' ? '1' : perUsd!);
	const line: RateLine<M> = { publisher: publisher ?? '', day: day ?? '', quote, euro: new Map() };
	const known = rates.get(textOf(line)) ?? line;
	rates.set(textOf(line), known);
	count(known.euro, measure, eur);
}

function count<M>(amounts: Map<M, Decimal>, measure: M, amount: Decimal): void {
	amounts.set(measure, add(amounts.get(measure) ?? '0', amount));
}

const textOf = ({ day, publisher, quote }: Pick<RateLine<unknown>, 'day' | 'publisher' | 'quote'>): string =>
	JSON.stringify([day, publisher, quote.base, quote.units]);
