import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { Nature } from '#lib/slice/slice.ts';
import { CHECKPOINT_EVERY, COMMON, SUMMARIES, SUMS, type Summary } from './summaries.ts';

/**
 * Brings every summary up to date with one posting: what it added counts up, what it retired counts down. Runs inside the
 * posting's transaction, once, after its entries, cells and retirements are written.
 */
export async function addToSummaries(db: Kysely<DB>, nature: Nature, postingNo: number): Promise<void> {
	// Most postings of facts move no money.
	if (await collectChanges(db, nature, postingNo)) {
		const fresh = await isFresh(db, nature);
		// A hash table holds the sums of all groups at once; in order there is one at a time, and its key's place in the index is next to the one before.
		await sql`set local enable_hashagg to off`.execute(db);
		for (const summary of SUMMARIES) await addChanges(db, summary, { nature, postingNo, fresh });
		await sql`set local enable_hashagg to on`.execute(db);
	}
	if (postingNo % CHECKPOINT_EVERY !== 0) return;
	for (const summary of SUMMARIES) await writeCheckpoint(db, summary, nature, postingNo);
}

const list = (names: readonly string[]) => sql.raw(names.join(', '));

/** What tells one sum of a reporter from another, in the order of its index: fixed widths first, what hardly differs last. */
function keyOf({ columns }: Summary): string[] {
	const texts = Object.keys(columns).filter((name) => TEXTS.has(name));
	const others = Object.keys(columns).filter((name) => !TEXTS.has(name));
	return ['project_id', ...others, 'returned', 'kind', ...texts, 'counting', 'state', 'currency'];
}

const TEXTS: ReadonlySet<string> = new Set(['country', 'sector', 'heading']);

/** What of an entry the summaries and the checks look at, beside their common key. */
const LOOKED_AT = [
	...['period_from', 'period_to', 'agreement_id', 'heading', 'objective_id', 'provider_id', 'receiver_id'],
	...['activity_id', 'amount', 'amount_eur', 'amount_usd'],
	// For the checks, which go by the same entries.
	...['rate_eur', 'rate_usd']
];

/** Tables of this transaction alone: one row for each entry that a posting added or retired, and one for each of its places and sectors. */
const CHANGED = { entry: 'changed_entry', country: 'changed_country', sector: 'changed_sector' } as const;

/**
 * Collects what a posting changed, once for all summaries, and has the database look at how much that is: it cannot know
 * from the ledger how many entries one posting brings. Answers whether it changed anything.
 */
export async function collectChanges(db: Kysely<DB>, nature: Nature, postingNo: number): Promise<boolean> {
	const columns = list(
		['reporting_organisation_id', 'entry_id', ...COMMON, ...LOOKED_AT].map((name) => `e.${name}`)
	);
	await sql`drop table if exists ${list(Object.values(CHANGED).map((name) => `pg_temp.${name}`))}`.execute(
		db
	);
	await sql`
		create temporary table changed_entry on commit drop as
		select ${columns}, 1 as sign from ledger_entry e
		where e.nature = ${sql.lit(nature)} and e.added_by = ${sql.lit(postingNo)}
		union all
		select ${columns}, -1 from ledger_entry e join ledger_retirement r using (reporting_organisation_id, entry_id)
		where r.nature = ${sql.lit(nature)} and r.posting_no = ${sql.lit(postingNo)}`.execute(db);
	const { rows } = await sql<{ moved: boolean }>`select exists (select from changed_entry) as moved`.execute(
		db
	);
	if (!rows[0]!.moved) return false;
	await sql`analyze changed_entry`.execute(db);
	// Cells of an entry that share a place or sector are added up first, so that it counts once for it.
	for (const cell of ['country', 'sector'] as const) {
		await sql`
			create temporary table ${sql.table(CHANGED[cell])} on commit drop as
			select s.reporting_organisation_id, s.entry_id, s.${sql.raw(cell)}, sum(s.amount) as amount,
				sum(s.amount_eur) as amount_eur, sum(s.amount_usd) as amount_usd
			from changed_entry join entry_share s using (reporting_organisation_id, entry_id) group by 1, 2, 3`.execute(
			db
		);
		await sql`analyze ${sql.table(CHANGED[cell])}`.execute(db);
	}
	return true;
}

/** Whether the sums of today hold nothing yet of the projects that a posting changed: then no row needs to be looked for. */
async function isFresh(db: Kysely<DB>, nature: Nature): Promise<boolean> {
	const { rows } = await sql<{ fresh: boolean }>`
		select not exists (
			select from (select distinct reporting_organisation_id, project_id from changed_entry) changed cross join lateral (
				select from ledger_current_heading there where there.nature = ${sql.lit(nature)}
					and there.reporting_organisation_id = changed.reporting_organisation_id and there.project_id = changed.project_id limit 1
			) found) as fresh`.execute(db);
	return rows[0]!.fresh;
}

type Posting = { nature: Nature; postingNo: number };

/** Writes what a posting changed in one summary, and brings today's sums up to date with it. */
async function addChanges(
	db: Kysely<DB>,
	summary: Summary,
	{ nature, postingNo, fresh }: Posting & { fresh: boolean }
): Promise<void> {
	const key = list(['reporting_organisation_id', ...keyOf(summary)]);
	const named = [
		...COMMON.map((name) => `e.${name}`),
		...Object.entries(summary.columns).map(([name, expression]) => `${expression} as ${name}`)
	];
	const amounts = sql.raw(summary.grain === 'entry' ? 'e' : 's');
	const cells =
		summary.grain === 'entry'
			? sql``
			: sql`join ${sql.table(CHANGED[summary.grain])} s using (reporting_organisation_id, entry_id)`;
	await sql`
		with change as (
			select ${key}, sum(amount) as booked, coalesce(sum(eur), 0) as eur, coalesce(sum(usd), 0) as usd,
				coalesce(sum(amount) filter (where eur is null), 0) as booked_without_eur,
				coalesce(sum(amount) filter (where usd is null), 0) as booked_without_usd,
				sum(sign) as entries, coalesce(sum(sign) filter (where eur is null), 0) as entries_without_eur,
				coalesce(sum(sign) filter (where usd is null), 0) as entries_without_usd
			from (
				select e.reporting_organisation_id, ${list(named)}, e.sign, e.sign * ${amounts}.amount as amount,
					e.sign * ${amounts}.amount_eur as eur, e.sign * ${amounts}.amount_usd as usd
				from changed_entry e ${cells}
			) changed
			group by ${key} order by ${key}
		), delta as (
			insert into ${sql.table(`ledger_delta_${summary.name}`)} (posting_no, checkpoint, nature, row_no, ${key}, ${list(SUMS)})
			select ${postingNo}::integer, false, ${nature}, row_number() over (), ${key}, ${list(SUMS)} from change
			where entries <> 0 or booked <> 0 or eur <> 0 or usd <> 0 or entries_without_eur <> 0 or entries_without_usd <> 0
			returning nature, ${key}, ${list(SUMS)}
		) ${fresh ? addCurrent(summary) : changeCurrent(summary)}`.execute(db);
}

/** All of `delta` as new sums of today. */
function addCurrent(summary: Summary): RawBuilder<unknown> {
	const columns = list(['nature', 'reporting_organisation_id', ...keyOf(summary), ...SUMS]);
	return sql`insert into ${currentOf(summary)} (${columns}) select ${columns} from delta`;
}

/**
 * `delta` added to the sums of today that are there, and as new ones where none are; a sum of no entries goes. One posting at a
 * time does so.
 */
function changeCurrent(summary: Summary): RawBuilder<unknown> {
	const own = ['nature', 'reporting_organisation_id', ...keyOf(summary)];
	return sql`
		merge into ${currentOf(summary)} as there using delta
		on ${sql.join(
			own.map((name) => sql.raw(`there.${name} = delta.${name}`)),
			sql` and `
		)}
		when matched and ${sql.join(
			SUMS.map((name) => sql.raw(`there.${name} + delta.${name} = 0`)),
			sql` and `
		)} then delete
		when matched then update set ${list(SUMS.map((name) => `${name} = there.${name} + delta.${name}`))}
		when not matched then insert (${list([...own, ...SUMS])}) values (${list([...own, ...SUMS].map((name) => `delta.${name}`))})`;
}

const currentOf = ({ name }: Summary) => sql.table(`ledger_current_${name}`);

async function writeCheckpoint(
	db: Kysely<DB>,
	summary: Summary,
	nature: Nature,
	postingNo: number
): Promise<void> {
	const columns = list(['nature', 'reporting_organisation_id', ...keyOf(summary), ...SUMS]);
	await sql`
		insert into ${sql.table(`ledger_delta_${summary.name}`)} (posting_no, checkpoint, row_no, ${columns})
		select ${postingNo}::integer, true, row_number() over (), ${columns} from ${currentOf(summary)}
		where nature = ${nature} and entries <> 0`.execute(db);
}
