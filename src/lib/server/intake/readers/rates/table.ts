import { isCurrency } from '#lib/money/currency.ts';
import { compare, type Decimal } from '#lib/money/decimal.ts';
import type { ExchangeRateRecord, Finding, RateSeries } from '../../record.ts';

/** Whose rates they are, by what agreements name them with. */
export const RATE_PUBLISHERS = {
	ecb: 'European Central Bank',
	inforEuro: 'InforEuro',
	un: 'UN operational rates'
} as const;

/** Units of a currency for one of the base, as a list states it at a place. */
export type ListedRate = { place: string; currency: string; validFrom: string; units: Decimal };

/**
 * Turns what a list states into records. A list by country names a currency as often as countries have it: once is
 * enough, and two different rates for one day are a finding. The base itself, at one, is no rate.
 */
export class RateList {
	readonly #said = new Map<string, { units: Decimal; place: string }>();
	readonly #list: { publisher: string; series: RateSeries; base: 'EUR' | 'USD' };

	constructor(list: { publisher: string; series: RateSeries; base: 'EUR' | 'USD' }) {
		this.#list = list;
	}

	*read({ place, currency, validFrom, units }: ListedRate): Generator<ExchangeRateRecord | Finding> {
		const { publisher, series, base } = this.#list;
		if (!isCurrency(currency)) return yield refusal(place, 'not-a-currency', currency);
		if (currency === base) {
			if (compare(units, '1') !== 0) yield refusal(place, 'base-not-one', `${units} ${base} for one ${base}`);
			return;
		}
		const key = `${currency} ${validFrom}`;
		const said = this.#said.get(key);
		if (said) {
			if (compare(said.units, units) !== 0)
				yield refusal(place, 'rates-differ', `${key}: ${units} here, ${said.units} at ${said.place}`);
			return;
		}
		this.#said.set(key, { units, place });
		yield {
			kind: 'exchange_rate',
			place,
			publisher,
			series,
			currency,
			validFrom,
			unitsPerEur: base === 'EUR' ? units : null,
			unitsPerUsd: base === 'USD' ? units : null,
			evidence: null
		};
	}
}

/** An error at one place that leaves the rest of the file alone. */
export function refusal(place: string, rule: string, read: string, done = 'rate not read'): Finding {
	return { kind: 'finding', severity: 'error', rule, place, read, done };
}

/** A critical finding: nothing of the file is used. */
export function stop(place: string, rule: string, read: string, done = 'file not read'): Finding {
	return { kind: 'finding', severity: 'critical', rule, place, read, done };
}
