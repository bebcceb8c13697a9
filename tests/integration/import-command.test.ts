import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { openDatabase, type Database } from '#lib/server/database/open.ts';
import { startChild } from '../support/child.ts';
import { openFreshPostgres } from '../support/databases.ts';
import { TEST_OPTIONS } from '../support/engines.ts';
import { createReporter, type Reporter } from '../support/reports.ts';

const made: string[] = [];
afterAll(() => made.forEach((folder) => rmSync(folder, { recursive: true, force: true })));
function makeFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'dashboard-import-'));
	made.push(folder);
	return folder;
}

type Line = {
	file: string;
	outcome: string;
	posted: object;
	findings: object;
	seconds: number;
	sha256: string;
};

async function run(environment: Record<string, string>, ...words: string[]) {
	const { code, lines } = await startChild('src/import.ts', words, environment).ended;
	const isJson = (line: string) => line.startsWith('{');
	return {
		code,
		results: lines.filter(isJson).map((line) => JSON.parse(line) as Line),
		said: lines.filter((line) => !isJson(line))
	};
}

/** The same on either engine: `open` looks into the books while no command runs. */
function behaves(
	prepare: () => Promise<{ environment: Record<string, string>; open: () => Promise<Database> }>
) {
	let environment: Record<string, string>;
	let open: () => Promise<Database>;
	let reporter: Reporter;
	let inbox: string;

	beforeAll(async () => {
		({ environment, open } = await prepare());
		const database = await open();
		reporter = await createReporter(database.db);
		await database.close();
		inbox = makeFolder();
		mkdirSync(join(inbox, 'later'));
		writeFileSync(join(inbox, 'good.csv'), reporter.text(3));
		writeFileSync(join(inbox, 'later', 'broken.csv'), `${reporter.text(1, { from: 50 })}"never closed`);
		writeFileSync(join(inbox, 'note.txt'), 'not for import');
	});

	const entries = async () => {
		const database = await open();
		const { rows } = await sql<{ count: string }>`
			select count(*) from ledger_entry join organisation on organisation_id = reporting_organisation_id
			where key = ${reporter.key}`.execute(database.db);
		await database.close();
		return rows[0]!.count;
	};

	test(
		'previews a folder and posts nothing, then posts what is accepted, then knows it again',
		{ tags: 'nightly' },
		async () => {
			const nothing = { added: 0, changed: 0, retired: 0, unchanged: 0 };
			const preview = await run(environment, inbox, '--json');
			expect(preview.code).toBe(2);
			expect(preview.results).toEqual([
				{
					file: join(inbox, 'good.csv'),
					sha256: createHash('sha256').update(reporter.text(3)).digest('hex'),
					outcome: 'previewed',
					read: { activities: 1, transactions: 3, sums: { EUR: { '4': { count: 3, sum: '3.03' } } } },
					refused: [],
					posted: nothing,
					findings: { critical: 0, error: 0, warning: 0 },
					seconds: expect.any(Number) as number
				},
				expect.objectContaining({
					file: join(inbox, 'later', 'broken.csv'),
					outcome: 'rejected',
					posted: nothing,
					findings: { critical: 1, error: 0, warning: 0 }
				})
			]);
			expect(preview.said.join('\n')).toMatch(/Passed over.*note\.txt[^]*broken\.csv: .*csv-quote-unclosed/);
			expect(await entries()).toBe('0');

			const good = join(inbox, 'good.csv');
			const accepted = await run(environment, good, '--json', '--accept');
			expect(accepted).toMatchObject({ code: 0, results: [{ outcome: 'posted', posted: { added: 3 } }] });
			expect(await entries()).toBe('3');

			const again = await run(environment, good, '--json', '--accept');
			expect(again).toMatchObject({ code: 0, results: [{ outcome: 'identical', posted: nothing }] });
			const plain = await run(environment, good);
			expect(plain).toMatchObject({ code: 0, said: [expect.stringContaining('good.csv: identical')] });
			expect(await entries()).toBe('3');
		}
	);

	test('takes nothing that cannot be: no such file, no file, no such option', async () => {
		const missing = join(inbox, 'missing.csv');
		const refused: [string[], RegExp][] = [
			[[missing], /^Cannot import: there is no file or folder .*missing\.csv\.$/],
			[[], /^Cannot import: name a file or a folder to import\.$/],
			[[inbox, '--yes'], /^Cannot import: there is no option --yes; there are --accept and --json\.$/]
		];
		for (const [words, reason] of refused) {
			const { code, said } = await run(environment, ...words);
			expect([code, said]).toEqual([1, [expect.stringMatching(reason)]]);
		}
	});
}

describe('npm run import, with a PGlite folder that no server has', () => {
	behaves(async () => {
		const dataDir = makeFolder();
		const loadDataDir = readFileSync(inject('pglite'));
		const database = await openDatabase({ ...TEST_OPTIONS, dataDir, loadDataDir });
		await database.close();
		return {
			environment: { DATA_DIR: dataDir, DATABASE_URL: '', DATABASE_OWNER_URL: '' },
			open: () => openDatabase({ ...TEST_OPTIONS, dataDir })
		};
	});
});

describe.skipIf(inject('postgres') === null)('npm run import, with PostgreSQL', () => {
	let kept: Database | null = null;
	afterAll(() => kept?.close());
	behaves(async () => {
		kept = await openFreshPostgres();
		const { url } = kept;
		return {
			environment: { DATA_DIR: makeFolder(), DATABASE_URL: url!, DATABASE_OWNER_URL: '' },
			open: () => openDatabase({ ...TEST_OPTIONS, databaseUrl: url })
		};
	});
});
