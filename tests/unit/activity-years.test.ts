import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { neighbourBucket, bucketAt, firstDay, isBucket, unitOf } from '#lib/slice/period.ts';
import { countYears } from '#lib/server/facts/activity-facets.ts';
import { expectAlways } from '../support/property.ts';

describe('activities by the years in which they were under way', () => {
	it('count once for each of their years; an end that is not known is open until the last year named', () => {
		expect(
			countYears([
				{ from: 2015, to: 2016, activities: 2 },
				{ from: 2016, to: null, activities: 3 },
				{ from: null, to: 2017, activities: 1 },
				{ from: null, to: null, activities: 4 }
			])
		).toEqual([
			{ key: '2015', activities: 3 },
			{ key: '2016', activities: 6 },
			{ key: '2017', activities: 4 },
			{ key: null, activities: 4 }
		]);
	});

	it('are no list of centuries for a slip of the pen', () => {
		expect(
			countYears([
				{ from: 20, to: 2016, activities: 1 },
				{ from: 2015, to: 2015, activities: 1 }
			]).length
		).toBeLessThanOrEqual(60);
		expect(countYears([])).toEqual([]);
	});
});

describe('the bucket beside another', () => {
	it.each([
		['2017', 1, '2018'],
		['2017-Q1', -1, '2016-Q4'],
		['2017-12', 1, '2018-01'],
		['0001', -1, null],
		['9999-12', 1, null]
	])('%s, %i: %s', (bucket, steps, expected) => {
		expect(neighbourBucket(bucket, steps)).toBe(expected);
	});

	it('is as long, and there and back is where it began', () => {
		const buckets = fc.constantFrom('2017', '2017-Q3', '2017-08', '1999-Q4', '2000-01');
		expectAlways(
			fc.property(buckets, fc.integer({ min: -40, max: 40 }), (bucket, steps) => {
				const other = neighbourBucket(bucket, steps)!;
				return (
					isBucket(other) &&
					unitOf(other) === unitOf(bucket) &&
					bucketAt(unitOf(bucket), firstDay(bucket)) === bucket &&
					neighbourBucket(other, -steps) === bucket
				);
			})
		);
	});
});
