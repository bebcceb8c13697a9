import { sql, type Kysely } from 'kysely';

/**
 * The same proofs of what a statement adds to the ledger, with one look at its rows instead of one for each thing that they
 * refer to: most of the work was reading them over again.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const REFUSALS = `
	if late then
		raise exception 'addition to % refused: its posting is closed', tg_table_name using errcode = 'insufficient_privilege';
	end if;
	if missing is not null then
		raise exception 'addition to % violates foreign key constraint: % not there', tg_table_name, missing using errcode = 'foreign_key_violation';
	end if;
	return null;`;

/** Whether a posting, joined as \`p\`, is another transaction's. */
const CLOSED = 'p.xmin <> pg_current_xact_id()::xid';

const STATEMENTS = [
	`create or replace function refuse_late_entry() returns trigger language plpgsql set plan_cache_mode to force_custom_plan as $$
		declare missing text; late boolean;
		begin
			with a as materialized (
				select distinct nature, added_by, reporting_organisation_id, provider_id, receiver_id, project_id, activity_id,
					agreement_id, objective_id, source_id from added
			), own as materialized (
				select p.posting_no is null as missing, ${CLOSED} as closed
				from (select distinct nature, added_by from a) a left join posting p on p.nature = a.nature and p.posting_no = a.added_by
			)
			select exists (select from own where closed), case
				when exists (select from own where own.missing) then 'posting'
				when exists (
					select from (select reporting_organisation_id as id from a union select provider_id from a union select receiver_id from a) named
					where id is not null and not exists (select from organisation o where o.organisation_id = named.id)) then 'organisation'
				when exists (
					select from (select distinct project_id from a) named
					where not exists (select from project t where t.project_id = named.project_id)) then 'project'
				when exists (
					select from (select distinct activity_id, nature from a) named
					where not exists (select from activity t where t.activity_id = named.activity_id and t.nature = named.nature)) then 'activity of this nature'
				when exists (
					select from (select distinct agreement_id, nature from a where agreement_id is not null) named
					where not exists (select from agreement t where t.agreement_id = named.agreement_id and t.nature = named.nature)) then 'agreement of this nature'
				when exists (
					select from (select distinct objective_id from a where objective_id is not null) named
					where not exists (select from objective t where t.objective_id = named.objective_id)) then 'objective'
				when exists (
					select from (select distinct source_id from a) named
					where not exists (select from source t where t.source_id = named.source_id)) then 'source'
				end into late, missing;
			${REFUSALS}
		end $$`,
	`create or replace function refuse_late_cell() returns trigger language plpgsql set plan_cache_mode to force_custom_plan as $$
		declare missing text; late boolean;
		begin
			select bool_or(${CLOSED}), case when bool_or(own.nature is null) then 'entry' end into late, missing
			from (
				select distinct e.nature, e.added_by from (select distinct reporting_organisation_id, entry_id from added) a
				left join ledger_entry e using (reporting_organisation_id, entry_id)
			) own left join posting p on p.nature = own.nature and p.posting_no = own.added_by;
			${REFUSALS}
		end $$`
];
