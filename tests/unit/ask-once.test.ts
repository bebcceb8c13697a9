import { Kysely, PostgresDialect } from 'kysely';
import { describe, expect, it } from 'vitest';
import { askOnce, forOneReading } from '#lib/server/database/ask-once.ts';
import type { DB } from '#lib/server/database/schema.ts';

/** No question here is put to it. */
const database = () =>
	new Kysely<DB>({ dialect: new PostgresDialect({ pool: () => Promise.reject(new Error('asked')) }) });

function counter() {
	let times = 0;
	return { ask: () => Promise.resolve(++times), times: () => times };
}

describe('a reading', () => {
	it('asks each question once, also while the answer is on its way', async () => {
		const reading = forOneReading(database());
		const { ask, times } = counter();
		const first = askOnce(reading, ['total', { country: 'ML' }], ask);
		expect(await Promise.all([first, askOnce(reading, ['total', { country: 'ML' }], ask)])).toEqual([1, 1]);
		expect(await askOnce(reading, ['total', { country: 'ML' }], ask)).toBe(1);
		expect(times()).toBe(1);
		expect(await askOnce(reading, ['total', { country: 'NE' }], ask)).toBe(2);
	});

	it('keeps nothing for another one, nor for the database itself', async () => {
		const db = database();
		const { ask } = counter();
		const answers = [forOneReading(db), forOneReading(db), db, db].map((of) => askOnce(of, ['total'], ask));
		expect(await Promise.all(answers)).toEqual([1, 2, 3, 4]);
	});

	it('tells everyone who asks what went wrong', async () => {
		const reading = forOneReading(database());
		const fail = () => Promise.reject(new Error('there is no project X'));
		const asked = [1, 2].map(() => askOnce(reading, ['projects'], fail));
		for (const one of asked) await expect(one).rejects.toThrow('no project X');
	});
});
