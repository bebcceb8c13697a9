import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { sql, type Kysely } from 'kysely';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { DB } from '#lib/server/database/schema.ts';
import { findIdentical } from '#lib/server/intake/identical.ts';
import { post } from '#lib/server/intake/post.ts';
import type { Format } from '#lib/server/intake/readers/index.ts';
import { readSource, receive } from '#lib/server/intake/receive.ts';
import { stage, type Staged, type StageInput } from '#lib/server/intake/stage.ts';
import { rows } from '#lib/server/ledger/rows.ts';
import { total } from '#lib/server/ledger/total.ts';
import type { LedgerEntryRecord } from '#lib/server/intake/record.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import {
	aCountingRule,
	aProject,
	aRate,
	aWithdrawal,
	anActivity,
	anAgreement,
	anEntry,
	anOrganisation,
	bytesOf,
	postRecords,
	stageRecords
} from '../support/ledger-factory.ts';
import { plainly, wholeOf } from '../support/ledger-slices.ts';
import { createWorld, type World } from '../support/ledger-world.ts';

const HEADER = 'reporter,project,activity,kind,reference,date_from,amount,currency,countries,sectors';

describeOnBothEngines('intake', (_engine, fresh) => {
	let db: Kysely<DB>;
	let world: World;
	let identity: { reporter: string; activity: string; project: string };

	beforeAll(async () => {
		({ db } = await fresh());
	});
	beforeEach(async () => {
		world = await createWorld(db);
		identity = {
			reporter: world.reporters[0]!,
			activity: world.activities[1]!.key,
			project: world.projects[0]!
		};
	});

	const entry = (reference: string | null, change: Partial<LedgerEntryRecord> = {}) =>
		anEntry({ ...identity, reference }, change);
	const spent = async (change = {}) => plainly(await total(db, wholeOf(world, change)));
	const versions = async (reference: string) =>
		(
			await sql<{ amount: string; cause: string | null }>`
				select e.amount, r.cause from ledger_entry e left join ledger_retirement r using (reporting_organisation_id, entry_id)
				join organisation o on o.organisation_id = e.reporting_organisation_id
				where e.voucher = ${reference} and o.key = ${identity.reporter} order by e.entry_id`.execute(db)
		).rows;

	async function stageFile(
		text: string,
		format: Format = 'ledger-csv'
	): Promise<Staged & { input: StageInput }> {
		const source = await receive(db, {
			name: 'report.csv',
			mediaType: 'text/csv',
			bytes: bytesOf(text),
			receivedBy: 'upload',
			released: false
		});
		const input: StageInput = {
			sourceId: source.sourceId,
			nature: 'published',
			format,
			coverage: { complete: false },
			options: { fileName: 'report.csv', nature: 'published' }
		};
		return { input, ...(await stage(db, input)) };
	}
	const line = (reference: string, amount: string, rest = 'ML 60;NE 40,15130') =>
		[
			identity.reporter,
			identity.project,
			identity.activity,
			'4',
			reference,
			'2017-03-08',
			amount,
			'EUR',
			rest
		].join();

	test('takes a file through all its steps, and knows it again', async () => {
		const text = [HEADER, line('A', '10.01'), line('B', '-3.50')].join('\n');
		const { input, importId } = await stageFile(text);
		expect(await findIdentical(db, input)).toBeNull();
		const { postingNo, counts } = await post(db, importId, { explanation: 'a report' });
		expect(counts).toEqual({ added: 2, changed: 0, retired: 0, unchanged: 0 });
		expect(await spent()).toEqual({ amount: '6.51', entries: 2, unconverted: [] });
		expect(await spent({ country: 'ML' })).toEqual({ amount: '3.91', entries: 2, unconverted: [] });

		const again = await stageFile(text);
		expect(again.input.sourceId).toBe(input.sourceId);
		expect(await findIdentical(db, again.input)).toEqual({ importId, postingNo });
		await expect(post(db, importId, { explanation: 'again' })).rejects.toThrow(/is posted, not staged/);
	});

	test('keeps what an import said and clears its preview', async () => {
		const { importId, state } = await stageFile([HEADER, line('A', '10.01'), line('B', 'ten')].join('\n'));
		expect(state).toBe('staged');
		await post(db, importId, { explanation: 'a report' });
		const stored = await db
			.selectFrom('import')
			.selectAll()
			.where('import_id', '=', importId)
			.executeTakeFirstOrThrow();
		expect(stored.state).toBe('posted');
		expect(stored.counts).toMatchObject({
			records: { ledger_entry: 1 },
			findings: { critical: 0, error: 1, warning: 0 },
			posted: { added: 1, changed: 0, retired: 0, unchanged: 0 }
		});
		const findings = await db.selectFrom('finding').selectAll().where('import_id', '=', importId).execute();
		expect(findings).toEqual([
			expect.objectContaining({
				severity: 'error',
				rule: 'not-a-number',
				place: 'report.csv row 3',
				was_read: 'amount: ten',
				was_done: 'row not read'
			})
		]);
		expect(
			await db.selectFrom('staged_record').selectAll().where('import_id', '=', importId).execute()
		).toEqual([]);
	});

	test('rejects a file that cannot be read as a whole, and posts nothing of it', async () => {
		const { importId, state } = await stageFile('reporter,amount\nx,1');
		expect(state).toBe('rejected');
		await expect(post(db, importId, { explanation: 'no' })).rejects.toThrow(/is rejected, not staged/);
	});

	test('takes the first of two rows that name the same thing, and says so of the second', async () => {
		const key = `ORG ${identity.reporter}`;
		const header = (await readFile('db/seed/gloact/organisations.csv', 'utf8')).split(/\r?\n/)[0]!;
		const row = (name: string) =>
			header
				.split(',')
				.map((column, index) =>
					index === 0 ? key : column === 'name' ? name : column === 'source_url' ? 'https://example.org/' : ''
				)
				.join();
		const { importId, state, counts } = await stageFile(
			[header, row('First'), row('Second')].join('\n'),
			'facts-csv'
		);
		expect({ state, records: counts.records }).toEqual({ state: 'staged', records: { organisation: 1 } });
		await post(db, importId, { explanation: 'organisations' });
		const findings = await db
			.selectFrom('finding')
			.select(['severity', 'rule', 'place', 'was_read'])
			.where('import_id', '=', importId)
			.execute();
		expect(findings).toContainEqual({
			severity: 'error',
			rule: 'named-twice',
			place: 'report.csv row 3',
			was_read: `organisation ${key}`
		});
		const names = await sql<{
			name: string;
		}>`select name from organisation_version join organisation using (organisation_id) where key = ${key}`.execute(
			db
		);
		expect(names.rows).toEqual([{ name: 'First' }]);
	});

	test('refuses a row with a character that cannot be kept, and takes the others', async () => {
		const { counts } = await stageFile(
			[HEADER, line('A\0', '1.00'), line('B', '2\0'), line('C', '3.00')].join('\n')
		);
		expect(counts).toMatchObject({
			records: { ledger_entry: 1 },
			findings: { critical: 0, error: 2, warning: 0 }
		});
	});

	test('gives a row its place in the file and the file itself', async () => {
		const text = [HEADER, line('A', '10.01')].join('\n');
		const { importId } = await stageFile(text);
		await post(db, importId, { explanation: 'a report' });
		const { rows: listed } = await rows(db, wholeOf(world), { after: null, limit: 10 });
		expect(listed).toEqual([
			expect.objectContaining({
				place: 'report.csv row 2',
				source_name: 'report.csv',
				voucher: 'A',
				amount: '10.01',
				country_basis: 'measured',
				source_sha256: createHash('sha256').update(text).digest('hex')
			})
		]);
	});

	test('changes nothing when a movement is reported again as it was', async () => {
		await postRecords(db, 'published', [entry('A'), entry(null), entry(null)]);
		const { counts } = await postRecords(db, 'published', [entry('A'), entry(null), entry(null)]);
		expect(counts).toEqual({ added: 0, changed: 0, retired: 0, unchanged: 3 });
		expect(await spent()).toEqual({ amount: '300', entries: 3, unconverted: [] });
	});

	test('replaces a movement that is reported otherwise, and keeps both versions', async () => {
		await postRecords(db, 'published', [entry('A')]);
		const { counts } = await postRecords(db, 'published', [entry('A', { amount: '90.00' })]);
		expect(counts).toEqual({ added: 0, changed: 1, retired: 0, unchanged: 0 });
		expect(await versions('A')).toEqual([
			{ amount: '100.00', cause: 'correction' },
			{ amount: '90.00', cause: null }
		]);
		expect(await spent()).toEqual({ amount: '90', entries: 1, unconverted: [] });
	});

	test('takes back what a file withdraws, and says when there is nothing to take back', async () => {
		await postRecords(db, 'published', [entry('A'), entry('B')]);
		const importId = await stageRecords(db, 'published', [
			aWithdrawal({ ...identity, reference: 'A' }),
			aWithdrawal({ ...identity, reference: 'never there' })
		]);
		expect((await post(db, importId, { explanation: 'withdrawn' })).counts.retired).toBe(1);
		expect(await versions('A')).toEqual([{ amount: '100.00', cause: 'withdrawal' }]);
		expect(await spent()).toEqual({ amount: '100', entries: 1, unconverted: [] });
		const findings = await db
			.selectFrom('finding')
			.select('rule')
			.where('import_id', '=', importId)
			.execute();
		expect(findings).toEqual([{ rule: 'withdrawal-of-nothing' }]);
		const back = await postRecords(db, 'published', [entry('A')]);
		expect(back.counts.added).toBe(1);
		expect((await spent()).entries).toBe(2);
	});

	test('tells rows without a reference apart by number, as a multiset', async () => {
		const later = { dateFrom: '2017-04-01', dateTo: '2017-04-01' };
		await postRecords(db, 'published', [entry(null), entry(null), entry(null, { ...later, amount: '7.00' })]);
		const { counts } = await postRecords(db, 'published', [entry(null), entry(null), entry(null)]);
		expect(counts).toEqual({ added: 1, changed: 0, retired: 0, unchanged: 2 });
		expect(await spent()).toEqual({ amount: '307', entries: 4, unconverted: [] });
	});

	test('keeps a reference that a file gives twice apart from one that looks like its number', async () => {
		const file = [
			entry('A'),
			entry('A', { amount: '1.00' }),
			entry('A:1', { amount: '2.00' }),
			entry('2:ref:A', { amount: '4.00' })
		];
		expect((await postRecords(db, 'published', file)).counts.added).toBe(4);
		expect((await postRecords(db, 'published', file)).counts).toEqual({
			added: 0,
			changed: 0,
			retired: 0,
			unchanged: 4
		});
		expect(await spent()).toEqual({ amount: '107', entries: 4, unconverted: [] });
	});

	test('keeps keys with blanks apart', async () => {
		const [one, other] = [`${identity.reporter} x`, `x ${identity.activity}`];
		await postRecords(db, 'published', [anOrganisation(one), anActivity(other, identity.project)]);
		const file = [
			anEntry({ ...identity, reporter: one, reference: 'A' }),
			anEntry({ ...identity, activity: other, reference: 'A' })
		];
		expect((await postRecords(db, 'published', file)).counts.added).toBe(2);
		expect((await postRecords(db, 'published', file)).counts.unchanged).toBe(2);
	});

	test('holds a batch of thousands against what is there', { tags: 'nightly' }, async () => {
		const many = (amount: string) =>
			Array.from({ length: 6000 }, (_, index) => entry(`M${index}`, { amount }));
		expect((await postRecords(db, 'published', many('1.00'))).counts.added).toBe(6000);
		expect(
			(
				await postRecords(db, 'published', [
					...many('1.00').slice(0, 5999),
					entry('M5999', { amount: '2.00' })
				])
			).counts
		).toEqual({
			added: 0,
			changed: 1,
			retired: 0,
			unchanged: 5999
		});
		expect(await spent()).toEqual({ amount: '6001', entries: 6000, unconverted: [] });
	});

	test('leaves nothing behind of a posting that fails midway', async () => {
		const everything = async () =>
			(
				await sql<{
					count: string;
				}>`select (select count(*) from posting) + (select count(*) from ledger_entry) + (select count(*) from entry_share)
					+ (select count(*) from organisation) + (select count(*) from organisation_version) + (select count(*) from ledger_delta_month)
					+ (select coalesce(sum(entries), 0) from ledger_current_month) as count`.execute(db)
			).rows[0]!.count;
		const importId = await stageRecords(db, 'published', [
			anOrganisation(`new ${identity.reporter}`),
			...Array.from({ length: 50 }, (_, index) => entry(`F${index}`)),
			entry('bad', { activity: 'nobody knows it', place: 'report.csv row 52' })
		]);
		const before = await everything();
		await expect(post(db, importId, { explanation: 'fails' })).rejects.toThrow(
			'report.csv row 52 names the activity nobody knows it, which is not known'
		);
		expect(await everything()).toBe(before);
		const { state } = await db
			.selectFrom('import')
			.select('state')
			.where('import_id', '=', importId)
			.executeTakeFirstOrThrow();
		expect(state).toBe('staged');
	});

	test('counts by the newest rule, also what was in the books before', async () => {
		const rule = (key: string, counting: Parameters<typeof aCountingRule>[2], match = {}) =>
			aCountingRule(`${key} of ${identity.reporter}`, identity.reporter, counting, match);
		const transfer = { receiver: world.parties[1]!, entryKind: '3' as const };
		await postRecords(db, 'published', [entry('A', transfer), entry('B')]);
		expect((await spent()).entries).toBe(2);

		const { counts } = await postRecords(db, 'published', [
			rule('one', 'internal_transfer', { receiver: world.parties[1]! })
		]);
		expect(counts.changed).toBe(1);
		expect((await total(db, wholeOf(world))).notCounted).toEqual([
			{ reason: 'internal_transfer', amount: '100.00', entries: 1, unconverted: [] }
		]);
		expect(await versions('A')).toEqual([
			{ amount: '100.00', cause: 'counting' },
			{ amount: '100.00', cause: null }
		]);

		// A second rule of a later file wins, in one file the last one.
		await postRecords(db, 'published', [
			rule('two', 'secondary', { entryKind: '3' }),
			rule('three', 'reported_by_children', { entryKind: '3' })
		]);
		expect((await spent({ counting: 'reported_by_children' })).entries).toBe(1);
		// A rule that no longer speaks of an entry leaves it to the others.
		await postRecords(db, 'published', [rule('three', 'reported_by_children', { entryKind: '7' })]);
		expect((await spent({ counting: 'secondary' })).entries).toBe(1);
		await postRecords(db, 'published', [
			rule('two', 'secondary', { entryKind: '7' }),
			rule('one', 'internal_transfer', { entryKind: '7' })
		]);
		expect((await spent()).entries).toBe(2);
		// And what comes later is counted by the rules in force.
		await postRecords(db, 'published', [rule('one', 'internal_transfer', { receiver: world.parties[1]! })]);
		await postRecords(db, 'published', [entry('C', transfer)]);
		expect((await spent({ counting: 'internal_transfer' })).entries).toBe(2);
	});

	test('counts by a rule that names an organisation its own file brings', async () => {
		const receiver = `newcomer ${identity.reporter}`;
		await postRecords(db, 'published', [
			aCountingRule(receiver, identity.reporter, 'internal_transfer', { receiver }),
			entry('A', { receiver, entryKind: '3' })
		]);
		expect((await spent({ counting: 'internal_transfer' })).entries).toBe(1);
	});

	test('marks money that goes back to who funds now, not to who once did', async () => {
		const [funder, partner] = world.parties as [string, string];
		const paid = (reference: string) => entry(reference, { entryKind: '3', receiver: funder });
		await postRecords(db, 'published', [paid('A'), entry('in', { entryKind: '1', amount: '-20.00' })]);
		expect(await spent({ measure: 'returned' })).toEqual({ amount: '120', entries: 2, unconverted: [] });
		expect((await spent()).entries).toBe(0);
		await postRecords(db, 'published', [
			aProject(identity.project, { parties: [{ organisation: { key: partner }, role: 'funding' }] })
		]);
		await postRecords(db, 'published', [paid('B')]);
		expect(await spent()).toEqual({ amount: '100', entries: 1, unconverted: [] });
	});

	test('takes the countries of an activity from its project as it is now', async () => {
		await postRecords(db, 'published', [aProject(identity.project, { countries: ['NE'] })]);
		const key = `later ${identity.activity}`;
		await postRecords(db, 'published', [
			anActivity(key, identity.project, { participatingCountries: ['ML', 'NE', 'FR'] })
		]);
		const { rows: recipients } = await sql<{ country: string }>`
			select country from activity_country join activity_current using (activity_version_id) join activity using (activity_id)
			where key = ${key} and relation = 'recipient'`.execute(db);
		expect(recipients).toEqual([{ country: 'NE' }]);
	});

	test('cuts an entry as itself says, else as its activity, and names what nobody allocates', async () => {
		const halves = { ...identity, activity: world.activities[0]!.key };
		await postRecords(db, 'published', [
			anEntry({ ...halves, reference: 'inherits' }, { amount: '0.03' }),
			anEntry(
				{ ...halves, reference: 'own' },
				{ amount: '100.00', countries: [{ country: 'PK', percentage: '33.3' }], countryBasis: 'measured' }
			),
			anEntry(
				{ ...halves, reference: 'nothing' },
				{ amount: '5.00', countries: [{ country: null, percentage: '100' }] }
			)
		]);
		const { rows: cells } = await sql<{
			voucher: string;
			country: string | null;
			amount: string;
			country_basis: string;
		}>`
			select e.voucher, s.country, s.amount, s.country_basis from entry_share s join ledger_entry e using (reporting_organisation_id, entry_id)
			join organisation o on o.organisation_id = e.reporting_organisation_id where o.key = ${identity.reporter} order by e.entry_id, s.cell_no`.execute(
			db
		);
		expect(cells).toEqual([
			{ voucher: 'inherits', country: 'ML', amount: '0.02', country_basis: 'apportioned' },
			{ voucher: 'inherits', country: 'NE', amount: '0.01', country_basis: 'apportioned' },
			{ voucher: 'own', country: 'PK', amount: '33.30', country_basis: 'measured' },
			{ voucher: 'own', country: null, amount: '66.70', country_basis: 'unallocated' },
			{ voucher: 'nothing', country: null, amount: '5.00', country_basis: 'unallocated' }
		]);
	});

	test('converts by the series that the agreement names, and by nothing else', async () => {
		const publisher = `two series ${identity.reporter}`;
		const [monthly, daily] = [`m ${publisher}`, `d ${publisher}`];
		await postRecords(db, 'published', [
			aRate(publisher, 'USD', '2017-03-01', { eur: '2' }, 'monthly'),
			aRate(publisher, 'USD', '2017-03-01', { eur: '4' }, 'daily'),
			anAgreement(monthly, identity.project, { ratePublisher: publisher, rateSeries: 'monthly' }),
			anAgreement(daily, identity.project, { ratePublisher: publisher, rateSeries: 'daily' })
		]);
		const dollars = (reference: string, agreement: string | null, on: string) =>
			entry(reference, { agreement, amount: '1.00', currency: 'USD', dateFrom: on, dateTo: on });
		await postRecords(db, 'published', [
			dollars('month', monthly, '2017-03-31'),
			dollars('other month', monthly, '2017-04-01'),
			dollars('week', daily, '2017-03-08'),
			dollars('later', daily, '2017-03-09'),
			dollars('nobody', null, '2017-03-08')
		]);
		const { rows: booked } = await sql<{
			voucher: string;
			amount_eur: string | null;
			rate_publisher: string | null;
			rate_date: string | null;
		}>`
			select voucher, amount_eur, rate_publisher, rate_date from ledger_entry e
			join organisation o on o.organisation_id = e.reporting_organisation_id where o.key = ${identity.reporter} order by entry_id`.execute(
			db
		);
		expect(booked).toEqual([
			{ voucher: 'month', amount_eur: '0.50', rate_publisher: publisher, rate_date: '2017-03-01' },
			{ voucher: 'other month', amount_eur: null, rate_publisher: null, rate_date: null },
			{ voucher: 'week', amount_eur: '0.25', rate_publisher: publisher, rate_date: '2017-03-01' },
			{ voucher: 'later', amount_eur: null, rate_publisher: null, rate_date: null },
			{ voucher: 'nobody', amount_eur: null, rate_publisher: null, rate_date: null }
		]);
		expect(await spent()).toEqual({
			amount: '0.75',
			entries: 5,
			unconverted: [{ currency: 'USD', amount: '3', entries: 3 }]
		});
	});

	test('never converts published money by invented rates', async () => {
		const publisher = `invented ${identity.reporter}`;
		await postRecords(db, 'demonstration', [aRate(publisher, 'USD', '2017-03-01', { eur: '2' })]);
		for (const nature of ['published', 'demonstration'] as const) {
			await postRecords(db, nature, [
				anAgreement(publisher, identity.project, { ratePublisher: publisher, rateSeries: 'monthly' }),
				entry('A', { agreement: publisher, currency: 'USD' })
			]);
		}
		expect(await spent()).toEqual({
			amount: null,
			entries: 1,
			unconverted: [{ currency: 'USD', amount: '100', entries: 1 }]
		});
		expect(await spent({ nature: 'demonstration' })).toEqual({ amount: '50', entries: 1, unconverted: [] });
	});

	test('keeps agreements of one key apart by nature', async () => {
		const agreement = world.agreements[0]!;
		await postRecords(db, 'published', [entry('A', { agreement })]);
		await postRecords(db, 'demonstration', [entry('A', { agreement, amount: '7.00' })]);
		expect((await spent({ agreement })).amount).toBe('100');
		expect((await spent({ agreement, nature: 'demonstration' })).amount).toBe('7');
	});

	test('stores the bytes of a source and gives them back, once for the same file', async () => {
		const bytes = randomBytes((5 << 20) + 123);
		async function* inPieces() {
			for (let start = 0; start < bytes.length; start += 300_000)
				yield bytes.subarray(start, start + 300_000);
		}
		const file = {
			name: 'large.bin',
			mediaType: 'application/octet-stream',
			receivedBy: 'upload' as const,
			released: false
		};
		const stored = await receive(db, { ...file, bytes: inPieces() });
		expect(stored).toEqual({
			sourceId: stored.sourceId,
			size: bytes.length,
			alreadyKnown: false,
			sha256: createHash('sha256').update(bytes).digest('hex')
		});
		const pieces: Uint8Array[] = [];
		for await (const piece of readSource(db, stored.sourceId)) pieces.push(piece);
		expect(Buffer.concat(pieces).equals(bytes)).toBe(true);
		const again = await receive(db, { ...file, name: 'other name.bin', bytes: inPieces() });
		expect(again).toEqual({ ...stored, alreadyKnown: true });
	});

	test('takes the same file from two at once as one source', async () => {
		const text = `${identity.reporter} at once`;
		const file = () => ({
			name: 'same.csv',
			mediaType: 'text/csv',
			receivedBy: 'upload' as const,
			released: false,
			bytes: bytesOf(text)
		});
		const both = await Promise.all([receive(db, file()), receive(db, file()), receive(db, file())]);
		expect(new Set(both.map(({ sourceId }) => sourceId)).size).toBe(1);
		expect(both.filter(({ alreadyKnown }) => !alreadyKnown)).toHaveLength(1);
	});

	test('stores nothing of a transfer that breaks', async () => {
		async function* breaking() {
			yield Buffer.alloc(2 << 20, 1);
			throw new Error('the line went dead');
		}
		const before = await db.selectFrom('source').select('source_id').execute();
		await expect(
			receive(db, {
				name: 'half.csv',
				mediaType: 'text/csv',
				receivedBy: 'upload',
				released: false,
				bytes: breaking()
			})
		).rejects.toThrow('the line went dead');
		expect(await db.selectFrom('source').select('source_id').execute()).toEqual(before);
	});

	test('posts both natures at once without either spoiling the other', async () => {
		const newcomer = `both bring ${identity.reporter}`;
		await Promise.all(
			(['published', 'demonstration'] as const).map((nature) =>
				postRecords(db, nature, [
					anOrganisation(newcomer),
					aProject(newcomer),
					anActivity(newcomer, newcomer)
				])
			)
		);
		const { rows: natures } = await sql<{
			nature: string;
		}>`select nature from activity where key = ${newcomer} order by 1`.execute(db);
		expect(natures).toEqual([{ nature: 'demonstration' }, { nature: 'published' }]);
	});
});
