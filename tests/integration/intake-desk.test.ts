import { gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { Database } from '#lib/server/database/open.ts';
import type { IntakeDesk, Taken } from '#lib/server/intake/desk.ts';
import { UNDECIDED } from '#lib/server/intake/decided.ts';
import { openDesk } from '#lib/server/intake/desk/open-desk.ts';
import { describeImport } from '#lib/server/intake/desk/report.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { bytesOf, postRecords } from '../support/ledger-factory.ts';
import { createReporter, type Reporter } from '../support/reports.ts';
import { workbookOf, type SheetCell } from '../support/workbook-file.ts';

const OPTIONS = { dataDir: 'memory://', maxBytes: 3_000_000, takesUp: false };

describeOnBothEngines('the intake desk', (engine, fresh) => {
	let database: Database;
	let desk: IntakeDesk;
	let reporter: Reporter;

	beforeAll(async () => {
		database = await fresh();
		desk = await openDesk(database, OPTIONS);
		return () => desk.close();
	});
	beforeEach(async () => {
		reporter = await createReporter(database.db);
	});

	const importOf = (taken: Taken): string => {
		if (!('importId' in taken)) throw new Error(`nothing was begun: ${JSON.stringify(taken)}`);
		return taken.importId;
	};
	const entries = async () => {
		const { rows } = await sql<{ count: string }>`
			select count(*) from ledger_entry join organisation on organisation_id = reporting_organisation_id
			where key = ${reporter.key}`.execute(database.db);
		return Number.parseInt(rows[0]!.count, 10);
	};

	test('reads a file in its thread, shows a preview, and posts it once it is accepted', async () => {
		const taken = await desk.take(reporter.file('report.csv', 3));
		expect(taken.outcome).toBe('reading');
		const importId = importOf(taken);
		expect(await desk.settled(importId)).toBe('staged');
		expect(await entries()).toBe(0);
		expect(await describeImport(database.db, importId)).toMatchObject({
			file: 'report.csv',
			state: 'staged',
			problem: null,
			read: { activities: 1, transactions: 3, sums: { EUR: { '4': { count: 3, sum: '3.03' } } } },
			posted: { added: 0, changed: 0, retired: 0, unchanged: 0 },
			findings: { critical: 0, error: 0, warning: 0 }
		});
		expect(await desk.accept(importId, UNDECIDED)).toBeNull();
		expect(await desk.settled(importId)).toBe('posted');
		expect(await entries()).toBe(3);
		expect((await describeImport(database.db, importId))!.posted).toMatchObject({ added: 3 });
		expect(desk.progress(importId)).toBeNull();
		expect(desk.current()).toBeNull();
	});

	test('answers identical while a file waits and once it is posted, and reads it again after another', async () => {
		const first = await desk.take(reporter.file('report.csv', 2));
		const importId = importOf(first);
		expect(await desk.take(reporter.file('other name.csv', 2))).toMatchObject({
			outcome: 'identical',
			importId
		});
		await desk.settled(importId);
		expect(await desk.take(reporter.file('report.csv', 2))).toMatchObject({ outcome: 'identical', importId });
		await desk.accept(importId, UNDECIDED);
		await desk.settled(importId);
		expect(await desk.take(reporter.file('report.csv', 2))).toMatchObject({ outcome: 'identical', importId });
		const changed = importOf(await desk.take(reporter.file('report.csv', 2, { amount: '2.02' })));
		await desk.settled(changed);
		await desk.accept(changed, UNDECIDED);
		expect(await desk.settled(changed)).toBe('posted');
		expect((await desk.take(reporter.file('report.csv', 2))).outcome).toBe('reading');
	});

	test('begins one import of a file that is handed in many times at once', async () => {
		const taken = await Promise.all(Array.from({ length: 5 }, () => desk.take(reporter.file('same.csv', 5))));
		expect(new Set(taken.map(importOf)).size).toBe(1);
		expect(taken.filter(({ outcome }) => outcome === 'reading')).toHaveLength(1);
		expect(await desk.settled(importOf(taken[0]!))).toBe('staged');
	});

	test('posts once what two desks are given at once, as two processes have', async () => {
		const other = await openDesk(database, OPTIONS);
		const both = await Promise.all(
			[desk, other].map(async (at) => {
				const importId = importOf(await at.take(reporter.file('raced.csv', 6)));
				expect(await at.settled(importId)).toMatch(/^(staged|posted)$/);
				const refusal = await at.accept(importId, UNDECIDED);
				expect([importId, await at.settled(importId)]).toEqual([importId, 'posted']);
				return { importId, refusal };
			})
		);
		expect(new Set(both.map(({ importId }) => importId)).size).toBe(1);
		expect(both.filter(({ refusal }) => refusal === null)).toHaveLength(1);
		expect(await entries()).toBe(6);
		await other.close();
	});

	test('takes one of two acceptances at once, and says why not the other', async () => {
		const importId = importOf(await desk.take(reporter.file('twice.csv', 4)));
		await desk.settled(importId);
		const refusals = await Promise.all([desk.accept(importId, UNDECIDED), desk.accept(importId, UNDECIDED)]);
		expect(refusals.filter((refusal) => refusal === null)).toHaveLength(1);
		expect(refusals.find((refusal) => refusal !== null)!.code).toMatch(/^(being-posted|posted)$/);
		expect(await desk.settled(importId)).toBe('posted');
		expect(await entries()).toBe(4);
	});

	test('keeps a rejected file, its reason and its findings, and reads it anew when it comes again', async () => {
		const importId = importOf(await desk.take(reporter.file('no.csv', 2)));
		await desk.settled(importId);
		expect(await desk.reject(importId, 'not ours')).toBeNull();
		expect(await desk.reject(importId, 'again')).toMatchObject({ code: 'rejected' });
		expect(await describeImport(database.db, importId)).toMatchObject({
			state: 'rejected',
			problem: 'not ours'
		});
		expect(await desk.accept(importId, UNDECIDED)).toMatchObject({ code: 'rejected' });
		expect((await desk.take(reporter.file('no.csv', 2))).outcome).toBe('reading');
	});

	test('rejects what cannot be read, with the reason, and stages nothing of it', async () => {
		const file = { ...reporter.file('broken.csv', 0), bytes: bytesOf(reporter.text(5) + '"never closed') };
		const importId = importOf(await desk.take(file));
		expect(await desk.settled(importId)).toBe('rejected');
		expect(await describeImport(database.db, importId)).toMatchObject({
			findings: { critical: 1 },
			problem: expect.stringMatching(/^broken\.csv row 7: .*\(csv-quote-unclosed\)$/) as string
		});
		const { rows } = await sql`select from staged_record where import_id = ${importId}`.execute(database.db);
		expect(rows).toEqual([]);
	});

	test('opens gzip, and refuses one that is broken or holds too much', { tags: 'nightly' }, async () => {
		const file = (bytes: Buffer) => ({
			...reporter.file('report.csv.gz', 0),
			bytes: (async function* () {
				yield bytes;
			})()
		});
		const good = importOf(await desk.take(file(gzipSync(reporter.text(3)))));
		expect(await desk.settled(good)).toBe('staged');
		expect((await describeImport(database.db, good))!.read.transactions).toBe(3);
		const cut = importOf(await desk.take(file(gzipSync(reporter.text(30)).subarray(0, -9))));
		expect(await desk.settled(cut)).toBe('rejected');
		expect((await describeImport(database.db, cut))!.problem).toContain('gzip-broken');
		const header = reporter.text(1);
		const bomb = importOf(await desk.take(file(gzipSync(header + '\n'.repeat(OPTIONS.maxBytes)))));
		expect(await desk.settled(bomb)).toBe('rejected');
		expect((await describeImport(database.db, bomb))!.problem).toContain('inflates-too-far');
	});

	test('refuses a file that is too large, and leaves nothing of it', async () => {
		const before = await database.db.selectFrom('source').select('source_id').execute();
		const small = await openDesk(database, { ...OPTIONS, maxBytes: 100 });
		expect(await small.take(reporter.file('large.csv', 10))).toMatchObject({
			outcome: 'refused',
			refusal: { code: 'too-large', message: expect.stringContaining('INTAKE_MAX_BYTES') as string }
		});
		expect(await small.findNoRoom(101)).toMatchObject({ code: 'too-large' });
		expect(await small.findNoRoom(100)).toBeNull();
		await small.close();
		expect(await database.db.selectFrom('source').select('source_id').execute()).toEqual(before);
	});

	test('stores what nobody knows how to read, and says so', async () => {
		const file = { ...reporter.file('notes.json', 0), bytes: bytesOf(`{"a": "${reporter.key}"}`) };
		expect(await desk.take(file)).toMatchObject({ outcome: 'stored', reason: 'format-unknown' });
	});

	test('reads a workbook of exchange rates as one, and waits for a mapping of any other', async () => {
		const workbook = (...rows: SheetCell[][]) =>
			bytesOf(workbookOf({ sheets: [{ name: reporter.key, rows }] }));
		const rates = {
			...reporter.file('un-rates.xlsx', 0),
			bytes: workbook(
				['Country', 'Currency', 'Currency Code', 'Effective Date', 'Rate'],
				['Mali', 'CFA Franc', 'XOF', { date: '2016-07-01' }, { number: '590.5' }]
			)
		};
		const importId = importOf(await desk.take(rates));
		expect(await desk.settled(importId)).toBe('staged');
		const ledger = {
			...reporter.file('ledger.xlsx', 0),
			bytes: workbook(['Voucher', 'Amount'], ['A', { number: '1' }])
		};
		expect(await desk.take(ledger)).toMatchObject({ outcome: 'stored', reason: 'mapping-needed' });
	});

	test('cancels a reading, and holds nothing of it', async () => {
		const importId = importOf(await desk.take(reporter.file('long.csv', 40_000)));
		await expect.poll(() => desk.progress(importId)?.phase, { interval: 5 }).toBe('reading');
		expect(await desk.cancel(importId)).toBeNull();
		expect(await desk.settled(importId)).toBe('cancelled');
		const { rows } = await sql`select from staged_record where import_id = ${importId}`.execute(database.db);
		expect(rows).toEqual([]);
		expect(await desk.cancel(importId)).toMatchObject({ code: 'not-under-way' });
	});

	test(
		'cancels a posting, which is a preview again with nothing of it in the books',
		{ tags: 'nightly' },
		async () => {
			const importId = importOf(await desk.take(reporter.file('much.csv', 10_000)));
			await desk.settled(importId);
			await desk.accept(importId, UNDECIDED);
			await expect.poll(() => desk.progress(importId)?.done ?? 0, { interval: 5 }).toBeGreaterThan(0);
			expect(await desk.cancel(importId)).toBeNull();
			expect(await desk.settled(importId)).toBe('staged');
			expect((await describeImport(database.db, importId))!.problem).toMatch(/cancelled/);
			expect(await entries()).toBe(0);
			await postRecords(database.db, 'published', []);
			expect(await desk.accept(importId, UNDECIDED)).toBeNull();
			expect(await desk.settled(importId)).toBe('posted');
			expect(await entries()).toBe(10_000);
		}
	);

	test('tells how far it is, and lets pages read meanwhile', async () => {
		const importId = importOf(await desk.take(reporter.file('watched.csv', 10_000)));
		const phases = new Set<string>();
		let reads = 0;
		const settled = desk.settled(importId).then((state) => (phases.add(state), state));
		while (!phases.has('staged')) {
			const progress = desk.progress(importId);
			if (progress) phases.add(progress.phase);
			await sql`select 1`.execute(database.db);
			reads++;
		}
		expect(await settled).toBe('staged');
		expect([...phases]).toContain('reading');
		expect(reads).toBeGreaterThan(3);
		if (engine === 'postgresql') expect(desk.current()).toBeNull();
	});
});
