import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Decimal } from '#lib/money/decimal.ts';
import type { DB } from '#lib/server/database/schema.ts';
import type { Kind, Nature } from '#lib/slice/slice.ts';
import type { KindSum } from '../preview.ts';

/** A version in force, as comparing needs it. Organisations by number, amounts as booked. */
export type BookRow = {
	reporterId: string;
	activityId: string;
	entryId: string;
	kind: Kind;
	key: string;
	fingerprint: string;
	reference: string | null;
	dateFrom: string | null;
	dateTo: string | null;
	amount: Decimal;
	currency: string;
	providerId: string | null;
	receiverId: string | null;
	description: string | null;
};

/** The same with what tells alike ones apart. */
export type BookDetail = BookRow & {
	/** Its key. */
	activity: string;
	datePrecision: string;
	heading: string | null;
	valueDate: string | null;
	providerActivity: string | null;
	receiverActivity: string | null;
	budgetVersion: string | null;
	basis: string;
	state: string;
	place: string;
};

const BATCH = 20_000;

/** True of versions that no posting has retired. `e` is the entry. */
export const isInForce: RawBuilder<boolean> = sql`not exists (select from ledger_retirement gone
	where gone.reporting_organisation_id = e.reporting_organisation_id and gone.entry_id = e.entry_id)`;

const COLUMNS = sql`e.reporting_organisation_id as "reporterId", e.activity_id as "activityId", e.entry_id as "entryId", e.kind,
	e.entry_key as key, e.fingerprint, e.voucher as reference, e.date_from as "dateFrom", e.date_to as "dateTo", e.amount,
	e.currency::text as currency, e.provider_id as "providerId", e.receiver_id as "receiverId", e.description`;

/**
 * What some reporters have in force in some activities, in order of entry. Found by activity: by the reporter's whole ledger
 * it would take as long as that is.
 */
export async function* readBookRows(
	db: Kysely<DB>,
	nature: Nature,
	activityIds: readonly string[],
	reporterIds: readonly string[]
): AsyncGenerator<BookRow[]> {
	for (let after = '0'; ;) {
		const { rows } = await sql<BookRow>`
			with own as materialized (
				select ${COLUMNS} from unnest(${activityIds}::bigint[]) as named(activity_id) join ledger_entry e using (activity_id)
				where e.reporting_organisation_id = any(${reporterIds}::bigint[]) and e.nature = ${nature}
					and e.entry_id > ${after}::bigint and ${isInForce}
			)
			select * from own order by "entryId" limit ${BATCH}::integer`.execute(db);
		if (rows.length > 0) yield rows;
		if (rows.length < BATCH) return;
		after = rows.at(-1)!.entryId;
	}
}

/** Whether some reporters have anything in force in some activities. */
export async function hasBookRows(
	db: Kysely<DB>,
	nature: Nature,
	activityIds: readonly string[],
	reporterIds: readonly string[]
): Promise<boolean> {
	const { rows } = await sql<{ any: boolean }>`
		select exists (select from unnest(${activityIds}::bigint[]) as named(activity_id) cross join lateral (
			select from ledger_entry e where e.activity_id = named.activity_id
				and e.reporting_organisation_id = any(${reporterIds}::bigint[]) and e.nature = ${nature} and ${isInForce} limit 1
		) found) as any`.execute(db);
	return rows[0]!.any;
}

/** An entry's version by its whole key. */
export type EntryId = { reporterId: string; entryId: string };

/** Versions by their keys, for a query to join them as `e`. */
export function theseEntries(ids: readonly EntryId[]): RawBuilder<unknown> {
	return sql`unnest(${ids.map(({ reporterId }) => reporterId)}::bigint[], ${ids.map(({ entryId }) => entryId)}::bigint[])
		as wanted(reporting_organisation_id, entry_id) join ledger_entry e using (reporting_organisation_id, entry_id)`;
}

/** Some versions by their numbers, in order of entry. */
export async function* readBookDetails(
	db: Kysely<DB>,
	ids: readonly EntryId[]
): AsyncGenerator<BookDetail[]> {
	for (let start = 0; start < ids.length; start += BATCH) {
		const { rows } = await sql<BookDetail>`
			select ${COLUMNS}, activity.key as activity, e.date_precision as "datePrecision", e.heading, e.value_date as "valueDate",
				e.provider_activity as "providerActivity", e.receiver_activity as "receiverActivity",
				e.budget_version as "budgetVersion", e.basis, e.state, e.place
			from ${theseEntries(ids.slice(start, start + BATCH))} join activity using (activity_id)
			order by e.entry_id`.execute(db);
		yield rows;
	}
}

/** Sums of some versions by kind and currency, as booked; several of one kind and currency where they are many. */
export async function sumEntries(db: Kysely<DB>, ids: readonly EntryId[]): Promise<KindSum[]> {
	const sums: KindSum[] = [];
	for (let start = 0; start < ids.length; start += BATCH) {
		const { rows } = await sql<KindSum>`
			select e.kind, e.currency::text as currency, count(*)::integer as count, sum(e.amount)::text as sum
			from ${theseEntries(ids.slice(start, start + BATCH))} group by 1, 2`.execute(db);
		sums.push(...rows);
	}
	return sums;
}
