import { sql, type Kysely } from 'kysely';
import type { Database } from '#lib/server/database/open.ts';
import type { DB } from '#lib/server/database/schema.ts';
import { COMMON, SUMMARIES, SUMS, CHECKPOINT_EVERY } from '#lib/server/ledger/summaries.ts';

/** How large a ledger to make. Seeded: the same numbers give the same ledger. */
export type Size = { entries: number; postings: number; activities: number };

const REPORTERS = 10;
const MONTHS = 60;
const COUNTRIES = ['BY', 'BR', 'CO', 'EG', 'KG', 'LA', 'ML', 'MA', 'NP', 'NE', 'PK', 'ZA', 'UA'];
const SECTORS = ['15110', '15130', '15150', '15160', '15170', '15180', '15190'];
const HEADINGS = [
	'staff',
	'supplies',
	'equipment',
	'contractual',
	'travel',
	'transfers',
	'operating',
	'indirect'
];
const KINDS = ['1', '2', '3', '4', '4', '4', '4', 'budget'];

const list = (values: readonly string[]) => sql.raw(`array['${values.join("','")}']`);
/** A fixed scatter of whole numbers: entry `i`, stream `n`, from 0 to `below` - 1. */
const draw = (n: number, below: number) => sql.raw(`(abs(hashint8extended(i, ${n})) % ${below})`);

/**
 * Fills an empty, migrated database: entries in postings by one reporter and a few months each, as reports come, one
 * entry in five over three countries and three sectors. Written set by set with triggers and indexes off; what the
 * application keeps (deltas, checkpoints, today's summaries) is then added from the entries by the same definitions.
 */
export async function fill(database: Database, size: Size): Promise<void> {
	const { owner: db } = database;
	await db.transaction().execute(async (transaction) => {
		await sql`set local session_replication_role = replica`.execute(transaction);
		// Only the filling: what is measured has the server's own settings.
		await sql`set local maintenance_work_mem = '1GB'`.execute(transaction);
		await sql`set local work_mem = '256MB'`.execute(transaction);
		await fillRegister(transaction, size);
		const indexes = await dropIndexes(transaction);
		await fillEntries(transaction, size);
		await fillShares(transaction);
		for (const index of indexes) await sql.raw(index).execute(transaction);
		await fillSummaries(transaction, size);
	});
	await sql`analyze`.execute(db);
}

async function fillRegister(db: Kysely<DB>, { postings, activities }: Size): Promise<void> {
	await sql`insert into source (source_id, sha256, name, media_type, size, received_by, released)
		values (1, ${'0'.repeat(64)}, 'benchmark.csv', 'text/csv', 0, 'seed', true)`.execute(db);
	await sql`insert into posting (nature, posting_no, known_at, cause, explanation)
		select 'published', p, timestamptz '2015-01-01 12:00Z' + p * interval '10 years' / ${postings}::integer, 'rule', 'benchmark'
		from generate_series(1, ${postings}::integer) p`.execute(db);
	await sql`insert into organisation (organisation_id, key) select o, 'BENCH-' || o from generate_series(1, 40) o`.execute(
		db
	);
	await sql`insert into organisation_version (organisation_id, nature, posting_no, name)
		select o, 'published', 1, 'Organisation ' || o from generate_series(1, 40) o`.execute(db);
	await sql`insert into project (project_id, key) select p, 'BENCH-' || p from generate_series(1, ${REPORTERS}::integer) p`.execute(
		db
	);
	await sql`insert into project_version (project_id, nature, posting_no, name)
		select p, 'published', 1, 'Project ' || p from generate_series(1, ${REPORTERS}::integer) p`.execute(db);
	await sql`insert into agreement (agreement_id, nature, key, project_id)
		select p, 'published', 'BENCH-' || p, p from generate_series(1, ${REPORTERS}::integer) p`.execute(db);
	await sql`insert into activity (activity_id, nature, key) select i, 'published', 'BENCH-' || i
		from generate_series(1, ${activities}::bigint) i`.execute(db);
	const words = list([
		'training',
		'workshop',
		'prosecutors',
		'borders',
		'victims',
		'legislation',
		'conference',
		'data',
		'campaign',
		'hotline',
		'judges',
		'police'
	]);
	const title = sql`(${words})[1 + ${draw(1, 12)}] || ' ' || (${words})[1 + ${draw(2, 12)}] || ' ' || (${words})[1 + ${draw(3, 12)}] || ' ' || to_hex(i)`;
	await sql`insert into activity_version (activity_version_id, activity_id, nature, posting_no, title, date_from, date_to, date_precision)
		select i, i, 'published', 1, json_build_object('en', ${title}), date '2015-01-01' + ${draw(4, 1800)}::integer, date '2015-01-01' + ${draw(4, 1800)}::integer, 'day'
		from generate_series(1, ${activities}::bigint) i`.execute(db);
	await sql`insert into activity_current (activity_id, nature, activity_version_id, project_id, sort_date, search_text)
		select activity_id, 'published', activity_version_id, 1 + activity_id % ${REPORTERS}::integer, date_from, title->>'en' from activity_version`.execute(
		db
	);
}

async function dropIndexes(db: Kysely<DB>): Promise<string[]> {
	const { rows } = await sql<{ indexname: string; indexdef: string }>`
		select indexname, indexdef from pg_indexes where tablename in ('ledger_entry', 'entry_share')
			and indexname not in (select conname from pg_constraint)`.execute(db);
	for (const { indexname } of rows) await sql`drop index ${sql.id(indexname)}`.execute(db);
	return rows.map(({ indexdef }) => indexdef);
}

async function fillEntries(db: Kysely<DB>, { entries, postings, activities }: Size): Promise<void> {
	// Posting p holds an equal run of entries, of reporter p mod 10, in the months that are its turn.
	await sql`
		insert into ledger_entry (reporting_organisation_id, entry_id, nature, added_by, entry_key, fingerprint, project_id, activity_id, kind, returned,
			date_from, date_to, date_precision, period_from, period_to, value_date, amount, currency, amount_eur, amount_usd,
			provider_id, receiver_id, agreement_id, heading, source_id, place)
		select 1 + p % ${REPORTERS}::integer, i, 'published', p, i, '', 1 + p % ${REPORTERS}::integer,
			1 + (${draw(5, activities)} / ${REPORTERS}::integer) * ${REPORTERS}::integer + p % ${REPORTERS}::integer, kind, false,
			day, day, 'day', date_trunc('month', day)::date, (date_trunc('month', day) + interval '1 month - 1 day')::date, day,
			amount, currency, case when currency = 'EUR' then amount else round(amount * 0.9, 2) end, case when currency = 'USD' then amount else round(amount * 1.1, 2) end,
			11 + ${draw(6, 10)}, case when kind = '3' then 21 + ${draw(7, 10)} end, 1 + p % ${REPORTERS}::integer,
			(${list(HEADINGS)})[1 + ${draw(8, HEADINGS.length)}], 1, 'row ' || i
		from (
			select i, p, (${list(KINDS)})[1 + ${draw(9, KINDS.length)}] as kind,
				(case when ${draw(10, 5)} = 0 then 'USD' else 'EUR' end) as currency, (${draw(11, 5_000_000)} + 100) / 100.0 as amount,
				(date '2015-01-01' + ((p / ${REPORTERS}::integer)::bigint * ${MONTHS * 30}::bigint / (${postings}::integer / ${REPORTERS}::integer + 1))::integer + ${draw(12, 60)}::integer) as day
			from (select i, 1 + ((i - 1) * ${postings}::bigint / ${entries}::bigint)::integer as p from generate_series(1, ${entries}::bigint) i) numbered
		) entry`.execute(db);
}

async function fillShares(db: Kysely<DB>): Promise<void> {
	const countryOf = (step: string) =>
		sql`(${list(COUNTRIES)})[1 + ((i + ${sql.raw(step)}) % ${sql.raw(String(COUNTRIES.length))})::integer]`;
	const sectorOf = (step: string) =>
		sql`(${list(SECTORS)})[1 + ((i + ${sql.raw(step)}) % ${sql.raw(String(SECTORS.length))})::integer]`;
	const ninth = (column: string) =>
		sql.raw(
			`case when cell = 8 then ${column} - 8 * round(${column} / 9, 2) else round(${column} / 9, 2) end`
		);
	await sql`
		insert into entry_share (reporting_organisation_id, entry_id, cell_no, country, sector, amount, amount_eur, amount_usd, country_basis, sector_basis, sort_date)
		select reporting_organisation_id, i, 1, ${countryOf('0')}, ${sectorOf('0')}, amount, amount_eur, amount_usd, 'measured', 'measured', sort_date
		from (select *, entry_id as i from ledger_entry where entry_id % 5 <> 0) e
		union all
		select reporting_organisation_id, i, 1 + cell, ${countryOf('cell / 3')}, ${sectorOf('cell % 3')}, ${ninth('amount')}, ${ninth('amount_eur')}, ${ninth('amount_usd')},
			'apportioned', 'apportioned', sort_date
		from (select *, entry_id as i from ledger_entry where entry_id % 5 = 0) e cross join generate_series(0, 8) cell`.execute(
		db
	);
}

const columnsOf = (names: readonly string[]) => sql.raw(names.join(', '));

async function fillSummaries(db: Kysely<DB>, { postings }: Size): Promise<void> {
	for (const { name, grain, columns } of SUMMARIES) {
		const key = [...COMMON, ...Object.keys(columns)];
		const common = COMMON.map((column) => `e.${column}`).join(', ');
		const own = Object.values(columns).join(', ');
		const from =
			grain === 'entry'
				? 'ledger_entry e'
				: 'ledger_entry e join entry_share s using (reporting_organisation_id, entry_id)';
		const amounts = grain === 'entry' ? 'e' : 's';
		const delta = sql.table(`ledger_delta_${name}`);
		await sql`
			insert into ${delta} (posting_no, checkpoint, row_no, nature, reporting_organisation_id, ${columnsOf(key)}, ${columnsOf(SUMS)})
			select e.added_by, false, row_number() over (), e.nature, reporting_organisation_id, ${sql.raw(common)}, ${sql.raw(own)},
				sum(${sql.raw(amounts)}.amount), sum(${sql.raw(amounts)}.amount_eur), sum(${sql.raw(amounts)}.amount_usd), 0, 0, count(distinct e.entry_id), 0, 0
			from ${sql.raw(from)} group by e.added_by, e.nature, reporting_organisation_id, ${sql.raw(common)}, ${sql.raw(own)}`.execute(
			db
		);
		const all = ['nature', 'reporting_organisation_id', ...key];
		const sums = columnsOf(SUMS.map((sum) => `sum(${sum})`));
		await sql`insert into ${sql.table(`ledger_current_${name}`)} (${columnsOf(all)}, ${columnsOf(SUMS)})
			select ${columnsOf(all)}, ${sums} from ${delta} where not checkpoint group by ${columnsOf(all)}`.execute(db);
		for (let posting = CHECKPOINT_EVERY; posting <= postings; posting += CHECKPOINT_EVERY) {
			await sql`insert into ${delta} (posting_no, checkpoint, row_no, ${columnsOf(all)}, ${columnsOf(SUMS)})
				select ${posting}::integer, true, row_number() over (), ${columnsOf(all)}, ${sums} from ${delta}
				where (not checkpoint and posting_no > ${posting - CHECKPOINT_EVERY}::integer and posting_no <= ${posting}::integer)
					or (checkpoint and posting_no = ${posting - CHECKPOINT_EVERY}::integer)
				group by ${columnsOf(all)}`.execute(db);
		}
	}
}
