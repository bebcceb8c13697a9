import { sql, type Kysely } from 'kysely';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { CHANGEABLE } from '#lib/server/database/rights.ts';
import type { Database } from '#lib/server/database/open.ts';
import type { DB } from '#lib/server/database/schema.ts';
import { describeOnBothEngines, openFreshPostgres } from '../support/databases.ts';
import { aClaim, anEntry, anIndicator, postRecords, stageRecords } from '../support/ledger-factory.ts';
import { createWorld, type World } from '../support/ledger-world.ts';

/** Tables that may change: what waits to be decided, what is made anew, and who may see what. */
const NOT_HISTORY = (name: string) =>
	CHANGEABLE.includes(name) || name.startsWith('ledger_current_') || name.startsWith('kysely_');

async function listHistory(db: Kysely<DB>): Promise<string[]> {
	const { rows } = await sql<{ name: string }>`
		select tablename as name from pg_tables where schemaname = 'public' order by 1`.execute(db);
	return rows.map(({ name }) => name).filter((name) => !NOT_HISTORY(name));
}

/** Columns of an entry and its cells, each copied as it is. */
const ENTRY: Record<string, string> = {
	...Object.fromEntries(
		[
			'reporting_organisation_id',
			'nature',
			'entry_key',
			'fingerprint',
			'project_id',
			'activity_id',
			'kind',
			'counting',
			'basis',
			'state',
			'date_from',
			'date_to',
			'date_precision',
			'period_from',
			'period_to',
			'amount',
			'currency',
			'amount_eur',
			'amount_usd',
			'agreement_id',
			'heading',
			'source_id',
			'place'
		].map((column) => [column, `e.${column}`])
	),
	added_by: `(select max(posting_no) from posting where nature = 'published')`
};
const CELL: Record<string, string> = {
	...Object.fromEntries(
		[
			'reporting_organisation_id',
			'cell_no',
			'country',
			'sector',
			'country_basis',
			'sector_basis',
			'sort_date',
			'amount',
			'amount_eur',
			'amount_usd'
		].map((column) => [column, `s.${column}`])
	),
	entry_id: '(select max(entry_id) from ledger_entry)'
};

describeOnBothEngines('history', (_engine, fresh) => {
	let database: Database;
	let db: Kysely<DB>;
	let world: World;
	let identity: { reporter: string; activity: string; project: string };

	beforeAll(async () => {
		database = await fresh();
		({ db } = database);
		world = await createWorld(db);
		identity = {
			reporter: world.reporters[0]!,
			activity: world.activities[0]!.key,
			project: world.projects[0]!
		};
		await postRecords(db, 'published', [
			anEntry({ ...identity, reference: 'V1' }, { sectors: [{ code: '15130', percentage: '40' }] }),
			anEntry({ ...identity, reference: 'V2' }),
			aClaim('claim', 'project', world.projects[0]!),
			anIndicator('indicator', world.projects[0]!)
		]);
		await postRecords(db, 'published', [anEntry({ ...identity, reference: 'V2' }, { amount: '101.00' })]);
	});

	test('is nearly every table, and the ledger with its postings and claims for certain', async () => {
		const history = await listHistory(db);
		expect(history.length).toBeGreaterThan(40);
		expect(history).toEqual(
			expect.arrayContaining([
				'posting',
				'finding',
				'ledger_entry',
				'entry_share',
				'ledger_retirement',
				'ledger_delta_month',
				'claim',
				'claim_choice',
				'exchange_rate',
				'counting_rule',
				'agreement_version',
				'activity_version',
				'project',
				'check_run'
			])
		);
	});

	test('refuses every update, delete and truncate, by its owner too', async () => {
		for (const table of await listHistory(db)) {
			const { rows } = await sql<{ name: string }>`
				select attname as name from pg_attribute where attrelid = ${table}::regclass and attnum > 0 and attgenerated = '' limit 1`.execute(
				db
			);
			const column = rows[0]!.name;
			for (const statement of [
				`update ${table} set ${column} = ${column}`,
				`delete from ${table}`,
				`truncate ${table} cascade`
			]) {
				await expect(sql.raw(statement).execute(database.owner), statement).rejects.toThrow(
					/history is append-only/
				);
			}
		}
	});

	test('refuses additions to a posting that is closed', async () => {
		const before = await countRows();
		const late: Record<string, string> = {
			ledger_entry: `(reporting_organisation_id, nature, added_by, entry_key, fingerprint, project_id, activity_id, kind, date_precision, period_from, period_to, amount, currency, source_id, place)
				select reporting_organisation_id, nature, added_by, 'late', '', project_id, activity_id, kind, 'unknown', '-infinity', 'infinity', 1, 'EUR', source_id, place from ledger_entry limit 1`,
			entry_share: `(reporting_organisation_id, entry_id, cell_no, amount, country_basis, sector_basis, sort_date)
				select reporting_organisation_id, entry_id, 99, 0, 'unallocated', 'unallocated', sort_date from ledger_entry limit 1`,
			ledger_retirement: `(reporting_organisation_id, entry_id, nature, posting_no, cause)
				select e.reporting_organisation_id, e.entry_id, e.nature, e.added_by, 'withdrawal' from ledger_entry e where e.entry_key = 'ref:V1'`,
			ledger_delta_month: `(posting_no, checkpoint, row_no, reporting_organisation_id, nature, project_id, kind, returned, counting, state, currency, period_from, period_to, booked, eur, usd, booked_without_eur, booked_without_usd, entries, entries_without_eur, entries_without_usd)
				select posting_no, true, 1, reporting_organisation_id, nature, project_id, kind, returned, counting, state, currency, period_from, period_to, booked, eur, usd, booked_without_eur, booked_without_usd, entries, entries_without_eur, entries_without_usd from ledger_delta_month limit 1`,
			claim_choice: `select claim_id, nature, (select max(posting_no) from posting where nature = 'published'), true, null from claim limit 1`,
			activity_country: `select activity_version_id, 'FR', 'host', null from activity_version limit 1`,
			indicator: `(result_id, title) select result_id, 'late' from result limit 1`,
			exchange_rate: `(publisher, series, currency, valid_from, nature, posting_no, units_per_eur) values ('late', 'monthly', 'USD', '2016-01-01', 'published', 1, 1)`
		};
		for (const [table, values] of Object.entries(late)) {
			await expect(sql.raw(`insert into ${table} ${values}`).execute(db), table).rejects.toThrow(
				/its posting is closed/
			);
		}
		expect(await countRows()).toBe(before);
	});

	async function countRows(): Promise<number> {
		const { rows } = await sql<{ count: number }>`
			select (select count(*) from ledger_entry) + (select count(*) from entry_share) + (select count(*) from ledger_retirement) as count`.execute(
			db
		);
		return Number(rows[0]!.count);
	}

	test('numbers postings without gaps per nature, also after one that failed', async () => {
		const bad = anEntry({ ...identity, activity: 'an activity that nobody knows', reference: 'V9' });
		await expect(postRecords(db, 'published', [bad])).rejects.toThrow(/an activity that nobody knows/);
		const { postingNo } = await postRecords(db, 'published', [anEntry({ ...identity, reference: 'V3' })]);
		const { rows } = await sql<{ nature: string; numbers: number[] }>`
			select nature, array_agg(posting_no order by posting_no) as numbers from posting group by nature`.execute(db);
		expect(rows).toHaveLength(2);
		for (const { numbers } of rows) expect(numbers).toEqual(numbers.map((_, index) => index + 1));
		expect(rows.find(({ nature }) => nature === 'published')!.numbers.at(-1)).toBe(postingNo);
	});

	test('refuses a posting number out of turn, and never lets one be known before the last', async () => {
		const insert = (number: number | null, at: string) =>
			sql<{ known_at: Date }>`insert into posting (nature, posting_no, known_at, cause, explanation)
				values ('demonstration', ${number}::integer, ${at}::timestamptz, 'rule', 'a test') returning known_at`.execute(
				db
			);
		await expect(insert(77, '2030-01-01T00:00:00Z')).rejects.toThrow(/does not follow/);
		await insert(null, '2030-01-01T00:00:00Z');
		const { rows } = await insert(null, '2029-01-01T00:00:00Z');
		expect(rows[0]!.known_at.toISOString()).toBe('2030-01-01T00:00:00.000Z');
	});

	test('lets only the demonstration say that it was known at another time', async () => {
		const records = [anEntry({ ...identity, reference: 'V4' })];
		await expect(
			postRecords(db, 'published', records, { simulatedKnownAt: '2017-01-01T00:00:00Z' })
		).rejects.toThrow(/check constraint/);
	});

	/**
	 * Adds a copy of an entry, other in some columns, in a posting of its own; then its cells as copies too, if any.
	 * Expressions are SQL: of the entry `e`, and of its cells `s`.
	 */
	async function addCopy(
		other: Record<string, string>,
		cells: Record<string, string> | null = null
	): Promise<void> {
		await db.transaction().execute(async (transaction) => {
			await sql`insert into posting (nature, posting_no, known_at, cause, explanation)
				values ('published', null, now(), 'rule', 'a test')`.execute(transaction);
			const entry = { ...ENTRY, ...other };
			await sql
				.raw(
					`insert into ledger_entry (${Object.keys(entry).join()}) select ${Object.values(entry).join()}
					from ledger_entry e where e.entry_key = 'ref:V1'`
				)
				.execute(transaction);
			if (cells === null) return;
			const cell = { ...CELL, ...cells };
			await sql
				.raw(
					`insert into entry_share (${Object.keys(cell).join()}) select ${Object.values(cell).join()}
					from entry_share s join ledger_entry e using (reporting_organisation_id, entry_id) where e.entry_key = 'ref:V1'`
				)
				.execute(transaction);
		});
	}

	test('takes a copy that is right', async () => {
		await expect(addCopy({ entry_key: `'right'` }, {})).resolves.toBeUndefined();
	});

	test.each([
		['amount', 's.amount + 0.01'],
		['amount_eur', 's.amount_eur - 0.01'],
		['amount_eur', 'null'],
		['sort_date', `date '2001-01-01'`]
	])('refuses at its end a posting whose cells differ in %s: %s', async (column, expression) => {
		const cells = { [column]: `case when s.cell_no = 1 then ${expression} else s.${column} end` };
		await expect(addCopy({ entry_key: `'copy'` }, cells)).rejects.toThrow(/is shared out into/);
	});

	test('refuses at its end a posting with an entry that has no cells', async () => {
		await expect(addCopy({ entry_key: `'copy'` })).rejects.toThrow(/is shared out into nothing/);
	});

	test('refuses a second version in force of one movement', async () => {
		await expect(addCopy({}, {})).rejects.toThrow(/second version of ref:V1 in force/);
	});

	test('refuses to retire what another nature holds', async () => {
		await expect(
			db.transaction().execute(async (transaction) => {
				await sql`insert into posting (nature, posting_no, known_at, cause, explanation) values ('demonstration', null, now(), 'rule', 'a test')`.execute(
					transaction
				);
				await sql`insert into ledger_retirement (reporting_organisation_id, entry_id, nature, posting_no, cause)
					select reporting_organisation_id, entry_id, 'demonstration', (select max(posting_no) from posting where nature = 'demonstration'), 'withdrawal'
					from ledger_entry where entry_key = 'ref:V1'`.execute(transaction);
			})
		).rejects.toThrow(/cannot retire it/);
	});

	test.each([
		['a currency code in small letters', { currency: `'eur'` }],
		['a currency code of four letters', { currency: `'EURO'` }],
		['a precision without a date', { date_from: 'null', date_to: 'null' }],
		['a date without a precision', { date_precision: `'unknown'` }],
		['half a date', { date_to: 'null', date_precision: `'period'` }],
		['a precision that nobody knows', { date_precision: `'week'` }],
		['an end before its start', { date_to: `date '2017-03-01'`, date_precision: `'period'` }],
		['a day that lasts two', { date_to: `date '2017-03-09'` }],
		['a period that is not the months around its dates', { period_to: `date '2017-03-30'` }],
		['a period around unknown dates', { date_from: 'null', date_to: 'null', date_precision: `'unknown'` }],
		['an amount that is no number', { amount: `'NaN'::numeric` }],
		['an endless amount in euro', { amount_eur: `'Infinity'::numeric` }],
		['a kind of money that IATI does not have', { kind: `'14'` }],
		['a counting that nobody knows', { counting: `'maybe'` }],
		['a state that nobody knows', { state: `'sure'` }],
		['a basis that nobody knows', { basis: `'accruals'` }],
		['an empty heading', { heading: `''` }],
		['a nature that nobody knows', { nature: `'estimated'` }],
		[
			'an activity of another nature',
			{ activity_id: `(select max(activity_id) from activity where nature = 'demonstration')` }
		],
		[
			'an agreement of another nature',
			{ agreement_id: `(select max(agreement_id) from agreement where nature = 'demonstration')` }
		],
		['a posting that is not there', { added_by: '1000' }],
		['no source', { source_id: 'null' }],
		['no reporting organisation', { reporting_organisation_id: 'null' }]
	])('refuses an entry with %s', async (_what, other) => {
		await expect(addCopy({ entry_key: `'wrong'`, ...other })).rejects.toThrow(
			/violates (check|foreign key|not-null) constraint/
		);
	});

	test.each([
		['a country code that is none', { country: `'Mali'` }],
		['a country and the mark of the unallocated', { country_basis: `'unallocated'` }],
		['a sector that nobody allocated', { sector: 'null', sector_basis: `'measured'` }],
		['a basis that nobody knows', { country_basis: `'guessed'` }]
	])('refuses a cell with %s', async (_what, other) => {
		await expect(addCopy({ entry_key: `'wrong'` }, other)).rejects.toThrow(/violates check constraint/);
	});

	test('refuses a posting of an import of another nature', async () => {
		const importId = await stageRecords(db, 'published', []);
		await expect(
			sql`insert into posting (nature, posting_no, known_at, cause, import_id, explanation)
				values ('demonstration', null, now(), 'import', ${importId}::bigint, 'a test')`.execute(db)
		).rejects.toThrow(/violates foreign key constraint/);
	});
});

describe.skipIf(inject('postgres') === null)('history under two roles', () => {
	test('gives the application no right to change it', async () => {
		const database = await openFreshPostgres({ twoRoles: true });
		try {
			const history = await listHistory(database.owner);
			const { rows } = await sql<{ table: string; right: string }>`
				select table_name as table, privilege_type as right from information_schema.role_table_grants
				where grantee = 'dashboard' and table_schema = 'public'`.execute(database.owner);
			const rightsOf = (table: string) =>
				rows
					.filter((row) => row.table === table)
					.map(({ right }) => right)
					.sort();
			for (const table of history) expect(rightsOf(table), table).toEqual(['INSERT', 'SELECT']);
			expect(rightsOf('kysely_migration')).toEqual(['SELECT']);
			for (const table of CHANGEABLE)
				expect(rightsOf(table), table).toEqual(['DELETE', 'INSERT', 'SELECT', 'UPDATE']);
			for (const statement of [
				'update ledger_entry set amount = 0',
				'delete from posting',
				'truncate entry_share',
				'drop table claim',
				'alter table posting disable trigger all'
			]) {
				await expect(sql.raw(statement).execute(database.db), statement).rejects.toThrow(
					/permission denied|must be owner/
				);
			}
		} finally {
			await database.close();
		}
	});

	test('lets the application post everything that it may', async () => {
		const database = await openFreshPostgres({ twoRoles: true });
		try {
			const world = await createWorld(database.db);
			const identity = {
				reporter: world.reporters[0]!,
				activity: world.activities[0]!.key,
				project: world.projects[0]!
			};
			await postRecords(database.db, 'published', [anEntry({ ...identity, reference: 'V1' })]);
			const { counts } = await postRecords(database.db, 'published', [
				anEntry({ ...identity, reference: 'V1' }, { amount: '5.00' })
			]);
			expect(counts).toEqual({ added: 0, changed: 1, retired: 0, unchanged: 0 });
		} finally {
			await database.close();
		}
	});

	test('puts two postings at once one after the other', async () => {
		const database = await openFreshPostgres({ twoRoles: true });
		try {
			const world = await createWorld(database.db);
			const identity = {
				reporter: world.reporters[0]!,
				activity: world.activities[0]!.key,
				project: world.projects[0]!
			};
			const posted = await Promise.all(
				[1, 2, 3, 4].map((amount) =>
					postRecords(database.db, 'published', [
						anEntry({ ...identity, reference: 'the same' }, { amount: `${amount}.00` })
					])
				)
			);
			expect(posted.map(({ postingNo }) => postingNo).sort()).toEqual([2, 3, 4, 5]);
			expect(posted.filter(({ counts }) => counts.added === 1)).toHaveLength(1);
			const { rows } = await sql<{ entries: string; retired: string }>`
				select (select count(*) from ledger_entry) as entries, (select count(*) from ledger_retirement) as retired`.execute(
				database.db
			);
			expect(rows[0]).toEqual({ entries: '4', retired: '3' });
		} finally {
			await database.close();
		}
	});
});
