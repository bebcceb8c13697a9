import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { Nature } from '#lib/slice/slice.ts';
import { CHECKPOINT_EVERY, COMMON, SUMMARIES, SUMS, type Summary } from './summaries.ts';

/**
 * Brings every summary up to date with one posting: what it added counts up, what it retired counts down. Runs inside the
 * posting's transaction, once, after its entries, cells and retirements are written.
 */
export async function addToSummaries(db: Kysely<DB>, nature: Nature, postingNo: number): Promise<void> {
	// Most postings of facts move no money.
	const moved = await collectChanges(db, nature, postingNo);
	for (const summary of SUMMARIES) {
		if (moved) await addChanges(db, summary, nature, postingNo);
		if (postingNo % CHECKPOINT_EVERY === 0) await writeCheckpoint(db, summary, nature, postingNo);
	}
}

const list = (names: readonly string[]) => sql.raw(names.join(', '));

function keyOf(summary: Summary): string[] {
	return [...COMMON, ...Object.keys(summary.columns)];
}

/** What of an entry the summaries look at, beside their common key. */
const LOOKED_AT = [
	...['period_from', 'period_to', 'agreement_id', 'heading', 'objective_id', 'provider_id', 'receiver_id'],
	...['activity_id', 'amount', 'amount_eur', 'amount_usd']
];

/** Tables of this transaction alone: one row for each entry that a posting added or retired, and one for each of its places and sectors. */
const CHANGED = { entry: 'changed_entry', country: 'changed_country', sector: 'changed_sector' } as const;

/**
 * Collects what a posting changed, once for all summaries, and has the database look at how much that is: it cannot know
 * from the ledger how many entries one posting brings. Answers whether it changed anything.
 */
async function collectChanges(db: Kysely<DB>, nature: Nature, postingNo: number): Promise<boolean> {
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

/** Writes what a posting changed in one summary, and brings today's sums up to date with it. */
async function addChanges(
	db: Kysely<DB>,
	summary: Summary,
	nature: Nature,
	postingNo: number
): Promise<void> {
	const key = keyOf(summary);
	const named = [
		...COMMON.map((name) => `e.${name}`),
		...Object.entries(summary.columns).map(([name, expression]) => `${expression} as ${name}`)
	];
	const amounts = sql.raw(summary.grain === 'entry' ? 'e' : 's');
	const cells =
		summary.grain === 'entry'
			? sql``
			: sql`join ${sql.table(CHANGED[summary.grain])} s using (reporting_organisation_id, entry_id)`;
	const own = ['nature', 'reporting_organisation_id', ...key];
	const current = `ledger_current_${summary.name}`;
	await sql`
		with delta as (
			insert into ${sql.table(`ledger_delta_${summary.name}`)}
				(posting_no, checkpoint, nature, reporting_organisation_id, ${list(key)}, ${list(SUMS)})
			select ${postingNo}::integer, false, ${nature}, reporting_organisation_id, ${list(key)},
				sum(amount), coalesce(sum(eur), 0), coalesce(sum(usd), 0),
				coalesce(sum(amount) filter (where eur is null), 0), coalesce(sum(amount) filter (where usd is null), 0),
				sum(sign), coalesce(sum(sign) filter (where eur is null), 0), coalesce(sum(sign) filter (where usd is null), 0)
			from (
				select e.reporting_organisation_id, ${list(named)}, e.sign, e.sign * ${amounts}.amount as amount,
					e.sign * ${amounts}.amount_eur as eur, e.sign * ${amounts}.amount_usd as usd
				from changed_entry e ${cells}
			) change
			group by reporting_organisation_id, ${list(key)}
			having sum(sign) <> 0 or sum(amount) <> 0 or coalesce(sum(eur), 0) <> 0 or coalesce(sum(usd), 0) <> 0
				or coalesce(sum(sign) filter (where eur is null), 0) <> 0 or coalesce(sum(sign) filter (where usd is null), 0) <> 0
			returning ${list([...own, ...SUMS])}
		)
		insert into ${sql.table(current)} (${list([...own, ...SUMS])})
		select ${list([...own, ...SUMS])} from delta
		on conflict (${list(own)}) do update set
			${list(SUMS.map((name) => `${name} = ${current}.${name} + excluded.${name}`))}`.execute(db);
}

async function writeCheckpoint(
	db: Kysely<DB>,
	summary: Summary,
	nature: Nature,
	postingNo: number
): Promise<void> {
	const columns = ['nature', 'reporting_organisation_id', ...keyOf(summary), ...SUMS];
	await sql`
		insert into ${sql.table(`ledger_delta_${summary.name}`)} (posting_no, checkpoint, ${list(columns)})
		select ${postingNo}::integer, true, ${list(columns)} from ${sql.table(`ledger_current_${summary.name}`)}
		where nature = ${nature} and entries <> 0`.execute(db);
}
