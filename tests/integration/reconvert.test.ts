import { sql, type Kysely } from 'kysely';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { add, sum } from '#lib/money/decimal.ts';
import type { DB } from '#lib/server/database/schema.ts';
import { CELL_COLUMNS } from '#lib/server/intake/copy-entries.ts';
import { ENTRY_COLUMNS } from '#lib/server/intake/write-entries.ts';
import type { ExchangeRateRecord, IntakeRecord, LedgerEntryRecord } from '#lib/server/intake/record.ts';
import { previewReconversion } from '#lib/server/intake/reconvert.ts';
import { COMMON, SUMMARIES, SUMS } from '#lib/server/ledger/summaries.ts';
import { total } from '#lib/server/ledger/total.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import {
	aCountingRule,
	aRate,
	anAgreement,
	anEntry,
	postRecords,
	reachInstant
} from '../support/ledger-factory.ts';
import { plainly, wholeOf } from '../support/ledger-slices.ts';
import { createWorld, type World } from '../support/ledger-world.ts';
import { rebuiltSummary, type SummaryName } from '../support/summary-rebuild.ts';

describeOnBothEngines('new rates', (_engine, fresh) => {
	let db: Kysely<DB>;
	let world: World;
	let publisher: string;

	beforeAll(async () => {
		({ db } = await fresh());
	});
	beforeEach(async () => {
		world = await createWorld(db);
		publisher = `publisher of ${world.portfolio}`;
		await postRecords(db, 'published', [
			anAgreement(publisher, world.projects[0]!, { ratePublisher: publisher, rateSeries: 'monthly' })
		]);
	});

	const entry = (reference: string, change: Partial<LedgerEntryRecord> = {}): IntakeRecord =>
		anEntry(
			{
				reporter: world.reporters[0]!,
				activity: world.activities[0]!.key,
				project: world.projects[0]!,
				reference
			},
			{ agreement: publisher, currency: 'GBP', ...change }
		);
	const rate = (currency: string, month: string, eur: string) =>
		aRate(publisher, currency, `${month}-01`, { eur }) as ExchangeRateRecord;
	const spent = async (change = {}) => plainly(await total(db, wholeOf(world, change)));
	const postNow = (records: readonly IntakeRecord[], nature: 'published' | 'demonstration' = 'published') =>
		postRecords(db, nature, records);

	/** The versions of this world's entries, the oldest first. */
	const versions = async () =>
		(
			await sql<{ voucher: string; eur: string | null; usd: string | null; cause: string | null }>`
				select e.voucher, trim_scale(e.amount_eur)::text as eur, trim_scale(e.amount_usd)::text as usd, r.cause
				from ledger_entry e left join ledger_retirement r using (reporting_organisation_id, entry_id)
				join organisation o on o.organisation_id = e.reporting_organisation_id
				where o.key = ${world.reporters[0]} order by e.voucher, e.entry_id`.execute(db)
		).rows;
	const inForce = async () =>
		(await versions())
			.filter(({ cause }) => cause === null)
			.map(({ voucher, eur, usd }) => `${voucher} ${eur ?? '-'} ${usd ?? '-'}`);

	async function expectSummariesToEqualEntries(): Promise<void> {
		for (const { name, columns } of SUMMARIES) {
			const names = sql.raw(
				['nature', 'reporting_organisation_id', ...COMMON, ...Object.keys(columns), ...SUMS].join(', ')
			);
			const kept = sql`select ${names} from ${sql.table(`ledger_current_${name}`)} where entries <> 0`;
			const rebuilt = sql`select ${names} from (${rebuiltSummary(name as SummaryName)}) rebuilt`;
			const { rows } = await sql<{ kept: number; more: number; fewer: number }>`
				select (select count(*)::integer from (${kept}) k) as kept,
					(select count(*)::integer from (${kept} except ${rebuilt}) m) as more,
					(select count(*)::integer from (${rebuilt} except ${kept}) f) as fewer`.execute(db);
			expect(rows[0], name).toMatchObject({ more: 0, fewer: 0 });
			expect(rows[0]!.kept).toBeGreaterThan(0);
		}
	}

	test('convert anew the entries that they concern, and leave what was known before', async () => {
		await postNow([
			rate('GBP', '2017-03', '0.8'),
			rate('GBP', '2017-04', '0.5'),
			rate('USD', '2017-03', '2')
		]);
		await postNow([
			entry('A'),
			entry('B', { amount: '-0.01', sectors: [{ code: '15130', percentage: '33.3' }] }),
			entry('C', { dateFrom: '2017-04-08', dateTo: '2017-04-08' }),
			entry('D', { currency: 'EUR' })
		]);
		const before = await spent();
		expect(before).toEqual({ amount: '424.99', entries: 4, unconverted: [] });
		await reachInstant(db, 'published', '2100-01-02T00:00:00Z');

		const { counts } = await postNow([rate('GBP', '2017-03', '0.9')]);
		expect(counts).toEqual({ added: 0, changed: 0, retired: 0, unchanged: 0, reconverted: 2 });
		// 100 / 0.9 EUR, and 100 / 0.9 x 2 USD; the cent of B is a cent of EUR by both rates.
		expect(await versions()).toEqual([
			{ voucher: 'A', eur: '125', usd: '250', cause: 'rate' },
			{ voucher: 'A', eur: '111.11', usd: '222.22', cause: null },
			expect.objectContaining({ voucher: 'B', eur: '-0.01', cause: 'rate' }),
			expect.objectContaining({ voucher: 'B', eur: '-0.01', cause: null }),
			{ voucher: 'C', eur: '200', usd: null, cause: null },
			{ voucher: 'D', eur: '100', usd: '200', cause: null }
		]);
		expect(await spent()).toEqual({ amount: '411.1', entries: 4, unconverted: [] });
		expect(await spent({ asof: '2100-01-01' })).toEqual(before);
		// The odd cents of A and of B go to the first of the two countries.
		for (const [country, then, now] of [
			['ML', '212.49', '205.55'],
			['NE', '212.5', '205.55']
		] as const) {
			expect((await spent({ country })).amount).toBe(now);
			expect((await spent({ country, asof: '2100-01-01' })).amount).toBe(then);
		}
		await expectSummariesToEqualEntries();
	});

	test('posted again change nothing', async () => {
		const rates = [rate('GBP', '2017-03', '0.80'), rate('USD', '2017-03', '2')];
		await postNow(rates);
		await postNow([entry('A')]);
		const { counts } = await postNow([rate('GBP', '2017-03', '0.8'), rate('USD', '2017-03', '2.000')]);
		expect(counts.reconverted).toBe(0);
		expect((await versions()).map(({ cause }) => cause)).toEqual([null]);
		const { rows } = await sql<{ versions: number }>`
			select count(*)::integer as versions from exchange_rate where publisher = ${publisher}`.execute(db);
		expect(rows[0]!.versions).toBe(rates.length);
	});

	test('convert what had none, by the publisher that its row names or by its agreement’s', async () => {
		const hinted = `hinted ${publisher}`;
		await postNow([
			entry('agreement'),
			entry('hint', { rateHint: hinted }),
			entry('nobody', { agreement: null }),
			entry('undated', { dateFrom: null, dateTo: null, datePrecision: 'unknown' })
		]);
		expect((await spent()).unconverted).toEqual([{ currency: 'GBP', amount: '400', entries: 4 }]);
		const { counts } = await postNow([
			rate('GBP', '2017-03', '0.8'),
			aRate(hinted, 'GBP', '2017-03-05', { eur: '0.5' }, 'daily')
		]);
		expect(counts.reconverted).toBe(2);
		expect(await inForce()).toEqual(['agreement 125 -', 'hint 200 -', 'nobody - -', 'undated - -']);
		expect((await spent()).unconverted).toEqual([{ currency: 'GBP', amount: '200', entries: 2 }]);
		await expectSummariesToEqualEntries();
	});

	test('of a standing list hold until the next, also for what crosses by the euro', async () => {
		const un = `UN ${publisher}`;
		const standing = (currency: string, day: string, usd: string) =>
			aRate(un, currency, day, { usd }, 'standing') as ExchangeRateRecord;
		await postNow([
			anAgreement(un, world.projects[0]!, { ratePublisher: un, rateSeries: 'standing' }),
			standing('GBP', '2017-03-01', '0.8'),
			standing('EUR', '2017-03-01', '0.9')
		]);
		const on = (day: string) => ({ agreement: un, dateFrom: day, dateTo: day });
		await postNow([
			entry('early', on('2017-03-14')),
			entry('late', on('2017-03-20')),
			entry('after', on('2017-04-20')),
			entry('euros', { ...on('2017-03-20'), currency: 'EUR' })
		]);
		expect(await inForce()).toEqual(['after - -', 'early 112.5 125', 'euros 100 111.11', 'late 112.5 125']);
		const { counts } = await postNow([standing('EUR', '2017-03-15', '0.8')]);
		expect(counts.reconverted).toBe(2);
		expect(await inForce()).toEqual(['after - -', 'early 112.5 125', 'euros 100 125', 'late 100 125']);
	});

	test('touch no entry of another publisher, series, month or nature', async () => {
		const daily = `daily ${publisher}`;
		const rates = [
			rate('GBP', '2017-03', '0.8'),
			aRate(daily, 'GBP', '2017-03-08', { eur: '0.8' }, 'daily'),
			aRate(publisher, 'GBP', '2017-03-08', { eur: '0.7' }, 'daily')
		];
		await postNow([
			...rates,
			anAgreement(daily, world.projects[0]!, { ratePublisher: daily, rateSeries: 'daily' })
		]);
		await postNow(
			[anAgreement(publisher, world.projects[0]!, { ratePublisher: publisher })],
			'demonstration'
		);
		const entries = [entry('A'), entry('B', { dateFrom: '2017-02-28', dateTo: '2017-02-28' })];
		await postNow([...entries, entry('C', { agreement: daily })]);
		await postNow(entries, 'demonstration');
		const there = await versions();
		const { counts } = await postNow([
			aRate(daily, 'GBP', '2017-03-09', { eur: '0.1' }, 'daily'),
			aRate(publisher, 'GBP', '2017-03-07', { eur: '0.1' }, 'daily'),
			rate('JPY', '2017-03', '120'),
			rate('GBP', '2017-01', '0.1')
		]);
		expect(counts.reconverted).toBe(0);
		// The demonstration's own rates are for its own books only.
		expect((await postNow([rate('GBP', '2017-03', '0.4')], 'demonstration')).counts.reconverted).toBe(1);
		expect((await versions()).filter(({ cause }) => cause === 'rate')).toHaveLength(1);
		expect((await versions()).filter(({ eur }) => eur !== '250')).toHaveLength(there.length);
		expect((await spent({ nature: 'demonstration' })).amount).toBe('250');
	});

	test('of a second series of a publisher answer where nobody names a series, the monthly ones first', async () => {
		const both = `both ${publisher}`;
		await postNow([aRate(both, 'GBP', '2017-03-08', { eur: '0.5' }, 'daily')]);
		await postNow([entry('A', { rateHint: both })]);
		expect((await postNow([aRate(both, 'GBP', '2017-02-01', { eur: '0.4' })])).counts.reconverted).toBe(0);
		expect((await postNow([aRate(both, 'GBP', '2017-03-01', { eur: '0.4' })])).counts.reconverted).toBe(1);
		expect(await inForce()).toEqual(['A 250 -']);
	});

	test('that were posted anew without one leave the amount unconverted', async () => {
		await postNow([rate('GBP', '2017-03', '0.8')]);
		await postNow([entry('A')]);
		const { counts } = await postNow([aRate(publisher, 'GBP', '2017-03-01', { usd: '0.7' })]);
		expect(counts.reconverted).toBe(1);
		expect(await inForce()).toEqual(['A - 142.86']);
		await postNow([rate('GBP', '2017-03', '0.8')]);
		expect(await inForce()).toEqual(['A 125 -']);
		await expectSummariesToEqualEntries();
	});

	test('keep everything else of an entry and its cells', async () => {
		await postNow([rate('GBP', '2017-03', '0.8')]);
		await postNow([
			aCountingRule(`rule of ${publisher}`, world.reporters[0]!, 'secondary', {}),
			entry('A', {
				description: 'a voucher',
				heading: 'staff',
				provider: world.parties[0]!,
				receiver: world.parties[1]!,
				state: 'audited',
				basis: 'cash',
				objective: world.objectives[0]!,
				codes: { flowType: '10' },
				countries: [{ country: 'PK', percentage: '33.3' }],
				sectors: [{ code: '15130', percentage: '50' }]
			})
		]);
		await postNow([rate('GBP', '2017-03', '0.3')]);
		const { rows } = await sql<Record<string, unknown>>`
			select e.*, (select json_agg(s order by cell_no) from entry_share s
				where s.reporting_organisation_id = e.reporting_organisation_id and s.entry_id = e.entry_id) as cells
			from ledger_entry e join organisation o on o.organisation_id = e.reporting_organisation_id
			where o.key = ${world.reporters[0]} order by entry_id`.execute(db);
		const CHANGED = ['entry_id', 'added_by', 'amount_eur', 'rate_eur'];
		const strip = (row: Record<string, unknown>) => ({
			...Object.fromEntries(Object.entries(row).filter(([name]) => !CHANGED.includes(name))),
			cells: (row.cells as Record<string, unknown>[]).map(
				({ entry_id: _id, amount_eur: _eur, ...cell }) => cell
			)
		});
		expect(rows).toHaveLength(2);
		expect(strip(rows[1]!)).toEqual(strip(rows[0]!));
		expect(rows[1]).toMatchObject({ counting: 'secondary', amount_eur: '333.33', rate_eur: '0.3' });
		const euros = await sql<{ amount: string }>`
			select amount_eur as amount from entry_share where entry_id = ${rows[1]!.entry_id as string}::bigint`.execute(
			db
		);
		expect(euros.rows.length).toBeGreaterThan(2);
		expect(sum(euros.rows.map(({ amount }) => amount))).toBe('333.33');

		// A copied version must name every column there is.
		const columnsOf = async (table: string) =>
			(
				await sql<{ name: string }>`select column_name as name from information_schema.columns
					where table_schema = 'public' and table_name = ${table} and is_generated = 'NEVER'`.execute(db)
			).rows
				.map(({ name }) => name)
				.sort();
		expect(await columnsOf('ledger_entry')).toEqual([...ENTRY_COLUMNS, 'entry_id', 'added_by'].sort());
		expect(await columnsOf('entry_share')).toEqual([...CELL_COLUMNS, 'entry_id'].sort());
	});

	test('are recognised later as the same movements: a file posted again is unchanged', async () => {
		await postNow([rate('GBP', '2017-03', '0.8')]);
		const file = [entry('A'), entry('B', { amount: '7.00' })];
		await postNow(file);
		await postNow([rate('GBP', '2017-03', '0.4')]);
		expect((await postNow(file)).counts).toEqual({ added: 0, changed: 0, retired: 0, unchanged: 2 });
		const { counts } = await postNow([
			rate('GBP', '2017-03', '0.5'),
			entry('A', { amount: '50.00' }),
			entry('B', { amount: '7.00' })
		]);
		expect(counts).toEqual({ added: 0, changed: 1, retired: 0, unchanged: 1, reconverted: 1 });
		expect(await inForce()).toEqual(['A 100 -', 'B 14 -']);
	});

	test('are foreseen by a preview that writes nothing', async () => {
		await postNow([rate('GBP', '2017-03', '0.8'), rate('USD', '2017-03', '2')]);
		await postNow([
			entry('A'),
			entry('B', { amount: '60.00' }),
			entry('C', { currency: 'JPY', amount: '1000' }),
			entry('D', { currency: 'EUR' })
		]);
		const rates = [rate('GBP', '2017-03', '0.5'), rate('JPY', '2017-03', '100')];
		const before = await spent();
		const preview = await previewReconversion(db, 'published', [rates]);
		expect(await spent()).toEqual(before);
		expect(preview).toEqual({
			entries: 3,
			currencies: [
				{
					currency: 'GBP',
					entries: 2,
					amount: '160.00',
					before: { eur: '200.00', usd: '400.00', withoutEur: 0, withoutUsd: 0 },
					after: { eur: '320.00', usd: '640.00', withoutEur: 0, withoutUsd: 0 }
				},
				{
					currency: 'JPY',
					entries: 1,
					amount: '1000',
					before: { eur: null, usd: null, withoutEur: 1, withoutUsd: 1 },
					after: { eur: '10.00', usd: '20.00', withoutEur: 0, withoutUsd: 0 }
				}
			]
		});
		expect((await postNow(rates)).counts.reconverted).toBe(preview.entries);
		const difference = preview.currencies.map(({ before: was, after }) =>
			add(after.eur ?? '0', `-${was.eur ?? '0'}`)
		);
		expect((await spent()).amount).toBe(String(300 + Number.parseInt(sum(difference), 10)));
		expect(await previewReconversion(db, 'published', [rates])).toEqual({ entries: 0, currencies: [] });
	});

	test('posted late give what they give when posted first', async () => {
		const days = ['2017-01-06', '2017-02-02', '2017-03-08', '2017-03-15', '2017-07-01', '2018-06-30'];
		const currencies = ['EUR', 'USD', 'GBP', 'JPY', 'TND'];
		const monthly = days.flatMap((day, index) => [
			rate('USD', day.slice(0, 7), `1.${index}37`),
			aRate(publisher, 'GBP', `${day.slice(0, 7)}-01`, { usd: `0.7${index}` }),
			rate('JPY', day.slice(0, 7), `12${index}.41`)
		]);
		const rates = [...new Map(monthly.map((one) => [`${one.currency} ${one.validFrom}`, one])).values()];
		const entries = (mark: string) =>
			days.flatMap((day, index) =>
				currencies.map((currency, number) =>
					entry(`${mark} ${day} ${currency}`, {
						currency,
						dateFrom: day,
						dateTo: day,
						amount: `${number % 2 ? '-' : ''}${(index + 1) * (number + 7)}.${index}${number}`,
						sectors: [
							{ code: '15130', percentage: '33.3' },
							{ code: '15160', percentage: '41.7' }
						]
					})
				)
			);
		await postNow(entries('late'));
		await postNow(rates.slice(0, 5).map((one) => ({ ...one, unitsPerEur: '3.3', unitsPerUsd: null })));
		await postNow(rates.slice(3, 9));
		await postNow(rates);
		await postNow(entries('first'));
		const { rows } = await sql<{ voucher: string; line: string }>`
			select e.voucher, concat_ws(' ', e.amount_eur, e.amount_usd, e.rate_publisher, e.rate_date, e.rate_eur, e.rate_usd,
				(select string_agg(concat_ws(',', s.country, s.sector, s.amount_eur, s.amount_usd), ';' order by cell_no) from entry_share s
					where s.reporting_organisation_id = e.reporting_organisation_id and s.entry_id = e.entry_id)) as line
			from ledger_entry e join organisation o on o.organisation_id = e.reporting_organisation_id
			where o.key = ${world.reporters[0]} and not exists (select from ledger_retirement r
				where r.reporting_organisation_id = e.reporting_organisation_id and r.entry_id = e.entry_id)
			order by e.voucher`.execute(db);
		const linesOf = (mark: string) =>
			rows
				.filter(({ voucher }) => voucher.startsWith(mark))
				.map(({ voucher, line }) => `${voucher.slice(mark.length)} ${line}`);
		expect(linesOf('first')).toHaveLength(days.length * currencies.length);
		expect(linesOf('late')).toEqual(linesOf('first'));
		await expectSummariesToEqualEntries();
	});

	test('reach more entries than one batch holds', { tags: 'nightly' }, async () => {
		const many = 5_003;
		await postNow(Array.from({ length: many }, (_, index) => entry(`N${index}`, { amount: '0.80' })));
		const { counts } = await postNow([rate('GBP', '2017-03', '0.8')]);
		expect(counts.reconverted).toBe(many);
		expect(await spent()).toEqual({ amount: String(many), entries: many, unconverted: [] });
	});
});
