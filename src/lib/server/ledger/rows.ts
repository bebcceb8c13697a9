import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Decimal } from '#lib/money/decimal.ts';
import type { DB } from '#lib/server/database/schema.ts';
import type { EntryNumbers } from '#lib/slice/entry-name.ts';
import { valuesOf } from '#lib/slice/parameter.ts';
import { isDay, type DatePrecision } from '#lib/slice/period.ts';
import type { Allocation, Basis, Counting, Kind, Nature, State, Slice } from '#lib/slice/slice.ts';
import {
	cellConditions,
	dimensionConditions,
	every,
	isOfCells,
	signed,
	timeConditions,
	versionConditions
} from './conditions.ts';
import { resolveSlice, type ResolvedSlice } from './resolve.ts';

/** One entry as a slice sees it: its part in the slice, and the whole of it. Dates are ISO, amounts decimal text. */
export type LedgerRow = {
	reporting_organisation_id: string;
	entry_id: string;
	nature: Nature;
	kind: Kind;
	counting: Counting;
	basis: Basis;
	state: State;
	date_from: string | null;
	date_to: string | null;
	date_precision: DatePrecision;
	value_date: string | null;
	sort_date: string;
	/** The matching cells in the slice's currency, signed as the measure counts it; null without a rate. */
	amount_in_slice: Decimal | null;
	/** The same cells as booked, same sign. */
	booked_in_slice: Decimal;
	/** The whole entry as booked, its own sign. */
	amount: Decimal;
	currency: string;
	amount_eur: Decimal | null;
	amount_usd: Decimal | null;
	rate_publisher: string | null;
	rate_date: string | null;
	rate_eur: Decimal | null;
	rate_usd: Decimal | null;
	/** Basis of the cells that matched; `mixed` when they differ. */
	country_basis: Allocation | 'mixed';
	country_key: string | null;
	reporter: string;
	provider: string | null;
	receiver: string | null;
	/** Identifiers of the activities that the money came from and went to, as the source states them. */
	provider_activity: string | null;
	receiver_activity: string | null;
	activity_id: string;
	activity_key: string;
	project_key: string;
	agreement_key: string | null;
	objective_key: string | null;
	heading: string | null;
	description: string | null;
	voucher: string | null;
	exchange_difference: boolean;
	source_sha256: string;
	source_name: string;
	place: string;
	added_by: number;
	known_at: Date;
	simulated: boolean;
};

export type RowPage = { rows: LedgerRow[]; next: string | null };

/** A cursor that this ledger did not make. */
export class CursorError extends Error {
	override name = 'CursorError';
}

/**
 * One keyset page of a slice's entries, by date (unknown last), reporting organisation and entry.
 * @param after the `next` of the page before, or null for the first
 * @throws UnknownKeyError, CursorError
 */
export async function rows(
	db: Kysely<DB>,
	slice: Slice,
	{ after, limit }: { after: string | null; limit: number }
): Promise<RowPage> {
	return pageOf(db, await resolveSlice(db, slice), after, limit);
}

/** Entries of a slice by their numbers, as the slice sees them; at most a page of them, in the order of the ledger. */
export async function namedRows(
	db: Kysely<DB>,
	resolved: ResolvedSlice,
	entries: readonly EntryNumbers[]
): Promise<LedgerRow[]> {
	if (resolved.posting === null || entries.length === 0) return [];
	const keys = keysOf(resolved, null, entries.length, false, entries);
	return (await describe(keys, resolved).execute(db)).rows;
}

async function pageOf(
	db: Kysely<DB>,
	resolved: ResolvedSlice,
	after: string | null,
	limit: number
): Promise<RowPage> {
	if (resolved.posting === null) return { rows: [], next: null };
	const found = (await describe(keysOf(resolved, after, limit + 1), resolved).execute(db)).rows;
	const page = found.slice(0, limit);
	const last = page.at(-1);
	return { rows: page, next: found.length > limit && last ? writeCursor(last) : null };
}

const CURSOR = /^(\d{4}-\d{2}-\d{2}|infinity)~(\d{1,18})~(\d{1,18})$/;

function writeCursor(row: LedgerRow): string {
	return `${row.sort_date}~${row.reporting_organisation_id}~${row.entry_id}`;
}

function afterCondition(after: string | null, alias: string): RawBuilder<unknown>[] {
	if (after === null) return [];
	const match = CURSOR.exec(after);
	if (!match || (match[1] !== 'infinity' && !isDay(match[1]!))) {
		throw new CursorError(`${after} is no place in the list`);
	}
	return [
		sql`(${sql.raw(alias)}.sort_date, ${sql.raw(alias)}.reporting_organisation_id, ${sql.raw(alias)}.entry_id) > (${match[1]}::date, ${match[2]}::bigint, ${match[3]}::bigint)`
	];
}

/**
 * The page's entries with the sums of their matching cells. Led by the cells only when a cell is asked for, and of all
 * pages one after the other (`inOrder`) only by those of one country, which an index holds in the order of the pages.
 * @param only the entries that are asked for, where it is not all
 */
export function keysOf(
	resolved: ResolvedSlice,
	after: string | null,
	limit: number,
	inOrder = false,
	only: readonly EntryNumbers[] | null = null
): RawBuilder<unknown> {
	const { slice } = resolved;
	const target = `amount_${slice.currency.toLowerCase()}`;
	const counted = (amount: string) => signed(slice.measure, amount);
	const conditions = [
		...dimensionConditions(resolved, 'entries'),
		...timeConditions(slice, 'entries'),
		...versionConditions(resolved),
		...(only === null ? [] : [oneOfEntries(only)])
	];
	if (!isOfCells(slice)) {
		return sql`
			select e.sort_date, e.reporting_organisation_id, e.entry_id, ${counted(`e.${target}`)} as converted, ${counted('e.amount')} as booked, null::text as basis
			from ledger_entry e where ${every([...conditions, sql`e.counting = ${slice.counting}`, ...afterCondition(after, 'e')])}
			order by e.sort_date, e.reporting_organisation_id, e.entry_id limit ${limit}::integer`;
	}
	const sums = sql`sum(${counted(`s.${target}`)}) as converted, sum(${counted('s.amount')}) as booked,
			case when min(s.country_basis) = max(s.country_basis) then min(s.country_basis) else 'mixed' end as basis`;
	if (inOrder && valuesOf(slice.country).length !== 1) {
		return sql`
			select e.sort_date, e.reporting_organisation_id, e.entry_id, cell.converted, cell.booked, cell.basis
			from ledger_entry e cross join lateral (
				select ${sums} from entry_share s
				where s.reporting_organisation_id = e.reporting_organisation_id and s.entry_id = e.entry_id and ${every(cellConditions(slice, 'entries'))}
				having count(*) > 0) cell
			where ${every([...conditions, sql`e.counting = ${slice.counting}`, ...afterCondition(after, 'e')])}
			order by e.sort_date, e.reporting_organisation_id, e.entry_id limit ${limit}::integer`;
	}
	return sql`
		select s.sort_date, s.reporting_organisation_id, s.entry_id, ${sums}
		from entry_share s join ledger_entry e using (reporting_organisation_id, entry_id)
		where ${every([...conditions, sql`e.counting = ${slice.counting}`, ...cellConditions(slice, 'entries'), ...afterCondition(after, 's')])}
		group by s.sort_date, s.reporting_organisation_id, s.entry_id
		order by s.sort_date, s.reporting_organisation_id, s.entry_id limit ${limit}::integer`;
}

/** A number of an entry is never given twice; that of its reporter leads to it. */
function oneOfEntries(entries: readonly EntryNumbers[]): RawBuilder<unknown> {
	const reporters = [...new Set(entries.map((entry) => entry.reporting_organisation_id))];
	return sql`e.reporting_organisation_id = any(${reporters}::bigint[]) and e.entry_id = any(${entries.map((entry) => entry.entry_id)}::bigint[])`;
}

function describe(keys: RawBuilder<unknown>, { slice, posting }: ResolvedSlice): RawBuilder<LedgerRow> {
	// An organisation keeps the name it had at the posting looked at, of either nature.
	const nameOf = (id: RawBuilder<unknown>) => sql`(
		select name from organisation_version v where v.organisation_id = ${id}
		order by (v.nature = ${slice.nature} and v.posting_no <= ${posting}::integer) desc, (v.nature = 'published') desc, v.posting_no desc limit 1)`;
	// Looked up and not joined: finding an order for eight joins takes the planner longer than the page itself.
	const keyOf = (table: string) =>
		sql.raw(`(select key from ${table} where ${table}_id = e.${table}_id) as ${table}_key`);
	return sql<LedgerRow>`
		select e.reporting_organisation_id, e.entry_id, e.nature, e.kind, e.counting, e.basis, e.state,
			e.date_from, e.date_to, e.date_precision, e.value_date, e.sort_date::text as sort_date,
			k.converted as amount_in_slice, k.booked as booked_in_slice, e.amount, e.currency::text as currency, e.amount_eur, e.amount_usd,
			e.rate_publisher, e.rate_date, e.rate_eur, e.rate_usd,
			coalesce(k.basis, (select case when min(s.country_basis) = max(s.country_basis) then min(s.country_basis) else 'mixed' end
				from entry_share s where s.reporting_organisation_id = e.reporting_organisation_id and s.entry_id = e.entry_id)) as country_basis,
			e.country_key,
			${nameOf(sql`e.reporting_organisation_id`)} as reporter, ${nameOf(sql`e.provider_id`)} as provider, ${nameOf(sql`e.receiver_id`)} as receiver,
			e.provider_activity, e.receiver_activity, e.activity_id, ${keyOf('activity')}, ${keyOf('project')}, ${keyOf('agreement')}, ${keyOf('objective')},
			e.heading, e.description, e.voucher, e.exchange_difference,
			(select sha256 from source where source_id = e.source_id) as source_sha256, (select name from source where source_id = e.source_id) as source_name,
			e.place, e.added_by, posting.known_at, posting.simulated
		from (${keys}) k
		join ledger_entry e on e.reporting_organisation_id = k.reporting_organisation_id and e.entry_id = k.entry_id
		join posting on posting.nature = e.nature and posting.posting_no = e.added_by
		order by k.sort_date, k.reporting_organisation_id, k.entry_id`;
}
