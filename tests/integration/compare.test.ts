import { sql, type Kysely } from 'kysely';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { DB } from '#lib/server/database/schema.ts';
import type { IntakeRecord, LedgerEntryRecord } from '#lib/server/intake/record.ts';
import { total } from '#lib/server/ledger/total.ts';
import { accept, listChanges, preview } from '../support/comparing.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { anIatiActivity, anIatiTransaction } from '../support/iati-records.ts';
import { anEntry } from '../support/ledger-factory.ts';
import { plainly, wholeOf } from '../support/ledger-slices.ts';
import { createWorld, type World } from '../support/ledger-world.ts';

describeOnBothEngines('comparing a file with the books', (_engine, fresh) => {
	let db: Kysely<DB>;
	let world: World;

	beforeAll(async () => {
		({ db } = await fresh());
	});
	beforeEach(async () => {
		world = await createWorld(db);
	});

	const entry = (reference: string | null, change: Partial<LedgerEntryRecord> = {}) =>
		anEntry(
			{
				reporter: world.reporters[0]!,
				activity: world.activities[1]!.key,
				project: world.projects[0]!,
				reference
			},
			change
		);
	const handIn = (records: IntakeRecord[], decide: Parameters<typeof accept>[3] = {}) =>
		accept(db, 'published', records, decide);
	const spent = async () => plainly(await total(db, wholeOf(world)));

	test('a corrected amount without a reference is a change', async () => {
		await handIn([
			entry(null),
			entry(null, { amount: '250.00', dateFrom: '2017-05-01', dateTo: '2017-05-01' })
		]);
		const {
			preview: shown,
			posted,
			importId
		} = await handIn([
			entry(null, { amount: '110.00' }),
			entry(null, { amount: '250.00', dateFrom: '2017-05-01', dateTo: '2017-05-01' })
		]);
		expect(shown.changes).toEqual({ added: 0, changed: 1, withdrawn: 0, unchanged: 1, unclear: 0 });
		expect(posted.counts).toEqual({ added: 0, changed: 1, retired: 0, unchanged: 1 });
		expect(await listChanges(db, importId)).toMatchObject([
			{ change: 'changed', before: { amount: '100.00' }, after: { amount: '110.00' } }
		]);
		expect(await spent()).toEqual({ amount: '360', entries: 2, unconverted: [] });
	});
});
