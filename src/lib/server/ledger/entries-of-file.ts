import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { DatePrecision } from '#lib/slice/period.ts';
import { NONE, valuesOf } from '#lib/slice/parameter.ts';
import type { Kind, Nature, Slice } from '#lib/slice/slice.ts';

/** An entry of a file as its reader gave it, or as it stands in the books. Amounts as booked. */
export type EntryOfFile = {
	/** Its order in the list, for the page after it. */
	no: string;
	/** Its page in the books; null before it is there. */
	entry: string | null;
	place: string;
	activity: string;
	kind: Kind;
	amount: string;
	currency: string;
	date_from: string | null;
	date_to: string | null;
	date_precision: DatePrecision;
	reference: string | null;
	description: string | null;
};

/** Which of a file's entries: of a kind, a currency as booked, a heading and a month, as the sums of its preview are cut. */
export type EntryFilter = { kind: Kind | null } & Pick<
	Slice,
	'booked' | 'heading' | 'from' | 'to' | 'undated'
>;

/** What the list is made of: the import, and once it is posted its posting and file. */
export type EntriesOf = {
	import_id: string;
	source_id: string;
	nature: Nature;
	posting_no: number | null;
};

type Page = { after: string | null; limit: number };
type Listed = { entries: EntryOfFile[]; next: string | null };

/**
 * One page of the entries that a file would bring, in its order; of a posted one those that it brought. What the books had
 * already as the file has it was not posted again and is not among these.
 */
export async function listEntries(
	db: Kysely<DB>,
	of: EntriesOf,
	filter: EntryFilter,
	page: Page
): Promise<Listed> {
	const rows = of.posting_no === null ? listStaged(db, of, filter, page) : listPosted(db, of, filter, page);
	const entries = (await rows).slice(0, page.limit);
	return { entries, next: (await rows).length > page.limit ? entries.at(-1)!.no : null };
}

async function listStaged(
	db: Kysely<DB>,
	{ import_id }: EntriesOf,
	filter: EntryFilter,
	{ after, limit }: Page
): Promise<EntryOfFile[]> {
	const { rows } = await sql<EntryOfFile>`
		with entry as (
			select record_no, place, null as entry, record ->> 'activity' as activity, record ->> 'entryKind' as kind, record ->> 'amount' as amount,
				record ->> 'currency' as currency, record ->> 'dateFrom' as date_from, record ->> 'dateTo' as date_to,
				record ->> 'datePrecision' as date_precision, record ->> 'reference' as reference, record ->> 'description' as description,
				record ->> 'heading' as heading
			from staged_record where import_id = ${import_id}::bigint and kind = 'ledger_entry'
				and (${after}::bigint is null or record_no > ${after}::bigint)
		)
		select record_no::text as no, place, entry, activity, kind, amount, currency, date_from, date_to, date_precision, reference, description
		from entry where ${matches(filter)} order by record_no limit ${limit + 1}::integer`.execute(db);
	return rows;
}

async function listPosted(
	db: Kysely<DB>,
	{ source_id, nature, posting_no }: EntriesOf,
	filter: EntryFilter,
	{ after, limit }: Page
): Promise<EntryOfFile[]> {
	const { rows } = await sql<EntryOfFile>`
		with entry as (
			select entry_id, reporting_organisation_id || '-' || entry_id as entry, place, activity.key as activity, kind, amount::text as amount,
				currency::text as currency, date_from::text as date_from, date_to::text as date_to, date_precision, voucher as reference,
				description, heading
			from ledger_entry join activity using (activity_id)
			where ledger_entry.nature = ${nature} and added_by = ${posting_no}::integer and source_id = ${source_id}::bigint
				and (${after}::bigint is null or entry_id > ${after}::bigint)
		)
		select entry_id::text as no, place, entry, activity, kind, amount, currency, date_from, date_to, date_precision, reference, description
		from entry where ${matches(filter)} order by entry_id limit ${limit + 1}::integer`.execute(db);
	return rows;
}

/** The same cuts as those of a preview's sums: an entry is of a month only where it lies wholly inside it. */
function matches({ kind, booked, heading, from, to, undated }: EntryFilter) {
	const last = sql`coalesce(date_to, date_from)`;
	const isUndated = sql`left(date_from, 7) is distinct from left(${last}, 7) or date_from is null`;
	return sql`(${kind}::text is null or kind = ${kind}) and (${booked}::text is null or currency = any(${valuesOf(booked)}::text[]))
		and (${heading}::text is null or coalesce(heading, ${NONE}) = ${heading})
		and (${from}::text is null or date_from >= ${from}) and (${to}::text is null or ${last} <= ${to})
		and (${undated}::text is null or ${isUndated})`;
}
