import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { listMigrations, resetSchema } from '#lib/server/database/migrate.ts';
import type { Database } from '#lib/server/database/open.ts';
import { readSource } from '#lib/server/intake/receive.ts';
import { total } from '#lib/server/ledger/total.ts';
import { verifyBackup, type Trailer } from '../../db/commands/backup-file.ts';
import { backUp } from '../../db/commands/backup.ts';
import { restore } from '../../db/commands/restore.ts';
import { listTables } from '../../db/commands/tables.ts';
import { loadFirstPortfolio } from '../../db/seed/load.ts';
import { describeOnBothEngines, openFreshPglite, openFreshPostgres } from '../support/databases.ts';
import {
	aClaim,
	anActivity,
	anEntry,
	anIndicator,
	postRecords,
	stageRecords
} from '../support/ledger-factory.ts';
import { plainSum } from '../support/ledger-oracle.ts';
import { plainly, wholeOf } from '../support/ledger-slices.ts';
import { createWorld, type World } from '../support/ledger-world.ts';

const folder = mkdtempSync(join(tmpdir(), 'dashboard-backup-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
const nextFile = () => join(folder, `${++files}.backup`);

/** A little of everything that is hard to carry over unchanged. */
async function fill({ db }: Database): Promise<World> {
	const world = await createWorld(db);
	const identity = {
		reporter: world.reporters[0]!,
		activity: world.activities[0]!.key,
		project: world.projects[0]!
	};
	await postRecords(db, 'published', [
		anActivity(identity.activity, identity.project, {
			title: { en: 'A "title"\nof two lines \\ and \u2028 more', fr: 'été \u{1F30D}' }
		}),
		anEntry({ ...identity, reference: 'A' }, { amount: '1.50' }),
		anEntry(
			{ ...identity, reference: 'B' },
			{ amount: '-0.10', currency: 'USD', dateFrom: null, dateTo: null, datePrecision: 'unknown' }
		),
		anEntry({ ...identity, reference: 'C' }, { amount: '123456789012345678901.0000001' }),
		aClaim('claim', 'project', identity.project, { value: null, valueText: 'stated, but not how much' }),
		anIndicator('indicator', identity.project)
	]);
	await postRecords(db, 'published', [anEntry({ ...identity, reference: 'A' }, { amount: '1.500' })]);
	await stageRecords(db, 'demonstration', [anEntry(identity)]);
	return world;
}

describeOnBothEngines('a backup', (engine, fresh) => {
	let database: Database;
	let world: World;
	let file: string;
	let trailer: Trailer;

	beforeAll(async () => {
		database = await fresh();
		world = await fill(database);
		file = nextFile();
		trailer = await backUp(database, file);
	});

	test('is one file that only its owner may read, and the same each time', async () => {
		expect(statSync(file).mode & 0o777).toBe(0o600);
		expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
		const again = nextFile();
		await backUp(database, again);
		expect(readFileSync(again).equals(readFileSync(file))).toBe(true);
	});

	test('holds every row of every table, with a header and a trailer', async () => {
		const { header, trailer: read } = await verifyBackup(file);
		expect(read).toEqual(trailer);
		expect(header.migrations).toEqual((await listMigrations(database)).map(({ name }) => name));
		const tables = await listTables(database.db);
		expect(Object.keys(trailer.tables).sort()).toEqual(tables.map(({ name }) => name).sort());
		for (const { name, key } of tables) {
			const { rows } = await sql<{ count: string }>`select count(*) as count from ${sql.table(name)}`.execute(
				database.db
			);
			expect(trailer.tables[name]!.rows, name).toBe(Number(rows[0]!.count));
			expect(key.length, `${name} has a key`).toBeGreaterThan(0);
		}
		const lines = gunzipSync(readFileSync(file)).toString().trimEnd().split('\n');
		const ledger = lines.findIndex((line) => line.startsWith('["table","ledger_entry",'));
		const order = JSON.parse(lines[ledger]!) as unknown[];
		expect(order[2]).not.toContain('sort_date');
		// The amounts are PostgreSQL's own digits.
		expect(lines.find((line) => line.includes('"entry_key":"ref:C"'))).toContain(
			'"amount":123456789012345678901.0000001,'
		);
		expect(
			lines
				.filter((line) => line.includes('"entry_key":"ref:A"'))
				.map((line) => /"amount":([^,]+),/.exec(line)![1])
		).toEqual(['1.50', '1.500']);
	});

	test('is restored into an empty database with equal checksums, which then goes on', async () => {
		const target = await fresh();
		expect(await restore(target, file)).toEqual(trailer);
		const again = nextFile();
		expect(await backUp(target, again)).toEqual(trailer);
		expect(plainly(await total(target.db, wholeOf(world)))).toEqual(
			plainly(await total(database.db, wholeOf(world)))
		);

		const identity = {
			reporter: world.reporters[0]!,
			activity: world.activities[0]!.key,
			project: world.projects[0]!
		};
		const { postingNo, counts } = await postRecords(target.db, 'published', [
			anEntry({ ...identity, reference: 'A' }, { amount: '2.00' }),
			anEntry({ ...identity, reference: 'new' })
		]);
		expect({ postingNo, counts }).toEqual({
			postingNo: 4,
			counts: { added: 1, changed: 1, retired: 0, unchanged: 0 }
		});
		expect(plainly(await total(target.db, wholeOf(world)))).toEqual(
			plainly(await plainSum(target.db, wholeOf(world)))
		);
	});

	test('goes into an empty database only', async () => {
		await expect(restore(database, file)).rejects.toThrow(/the database is not empty: \w+ has rows/);
	});

	test('does not replace a file', async () => {
		await expect(backUp(database, file)).rejects.toThrow(`${file} is there already`);
		expect(await verifyBackup(file)).toMatchObject({ trailer });
	});

	test('leaves no half file behind when it fails', async () => {
		await expect(backUp(database, join(folder, 'no such folder', 'x'))).rejects.toThrow(/ENOENT/);
		// The connection is as good as before.
		expect((await sql<{ one: number }>`select 1 as one`.execute(database.owner)).rows).toEqual([{ one: 1 }]);
	});

	// Nothing in it depends on the engine, and PGlite takes long to migrate.
	test.skipIf(engine === 'pglite')('of an earlier version is restored and brought up to date', async () => {
		const old = await fresh();
		const [first] = (await listMigrations(old)).map(({ name }) => name);
		await resetSchema(old, first);
		await sql`insert into source (sha256, name, media_type, size, received_by) values (${'c'.repeat(64)}, 'old.csv', 'text/csv', 0, 'seed')`.execute(
			old.db
		);
		const oldFile = nextFile();
		await backUp(old, oldFile);

		const target = await fresh();
		await restore(target, oldFile);
		expect((await listMigrations(target)).every(({ executedAt }) => executedAt !== undefined)).toBe(true);
		expect(await target.db.selectFrom('source').select('name').execute()).toEqual([{ name: 'old.csv' }]);
	});
});

describe('a backup that is not as it was written', () => {
	let target: Database;
	let bytes: Buffer;
	let lines: string[];

	beforeAll(async () => {
		const database = await openFreshPglite();
		await fill(database);
		const file = nextFile();
		await backUp(database, file);
		await database.close();
		bytes = readFileSync(file);
		lines = gunzipSync(bytes).toString().trimEnd().split('\n');
		target = await openFreshPglite();
	});
	afterAll(() => target.close());

	async function expectRefusal(content: Uint8Array, words: RegExp): Promise<void> {
		const file = nextFile();
		writeFileSync(file, content);
		await expect(restore(target, file)).rejects.toThrow(words);
		const { rows } =
			await sql`select from source union all select from posting union all select from organisation`.execute(
				target.db
			);
		expect(rows).toEqual([]);
	}
	const packed = (changed: readonly string[]) => gzipSync(`${changed.join('\n')}\n`);

	test('is refused wherever it is cut off', async () => {
		for (const part of [0, 0.01, 0.3, 0.6, 0.9, 0.999]) {
			await expectRefusal(bytes.subarray(0, Math.floor(bytes.length * part)), /is cut off/);
		}
		await expectRefusal(packed(lines.slice(0, -1)), /is cut off: it has no end/);
		await expectRefusal(gzipSync(lines.join('\n').slice(0, -5)), /is cut off/);
	});

	test('is refused wherever a bit of it has turned', async () => {
		for (let round = 0; round < 25; round++) {
			const turned = Buffer.from(bytes);
			const at = 20 + Math.floor(((bytes.length - 28) * round) / 25);
			turned[at] = turned[at]! ^ (1 << (round % 8));
			await expectRefusal(turned, /is damaged|is cut off|is not a backup/);
		}
	});

	test('is refused when a row is changed, missing, doubled or moved', async () => {
		const at = lines.findIndex((line) => line.includes('"entry_key":"ref:B"'));
		const changed = lines[at]!.replace('-0.10', '-0.20');
		expect(changed).not.toBe(lines[at]);
		await expectRefusal(
			packed(lines.with(at, changed)),
			/is damaged: the rows of ledger_entry are not those/
		);
		await expectRefusal(packed(lines.toSpliced(at, 1)), /is damaged: ledger_entry has \d+ rows, not \d+/);
		await expectRefusal(
			packed(lines.toSpliced(at, 0, lines[at]!)),
			/is damaged: ledger_entry has \d+ rows, not \d+/
		);
		await expectRefusal(packed(lines.with(at, lines[at + 1]!).with(at + 1, lines[at]!)), /is damaged/);
	});

	test('is refused when a table is missing, or something follows its end', async () => {
		const at = lines.findIndex((line) => line.startsWith('["table","portfolio",'));
		const next = lines.findIndex((line, index) => index > at && line.startsWith('["table"'));
		await expectRefusal(packed(lines.toSpliced(at, next - at)), /is damaged/);
		await expectRefusal(packed([...lines, lines.at(-2)!]), /is damaged: something follows its end/);
		await expectRefusal(Buffer.concat([bytes, gzipSync('{}\n')]), /is damaged: something follows its end/);
		await expectRefusal(
			packed(lines.with(-1, lines.at(-1)!.replace(/[0-9a-f]{64}"}]$/, `${'0'.repeat(64)}"}]`))),
			/is damaged/
		);
	});

	test('is refused when it is something else, or of another version', async () => {
		await expectRefusal(Buffer.from('not a backup'), /is not a backup of this dashboard/);
		await expectRefusal(gzipSync('{"some":"file"}\n'), /is not a backup of this dashboard/);
		await expectRefusal(
			packed(lines.with(0, lines[0]!.replace('"format":1', '"format":2'))),
			/has format 2; this version reads format 1/
		);
		await expect(restore(target, join(folder, 'nowhere'))).rejects.toThrow(/ENOENT/);
	});

	test('of a later version, whole as it is, is refused', async () => {
		const [mark, header] = JSON.parse(lines[0]!) as [string, { migrations: string[] }];
		const later = JSON.stringify([mark, { ...header, migrations: [...header.migrations, '2999_later'] }]);
		const { createHash } = await import('node:crypto');
		const body = lines.with(0, later).slice(0, -1);
		const end = JSON.parse(lines.at(-1)!) as [string, Trailer];
		end[1].sha256 = createHash('sha256')
			.update(`${body.join('\n')}\n`)
			.digest('hex');
		await expectRefusal(
			packed([...body, JSON.stringify(end)]),
			/made by another version: it has the migration 2999_later/
		);
	});
});

describe.skipIf(inject('postgres') === null)('the first portfolio', () => {
	test(
		'goes from PostgreSQL to PGlite and back with equal checksums',
		{ tags: 'nightly', timeout: 240_000 },
		async () => {
			const databases: Database[] = [];
			const opened = async (database: Promise<Database>) => {
				databases.push(await database);
				return databases.at(-1)!;
			};
			try {
				const postgres = await opened(openFreshPostgres({ twoRoles: true }));
				await loadFirstPortfolio(postgres, { demonstration: false }, () => {});
				const world = await fill(postgres);
				const there = nextFile();
				const trailer = await backUp(postgres, there);

				const pglite = await opened(openFreshPglite());
				await restore(pglite, there);
				const back = nextFile();
				expect((await backUp(pglite, back)).tables).toEqual(trailer.tables);

				const second = await opened(openFreshPostgres({ twoRoles: true }));
				expect((await restore(second, back)).tables).toEqual(trailer.tables);
				for (const database of [pglite, second]) {
					const { rows } = await sql<{ activities: number }>`
					select count(*)::integer as activities from activity_current where nature = 'published'`.execute(database.db);
					expect(rows).toEqual([{ activities: 135 + world.activities.length }]);
					for (const change of [{}, { country: 'ML' }, { currency: 'USD' as const }]) {
						const slice = wholeOf(world, change);
						expect(await total(database.db, slice)).toEqual(await total(postgres.db, slice));
					}
				}
				const pieces = readSource(
					second.db,
					(await second.db.selectFrom('source').select('source_id').executeTakeFirstOrThrow()).source_id
				);
				expect((await pieces.next()).value!.length).toBeGreaterThan(0);
				// The application's role can use what the owner restored.
				await loadFirstPortfolio(second, { demonstration: false }, () => {
					throw new Error('it is all there already');
				});
			} finally {
				await Promise.all(databases.map((database) => database.close()));
			}
		}
	);
});
