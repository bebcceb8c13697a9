import { describe, expect, test } from 'vitest';
import { accumulationLabel, indicatorValue, targetReached } from '#lib/words/result.ts';

const LINE = { measure: 'unit', ascending: true, baseline: '0', target: '200', actual: '150' } as const;

describe('the share of a target', () => {
	test('is told of numbers that rise from nothing', () => {
		expect(targetReached(LINE)).toBe('75.0');
		expect(targetReached({ ...LINE, baseline: null, ascending: null, actual: '260' })).toBe('130.0');
	});

	test.each([
		['words', { measure: 'qualitative' }],
		['ranks', { measure: 'ordinal' }],
		['categories', { measure: 'nominal' }],
		['percentages', { measure: 'percentage' }],
		['what is to fall', { ascending: false }],
		['a start above nothing', { baseline: '50' }],
		['a target of nothing', { target: '0' }],
		['no target', { target: null }],
		['no actual', { actual: null }]
	])('is not told of %s', (_what, change) => {
		expect(targetReached({ ...LINE, ...change })).toBeNull();
	});
});

describe('a value', () => {
	test('is no more exact than its source, and a text stays a text', () => {
		expect(indicatorValue('1400000', { measure: 'unit', qualifier: 'at_least' }, 'en')).toBe(
			'at least 1\u202f400\u202f000'
		);
		expect(indicatorValue('12.5', { measure: 'percentage', qualifier: null }, 'fr')).toMatch(/^12,5/);
		expect(indicatorValue('20,000', { measure: 'unit', qualifier: null }, 'en')).toBe('20,000');
	});

	test('says that it is not stated whether it is cumulative', () => {
		expect(accumulationLabel(null, 'en')).toContain('not stated');
		expect(accumulationLabel('cumulative', 'en')).toContain('cumulative');
	});
});
