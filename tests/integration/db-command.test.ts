import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import { openDatabase } from '#lib/server/database/open.ts';
import { startChild } from '../support/child.ts';
import { TEST_OPTIONS } from '../support/engines.ts';
import { anEntry, postRecords } from '../support/ledger-factory.ts';
import { createWorld } from '../support/ledger-world.ts';
import { ROLES, addressOf, createDatabase, dropDatabase } from '../support/postgres-cluster.ts';

const folder = mkdtempSync(join(tmpdir(), 'dashboard-command-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs `npm run db -- ...` as the launcher does. */
function command(
	environment: Record<string, string>,
	...words: string[]
): Promise<{ code: number | null; lines: string[] }> {
	const clean = {
		DATABASE_URL: '',
		DATABASE_OWNER_URL: '',
		DATA_DIR: '',
		DEMONSTRATION: 'off',
		...environment
	};
	const child = startChild('db/command.ts', words, clean);
	child.finish();
	return child.ended;
}

describe('npm run db with words that it does not know', () => {
	test.each([
		[[], 'Refused: name a command: migrate, status, check, reset, seed, backup, restore.'],
		[
			['vacuum'],
			'Refused: there is no command "vacuum"; there are migrate, status, check, reset, seed, backup, restore.'
		],
		[['backup'], 'Refused: backup: it takes the name of one file.'],
		[['restore', 'one', 'two'], 'Refused: restore: it takes the name of one file.'],
		[
			['reset'],
			`Refused: reset: this throws away all that PGlite in ${folder} holds; to do it: npm run db -- reset --yes.`
		]
	])('refuses %j in one line', async (words, line) => {
		expect(await command({ DATA_DIR: folder }, ...words)).toEqual({ code: 1, lines: [line] });
	});

	test('refuses a setting that cannot be used, and a server that is not there', async () => {
		expect(await command({ DATABASE_URL: 'mysql://x' }, 'status')).toEqual({
			code: 1,
			lines: ['Refused: status: DATABASE_URL must look like postgres://role:password@host:5432/database.']
		});
		expect(
			await command({ DATABASE_URL: 'postgres://someone:secret@127.0.0.1:1/nothing' }, 'migrate')
		).toEqual({
			code: 1,
			lines: ['Refused: migrate: DATABASE_URL cannot be used: no server answers at that host and port.']
		});
	});
});

describe('npm run db on PGlite', () => {
	const dataDir = join(folder, 'data');
	const file = join(folder, 'pglite.backup');

	beforeAll(async () => {
		const loadDataDir = readFileSync(inject('pglite'));
		const database = await openDatabase({ ...TEST_OPTIONS, dataDir, loadDataDir });
		const world = await createWorld(database.db);
		const [activity] = world.activities;
		await postRecords(database.db, 'published', [
			anEntry({
				reporter: world.reporters[0]!,
				activity: activity!.key,
				project: activity!.project,
				reference: 'A'
			})
		]);
		await database.close();
	});

	test('refuses every command while a server holds the folder, and names it', async () => {
		const holder = startChild('tests/support/programs/open-folder.ts', [dataDir]);
		onTestFinished(async () => {
			holder.finish();
			await holder.ended;
		});
		await holder.line(/^open$/);
		for (const words of [['status'], ['migrate'], ['backup', file], ['reset', '--yes']]) {
			expect(await command({ DATA_DIR: dataDir }, ...words)).toEqual({
				code: 1,
				lines: [
					`Refused: ${words[0]}: the data folder ${dataDir} is in use by process ${holder.pid}; stop that process, or set DATA_DIR to another folder.`
				]
			});
		}
		expect(existsSync(file)).toBe(false);
	});

	test(
		'says what there is, backs it up and puts it elsewhere',
		{ tags: 'nightly', timeout: 240_000 },
		async () => {
			const status = await command({ DATA_DIR: dataDir }, 'status');
			expect(status).toEqual({
				code: 0,
				lines: [
					`The database is PGlite in ${dataDir}.`,
					'Triggers protect history. A power failure may cost data: keep real records in PostgreSQL.',
					expect.stringMatching(/^(\d+) of \1 migrations have run\.$/),
					expect.stringMatching(
						/^Published: 2 postings, the last known at \d{4}-\d\d-\d\d \d\d:\d\d UTC; 1 entries in force\.$/
					),
					expect.stringMatching(/^Demonstration: 1 postings, .*; 0 entries in force\.$/)
				]
			});
			const backedUp = await command({ DATA_DIR: dataDir }, 'backup', file);
			expect(backedUp).toEqual({
				code: 0,
				lines: [expect.stringMatching(/pglite\.backup holds \d+ rows of \d+ tables, SHA-256 [0-9a-f]{64}\.$/)]
			});
			const restored = { DATA_DIR: join(folder, 'restored') };
			expect(await command(restored, 'restore', file)).toEqual({
				code: 0,
				lines: [`Restored ${backedUp.lines[0]!.split(' holds ')[1]!.slice(0, -1)} from ${file}.`]
			});
			expect((await command(restored, 'status')).lines.slice(2)).toEqual(status.lines.slice(2));
		}
	);
});

describe.skipIf(inject('postgres') === null)('npm run db on PostgreSQL', () => {
	test(
		'migrates, loads, says what there is and throws it away, under two roles',
		{ tags: 'nightly', timeout: 240_000 },
		async () => {
			const { cluster } = inject('postgres')!;
			const name = await createDatabase(cluster);
			onTestFinished(() => dropDatabase(cluster, name));
			const environment = {
				DATABASE_URL: addressOf(cluster, name, ROLES.application),
				DATABASE_OWNER_URL: addressOf(cluster, name)
			};
			const where = `PostgreSQL at ${cluster.host}:${cluster.port}, database ${name}`;
			expect(await command({ DATABASE_URL: environment.DATABASE_URL }, 'migrate')).toEqual({
				code: 1,
				lines: [expect.stringMatching(/^Refused: migrate: .*permission denied/)]
			});
			const before = await command(environment, 'status');
			expect(before.code).toBe(0);
			expect(before.lines).toContain(`The database is ${where}.`);
			expect(before.lines).toContain('Two roles: the application has no right to change history.');
			expect(before.lines.at(-1)).toMatch(/^To come: .*\. Run: npm run db -- migrate$/);
			expect(await command(environment, 'backup', join(folder, 'empty.backup'))).toEqual({
				code: 1,
				lines: ['Refused: backup: the database is empty; there is nothing to back up.']
			});

			const migrated = await command(environment, 'migrate');
			expect(migrated.lines.at(-1)).toBe('The database is up to date.');
			expect(await command(environment, 'migrate')).toEqual({
				code: 0,
				lines: ['The database is up to date.']
			});
			const seeded = await command(environment, 'seed');
			expect(seeded).toEqual({
				code: 0,
				lines: [
					'The database is up to date.',
					'Loading the published facts',
					'Loaded the published facts: 11 files posted',
					'The first portfolio is loaded.'
				]
			});
			expect((await command(environment, 'status')).lines).toContainEqual(
				expect.stringMatching(/^Published: 11 postings/)
			);
			expect(JSON.stringify(seeded) + JSON.stringify(before)).not.toContain(cluster.password);
			expect(await command(environment, 'reset', '--yes')).toEqual({
				code: 0,
				lines: [`${where} is empty and up to date.`]
			});
			expect((await command(environment, 'status')).lines).toContain('Published: nothing has been posted.');
		}
	);
});
