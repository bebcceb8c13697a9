import { sql, type Kysely } from 'kysely';
import type { Decimal } from '#lib/money/decimal.ts';
import type { DB } from '#lib/server/database/schema.ts';
import type { RetirementCause } from '#lib/slice/change.ts';
import type { DatePrecision } from '#lib/slice/period.ts';
import type { Allocation, Basis, Counting, Kind, Nature, State } from '#lib/slice/slice.ts';

/** One version of an entry with the names it carries. Amounts are decimal text, dates ISO. */
export type Entry = {
	reporting_organisation_id: string;
	entry_id: string;
	nature: Nature;
	kind: Kind;
	counting: Counting;
	basis: Basis;
	state: State;
	returned: boolean;
	date_from: string | null;
	date_to: string | null;
	date_precision: DatePrecision;
	value_date: string | null;
	amount: Decimal;
	currency: string;
	amount_eur: Decimal | null;
	amount_usd: Decimal | null;
	rate_publisher: string | null;
	rate_date: string | null;
	rate_eur: Decimal | null;
	rate_usd: Decimal | null;
	reporter: string;
	provider: string | null;
	provider_id: string | null;
	receiver: string | null;
	receiver_id: string | null;
	activity_id: string;
	activity_key: string;
	project_key: string;
	agreement_key: string | null;
	objective_key: string | null;
	heading: string | null;
	description: string | null;
	voucher: string | null;
	exchange_difference: boolean;
	country_key: string | null;
	sector_key: string | null;
	source_sha256: string;
	source_name: string;
	place: string;
};

export type Cell = {
	cell_no: number;
	country: string | null;
	sector: string | null;
	amount: Decimal;
	amount_eur: Decimal | null;
	country_basis: Allocation;
	sector_basis: Allocation;
};

export type Share = { code: string | null; amount: Decimal };

/** One version in an entry's history, and what ended it. */
export type EntryVersion = {
	reporting_organisation_id: string;
	entry_id: string;
	amount: Decimal;
	currency: string;
	amount_eur: Decimal | null;
	rate_eur: Decimal | null;
	rate_publisher: string | null;
	rate_date: string | null;
	counting: Counting;
	basis: Basis;
	state: State;
	date_from: string | null;
	date_to: string | null;
	date_precision: DatePrecision;
	value_date: string | null;
	provider: string | null;
	receiver: string | null;
	agreement_key: string | null;
	objective_key: string | null;
	heading: string | null;
	description: string | null;
	voucher: string | null;
	/** What is booked on each of its countries and sectors; the null code is the unallocated part. */
	countries: Share[];
	sectors: Share[];
	added_by: number;
	known_at: Date;
	simulated: boolean;
	/** Why the posting was made, and in its words what it did. */
	added_cause: string;
	explanation: string;
	/** How the file came in: never a person. */
	received_by: string;
	retired_by: number | null;
	retired_at: Date | null;
	retired_simulated: boolean | null;
	retired_explanation: string | null;
	/** The version that took its place; null while it is in force or where it was withdrawn. */
	replaced_by: string | null;
	cause: RetirementCause | null;
	source_sha256: string;
	source_name: string;
	place: string;
};

/** One entry with its cells and every version of the same movement, oldest first. Null when there is none. */
export async function findEntry(
	db: Kysely<DB>,
	reporterId: string,
	entryId: string
): Promise<{ entry: Entry; cells: Cell[]; history: EntryVersion[] } | null> {
	const nameOf = (
		column: string
	) => sql`(select name from organisation_version v where v.organisation_id = ${sql.ref(column)}
		order by v.nature = 'published' desc, v.posting_no desc limit 1)`;
	const sharesOf = (cell: 'country' | 'sector') => sql`coalesce((
		select json_agg(json_build_object('code', code, 'amount', amount::text) order by code) from (
			select ${sql.ref(`s.${cell}`)}::text as code, sum(s.amount) as amount from entry_share s
			where s.reporting_organisation_id = e.reporting_organisation_id and s.entry_id = e.entry_id group by 1) shares), '[]')`;
	const found = await sql<Entry>`
		select e.reporting_organisation_id, e.entry_id, e.nature, e.kind, e.counting, e.basis, e.state, e.returned, e.date_from, e.date_to, e.date_precision,
			e.value_date, e.amount, e.currency::text as currency, e.amount_eur, e.amount_usd, e.rate_publisher, e.rate_date, e.rate_eur, e.rate_usd,
			${nameOf('e.reporting_organisation_id')} as reporter, ${nameOf('e.provider_id')} as provider, e.provider_id,
			${nameOf('e.receiver_id')} as receiver, e.receiver_id, e.activity_id, activity.key as activity_key, project.key as project_key,
			agreement.key as agreement_key, objective.key as objective_key, e.heading, e.description, e.voucher, e.exchange_difference,
			e.country_key, e.sector_key, source.sha256 as source_sha256, source.name as source_name, e.place
		from ledger_entry e join activity using (activity_id) join project on project.project_id = e.project_id join source using (source_id)
		left join agreement on agreement.agreement_id = e.agreement_id left join objective on objective.objective_id = e.objective_id
		where e.reporting_organisation_id = ${reporterId}::bigint and e.entry_id = ${entryId}::bigint`.execute(db);
	const entry = found.rows[0];
	if (!entry) return null;
	const cells = await sql<Cell>`
		select cell_no, country::text as country, sector, amount, amount_eur, country_basis, sector_basis from entry_share
		where reporting_organisation_id = ${reporterId}::bigint and entry_id = ${entryId}::bigint order by cell_no`.execute(
		db
	);
	const history = await sql<EntryVersion>`
		select e.reporting_organisation_id, e.entry_id, e.amount, e.currency::text as currency, e.amount_eur, e.rate_eur, e.rate_publisher, e.rate_date,
			e.counting, e.basis, e.state, e.date_from, e.date_to, e.date_precision, e.value_date,
			${nameOf('e.provider_id')} as provider, ${nameOf('e.receiver_id')} as receiver,
			(select key from agreement where agreement_id = e.agreement_id) as agreement_key,
			(select key from objective where objective_id = e.objective_id) as objective_key, e.heading, e.description, e.voucher,
			${sharesOf('country')} as countries, ${sharesOf('sector')} as sectors,
			e.added_by, added.known_at, added.simulated, added.cause as added_cause, added.explanation, source.received_by,
			r.posting_no as retired_by, ended.known_at as retired_at, ended.simulated as retired_simulated,
			ended.explanation as retired_explanation, r.replaced_by, r.cause,
			source.sha256 as source_sha256, source.name as source_name, e.place
		from ledger_entry this
		join ledger_entry e on e.activity_id = this.activity_id and e.kind = this.kind and e.entry_key = this.entry_key
			and e.reporting_organisation_id = this.reporting_organisation_id
		join posting added on added.nature = e.nature and added.posting_no = e.added_by
		join source on source.source_id = e.source_id
		left join ledger_retirement r on r.reporting_organisation_id = e.reporting_organisation_id and r.entry_id = e.entry_id
		left join posting ended on ended.nature = r.nature and ended.posting_no = r.posting_no
		where this.reporting_organisation_id = ${reporterId}::bigint and this.entry_id = ${entryId}::bigint
		order by e.added_by, e.entry_id`.execute(db);
	return { entry, cells: cells.rows, history: history.rows };
}
