import { describe, expect, it } from 'vitest';
import { ENTRY_COLUMNS } from '#lib/words/entry-column.ts';
import { listDefinitions } from '../../src/routes/about/definitions.ts';
import { listRules } from '../../src/routes/about/method.ts';

describe('what /about says of the download', () => {
	it('names every column once', () => {
		const names = ENTRY_COLUMNS.map(({ name }) => name);
		expect(names.length).toBeGreaterThan(30);
		expect(new Set(names).size).toBe(names.length);
	});

	it.each(['en', 'fr', 'ar'] as const)('gives each column a meaning of its own [%s]', (locale) => {
		const meanings = ENTRY_COLUMNS.map(({ meaning }) =>
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
			...ENTRY_COLUMNS.map(({ name }) => `csv-${name}`)
		];
		expect(new Set(ids).size).toBe(ids.length);
		expect(ids.filter((id) => !/^[a-z][a-z0-9_-]*$/.test(id))).toEqual([]);
	});
});
