import type { Kysely } from 'kysely';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { DB } from '#lib/server/database/schema.ts';
import { joinProject, leaveProject } from '#lib/server/intake/join.ts';
import { total } from '#lib/server/ledger/total.ts';
import { defaultSlice } from '#lib/slice/codec.ts';
import { accept } from '../support/comparing.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { anIatiActivity, anIatiTransaction } from '../support/iati-records.ts';
import { createWorld, type World } from '../support/ledger-world.ts';

let run = 0;

describeOnBothEngines('joining an activity to a project', (_engine, fresh) => {
	let db: Kysely<DB>;
	let world: World;
	let reporter: string;

	beforeAll(async () => {
		({ db } = await fresh());
	});
	beforeEach(async () => {
		world = await createWorld(db);
		reporter = `XM-J${run++}`;
	});

	const spentIn = async (project: string) => (await total(db, { ...defaultSlice('all'), project })).amount;

	test('moves its money, and back', async () => {
		const key = `${reporter}-1`;
		await accept(db, 'published', [
			anIatiActivity(key, reporter),
			anIatiTransaction(key, reporter, { entryKind: '3', amount: '10.00' })
		]);
		expect(await spentIn(key)).toBe('10.00');
		const joined = await joinProject(db, key, world.projects[0]!, 'the same project');
		expect(joined).toMatchObject({ counts: { changed: 1 } });
		expect([await spentIn(key), await spentIn(world.projects[0]!)]).toEqual([null, '10.00']);
		await leaveProject(db, key, 'it is not');
		expect([await spentIn(key), await spentIn(world.projects[0]!)]).toEqual(['10.00', null]);
	});
});
