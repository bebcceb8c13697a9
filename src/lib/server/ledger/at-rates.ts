import { sql, type Kysely } from 'kysely';
import type { Decimal } from '#lib/money/decimal.ts';
import type { DB } from '#lib/server/database/schema.ts';
import type { Slice } from '#lib/slice/slice.ts';
import { cellConditions, countedConditions, every, isOfCells, signed } from './conditions.ts';
import { resolveSlice } from './resolve.ts';

/** What of a slice was converted by one rate, in euro and in dollars; null where it has no rate to that currency. */
export type AtRate = {
	publisher: string | null;
	/** ISO day that the rate is of. */
	day: string | null;
	currency: string;
	/** Units of the booked currency for one euro and one dollar; null where it is that currency itself or there is no rate. */
	perEur: Decimal | null;
	perUsd: Decimal | null;
	eur: Decimal | null;
	usd: Decimal | null;
};

/** A slice cut by the rates that its entries were converted by, the earliest first. The caller has counted the entries. */
export async function readAtRates(db: Kysely<DB>, slice: Slice): Promise<AtRate[]> {
	const resolved = await resolveSlice(db, slice);
	if (resolved.posting === null) return [];
	const cells = isOfCells(slice);
	const counted = (amount: string) => signed(slice.measure, `${cells ? 's' : 'e'}.${amount}`);
	const { rows } = await sql<AtRate>`
		select e.rate_publisher as publisher, e.rate_date::text as day, e.currency::text as currency, e.rate_eur as "perEur", e.rate_usd as "perUsd",
			sum(${counted('amount_eur')}) as eur, sum(${counted('amount_usd')}) as usd
		from ledger_entry e ${cells ? sql`join entry_share s using (reporting_organisation_id, entry_id)` : sql``}
		where ${every([...countedConditions(resolved), ...cellConditions(slice, 'entries')])}
		group by 1, 2, 3, 4, 5, e.amount_eur is null, e.amount_usd is null
		order by 2, 1, 3, 4, 5`.execute(db);
	return rows;
}
