import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import pg from 'pg';
import { beforeAll, expect, inject, test } from 'vitest';
import { guard } from '#lib/server/answer.ts';
import { readConfiguration } from '#lib/server/configuration.ts';
import { openDatabase, type Database } from '#lib/server/database/open.ts';
import { WireSocket, speakThrough } from '#lib/server/database/wire-socket.ts';
import type { IntakeDesk, Progress } from '#lib/server/intake/desk.ts';
import { startRuntime } from '#lib/server/runtime.ts';
import { TEST_OPTIONS } from '../support/engines.ts';

/** PGlite has one connection, and a posting in another thread has it to itself meanwhile. */
let database: Database;
const work: Progress = {
	importId: '1',
	fileName: 'report.xml',
	phase: 'posting',
	done: 30,
	total: 90,
	records: 30,
	startedAt: '2026-01-01T00:00:00.000Z',
	secondsLeft: 60
};

beforeAll(async () => {
	const loadDataDir = readFileSync(inject('pglite'));
	database = await openDatabase({ ...TEST_OPTIONS, queryTimeoutSeconds: 1, loadDataDir });
	const desk = { current: () => work, close: () => Promise.resolve() } as IntakeDesk;
	const runtime = await startRuntime(database, readConfiguration({}), {
		openIntake: () => Promise.resolve(desk)
	});
	return () => runtime.close();
});

test('a page that asks meanwhile is told to come back, and how much is done', async () => {
	const loan = await database.lender!.lend();
	expect(database.lender!.isLent()).toBe(true);
	const asking = guard(() => sql`select 1`.execute(database.db));
	await expect(asking).rejects.toMatchObject({
		status: 503,
		body: { message: 'a report is being posted, 33 % done', work: { percent: 33 } }
	});
	const patient = sql<{ one: number }>`select 1 as one`.execute(database.db);
	await loan.giveBack();
	expect((await patient).rows).toEqual([{ one: 1 }]);
	expect(database.lender!.isLent()).toBe(false);
});

test('what a borrower had begun when it died is rolled back', async () => {
	await sql`create table begun (number integer)`.execute(database.db);
	const loan = await database.lender!.lend();
	const port = database.lender!.channel();
	const speak = speakThrough(port);
	const borrower = new pg.Client({
		stream: () => new WireSocket(speak) as never,
		user: 'postgres',
		database: 'postgres'
	});
	await borrower.connect();
	await borrower.query('begin');
	await borrower.query('insert into begun values (1)');
	port.close();
	await loan.giveBack(true);
	await loan.giveBack(true);
	expect((await sql`select number from begun`.execute(database.db)).rows).toEqual([]);
	await sql`insert into begun values (2)`.execute(database.db);
	expect((await sql`select number from begun`.execute(database.db)).rows).toEqual([{ number: 2 }]);
});
