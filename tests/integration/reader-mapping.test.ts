import type { Kysely } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { DB } from '#lib/server/database/schema.ts';
import { emptyMapping } from '#lib/server/intake/spreadsheet/guess.ts';
import { findMapping, listMappedReporters, saveMapping } from '#lib/server/intake/spreadsheet/remembered.ts';
import { describeOnBothEngines } from '../support/databases.ts';

describeOnBothEngines('remembered mappings', (_engine, fresh) => {
	let db: Kysely<DB>;
	beforeAll(async () => {
		({ db } = await fresh());
	});

	test('the latest of a reporter is found, whatever others saved', async () => {
		const first = emptyMapping('March');
		const second = { ...emptyMapping('April'), constants: { reporter: 'XM-1', currency: 'EUR' } };
		await saveMapping(db, 'XM-1', first);
		await saveMapping(db, 'XM-1', second);
		await saveMapping(db, 'XM-2', first);
		expect(await findMapping(db, 'XM-1')).toEqual(second);
		expect(await findMapping(db, 'XM-2')).toEqual(first);
		expect(await findMapping(db, 'XM-3')).toBeNull();
		expect((await listMappedReporters(db)).filter((reporter) => reporter.startsWith('XM-')).sort()).toEqual([
			'XM-1',
			'XM-2'
		]);
	});

	test('one that an older or newer version wrote differently is as good as none', async () => {
		await db
			.insertInto('reader_mapping')
			.values({ reporter: 'XM-9', reader: 'ledger-sheet', mapping: JSON.stringify({ sheet: 1 }) })
			.execute();
		expect(await findMapping(db, 'XM-9')).toBeNull();
	});
});
