import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RateBook, type NewRate } from '#lib/server/ledger/rates.ts';
import { addDays } from '#lib/slice/period.ts';
import { expectAlways } from '../support/property.ts';

const rate = (series: string, validFrom: string, units: string, change: Partial<NewRate> = {}): NewRate => ({
	publisher: 'P',
	series,
	currency: 'UAH',
	validFrom,
	unitsPerEur: null,
	unitsPerUsd: units,
	...change
});

function bookOf(...rates: NewRate[]): RateBook {
	const book = new RateBook();
	book.add(rates);
	return book;
}

const rateOn = (
	book: RateBook,
	valueDate: string | null,
	series: string | null = null,
	to: 'EUR' | 'USD' = 'USD'
) => book.convert({ amount: '100', currency: 'UAH', to, publisher: 'P', series, valueDate });

describe('a standing list', () => {
	const book = bookOf(
		rate('standing', '2015-12-31', '24'),
		rate('standing', '2016-02-01', '25'),
		rate('standing', '2016-02-15', '26'),
		rate('standing', '2016-03-01', '27')
	);

	test.each([
		['2015-12-30', null],
		['2015-12-31', '24'],
		['2016-01-31', '24'],
		['2016-02-01', '25'],
		['2016-02-14', '25'],
		['2016-02-15', '26'],
		['2016-02-29', '26'],
		['2016-04-05', '27'],
		// No list after March: a newer one is missing.
		['2016-04-06', null]
	])('answers %s with %s', (day, units) => {
		expect(rateOn(book, day)?.rate ?? null).toBe(units);
	});

	test('names the day from which its rate stands', () => {
		expect(rateOn(book, '2016-02-20')).toMatchObject({ validFrom: '2016-02-15', publisher: 'P' });
		expect(rateOn(book, null)).toBeNull();
	});

	test('crosses to the euro by the euro’s own latest rate', () => {
		const crossed = bookOf(
			rate('standing', '2016-02-15', '26'),
			rate('standing', '2016-02-01', '0.9', { currency: 'EUR' })
		);
		expect(rateOn(crossed, '2016-02-20', null, 'EUR')).toMatchObject({ amount: '3.46', through: 'USD' });
	});
});

describe('a book', () => {
	test('answers by month, by week and by list, each only by its own series', () => {
		const book = bookOf(
			rate('monthly', '2016-02-01', '10'),
			rate('daily', '2016-02-10', '20'),
			rate('standing', '2016-02-05', '30')
		);
		expect(rateOn(book, '2016-02-29', 'monthly')?.rate).toBe('10');
		expect(rateOn(book, '2016-03-01', 'monthly')).toBeNull();
		expect(rateOn(book, '2016-02-17', 'daily')?.rate).toBe('20');
		expect(rateOn(book, '2016-02-18', 'daily')).toBeNull();
		expect(rateOn(book, '2016-02-18', 'standing')?.rate).toBe('30');
		expect(rateOn(book, '2016-02-18')?.rate).toBe('10');
	});

	test('takes a rate of the same day in place of the one before', () => {
		const book = bookOf(rate('daily', '2016-02-10', '20'));
		book.add([rate('daily', '2016-02-10', '21'), rate('daily', '2016-02-09', '19')]);
		expect(rateOn(book, '2016-02-10')?.rate).toBe('21');
		expect(rateOn(book, '2016-02-09')?.rate).toBe('19');
	});

	test('finds in any order of adding what looking through all of them finds', () => {
		const day = fc.integer({ min: 0, max: 400 }).map((number) => addDays('2015-06-15', number));
		const days = fc.uniqueArray(day, { maxLength: 40 });
		const REACH = { daily: 7, standing: 35 } as const;
		expectAlways(
			fc.property(days, day, fc.constantFrom('monthly', 'daily', 'standing'), (from, asked, series) => {
				const book = bookOf(...from.map((validFrom, index) => rate(series, validFrom, String(index + 1))));
				const candidates = from.filter((validFrom) =>
					series === 'monthly'
						? validFrom.slice(0, 7) === asked.slice(0, 7)
						: validFrom <= asked && validFrom >= addDays(asked, -REACH[series])
				);
				const expected = candidates.toSorted().at(series === 'monthly' ? 0 : -1);
				return (rateOn(book, asked)?.validFrom ?? undefined) === expected;
			})
		);
	});
});
