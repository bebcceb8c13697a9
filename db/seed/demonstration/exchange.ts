import { convert } from '#lib/money/convert.ts';
import { fromCents, toCents, total, type Cents } from './cents.ts';
import { draft, type Draft } from './draft.ts';
import { DIRECT_COSTS, PROGRAMME, QUARTERS, monthOf, postingOf, quarterOf, quarterSpan } from './frame.ts';
import type { Random } from './random.ts';

/** Units of a currency for one US dollar, by month and currency: `2017-03 BRL`. */
export type Rates = ReadonlyMap<string, string>;

/** Reads the carried monthly averages; the columns are month, currency and units, in this order. */
export function readRates(csv: string): Rates {
	const [, ...rows] = csv.trim().split('\n');
	return new Map(
		rows.map((row) => {
			const [month, currency, units = ''] = row.split(',');
			return [`${month} ${currency}`, units];
		})
	);
}

/**
 * Books some costs in the currency they were paid in. What the month's average makes of the paid amount differs
 * from the euro cost; the differences of a quarter are a line of their own, so that the euro totals stay exact.
 */
export function payAbroad(random: Random, costs: readonly Draft[], rates: Rates): Draft[] {
	const planned = new Map<Draft, Cents>();
	for (const cost of costs) {
		const currency = pickCurrency(random, cost);
		if (currency === 'EUR') continue;
		planned.set(cost, cost.eur);
		book(cost, currency, random.integer(-20, 20), rates);
	}
	const foreign = [...planned.keys()];
	return DIRECT_COSTS.flatMap(({ spender, agreement }) =>
		Array.from({ length: QUARTERS }, (_, quarter) => {
			const own = foreign.filter(
				(cost) =>
					cost.provider === spender &&
					cost.agreement === agreement &&
					quarterOf(monthOf(cost.from)) === quarter
			);
			const difference = total(own.map((cost) => planned.get(cost)! - cost.eur));
			const day = quarterSpan(quarter).to;
			return draft({
				kind: '4',
				activity: `DEMO-${PROGRAMME}-operating`,
				from: day,
				amount: difference,
				known: postingOf(monthOf(day)),
				provider: spender,
				agreement,
				heading: 'operating',
				remark: 'exchange difference of the quarter',
				exchangeDifference: true
			});
		}).filter((entry) => entry.amount !== 0n)
	);
}

function pickCurrency(random: Random, cost: Draft): string {
	const country = cost.activity.split('-')[1];
	const chance = random.next();
	if (country === 'BR') return chance < 0.3 ? 'BRL' : 'EUR';
	if (country === 'ZA') return chance < 0.3 ? 'ZAR' : 'EUR';
	const paidInDollars = ['equipment', 'contractual', 'travel'].includes(cost.heading ?? '') && chance < 0.3;
	return paidInDollars ? 'USD' : 'EUR';
}

/** `perMille` is how much dearer or cheaper it came than the month's average says. */
function book(cost: Draft, currency: string, perMille: number, rates: Rates): void {
	const month = cost.from.slice(0, 7);
	const unitsOf = (code: string) => (code === 'USD' ? '1' : rates.get(`${month} ${code}`)!);
	const rate = (code: string) => ({ currency: code, units_per_eur: null, units_per_usd: unitsOf(code) });
	const paid = convert({
		amount: fromCents((cost.eur * BigInt(1000 + perMille)) / 1000n),
		currency: 'EUR',
		to: currency,
		rates: { booked: rate('EUR'), target: rate(currency) }
	});
	const back = convert({
		amount: paid!.amount,
		currency,
		to: 'EUR',
		rates: { booked: rate(currency), target: rate('EUR') }
	});
	cost.currency = currency;
	cost.amount = toCents(paid!.amount);
	cost.eur = toCents(back!.amount);
}
