import { describe, expect, it } from 'vitest';
import { isSameValue } from '#lib/server/facts/claims.ts';

const said = (change: Partial<Parameters<typeof isSameValue>[0]> = {}) => ({
	value: '11000000',
	value_text: null,
	unit: 'EUR',
	qualifier: null,
	date_from: null,
	date_to: null,
	...change
});

describe('two statements on the same thing', () => {
	it('agree where they state the same amount, however it is written and whenever it was read', () => {
		expect(isSameValue(said(), said({ value: '11000000.00' }))).toBe(true);
		expect(isSameValue(said(), said({ date_from: '2017-07-20' }))).toBe(true);
	});

	it('do not where value, unit or reserve differ', () => {
		expect(isSameValue(said(), said({ value: '10000000' }))).toBe(false);
		expect(isSameValue(said(), said({ unit: 'USD' }))).toBe(false);
		expect(isSameValue(said(), said({ qualifier: 'approximate' }))).toBe(false);
		expect(isSameValue(said(), said({ value: null }))).toBe(false);
	});

	it('agree by their text or days where they state no amount, and not by stating nothing', () => {
		const none = said({ value: null, unit: null });
		const text = { ...none, value_text: 'ML;NE' };
		const day = { ...none, date_from: '2015-07-01', date_to: '2015-07-31' };
		expect(isSameValue(text, { ...text })).toBe(true);
		expect(isSameValue(text, { ...text, value_text: 'ML' })).toBe(false);
		expect(isSameValue(day, { ...day })).toBe(true);
		expect(isSameValue(day, { ...day, date_from: '2015-08-01' })).toBe(false);
		expect(isSameValue(none, { ...none })).toBe(false);
	});
});
