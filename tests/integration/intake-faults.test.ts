import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import { migrateToLatest } from '#lib/server/database/migrate.ts';
import { openDatabase, type Database } from '#lib/server/database/open.ts';
import { UNDECIDED } from '#lib/server/intake/decided.ts';
import type { IntakeDesk } from '#lib/server/intake/desk.ts';
import { openDesk } from '#lib/server/intake/desk/open-desk.ts';
import { FULL_DISK, failed } from '#lib/words/problem.ts';
import { startChild } from '../support/child.ts';
import { openFreshPostgres } from '../support/databases.ts';
import { TEST_OPTIONS } from '../support/engines.ts';
import { findPostgresBinaries } from '../support/postgres-binaries.ts';
import {
	addressOf,
	administer,
	createDatabase,
	startCluster,
	type Cluster
} from '../support/postgres-cluster.ts';
import { createReporter, reporterOf } from '../support/reports.ts';

/** Processes killed per engine; more by this variable. */
const KILLS = Number.parseInt(process.env.INTAKE_KILLS ?? '4', 10);
const ROWS = 800;
const PATIENCE = 120_000 + 60_000 * KILLS;
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** What the books and the import say of the file that begins at a voucher. */
async function look(database: Database, reporter: string, from: number) {
	const { rows } = await sql<{
		entries: number;
		cells: number;
		state: string | null;
		staged: number;
		amount: string;
	}>`
		with entry as (
			select e.* from ledger_entry e join organisation on organisation_id = reporting_organisation_id
			where key = ${reporter} and substr(voucher, 2)::integer between ${from}::integer and ${from + ROWS - 1}::integer
		)
		select (select count(*)::integer from entry) as entries,
			(select count(*)::integer from entry_share join entry using (reporting_organisation_id, entry_id)) as cells,
			(select coalesce(sum(amount), 0)::text from entry) as amount,
			(select state from import join source using (source_id) where name = ${`${from}.csv`} order by import_id desc limit 1) as state,
			(select count(*)::integer from staged_record join import using (import_id) where state = 'posted') as staged`.execute(
		database.db
	);
	return rows[0]!;
}

/** Takes up what is left of a file, or begins it again, until it is posted. */
async function goOn(desk: IntakeDesk, reporter: string, from: number): Promise<string> {
	const taken = await desk.take(reporterOf(reporter).file(`${from}.csv`, ROWS, { from }));
	if (!('importId' in taken)) throw new Error(JSON.stringify(taken));
	const state = await desk.settled(taken.importId);
	if (state === 'staged') expect(await desk.accept(taken.importId, UNDECIDED)).toBeNull();
	return desk.settled(taken.importId);
}

async function killAtRandom(where: string, reporter: string, reopen: () => Promise<Database>): Promise<void> {
	const importOn = (from: number) =>
		startChild('tests/support/programs/import-on.ts', [where, reporter, String(from), String(ROWS)]);
	// One that is left alone tells how long it takes.
	const whole = importOn(0);
	await whole.line(/^open$/);
	const begun = performance.now();
	await whole.line(/^posted$/);
	const length = performance.now() - begun;
	whole.finish();
	expect((await whole.ended).code).toBe(0);

	for (let round = 1; round <= KILLS; round++) {
		const from = round * ROWS;
		const child = importOn(from);
		await child.line(/^open$/);
		await pause((length * (round - Math.random())) / KILLS);
		child.kill();
		const { lines } = await child.ended;

		const database = await reopen();
		const before = await look(database, reporter, from);
		expect(before).toMatchObject(
			before.state === 'posted'
				? { entries: ROWS, cells: ROWS, staged: 0 }
				: { entries: 0, cells: 0, staged: 0 }
		);
		if (lines.includes('posted')) expect(before.state).toBe('posted');
		if (lines.includes('taken')) expect(before.state).not.toBeNull();
		const desk = await openDesk(database, { dataDir: 'memory://', maxBytes: 1e9, takesUp: true });
		expect(await goOn(desk, reporter, from)).toBe('posted');
		expect(await look(database, reporter, from)).toEqual({
			entries: ROWS,
			cells: ROWS,
			staged: 0,
			state: 'posted',
			amount: '808.00'
		});
		await desk.close();
		await database.close();
	}
	const database = await reopen();
	const { rows } = await sql<{ gaps: number }>`
		select (max(posting_no) - count(*))::integer as gaps from posting where nature = 'published'`.execute(
		database.db
	);
	expect(rows).toEqual([{ gaps: 0 }]);
	await database.close();
}

describe('kill -9 in the middle of an import', { tags: 'nightly' }, () => {
	test(
		'leaves all or nothing in a PGlite folder, says which, and the next start goes on',
		async () => {
			const folder = mkdtempSync(join(tmpdir(), 'dashboard-faults-'));
			onTestFinished(() => rmSync(folder, { recursive: true }));
			const loadDataDir = readFileSync(inject('pglite'));
			const made = await openDatabase({ ...TEST_OPTIONS, dataDir: folder, loadDataDir });
			const { key } = await createReporter(made.db);
			await made.close();
			await killAtRandom(folder, key, () => openDatabase({ ...TEST_OPTIONS, dataDir: folder }));
		},
		PATIENCE
	);

	test.skipIf(inject('postgres') === null)(
		'leaves all or nothing in PostgreSQL, says which, and the next start goes on',
		async () => {
			const made = await openFreshPostgres();
			onTestFinished(() => made.close());
			const { key } = await createReporter(made.db);
			await killAtRandom(made.url!, key, () => openDatabase({ ...TEST_OPTIONS, databaseUrl: made.url }));
		},
		PATIENCE
	);
});

describe.skipIf(inject('postgres') === null)('PostgreSQL stopped in the middle of an import', () => {
	let cluster: Cluster;
	let database: Database;
	let desk: IntakeDesk;
	let reporter: string;

	beforeAll(async () => {
		cluster = await startCluster(findPostgresBinaries()!);
		const name = await createDatabase(cluster.address);
		// What was acknowledged must be there after a crash, as it is with PostgreSQL's own settings.
		await administer(cluster.address, `alter database ${name} set synchronous_commit to on`);
		database = await openDatabase({ ...TEST_OPTIONS, databaseUrl: addressOf(cluster.address, name) });
		await migrateToLatest(database);
		({ key: reporter } = await createReporter(database.db));
		desk = await openDesk(database, { dataDir: 'memory://', maxBytes: 1e9, takesUp: true });
	});
	afterAll(async () => {
		await desk?.close();
		await database?.close();
		await cluster?.stop();
	});

	test.each(['fast', 'immediate'] as const)(
		'(%s) is taken up again when it is back, to the same end',
		{ tags: 'nightly', timeout: PATIENCE },
		async (mode) => {
			const from = mode === 'fast' ? 0 : ROWS;
			const taken = await desk.take(reporterOf(reporter).file(`${from}.csv`, ROWS, { from }));
			if (!('importId' in taken)) throw new Error('nothing was begun');
			await cluster.halt(mode);
			await pause(300);
			await cluster.resume();
			expect(await desk.settled(taken.importId)).toBe('staged');
			await desk.accept(taken.importId, UNDECIDED);
			await cluster.halt(mode);
			await pause(300);
			await cluster.resume();
			expect(await desk.settled(taken.importId)).toBe('posted');
			expect(await look(database, reporter, from)).toMatchObject({ entries: ROWS, cells: ROWS, staged: 0 });
		}
	);
});

/** A file system of its own size needs the right to mount one. */
const mayMount = process.platform === 'linux' && process.getuid?.() === 0 && canMount();

function canMount(): boolean {
	const folder = mkdtempSync(join(tmpdir(), 'dashboard-mount-'));
	const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]).status === 0;
	if (mounted) spawnSync('umount', [folder]);
	rmSync(folder, { recursive: true });
	return mounted;
}

describe.skipIf(!mayMount)('a disk that is full in the middle of an import', () => {
	/** More than is kept free and asked for the file, less than the import takes. */
	const FREE = 68 * 1024 * 1024;
	const MANY = 12_000;

	test(
		'leaves nothing of it, says so, and takes it again once there is room',
		{ tags: 'nightly', timeout: PATIENCE },
		async () => {
			const folder = mkdtempSync(join(tmpdir(), 'dashboard-faults-'));
			execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=400m', 'tmpfs', folder]);
			onTestFinished(() => {
				execFileSync('umount', ['-l', folder]);
				rmSync(folder, { recursive: true });
			});
			const loadDataDir = readFileSync(inject('pglite'));
			const database = await openDatabase({ ...TEST_OPTIONS, dataDir: folder, loadDataDir });
			const reporter = await createReporter(database.db);
			const desk = await openDesk(database, { dataDir: folder, maxBytes: 1e9, takesUp: false });
			onTestFinished(async () => {
				await desk.close();
				await database.close();
			});

			const { bavail, bsize } = statfsSync(folder);
			const filler = join(folder, 'filler');
			writeFileSync(filler, Buffer.alloc(bavail * bsize - FREE));
			const take = async () => {
				const taken = await desk.take(reporter.file('large.csv', MANY));
				if (!('importId' in taken)) throw new Error(JSON.stringify(taken));
				return taken.importId;
			};
			const first = await take();
			expect(await desk.settled(first)).toBe('rejected');
			const { rows } = await sql<{ problem: string; staged: number; entries: number }>`
			select problem, (select count(*)::integer from staged_record) as staged, (select count(*)::integer from ledger_entry) as entries
			from import where import_id = ${first}`.execute(database.db);
			expect(rows).toEqual([{ problem: failed('read', FULL_DISK), staged: 0, entries: 0 }]);

			rmSync(filler);
			const ended = await desk.settled(first);
			const again = ended === 'rejected' ? await take() : first;
			expect(await desk.settled(again)).toBe('staged');
			expect(await desk.accept(again, UNDECIDED)).toBeNull();
			expect(await desk.settled(again)).toBe('posted');
			const posted = await sql`select from ledger_entry`.execute(database.db);
			expect(posted.rows).toHaveLength(MANY);
		}
	);
});

describe('a thread that dies', () => {
	test('of too little memory takes its import with it and nothing else', { tags: 'nightly' }, async () => {
		const reporter = await createReporter(database.db);
		const small = await openDesk(database, {
			dataDir: 'memory://',
			maxBytes: 1e9,
			memoryMb: 8,
			takesUp: false
		});
		const taken = await small.take(reporter.file('heavy.csv', ROWS));
		if (!('importId' in taken)) throw new Error('nothing was begun');
		expect(await small.settled(taken.importId)).toBe('rejected');
		const { rows } = await sql<{ problem: string }>`
			select problem from import where import_id = ${taken.importId}`.execute(database.db);
		expect(rows[0]!.problem).toMatch(/^It could not be read: it takes more than the 8 MB of memory/);
		await small.close();
		const again = await desk.take(reporter.file('heavy.csv', ROWS));
		expect(again.outcome).toBe('reading');
		if ('importId' in again) expect(await desk.settled(again.importId)).toBe('staged');
	});

	let database: Database;
	let desk: IntakeDesk;
	beforeAll(async () => {
		const loadDataDir = readFileSync(inject('pglite'));
		database = await openDatabase({ ...TEST_OPTIONS, loadDataDir });
		desk = await openDesk(database, { dataDir: 'memory://', maxBytes: 1e9, takesUp: false });
		return async () => {
			await desk.close();
			await database.close();
		};
	});

	test('of a process that is closed leaves the connection to others, and the work to the next', async () => {
		const reporter = await createReporter(database.db);
		const taken = await desk.take(reporter.file('closed.csv', ROWS));
		if (!('importId' in taken)) throw new Error('nothing was begun');
		while (!desk.current()) await pause(1);
		await desk.close();
		const { rows } = await sql<{ state: string }>`
			select state from import where import_id = ${taken.importId}`.execute(database.db);
		expect(rows).toEqual([{ state: 'reading' }]);
		desk = await openDesk(database, { dataDir: 'memory://', maxBytes: 1e9, takesUp: true });
		expect(await desk.settled(taken.importId)).toBe('staged');
	});
});
