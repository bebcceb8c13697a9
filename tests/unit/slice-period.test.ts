import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	BUCKET_UNITS,
	addDays,
	bucketOf,
	daysBetween,
	daysInMonth,
	enclose,
	firstDay,
	isBucket,
	isDay,
	lastDay,
	lastDayOfMonth,
	listBuckets,
	readDate,
	wholeBucket
} from '#lib/slice/period.ts';
import { expectAlways } from '../support/property.ts';

const FIRST = Date.UTC(1900, 0, 1);
const MILLISECONDS = 86_400_000;
/** A day counted from 1900 on, written by the platform's own calendar: the oracle. */
const dayAt = (number: number) => new Date(FIRST + number * MILLISECONDS).toISOString().slice(0, 10);
const dayNumbers = fc.integer({ min: 0, max: 100_000 });

describe('days', () => {
	it('exist or do not', () => {
		for (const day of ['2016-02-29', '2000-02-29', '2017-12-31', '0001-01-01', '9999-12-31'])
			expect(isDay(day), day).toBe(true);
		for (const day of [
			'2017-02-29',
			'1900-02-29',
			'2017-04-31',
			'2017-00-10',
			'2017-1-1',
			'0000-01-01',
			'2017-01-01 ',
			'20170101'
		]) {
			expect(isDay(day), day).toBe(false);
		}
	});

	it('are counted as the platform’s calendar counts them', () => {
		expectAlways(
			fc.property(dayNumbers, dayNumbers, (a, b) => {
				const [from, to] = [dayAt(a), dayAt(b)];
				return isDay(from) && daysBetween(from, to) === b - a;
			}),
			5_000
		);
		expectAlways(
			fc.property(
				dayNumbers,
				fc.integer({ min: -800, max: 800 }),
				(a, days) => addDays(dayAt(a), days) === dayAt(a + days)
			)
		);
	});

	it('make months of the right length', () => {
		expect([2015, 2016, 2100, 2000].map((year) => daysInMonth(year, 2))).toEqual([28, 29, 28, 29]);
		expect(lastDayOfMonth('2019-04-07')).toBe('2019-04-30');
	});
});

describe('buckets', () => {
	it('have a first and a last day', () => {
		expect(['2016', '2016-Q1', '2016-Q4', '2016-02'].map((key) => [firstDay(key), lastDay(key)])).toEqual([
			['2016-01-01', '2016-12-31'],
			['2016-01-01', '2016-03-31'],
			['2016-10-01', '2016-12-31'],
			['2016-02-01', '2016-02-29']
		]);
		expect(['2016', '2016-Q1', '2016-12'].every(isBucket)).toBe(true);
		expect(['16', '2016-Q5', '2016-13', '2016-00', '2016-1', '0000', ''].some(isBucket)).toBe(false);
		expect(() => lastDay('2016-13')).toThrow('Not a year, quarter or month: "2016-13"');
	});

	it('hold a flow only if it lies wholly inside', () => {
		const keys = (from: string | null, to: string | null) => {
			const { periodFrom, periodTo } = enclose(from, to);
			return BUCKET_UNITS.map((unit) => bucketOf(unit, periodFrom, periodTo));
		};
		expect(keys('2017-03-05', '2017-03-05')).toEqual(['2017', '2017-Q1', '2017-03']);
		expect(keys('2017-03-30', '2017-04-02')).toEqual(['2017', null, null]);
		expect(keys('2017-01-01', '2017-03-31')).toEqual(['2017', '2017-Q1', null]);
		expect(keys('2016-12-31', '2017-01-01')).toEqual([null, null, null]);
		expect(keys(null, null)).toEqual([null, null, null]);
		expect(keys('2017-01-01', null)).toEqual([null, null, null]);
	});

	it('enclose dates in whole months, infinite where unknown', () => {
		expect(enclose('2016-02-05', '2016-02-06')).toEqual({ periodFrom: '2016-02-01', periodTo: '2016-02-29' });
		expect(enclose(null, null)).toEqual({ periodFrom: '-infinity', periodTo: 'infinity' });
	});

	it('are listed in order, without a gap', () => {
		expect(listBuckets('quarter', '2016-11-15', '2017-04-01')).toEqual(['2016-Q4', '2017-Q1', '2017-Q2']);
		expect(listBuckets('year', '2015-07-01', '2017-01-01')).toEqual(['2015', '2016', '2017']);
		expect(listBuckets('month', '2017-02-02', '2017-02-01')).toEqual(['2017-02']);
		expect(listBuckets('month', '2017-02-01', '2017-01-31')).toEqual([]);
		expectAlways(
			fc.property(
				fc.constantFrom(...BUCKET_UNITS),
				dayNumbers,
				fc.integer({ min: 0, max: 2_000 }),
				(unit, start, length) => {
					const [from, to] = [dayAt(start), dayAt(start + length)];
					const keys = listBuckets(unit, from, to);
					const joined = keys.every(
						(key, index) => index === 0 || addDays(lastDay(keys[index - 1]!), 1) === firstDay(key)
					);
					return (
						joined &&
						firstDay(keys[0]!) <= from &&
						lastDay(keys[0]!) >= from &&
						lastDay(keys.at(-1)!) >= to &&
						firstDay(keys.at(-1)!) <= to
					);
				}
			)
		);
	});

	it('are recognised from their days', () => {
		expect(wholeBucket('2017-01-01', '2017-12-31')).toBe('2017');
		expect(wholeBucket('2017-04-01', '2017-06-30')).toBe('2017-Q2');
		expect(wholeBucket('2016-02-01', '2016-02-29')).toBe('2016-02');
		expect(wholeBucket('2016-02-01', '2016-02-28')).toBeNull();
	});
});

describe('dates as sources write them', () => {
	it('are days with a precision', () => {
		expect(readDate('2015-07')).toEqual({ from: '2015-07-01', to: '2015-07-31', precision: 'month' });
		expect(readDate('2018')).toEqual({ from: '2018-01-01', to: '2018-12-31', precision: 'year' });
		expect(readDate('2018-Q2')).toEqual({ from: '2018-04-01', to: '2018-06-30', precision: 'quarter' });
		expect(readDate('2018-06-05')).toEqual({ from: '2018-06-05', to: '2018-06-05', precision: 'day' });
		expect(readDate('5 June 2018')).toBeNull();
	});
});
