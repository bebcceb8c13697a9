import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { Nature } from '#lib/slice/slice.ts';
import { CHECKPOINT_EVERY, COMMON, SUMMARIES, SUMS, type Summary } from './summaries.ts';

/**
 * Brings every summary up to date with one posting: what it added counts up, what it retired counts down. Runs inside the
 * posting's transaction, after its entries, cells and retirements are written.
 */
export async function addToSummaries(db: Kysely<DB>, nature: Nature, postingNo: number): Promise<void> {
	// Most postings of facts move no money.
	const moved = await movesMoney(db, nature, postingNo);
	for (const summary of SUMMARIES) {
		if (moved) {
			await writeDelta(db, summary, nature, postingNo);
			await addDeltaToCurrent(db, summary, nature, postingNo);
		}
		if (postingNo % CHECKPOINT_EVERY === 0) await writeCheckpoint(db, summary, nature, postingNo);
	}
}

async function movesMoney(db: Kysely<DB>, nature: Nature, postingNo: number): Promise<boolean> {
	const { rows } = await sql<{ moved: boolean }>`
		select exists (select from ledger_entry where nature = ${nature} and added_by = ${postingNo}::integer)
			or exists (select from ledger_retirement where nature = ${nature} and posting_no = ${postingNo}::integer) as moved`.execute(
		db
	);
	return rows[0]!.moved;
}

const list = (names: readonly string[]) => sql.raw(names.join(', '));

function keyOf(summary: Summary): string[] {
	return [...COMMON, ...Object.keys(summary.columns)];
}

/** One row per entry and key, counting up for what the posting added and down for what it retired. */
function changesOf({ grain, columns }: Summary, nature: Nature, postingNo: number) {
	const named = Object.entries(columns).map(([name, expression]) => `${expression} as ${name}`);
	const common = list([...COMMON.map((name) => `e.${name}`), ...named]);
	const changed = (from: string, sign: string, condition: ReturnType<typeof sql>) => {
		if (grain === 'entry')
			return sql`
				select e.reporting_organisation_id, ${common}, ${sql.raw(sign)} as sign, e.amount, e.amount_eur as eur, e.amount_usd as usd
				from ${sql.raw(from)} where ${condition}`;
		const cell = sql.raw(grain);
		// Cells of an entry that share a key are added first, so that it counts once; over few columns, so that it is quick.
		return sql`
			select e.reporting_organisation_id, ${common}, ${sql.raw(sign)} as sign, s.amount, s.eur, s.usd from (
				select s.reporting_organisation_id, s.entry_id, s.${cell}, sum(s.amount) as amount, sum(s.amount_eur) as eur, sum(s.amount_usd) as usd
				from ${sql.raw(from)} join entry_share s using (reporting_organisation_id, entry_id) where ${condition} group by 1, 2, 3
			) s join ledger_entry e using (reporting_organisation_id, entry_id)`;
	};
	return sql`
		${changed('ledger_entry e', '1', sql`e.nature = ${nature} and e.added_by = ${postingNo}::integer`)}
		union all
		${changed(
			'ledger_entry e join ledger_retirement r using (reporting_organisation_id, entry_id)',
			'-1',
			sql`r.nature = ${nature} and r.posting_no = ${postingNo}::integer`
		)}`;
}

async function writeDelta(
	db: Kysely<DB>,
	summary: Summary,
	nature: Nature,
	postingNo: number
): Promise<void> {
	const key = keyOf(summary);
	await sql`
		insert into ${sql.table(`ledger_delta_${summary.name}`)}
			(posting_no, checkpoint, nature, reporting_organisation_id, ${list(key)}, ${list(SUMS)})
		select ${postingNo}::integer, false, ${nature}, reporting_organisation_id, ${list(key)},
			sum(sign * amount), coalesce(sum(sign * eur), 0), coalesce(sum(sign * usd), 0),
			coalesce(sum(sign * amount) filter (where eur is null), 0),
			coalesce(sum(sign * amount) filter (where usd is null), 0),
			sum(sign), coalesce(sum(sign) filter (where eur is null), 0), coalesce(sum(sign) filter (where usd is null), 0)
		from (${changesOf(summary, nature, postingNo)}) change
		group by reporting_organisation_id, ${list(key)}
		having sum(sign) <> 0 or sum(sign * amount) <> 0 or coalesce(sum(sign * eur), 0) <> 0 or coalesce(sum(sign * usd), 0) <> 0
			or coalesce(sum(sign) filter (where eur is null), 0) <> 0 or coalesce(sum(sign) filter (where usd is null), 0) <> 0`.execute(
		db
	);
}

async function addDeltaToCurrent(
	db: Kysely<DB>,
	summary: Summary,
	nature: Nature,
	postingNo: number
): Promise<void> {
	const key = ['nature', 'reporting_organisation_id', ...keyOf(summary)];
	const current = `ledger_current_${summary.name}`;
	await sql`
		insert into ${sql.table(current)} (${list(key)}, ${list(SUMS)})
		select ${list(key)}, ${list(SUMS)} from ${sql.table(`ledger_delta_${summary.name}`)}
		where nature = ${nature} and not checkpoint and posting_no = ${postingNo}
		on conflict (${list(key)}) do update set
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
