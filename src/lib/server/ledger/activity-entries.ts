import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { Decimal } from '#lib/money/decimal.ts';
import type { WrittenEntry } from '#lib/iati/write/content.ts';
import type { DatePrecision } from '#lib/slice/period.ts';
import {
	cellConditions,
	every,
	isOfCells,
	matchingConditions,
	signed,
	versionConditions
} from './conditions.ts';
import type { PinnedSlice } from './pinned.ts';
import type { ResolvedSlice } from './resolve.ts';

/** A part of an entry: where, in which sector, how much, and how the two were got. */
export type EntryCell = [
	country: string | null,
	region: string | null,
	sector: string | null,
	amount: Decimal,
	countryBasis: string,
	sectorBasis: string
];

/** An entry of an activity with what a file of the standard says of it. Days are ISO, amounts decimal text. */
export type ActivityEntry = Omit<WrittenEntry, 'places' | 'sectors' | 'stated' | 'inSlice'> & {
	activityId: string;
	/** 0 budgets, 1 planned disbursements, 2 transactions. */
	group: 0 | 1 | 2;
	entryId: string;
	datePrecision: DatePrecision;
	amountInSlice: Decimal | null;
	/** Its own cells, or those that a slice counts; null where it is cut as its activity is. */
	cells: EntryCell[] | null;
	/** Whether they say where, and in which sector: not by the activity's shares. */
	ownPlaces: boolean | null;
	ownSectors: boolean | null;
};

/** Which entries of activities: all that are in force, or what a slice counts. */
export type EntriesAsked = { pinned: PinnedSlice; whole: boolean };

const PAGE = 4000;
const GROUP = sql.raw(`case e.kind when 'budget' then 0 when 'planned_disbursement' then 1 else 2 end`);

/** Numbers of activities that hold entries of a slice, after one, in their order. */
export async function activitiesOfSlice(
	db: Kysely<DB>,
	{ resolved }: PinnedSlice,
	after: string,
	limit: number
): Promise<string[]> {
	if (resolved.posting === null) return [];
	const { rows } = await sql<{ id: string }>`
		select distinct e.activity_id as id from ledger_entry e
		where ${every(matchingConditions(resolved))} and e.activity_id > ${after}::bigint order by 1 limit ${limit}::integer`.execute(
		db
	);
	return rows.map(({ id }) => id);
}

/** How many published entries of some activities are in force. `activities` is a relation with their numbers. */
export async function countActivityEntries(
	db: Kysely<DB>,
	{ resolved }: PinnedSlice,
	activities: RawBuilder<unknown>
): Promise<number> {
	if (resolved.posting === null) return 0;
	const { rows } = await sql<{ entries: number }>`
		select count(*)::integer as entries from ledger_entry e
		where e.activity_id in (select activity_id from ${activities} asked) and ${every(publishedConditions(resolved))}`.execute(
		db
	);
	return rows[0]!.entries;
}

/** Entries of some activities, activity by activity in the order of the numbers: budgets, plans, then transactions. */
export async function* streamActivityEntries(
	db: Kysely<DB>,
	{ pinned, whole }: EntriesAsked,
	ids: readonly string[]
): AsyncGenerator<ActivityEntry[]> {
	if (pinned.resolved.posting === null || ids.length === 0) return;
	let after: ActivityEntry | null = null;
	for (;;) {
		const { rows: page }: { rows: ActivityEntry[] } = await pageOf(pinned, whole, ids, after).execute(db);
		if (page.length > 0) yield page;
		if (page.length < PAGE) return;
		after = page.at(-1)!;
	}
}

function pageOf(
	{ resolved, version }: PinnedSlice,
	whole: boolean,
	ids: readonly string[],
	after: ActivityEntry | null
): RawBuilder<ActivityEntry> {
	const { slice } = resolved;
	const cut = !whole && isOfCells(slice);
	const asked = whole ? publishedConditions(resolved) : matchingConditions(resolved);
	const beyond =
		after === null
			? sql`true`
			: sql`(e.activity_id, ${GROUP}, e.entry_id) > (${after.activityId}::bigint, ${after.group}::integer, ${after.entryId}::bigint)`;
	const target = `amount_${slice.currency.toLowerCase()}`;
	const counted = (amounts: string) =>
		whole ? sql`null` : sql`(${signed(slice.measure, `${amounts}.${target}`)})::text`;
	return sql`
		with e as materialized (
			select e.*, ${GROUP} as "group" from ledger_entry e
			where e.activity_id = any(${ids}::bigint[]) and ${every(asked)} and ${beyond}
			order by e.activity_id, ${GROUP}, e.entry_id limit ${PAGE}::integer
		), ${organisationNames(version.published)}
		select e.activity_id::text as "activityId", e."group", e.entry_id::text as "entryId", e.kind, e.voucher as reference,
			e.date_from as "dateFrom", e.date_to as "dateTo", e.date_precision as "datePrecision", e.value_date as "valueDate",
			${cut ? sql`cell.amount::text` : sql`e.amount::text`} as amount, e.currency,
			${cut ? counted('cell') : counted('e')} as "amountInSlice",
			provider.party as provider, receiver.party as receiver,
			e.provider_activity as "providerActivity", e.receiver_activity as "receiverActivity", e.budget_version as "budgetVersion",
			e.description, e.codes, cell.cells, cell."ownPlaces", cell."ownSectors"
		from e left join organisation_name provider on provider.id = e.provider_id left join organisation_name receiver on receiver.id = e.receiver_id
		${cut ? sql`join` : sql`left join`} lateral (
			select sum(s.amount) as amount, sum(s.${sql.raw(target)}) as ${sql.raw(target)},
				json_agg(json_build_array(s.country, s.region, s.sector, s.amount::text, s.country_basis, s.sector_basis)) as cells,
				${cut ? sql`true` : sql`bool_or(s.country_basis = 'measured') or e.country_key is not null`} as "ownPlaces",
				${cut ? sql`true` : sql`bool_or(s.sector_basis = 'measured') or e.sector_key is not null`} as "ownSectors"
			from (select * from entry_share s where s.reporting_organisation_id = e.reporting_organisation_id and s.entry_id = e.entry_id
				and ${cut ? every(cellConditions(slice, 'entries')) : sql`true`}
				order by s.cell_no) s
			having ${cut ? sql`count(*) > 0` : sql`bool_or(s.country_basis = 'measured' or s.sector_basis = 'measured') or e.country_key is not null or e.sector_key is not null`}
		) cell on true
		order by e.activity_id, e."group", e.entry_id`;
}

/** Reference, name and type of the organisations in `e` as JSON, as they were known. */
function organisationNames(posting: number | null): RawBuilder<unknown> {
	const known = sql`(v.nature = 'published' and v.posting_no <= ${posting}::integer)`;
	return sql`organisation_name as materialized (
		select distinct on (o.organisation_id) o.organisation_id as id, json_build_object('reference', v.reference,
			'name', case when v.reference is null and o.key like 'name:%' then substr(o.key, 6) else v.name end, 'type', v.type_code) as party
		from organisation o join organisation_version v using (organisation_id)
		where o.organisation_id in (select provider_id from e union select receiver_id from e)
		order by o.organisation_id, ${known} desc, case when ${known} then -v.posting_no else v.posting_no end, v.nature desc)`;
}

/** Everything published that is in force: what a file of whole activities holds. */
function publishedConditions(resolved: ResolvedSlice): RawBuilder<unknown>[] {
	return [sql`e.nature = 'published'`, ...versionConditions(resolved)];
}
