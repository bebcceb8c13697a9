import { createServer, type AddressInfo, type Socket } from 'node:net';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { CONNECT_SECONDS } from '#lib/server/database/connect.ts';
import { migrateToLatest } from '#lib/server/database/migrate.ts';
import { EXPORTS_AT_ONCE, openDatabase, type Database } from '#lib/server/database/open.ts';
import { startRuntime } from '#lib/server/runtime.ts';
import { total } from '#lib/server/ledger/total.ts';
import { readConfiguration } from '#lib/server/configuration.ts';
import { TEST_OPTIONS } from '../support/engines.ts';
import { anEntry, postRecords } from '../support/ledger-factory.ts';
import { plainly, wholeOf } from '../support/ledger-slices.ts';
import { createWorld, type World } from '../support/ledger-world.ts';
import { findPostgresBinaries } from '../support/postgres-binaries.ts';
import { ROLES, addressOf, createDatabase, startCluster, type Cluster } from '../support/postgres-cluster.ts';

const options = (databaseUrl: string) => ({
	...TEST_OPTIONS,
	databaseUrl,
	databaseOwnerUrl: null,
	queryTimeoutSeconds: 5
});
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe.skipIf(inject('postgres') === null)('a PostgreSQL server that comes and goes', () => {
	let cluster: Cluster;
	let database: Database;
	let world: World;
	const before = { amount: '100', entries: 1, unconverted: [] };

	beforeAll(async () => {
		// One of its own: the others' may not be stopped.
		cluster = await startCluster(findPostgresBinaries()!);
		const name = await createDatabase(cluster.address);
		database = await openDatabase(options(addressOf(cluster.address, name)));
		await migrateToLatest(database);
		world = await createWorld(database.db);
		const [activity] = world.activities;
		await postRecords(database.db, 'published', [
			anEntry({
				reporter: world.reporters[0]!,
				activity: activity!.key,
				project: activity!.project,
				reference: 'A'
			})
		]);
	});
	afterAll(async () => {
		await database?.close();
		await cluster?.stop();
	});

	test.each(['fast', 'immediate'] as const)(
		'ends no process when it stops (%s), and serves again when it is back',
		{ tags: 'nightly' },
		async (mode) => {
			const slice = wholeOf(world);
			const runtime = await startRuntime(database, readConfiguration({}));
			const answers: { at: number; failed: boolean }[] = [];
			let going = true;
			const visitor = async () => {
				while (going) {
					const at = performance.now();
					const failed = await total(database.db, slice).then(
						(sum) => {
							if (plainly(sum).amount !== before.amount) throw new Error('a wrong total');
							return false;
						},
						() => true
					);
					answers.push({ at, failed });
					await pause(10);
				}
			};
			const visitors = Array.from({ length: 4 }, visitor);
			// One that holds a client and a transaction while the server goes.
			const holder = database.db.transaction().execute(async (transaction) => {
				await sql`select 1`.execute(transaction);
				await pause(1500);
				await sql`select 1`.execute(transaction);
			});
			const held = expect(holder).rejects.toThrow();
			await pause(300);
			await cluster.halt(mode);
			const stopped = performance.now();
			await pause(1500);
			const version = runtime.dataVersion();
			await cluster.resume();
			const back = performance.now();
			await expect.poll(() => answers.some(({ at, failed }) => at > back && !failed)).toBe(true);
			await pause(1500);
			going = false;
			await Promise.all([held, ...visitors]);

			expect(
				answers.filter(({ at, failed }) => at > stopped && at < back - 500 && failed).length
			).toBeGreaterThan(0);
			// Visitors may have met connections of before until one was served.
			const served = answers.find(({ at, failed }) => at > back && !failed);
			expect(served).toBeDefined();
			expect(answers.filter(({ at, failed }) => at > served!.at + 1000 && failed)).toEqual([]);
			// Pages in the cache stand while the database is away.
			expect(version).toBe(runtime.dataVersion());
			expect(plainly(await total(database.db, slice))).toEqual(before);
		}
	);

	test('posts nothing when it goes in the middle of a posting, and all when tried again', async () => {
		const [activity] = world.activities;
		const records = Array.from({ length: 3000 }, (_, index) =>
			anEntry(
				{
					reporter: world.reporters[1]!,
					activity: activity!.key,
					project: activity!.project,
					reference: `B${index}`
				},
				{ amount: '1.00' }
			)
		);
		const posting = postRecords(database.intake, 'published', records);
		const broken = expect(posting).rejects.toThrow();
		for (;;) {
			// As soon as the posting holds its lock.
			const { rows } = await sql`select from pg_locks where locktype = 'advisory' and granted`.execute(
				database.db
			);
			if (rows.length > 0) break;
			await pause(5);
		}
		await cluster.halt('immediate');
		await broken;
		await cluster.resume();
		expect(plainly(await total(database.db, wholeOf(world)))).toEqual(before);
		const { counts, postingNo } = await postRecords(database.intake, 'published', records);
		expect(counts.added).toBe(3000);
		expect(postingNo).toBe(3);
		expect(plainly(await total(database.db, wholeOf(world)))).toEqual({
			...before,
			amount: '3100',
			entries: 3001
		});
	});

	test('has a download wait its turn behind the long questions of others', { tags: 'nightly' }, async () => {
		const { exports } = database;
		const others = Array.from({ length: EXPORTS_AT_ONCE }, () =>
			sql`select pg_sleep(${CONNECT_SECONDS + 1})`.execute(exports)
		);
		const { rows } = await sql`select 1 as answered`.execute(exports);
		expect(rows).toEqual([{ answered: 1 }]);
		await Promise.all(others);
	});

	test('is refused in one line when its address is wrong', async () => {
		const { address } = cluster;
		const refused: [url: string, words: RegExp][] = [
			[
				addressOf({ ...address, port: 1 }, 'postgres'),
				/^DATABASE_URL cannot be used: no server answers at that host and port$/
			],
			[
				addressOf({ ...address, password: 'wrong' }, 'postgres'),
				/^DATABASE_URL cannot be used: password authentication failed/
			],
			[addressOf(address, 'nowhere'), /^DATABASE_URL cannot be used: database "nowhere" does not exist$/]
		];
		for (const [url, words] of refused) await expect(openDatabase(options(url))).rejects.toThrow(words);
		await expect(
			openDatabase({
				...options(addressOf(address, 'postgres')),
				databaseOwnerUrl: addressOf(address, 'nowhere', ROLES.administrator)
			})
		).rejects.toThrow(/^DATABASE_OWNER_URL cannot be used: database "nowhere" does not exist$/);
	});
});

test(
	'a server that takes connections and says nothing is given up within 5 seconds',
	{ tags: 'nightly' },
	async () => {
		const sockets: Socket[] = [];
		const server = createServer((socket) => void sockets.push(socket));
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const { port } = server.address() as AddressInfo;
		await expect(openDatabase(options(`postgres://nobody@127.0.0.1:${port}/nothing`))).rejects.toThrow(
			'DATABASE_URL cannot be used: the server did not answer within 4 seconds'
		);
		sockets.forEach((socket) => socket.destroy());
		server.close();
	}
);
