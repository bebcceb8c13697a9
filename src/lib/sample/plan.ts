import type { Decimal } from '#lib/money/decimal.ts';
import type { Dimension } from '#lib/slice/slice.ts';

/** How a sample is drawn: each item alike, each stratum for itself, or each unit of money alike. */
export const METHODS = ['random', 'stratified', 'monetary'] as const;
export type Method = (typeof METHODS)[number];

/** What a population can be cut into strata by: of each an entry has one, or it is of several countries. */
export const STRATA = [
	'country',
	'provider',
	'receiver',
	'reporter',
	'project',
	'activity',
	'objective',
	'heading',
	'agreement',
	'kind',
	'booked_currency',
	'year'
] as const satisfies readonly Dimension[];
export type StratumDimension = (typeof STRATA)[number];

/** The stratum of entries of more than one country. */
export const SEVERAL = 'several';

/** Items of a sample at most: it is looked at by people. */
export const MOST_SAMPLED = 5000;

/** A sample as it is asked for. Of a monetary one either the size or the interval is given. */
export type Plan = { seed: string } & (
	| { method: 'random'; size: number }
	| { method: 'stratified'; size: number; by: StratumDimension }
	| { method: 'monetary'; size: number; interval: null }
	| { method: 'monetary'; size: null; interval: Decimal }
);

/** The sample that an address asks for: an interval takes the place of the size. Null without a seed. */
export function planOf(fields: {
	method: Method;
	size: number;
	interval: Decimal | null;
	strata: StratumDimension | null;
	seed: string | null;
}): Plan | null {
	const { method, size, interval, strata, seed } = fields;
	if (seed === null) return null;
	switch (method) {
		case 'random':
			return { seed, method, size };
		case 'stratified':
			return { seed, method, size, by: strata ?? 'country' };
		case 'monetary':
			return interval === null
				? { seed, method, size, interval: null }
				: { seed, method, size: null, interval };
	}
}

/** The shortest fields that ask for this sample again. */
export function fieldsOf(plan: Plan): Partial<Parameters<typeof planOf>[0]> {
	const { seed, method } = plan;
	return {
		seed,
		method,
		...(plan.size === null ? { interval: plan.interval } : { size: plan.size }),
		...(plan.method === 'stratified' ? { strata: plan.by } : {})
	};
}
