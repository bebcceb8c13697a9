import { describe, expect, it } from 'vitest';
import { TRANSACTION_COLUMNS } from '#lib/server/outlet/transactions-csv.ts';
import type { LedgerRow } from '#lib/server/ledger/rows.ts';
import { defaultSlice } from '#lib/slice/codec.ts';
import { CSV_COLUMNS } from '../../src/routes/about/csv-columns.ts';
import { listDefinitions } from '../../src/routes/about/definitions.ts';
import { listRules } from '../../src/routes/about/method.ts';

describe('what /about says of the download', () => {
	it('names every column, in its order', () => {
		expect(CSV_COLUMNS.map(({ name }) => name)).toEqual(TRANSACTION_COLUMNS.map(({ name }) => name));
	});

	it('says of each column whether its text carries the guard against formulas', () => {
		const row = {} as LedgerRow;
		const guarded = TRANSACTION_COLUMNS.map(({ cell }) => 'text' in cell(row, defaultSlice('gloact')));
		expect(CSV_COLUMNS.map(({ text }) => text)).toEqual(guarded);
	});

	it.each(['en', 'fr', 'ar'] as const)('gives each column a meaning of its own [%s]', (locale) => {
		const meanings = CSV_COLUMNS.map(({ meaning }) =>
			(meaning as (inputs: object, options: object) => string)({}, { locale })
		);
		expect(meanings.filter((text) => text.trim() === '')).toEqual([]);
		expect(new Set(meanings).size).toBe(meanings.length);
	});
});

describe('the words that /about defines', () => {
	const groups = listDefinitions();
	const words = groups.flatMap((group) => group.words);

	it('each have a name and a definition', () => {
		expect(words.length).toBeGreaterThan(80);
		expect(words.filter(({ term, text }) => term.trim() === '' || text.trim() === '')).toEqual([]);
	});

	it('each have an anchor that nothing else on the page has', () => {
		const ids = [
			...words.map(({ id }) => id),
			...groups.map(({ id }) => `words-${id}`),
			...listRules().map(({ id }) => id),
			...CSV_COLUMNS.map(({ name }) => `csv-${name}`)
		];
		expect(new Set(ids).size).toBe(ids.length);
		expect(ids.filter((id) => !/^[a-z][a-z0-9_-]*$/.test(id))).toEqual([]);
	});
});
