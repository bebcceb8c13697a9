import { sql, type Kysely } from 'kysely';

/**
 * Makes the ledger quick to add to without making it less strict. Codes are compared byte by byte, which no language's
 * order is needed for. What an entry, a cell or a sum refers to is proved once for each statement instead of once for each
 * row: what is referred to is never deleted and its keys never change, so that the proof holds for ever.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const [table, columns] of Object.entries(CODES)) {
		const changes = columns.map((column) => `alter column ${column} type text collate "C"`);
		await sql.raw(`alter table ${table} ${changes.join(', ')}`).execute(db);
	}
	for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
	for (const name of SUMMARIES) {
		await sql
			.raw(`alter table ledger_delta_${name} drop constraint ledger_delta_${name}_nature_posting_no_fkey`)
			.execute(db);
	}
}

const SUMMARIES = [
	'month',
	'country_month',
	'country_heading',
	'sector_year',
	'party',
	'heading',
	'activity_year'
];
const OWN_CODES: Record<string, string[]> = {
	country_month: ['country'],
	country_heading: ['country', 'heading'],
	sector_year: ['sector'],
	heading: ['heading']
};

const CODES: Record<string, string[]> = {
	ledger_entry: ['entry_key', 'fingerprint', 'kind', 'counting', 'basis', 'state', 'heading'],
	entry_share: ['region', 'sector', 'country_basis', 'sector_basis'],
	...Object.fromEntries(
		SUMMARIES.flatMap((name) =>
			['current', 'delta'].map((side) => [
				`ledger_${side}_${name}`,
				['kind', 'counting', 'state', ...(OWN_CODES[name] ?? [])]
			])
		)
	)
};

/** Raises when rows that a statement adds refer to something that is not there. `missing` finds one. */
const refuseMissing = (what: string, missing: string) => `
	if exists (${missing}) then
		raise exception 'addition to % violates foreign key constraint: % not there', tg_table_name, '${what}' using errcode = 'foreign_key_violation';
	end if;`;

const STATEMENTS = [
	// The domain has the database's own order; a table's column may have another.
	`alter table entry_share alter column country type text collate "C",
		add constraint entry_share_country_check check (country ~ '^[A-Z]{2}$')`,
	...[
		'reporting_organisation_id',
		'project_id',
		'provider_id',
		'receiver_id',
		'objective_id',
		'source_id',
		'nature_added_by',
		'activity_id_nature',
		'agreement_id_nature'
	].map((columns) => `alter table ledger_entry drop constraint ledger_entry_${columns}_fkey`),
	`alter table entry_share drop constraint entry_share_reporting_organisation_id_entry_id_fkey`,

	`create or replace function refuse_late_entry() returns trigger language plpgsql set plan_cache_mode to force_custom_plan as $$
		begin
			if exists (select from (select distinct nature, added_by from added) a
				join posting on posting.nature = a.nature and posting.posting_no = a.added_by
				where posting.xmin <> pg_current_xact_id()::xid) then
				raise exception 'addition to % refused: its posting is closed', tg_table_name using errcode = 'insufficient_privilege';
			end if;
			${refuseMissing(
				'posting',
				`select from (select distinct nature, added_by from added) a
				where not exists (select from posting p where p.nature = a.nature and p.posting_no = a.added_by)`
			)}
			${refuseMissing(
				'organisation',
				`select from (select reporting_organisation_id as id from added union select provider_id from added union select receiver_id from added) a
				where a.id is not null and not exists (select from organisation o where o.organisation_id = a.id)`
			)}
			${refuseMissing(
				'project',
				`select from (select distinct project_id from added) a
				where not exists (select from project p where p.project_id = a.project_id)`
			)}
			${refuseMissing(
				'activity of this nature',
				`select from (select distinct activity_id, nature from added) a
				where not exists (select from activity t where t.activity_id = a.activity_id and t.nature = a.nature)`
			)}
			${refuseMissing(
				'agreement of this nature',
				`select from (select distinct agreement_id, nature from added where agreement_id is not null) a
				where not exists (select from agreement t where t.agreement_id = a.agreement_id and t.nature = a.nature)`
			)}
			${refuseMissing(
				'objective',
				`select from (select distinct objective_id from added where objective_id is not null) a
				where not exists (select from objective t where t.objective_id = a.objective_id)`
			)}
			${refuseMissing(
				'source',
				`select from (select distinct source_id from added) a
				where not exists (select from source t where t.source_id = a.source_id)`
			)}
			return null;
		end $$`,
	`create or replace function refuse_late_cell() returns trigger language plpgsql set plan_cache_mode to force_custom_plan as $$
		begin
			if exists (select from (
					select distinct e.nature, e.added_by from (select distinct reporting_organisation_id, entry_id from added) a
					join ledger_entry e using (reporting_organisation_id, entry_id)) touched
				join posting on posting.nature = touched.nature and posting.posting_no = touched.added_by
				where posting.xmin <> pg_current_xact_id()::xid) then
				raise exception 'addition to % refused: its posting is closed', tg_table_name using errcode = 'insufficient_privilege';
			end if;
			${refuseMissing(
				'entry',
				`select from (select distinct reporting_organisation_id, entry_id from added) a
				where not exists (select from ledger_entry e
					where e.reporting_organisation_id = a.reporting_organisation_id and e.entry_id = a.entry_id)`
			)}
			return null;
		end $$`,
	// The sums of a posting: closed ones get no more, and there is none without its posting.
	`create function refuse_late_sum() returns trigger language plpgsql as $$
		begin
			if exists (select from (select distinct nature, posting_no from added) a left join posting using (nature, posting_no)
				where posting.xmin is distinct from pg_current_xact_id()::xid) then
				raise exception 'addition to % refused: its posting is closed or not there', tg_table_name using errcode = 'insufficient_privilege';
			end if;
			return null;
		end $$`,
	...SUMMARIES.flatMap((name) => [
		`drop trigger within_posting on ledger_delta_${name}`,
		`create trigger within_posting after insert on ledger_delta_${name} referencing new table as added for each statement
			execute function refuse_late_sum()`
	])
];
