import { sql, type Kysely } from 'kysely';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { DB } from '#lib/server/database/schema.ts';
import { isRefusal } from '#lib/server/intake/in-posting.ts';
import type { IntakeRecord, LedgerEntryRecord } from '#lib/server/intake/record.ts';
import { previewUndo, undo } from '#lib/server/intake/undo.ts';
import { total } from '#lib/server/ledger/total.ts';
import { accept } from '../support/comparing.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { anEntry } from '../support/ledger-factory.ts';
import { plainly, wholeOf } from '../support/ledger-slices.ts';
import { createWorld, type World } from '../support/ledger-world.ts';

describeOnBothEngines('undoing a posting', (_engine, fresh) => {
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
	const handIn = async (records: IntakeRecord[], decide: Parameters<typeof accept>[3] = {}) =>
		(await accept(db, 'published', records, decide)).posted.postingNo;
	const spent = async () => plainly(await total(db, wholeOf(world)));

	test('brings back what was changed and takes back what was added', async () => {
		await handIn([entry('A'), entry('B')]);
		const no = await handIn([entry('A', { amount: '70.00' }), entry('C', { amount: '5.00' })]);
		expect(await spent()).toEqual({ amount: '175', entries: 3, unconverted: [] });
		expect(await previewUndo(db, 'published', no)).toMatchObject({
			entries: { withdrawn: 1, changedBack: 1, restored: 0 },
			refusal: null
		});
		const done = await undo(db, 'published', no, 'it was the wrong file');
		expect(done).toMatchObject({ counts: { added: 0, changed: 1, retired: 1 } });
		expect(await spent()).toEqual({ amount: '200', entries: 2, unconverted: [] });
		expect(isRefusal(done)).toBe(false);
		const { rows } =
			await sql`select cause, undoes from posting order by nature, posting_no desc limit 1`.execute(db);
		expect(rows.length).toBe(1);
	});
});
