import { sevenPerCent, total, type Cents } from './cents.ts';
import { draft, eurAt, whole, type Draft, type Split } from './draft.ts';
import {
	COUNTRIES,
	DIRECT_COSTS,
	KNOWN_AT,
	PROGRAMME,
	monthOf,
	quarterOf,
	quarterSpan,
	quartersOf,
	type Pool
} from './frame.ts';
import { percentages } from './regions.ts';

/**
 * Indirect costs by quarter: what is missing to seven per cent of the direct costs that each organisation has
 * reported so far, to the cent. They follow what was known, so a later correction moves the next quarter's.
 */
export function chargeIndirect(costs: readonly Draft[]): Draft[] {
	const charged: Draft[] = [];
	for (let posting = 0; posting < KNOWN_AT.length; posting += 1) {
		for (const quarter of quartersOf(posting)) {
			for (const pool of DIRECT_COSTS) {
				const day = quarterSpan(quarter).to;
				const already = total(charged.filter((entry) => sharesPool(entry, pool)).map((entry) => entry.eur));
				const amount = dueOn(day, posting, costs, pool) - already;
				if (amount === 0n) continue;
				charged.push(
					draft({
						kind: '4',
						activity: `DEMO-${PROGRAMME}-indirect`,
						from: day,
						amount,
						known: posting,
						provider: pool.spender,
						agreement: pool.agreement,
						heading: 'indirect',
						objective: 'management',
						countries: countriesOf(costs, pool, quarter, posting),
						sectors: whole('91010')
					})
				);
			}
		}
	}
	return charged;
}

function sharesPool(entry: Draft, pool: Pool): boolean {
	return entry.provider === pool.spender && entry.agreement === pool.agreement;
}

/** The organisation's seven per cent; where it has two pools, the agreement bears the rounding. */
function dueOn(day: string, posting: number, costs: readonly Draft[], pool: Pool): Cents {
	const direct = (suits: (entry: Draft) => boolean) =>
		total(
			costs.filter((entry) => entry.to <= day && suits(entry)).map((entry) => eurAt(entry, posting) ?? 0n)
		);
	const unattributed = sevenPerCent(
		direct((entry) => entry.provider === pool.spender && entry.agreement === null)
	);
	if (pool.agreement === null) return unattributed;
	return sevenPerCent(direct((entry) => entry.provider === pool.spender)) - unattributed;
}

/** By the direct costs of the quarter in each country, and for no country as far as these were for none. */
function countriesOf(costs: readonly Draft[], pool: Pool, quarter: number, posting: number): Split {
	const weights = new Map<string, number>([
		...COUNTRIES.map((country) => [country, 0] as const),
		['none', 0]
	]);
	for (const cost of costs) {
		if (!sharesPool(cost, pool) || quarterOf(monthOf(cost.to)) !== quarter) continue;
		const parts = cost.countries.shares.split(';');
		for (const part of parts) {
			const [code = '', percent = '100'] = part.split(' ');
			// eslint-disable-next-line house/no-float-money -- a proportion for sharing out, not an amount
			weights.set(code, weights.get(code)! + (Number(eurAt(cost, posting) ?? 0n) * Number(percent)) / 1e6);
		}
	}
	const positive = [...weights].filter(([, weight]) => weight > 0.001);
	if (positive.length === 0) return whole('none');
	const shares = percentages(
		positive.map(([code]) => code),
		positive.map(([, weight]) => weight)
	);
	return { shares, basis: 'apportioned', key: 'direct costs of the quarter' };
}
