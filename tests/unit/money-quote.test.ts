import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { divideHalfEven } from '#lib/money/decimal.ts';
import { dollarsAt, quoteOf } from '#lib/money/quote.ts';

/** A rate as publishers print it. */
const published = fc.bigInt(1_000n, 99_999n).map((units) => divideHalfEven(String(units), '10000', 4));
const trimmed = (rate: string) => rate.replace(/\.?0+$/, '');

describe('a rate between euro and dollar', () => {
	test('is shown as its publisher quotes it, whichever way round the entry was booked', () => {
		fc.assert(
			fc.property(published, (rate) => {
				const inverse = divideHalfEven('1', rate, 12);
				const [direct, crossed] = [quoteOf('1', rate), quoteOf(inverse, '1')];
				// Where the inverse has fewer places still, that is the shorter way to say the same.
				fc.pre(direct.base === 'USD');
				expect(direct.units).toBe(trimmed(rate));
				expect(crossed).toEqual(direct);
			})
		);
		expect(quoteOf('1', '0.9093')).toEqual({ base: 'USD', quoted: 'EUR', units: '0.9093' });
		expect(quoteOf('1.1058', '1')).toEqual({ base: 'EUR', quoted: 'USD', units: '1.1058' });
		// A third currency, quoted in dollars: 3.2288 reais for one dollar, 0.9093 euro for one dollar.
		expect(quoteOf(divideHalfEven('3.2288', '0.9093', 12), '3.2288').units).toBe('0.9093');
	});

	test('gives dollars to the cent, half to even, and of what is negative the same the other way', () => {
		expect(dollarsAt('0.9093', { base: 'USD', quoted: 'EUR', units: '0.9093' })).toBe('1.00');
		expect(dollarsAt('0.05', { base: 'EUR', quoted: 'USD', units: '0.5' })).toBe('0.02');
		expect(dollarsAt('-0.05', { base: 'EUR', quoted: 'USD', units: '0.5' })).toBe('-0.02');
		expect(dollarsAt('0.15', { base: 'USD', quoted: 'EUR', units: '2' })).toBe('0.08');
	});
});
