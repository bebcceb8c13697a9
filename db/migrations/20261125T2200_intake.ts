import { sql, type Kysely } from 'kysely';

/**
 * What intake of partners' files adds: an import's whole life (read, previewed, accepted, posted or not), what a preview
 * found against the books, and the parts of IATI's standard that a published file brings with an activity or a result.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
	for (const table of PARTS_OF_AN_ACTIVITY) {
		await sql
			.raw(
				`create trigger append_only before update or delete or truncate on ${table} for each statement execute function refuse_change()`
			)
			.execute(db);
		await sql
			.raw(
				`create trigger within_posting after insert on ${table} referencing new table as added for each statement
				execute function refuse_late_part_of_activity()`
			)
			.execute(db);
	}
}

const STATEMENTS = [
	// --- The life of an import. `reading` and `accepted` are what a restarted server takes up again.
	`alter table import drop constraint import_check`,
	`alter table import drop constraint import_state_check`,
	`alter table import add constraint import_state_check
		check (state in ('reading', 'staged', 'accepted', 'posted', 'rejected', 'cancelled'))`,
	`alter table import add constraint import_decided_check
		check ((state in ('posted', 'rejected', 'cancelled')) = (decided_at is not null))`,
	`alter table import
		-- what a preview shows: totals, what would change, proposals; null while it is read
		add column preview jsonb,
		-- the latest posting of its nature when it was compared with the books
		add column compared_no integer,
		-- what the accepter decided: completeness, joins, counting rules, unclear pairs
		add column decisions jsonb,
		-- why it was rejected or could not be posted, in words; none for one that was not
		add column problem text`,
	// Previews that wait, and work that a restart takes up.
	`create index import_state on import (state) where state in ('reading', 'staged', 'accepted')`,

	`create table staged_change (
		import_id bigint not null references import,
		change_no integer not null check (change_no > 0),
		-- unclear: several candidates, decided by a person before posting; added ones are only counted
		change text not null check (change in ('changed', 'withdrawn', 'unclear')),
		activity_key text not null,
		kind text not null,
		-- record of the file that replaces or could replace it
		record_no integer,
		before jsonb,
		after jsonb,
		place text,
		primary key (import_id, change_no)
	)`,
	`comment on table staged_change is 'What posting an import would do to entries that are there, as its preview shows it.'`,

	// --- What IATI says of an activity beyond what the first portfolio needed.
	`alter table activity_version
		add column planned_start date, add column actual_start date, add column planned_end date, add column actual_end date,
		add column secondary_reporter boolean not null default false,
		-- as the activity says; null where it does not
		add column humanitarian boolean,
		add column default_currency currency_code,
		add column default_language text,
		add column scope text,
		add column collaboration_type text,
		add column default_flow_type text,
		add column default_finance_type text,
		add column default_aid_types jsonb,
		add column default_tied_status text,
		add column capital_spend numeric,
		-- other identifiers, humanitarian scopes, tags, descriptions by type, last update: kept as read, by name
		add column further jsonb,
		-- equal content needs no new version
		add column fingerprint text`,
	// A withdrawn activity stays, so that earlier days still find it; lists of today leave it out.
	`alter table activity_current add column withdrawn boolean not null default false`,
	`alter table activity_sector add column narrative jsonb`,
	`alter table participation add column activity_ref text`,
	`create table activity_region (
		activity_version_id bigint not null references activity_version,
		vocabulary text not null default '1',
		code text not null,
		percentage numeric check (percentage >= 0 and percentage <= 100),
		primary key (activity_version_id, vocabulary, code)
	)`,
	`create table related_activity (
		activity_version_id bigint not null references activity_version,
		-- IATI RelatedActivityType: 1 parent, 2 child, 3 sibling, 4 co-funded, 5 third party
		type text not null,
		key text not null,
		primary key (activity_version_id, type, key)
	)`,
	`create table policy_marker (
		activity_version_id bigint not null references activity_version,
		vocabulary text not null default '1',
		code text not null,
		significance text,
		narrative jsonb,
		primary key (activity_version_id, vocabulary, code)
	)`,
	`alter table location
		add column description jsonb,
		add column reach text, add column exactness text, add column class text, add column feature text,
		-- { vocabulary, code } of gazetteers, and administrative areas with their level
		add column codes jsonb`,
	`alter table document_link
		add column titles jsonb, add column descriptions jsonb,
		add column categories text[] not null default '{}', add column languages text[] not null default '{}',
		add column document_date date`,

	// --- Codes of an entry that filter and are exported, and cut no money.
	`alter table ledger_entry add column codes jsonb`,

	// --- Results as IATI has them: of an activity, with values on both sides and their disaggregation.
	`alter table result
		add column activity_id bigint references activity,
		add column result_type text, add column aggregation_status boolean,
		add column titles jsonb, add column descriptions jsonb`,
	`create index result_activity on result (activity_id) where activity_id is not null`,
	`alter table indicator drop constraint indicator_result_id_title_key`,
	`alter table indicator
		add column indicator_no smallint,
		add column titles jsonb, add column descriptions jsonb,
		add column ascending boolean, add column aggregation_status boolean,
		-- references to indicator vocabularies
		add column codes jsonb`,
	`create table indicator_value (
		indicator_id bigint not null references indicator,
		-- 0 for baselines, which belong to no period
		period_no smallint not null check (period_no >= 0),
		value_no smallint not null check (value_no > 0),
		side text not null check (side in ('baseline', 'target', 'actual')),
		-- null where the file's value is no number or missing; then the text as read
		value numeric check (value not in ('NaN', 'Infinity', '-Infinity')),
		value_text text,
		baseline_year smallint, baseline_date date,
		-- { name: value } of what it is disaggregated by
		dimensions jsonb,
		comment jsonb,
		primary key (indicator_id, side, period_no, value_no)
	)`,
	`create trigger append_only before update or delete or truncate on indicator_value for each statement execute function refuse_change()`,
	`create trigger within_posting after insert on indicator_value referencing new table as added for each statement
		execute function refuse_late_indicator_period()`
];

const PARTS_OF_AN_ACTIVITY = ['activity_region', 'related_activity', 'policy_marker'];
