import { sql, type Kysely } from 'kysely';
import { add, type Decimal } from '#lib/money/decimal.ts';
import { spreadLike } from '#lib/money/share.ts';
import type { DB } from '#lib/server/database/schema.ts';
import { RateBook } from '#lib/server/ledger/rates.ts';
import type { Nature } from '#lib/slice/slice.ts';
import { CELL_COLUMNS } from './copy-entries.ts';
import type { PostingContext } from './directory.ts';
import { takeNumbers } from './insert.ts';
import type { ExchangeRateRecord } from './record.ts';
import { listReconversions, reachOf, type Conversion, type Reconversion } from './reconversions.ts';
import { ENTRY_COLUMNS } from './write-entries.ts';

/**
 * Converts anew what the rates of this posting convert otherwise: each such entry in force is retired with the cause
 * `rate` and added again, everything but its euro and dollar amounts as before. Call it when rates and entries of the
 * posting are written. Returns how many changed.
 */
export async function reconvert(context: PostingContext): Promise<number> {
	const { db, nature, postingNo } = context;
	const { rows } = await sql<{ publisher: string; currency: string; days: string[] }>`
		select publisher, currency::text as currency, array[min(valid_from)::text, max(valid_from)::text] as days from exchange_rate
		where nature = ${nature} and posting_no = ${postingNo}::integer group by publisher, currency`.execute(db);
	if (rows.length === 0) return 0;
	const ends = rows.flatMap(({ days, ...rate }) => days.map((validFrom) => ({ ...rate, validFrom })));
	const book = await RateBook.load(db, nature);
	let changed = 0;
	// What this posting added was converted by these rates already.
	for await (const batch of listReconversions(db, nature, book, reachOf(ends), postingNo)) {
		await replace(context, batch);
		changed += batch.length;
	}
	return changed;
}

/** Sums of the entries of one booked currency that would change; null where none of them has a rate. */
export type ReconversionSums = {
	eur: Decimal | null;
	usd: Decimal | null;
	withoutEur: number;
	withoutUsd: number;
};

export type ReconversionPreview = {
	entries: number;
	/** By booked currency, in the order of its code. `amount` is as booked. */
	currencies: {
		currency: string;
		entries: number;
		amount: Decimal;
		before: ReconversionSums;
		after: ReconversionSums;
	}[];
};

/** What posting these batches of rates would convert anew, with the sums before and after; nothing is written. */
export async function previewReconversion(
	db: Kysely<DB>,
	nature: Nature,
	batches: Iterable<readonly ExchangeRateRecord[]> | AsyncIterable<readonly ExchangeRateRecord[]>
): Promise<ReconversionPreview> {
	const book = await RateBook.load(db, nature);
	// Of each series the ends are enough to know which entries it reaches.
	const ends = new Map<string, { publisher: string; currency: string; validFrom: string }[]>();
	for await (const rates of batches) {
		book.add(rates);
		for (const { publisher, currency, validFrom } of rates) {
			const series = JSON.stringify([publisher, currency]);
			const [first, last] = ends.get(series) ?? [];
			const rate = { publisher, currency, validFrom };
			ends.set(series, [
				first && first.validFrom < validFrom ? first : rate,
				last && last.validFrom > validFrom ? last : rate
			]);
		}
	}
	const byCurrency = new Map<string, ReconversionPreview['currencies'][number]>();
	let entries = 0;
	for await (const batch of listReconversions(db, nature, book, reachOf([...ends.values()].flat()))) {
		entries += batch.length;
		for (const { currency, amount, before, after } of batch) {
			const sums = byCurrency.get(currency) ?? {
				currency,
				entries: 0,
				amount: '0',
				before: { eur: null, usd: null, withoutEur: 0, withoutUsd: 0 },
				after: { eur: null, usd: null, withoutEur: 0, withoutUsd: 0 }
			};
			byCurrency.set(currency, sums);
			sums.entries += 1;
			sums.amount = add(sums.amount, amount);
			count(sums.before, before);
			count(sums.after, after);
		}
	}
	const currencies = [...byCurrency.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1));
	return { entries, currencies };
}

function count(sums: ReconversionSums, { eur, usd }: Conversion): void {
	if (eur === null) sums.withoutEur += 1;
	else sums.eur = add(sums.eur ?? '0', eur.amount);
	if (usd === null) sums.withoutUsd += 1;
	else sums.usd = add(sums.usd ?? '0', usd.amount);
}

const CONVERTED = ['amount_eur', 'amount_usd', 'rate_publisher', 'rate_date', 'rate_eur', 'rate_usd'];
const CONVERTED_CELL = ['amount_eur', 'amount_usd'];

const listed = (names: readonly string[], of = '') => sql.raw(names.map((name) => `${of}${name}`).join(', '));
const KEPT = ENTRY_COLUMNS.filter((name) => !CONVERTED.includes(name));
const KEPT_CELL = CELL_COLUMNS.filter((name) => !CONVERTED_CELL.includes(name));

/** Writes the new version of each entry, its cells, and the retirement of the old one. */
async function replace(
	{ db, nature, postingNo }: PostingContext,
	batch: readonly Reconversion[]
): Promise<void> {
	const numbers = await takeNumbers(db, 'ledger_entry', 'entry_id', batch.length);
	const entries = batch.map(({ reporterId, entryId, after }, index) => ({
		reporting_organisation_id: reporterId,
		entry_id: entryId,
		new_id: numbers[index]!,
		amount_eur: after.eur?.amount ?? null,
		amount_usd: after.usd?.amount ?? null,
		rate_publisher: after.publisher,
		rate_date: after.validFrom,
		rate_eur: after.eur?.rate ?? null,
		rate_usd: after.usd?.rate ?? null
	}));
	const changes = sql`json_to_recordset(${JSON.stringify(entries)}::json) as c(
		reporting_organisation_id bigint, entry_id bigint, new_id bigint, amount_eur numeric, amount_usd numeric,
		rate_publisher text, rate_date date, rate_eur numeric, rate_usd numeric)`;
	await sql`
		insert into ledger_entry (entry_id, added_by, ${listed(CONVERTED)}, ${listed(KEPT)})
		select c.new_id, ${postingNo}::integer, ${listed(CONVERTED, 'c.')}, ${listed(KEPT, 'e.')}
		from ${changes} join ledger_entry e using (reporting_organisation_id, entry_id)`.execute(db);

	const cells = await readCells(db, entries);
	const spread = batch.flatMap(({ reporterId, entryId, after }, index) => {
		const own = cells.get(`${reporterId} ${entryId}`) ?? [];
		const eur = after.eur && spreadLike(after.eur.amount, own, 'EUR');
		const usd = after.usd && spreadLike(after.usd.amount, own, 'USD');
		return own.map(({ cell_no }, cell) => ({
			reporting_organisation_id: reporterId,
			entry_id: entryId,
			new_id: numbers[index]!,
			cell_no,
			amount_eur: eur?.[cell] ?? null,
			amount_usd: usd?.[cell] ?? null
		}));
	});
	await sql`
		insert into entry_share (entry_id, ${listed(CONVERTED_CELL)}, ${listed(KEPT_CELL)})
		select c.new_id, ${listed(CONVERTED_CELL, 'c.')}, ${listed(KEPT_CELL, 's.')}
		from json_to_recordset(${JSON.stringify(spread)}::json) as c(
			reporting_organisation_id bigint, entry_id bigint, new_id bigint, cell_no smallint, amount_eur numeric, amount_usd numeric)
		join entry_share s using (reporting_organisation_id, entry_id, cell_no)`.execute(db);

	await sql`
		insert into ledger_retirement (reporting_organisation_id, entry_id, nature, posting_no, replaced_by, cause)
		select c.reporting_organisation_id, c.entry_id, ${nature}, ${postingNo}::integer, c.new_id, 'rate' from ${changes}`.execute(
		db
	);
}

type Cell = { cell_no: number; amount: Decimal };

async function readCells(
	db: Kysely<DB>,
	entries: readonly { reporting_organisation_id: string; entry_id: string }[]
): Promise<Map<string, Cell[]>> {
	const { rows } = await sql<{ reporterId: string; entryId: string } & Cell>`
		select s.reporting_organisation_id as "reporterId", s.entry_id as "entryId", s.cell_no, s.amount
		from unnest(${entries.map((entry) => entry.reporting_organisation_id)}::bigint[], ${entries.map((entry) => entry.entry_id)}::bigint[])
			as named(reporting_organisation_id, entry_id)
		join entry_share s using (reporting_organisation_id, entry_id)
		order by s.reporting_organisation_id, s.entry_id, s.cell_no`.execute(db);
	const cells = new Map<string, Cell[]>();
	for (const { reporterId, entryId, cell_no, amount } of rows) {
		const key = `${reporterId} ${entryId}`;
		const own = cells.get(key);
		if (own) own.push({ cell_no, amount });
		else cells.set(key, [{ cell_no, amount }]);
	}
	return cells;
}
