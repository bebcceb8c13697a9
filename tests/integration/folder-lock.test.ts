import { mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, onTestFinished, test } from 'vitest';
import { FolderInUseError, lockFolder } from '#lib/server/database/folder-lock.ts';
import { openDatabase } from '#lib/server/database/open.ts';
import { total } from '#lib/server/ledger/total.ts';
import { startChild, type Child } from '../support/child.ts';
import { TEST_OPTIONS } from '../support/engines.ts';
import { plainSum } from '../support/ledger-oracle.ts';
import { plainly, wholeOf } from '../support/ledger-slices.ts';
import { createWorld, type World } from '../support/ledger-world.ts';

const PROGRAMS = 'tests/support/programs';
const made: string[] = [];
afterAll(() => made.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function makeFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'dashboard-lock-'));
	made.push(folder);
	return folder;
}

const open = (dataDir: string) => openDatabase({ ...TEST_OPTIONS, dataDir });

function start(program: string, ...args: string[]): Child {
	const child = startChild(`${PROGRAMS}/${program}.ts`, args);
	onTestFinished(async () => {
		child.kill();
		await child.ended;
	});
	return child;
}

describe('the lock of a data folder', () => {
	let folder: string;
	beforeEach(() => {
		folder = makeFolder();
	});

	test('is one process’s until it gives it back, and leaves nothing', () => {
		const unlock = lockFolder(folder);
		expect(() => lockFolder(folder)).toThrow(FolderInUseError);
		unlock();
		expect(readdirSync(folder)).toEqual([]);
		lockFolder(folder)();
	});

	test('is taken over from a process that is gone, time after time', async () => {
		const child = start('take-lock', folder, '0');
		await child.line(/taken/);
		const held = readFileSync(join(folder, 'lock'), 'utf8');
		expect(() => lockFolder(folder)).toThrow(`process ${child.pid}`);
		child.kill();
		await child.ended;
		for (let round = 0; round < 20; round++) {
			writeFileSync(join(folder, 'lock'), held);
			lockFolder(folder)();
			expect(readdirSync(folder)).toEqual([]);
		}
	});

	test('is taken over when another process has got the number since', () => {
		writeFileSync(join(folder, 'lock'), JSON.stringify({ pid: process.ppid, started: 'long ago' }));
		lockFolder(folder)();
		expect(readdirSync(folder)).toEqual([]);
	});

	test.each(['', '{', 'null', '{"pid":"x"}', '[]'])('is taken over when it holds %j', (content) => {
		writeFileSync(join(folder, 'lock'), content);
		lockFolder(folder)();
		expect(readdirSync(folder)).toEqual([]);
	});

	test('goes to exactly one of many that find a stale one at once', { tags: 'nightly' }, async () => {
		for (let round = 0; round < 8; round++) {
			writeFileSync(join(folder, 'lock'), JSON.stringify({ pid: 2 ** 30, started: 'never' }));
			const moment = String(Date.now() + 1500);
			const children = Array.from({ length: 6 }, () => start('take-lock', folder, moment));
			const answers = await Promise.all(children.map((child) => child.line(/taken|refused/)));
			expect(answers.filter((answer) => answer === 'taken')).toHaveLength(1);
			children.forEach((child) => child.finish());
			await Promise.all(children.map((child) => child.ended));
			expect(readdirSync(folder)).toEqual([]);
		}
	});
});

describe('a PGlite folder', () => {
	let folder: string;
	let world: World;

	beforeAll(async () => {
		folder = makeFolder();
		const loadDataDir = readFileSync(inject('pglite'));
		const database = await openDatabase({ ...TEST_OPTIONS, dataDir: folder, loadDataDir });
		world = await createWorld(database.db);
		await expect(open(folder), 'a second opener inside one process').rejects.toThrow(
			`is in use by process ${process.pid}`
		);
		await database.close();
	});

	test('is refused to a second process, which names the first', async () => {
		const holder = start('open-folder', folder);
		await holder.line(/^open$/);
		for (let round = 0; round < 5; round++) {
			const others = Array.from({ length: 4 }, () => start('open-folder', folder));
			const refused = {
				code: 1,
				lines: [
					`the data folder ${folder} is in use by process ${holder.pid}; stop that process, or set DATA_DIR to another folder`
				]
			};
			expect(await Promise.all(others.map(({ ended }) => ended))).toEqual(others.map(() => refused));
		}
		await expect(open(folder)).rejects.toThrow(`is in use by process ${holder.pid}`);
		holder.finish();
		expect((await holder.ended).code).toBe(0);
	});

	test('that cannot be written is refused in one line', async () => {
		const file = join(makeFolder(), 'file');
		writeFileSync(file, '');
		await expect(open(join(file, 'data'))).rejects.toThrow(
			/^the data folder .* cannot be written \(ENOTDIR\); set DATA_DIR/
		);
	});

	// Node says the same as on a read-only file system.
	test('behind a link to a disk that is not there is refused in one line', async () => {
		const link = join(makeFolder(), 'data');
		symlinkSync('/nowhere/disk', link);
		await expect(open(link)).rejects.toThrow(
			/^the data folder .* cannot be written \(ENOENT\); set DATA_DIR/
		);
	});

	test(
		'holds all or nothing of a posting that kill -9 met, and everything that was acknowledged',
		{ tags: 'nightly', timeout: 240_000 },
		async () => {
			const SIZE = 150;
			const identity = [world.reporters[0]!, world.activities[0]!.key, world.projects[0]!];
			for (let round = 0; round < 5; round++) {
				const child = start('post-on', folder, ...identity, String(SIZE));
				await child.line(/^posted/);
				await new Promise((resolve) => setTimeout(resolve, 37 * (round + 1)));
				child.kill();
				const { lines } = await child.ended;
				const acknowledged = Math.max(
					...lines.flatMap((line) => /^posted (\d+)$/.exec(line)?.[1] ?? []).map(Number)
				);

				const database = await open(folder);
				const { rows } = await sql<{ posting_no: number; entries: number; cells: number; state: string }>`
				select p.posting_no, count(distinct e.entry_id)::integer as entries, count(s.*)::integer as cells, i.state
				from posting p join import i on i.import_id = p.import_id
				left join ledger_entry e on e.nature = p.nature and e.added_by = p.posting_no
				left join entry_share s using (reporting_organisation_id, entry_id)
				where p.nature = 'published' and p.posting_no > 1 group by p.posting_no, i.state order by 1`.execute(
					database.db
				);
				expect(rows.length).toBeGreaterThanOrEqual(acknowledged - 1);
				expect(rows.map(({ posting_no }) => posting_no)).toEqual(rows.map((_, index) => index + 2));
				for (const row of rows)
					expect(row).toMatchObject({ entries: SIZE, cells: 2 * SIZE, state: 'posted' });
				const slice = wholeOf(world);
				const sum = plainly(await total(database.db, slice, 'summary'));
				expect(sum.entries).toBe(rows.length * SIZE);
				expect(sum).toEqual(plainly(await plainSum(database.db, slice)));
				await database.close();
			}
		}
	);
});
