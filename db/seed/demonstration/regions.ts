import { fromCents, spread } from './cents.ts';
import type { Split } from './draft.ts';
import { COUNTRIES, type Country } from './frame.ts';
import type { Random } from './random.ts';

const REGIONS: readonly (readonly Country[])[] = [
	['MA', 'ML', 'NE'],
	['EG', 'MA', 'ML', 'NE'],
	['KG', 'LA', 'NP', 'PK'],
	['NP', 'PK'],
	['BR', 'CO'],
	['BY', 'UA']
];

/** Shares in per cent to two decimals, adding up to `percent`. */
export function percentages(codes: readonly string[], weights: readonly number[], percent = 100): string {
	return spread(BigInt(percent) * 100n, weights)
		.map((hundredths, index) => `${codes[index]} ${fromCents(hundredths)}`)
		.join(';');
}

const equal = (codes: readonly string[], percent = 100) =>
	percentages(
		codes,
		codes.map(() => 1),
		percent
	);

/** Staff for the whole programme: nine tenths by a key, one tenth for no country. */
export const HEADQUARTERS: Split = {
	shares: `${equal(COUNTRIES, 90)};none 10`,
	basis: 'apportioned',
	key: 'nine tenths in equal shares of the 13 countries'
};

/** A cost of several neighbours together: half of them measured on the invoice, half shared out by a key. */
export function pickRegion(random: Random): Split {
	const region = random.pick(REGIONS);
	if (random.chance(0.5))
		return { shares: equal(region), basis: 'apportioned', key: 'equal shares of the countries named' };
	const weights = region.map(() => random.integer(1, 4));
	return { shares: percentages(region, weights), basis: 'measured', key: '' };
}
