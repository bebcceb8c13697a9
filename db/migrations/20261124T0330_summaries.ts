import { sql, type Kysely } from 'kysely';

/**
 * Small additive sums of the ledger, each with a few dimensions. `ledger_current_*` holds today's and is upserted by the
 * posting; `ledger_delta_*` holds what each posting changed and, every 100th posting, a checkpoint of everything, so that
 * any earlier day is the latest checkpoint plus the deltas since. Empty text and 0 stand for "none", because keys
 * cannot be null; periods of unknown dates are infinite.
 */
const SUMMARIES: Record<string, { columns: string[]; key: string[] }> = {
	month: {
		columns: ['period_from date not null', 'period_to date not null'],
		key: ['period_from', 'period_to']
	},
	country_month: {
		columns: ['country text not null', 'period_from date not null', 'period_to date not null'],
		key: ['country', 'period_from', 'period_to']
	},
	country_heading: {
		columns: ['country text not null', 'heading text not null'],
		key: ['country', 'heading']
	},
	sector_year: {
		columns: ['sector text not null', 'period_from date not null', 'period_to date not null'],
		key: ['sector', 'period_from', 'period_to']
	},
	party: {
		columns: ['provider_id bigint not null', 'receiver_id bigint not null'],
		key: ['provider_id', 'receiver_id']
	},
	heading: {
		columns: ['agreement_id bigint not null', 'heading text not null', 'objective_id bigint not null'],
		key: ['agreement_id', 'heading', 'objective_id']
	},
	activity_year: {
		columns: ['activity_id bigint not null', 'period_from date not null', 'period_to date not null'],
		key: ['activity_id', 'period_from', 'period_to']
	}
};

const COMMON = [
	'reporting_organisation_id bigint not null',
	'nature nature_code not null',
	'project_id bigint not null',
	'kind text not null',
	'returned boolean not null',
	'counting text not null',
	'state text not null',
	'currency currency_code not null'
];
const COMMON_KEY = ['project_id', 'kind', 'returned', 'counting', 'state', 'currency'];
const SUMS = [
	'booked numeric not null',
	'eur numeric not null',
	'usd numeric not null',
	// what of `booked` has no rate
	'booked_without_eur numeric not null',
	'booked_without_usd numeric not null',
	// entries, never cells: an entry in two sectors of one country counts once for that country
	'entries bigint not null',
	'entries_without_eur bigint not null',
	'entries_without_usd bigint not null'
];

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const [name, { columns, key }] of Object.entries(SUMMARIES)) {
		await sql
			.raw(
				`create table ledger_current_${name} (${[...COMMON, ...columns, ...SUMS].join(', ')},
				primary key (${['nature', 'reporting_organisation_id', ...COMMON_KEY, ...key].join(', ')}))`
			)
			.execute(db);
		await sql
			.raw(
				`create table ledger_delta_${name} (posting_no integer not null, checkpoint boolean not null,
				${[...COMMON, ...columns, ...SUMS].join(', ')},
				primary key (${['reporting_organisation_id', 'nature', 'checkpoint', 'posting_no', ...COMMON_KEY, ...key].join(', ')}),
				foreign key (nature, posting_no) references posting)`
			)
			.execute(db);
		// As-of reads one checkpoint and a run of postings.
		await sql
			.raw(
				`create index ledger_delta_${name}_posting on ledger_delta_${name} (nature, checkpoint, posting_no)`
			)
			.execute(db);
		await sql
			.raw(
				`create trigger append_only before update or delete or truncate on ledger_delta_${name} for each statement execute function refuse_change()`
			)
			.execute(db);
		await sql
			.raw(
				`create trigger within_posting after insert on ledger_delta_${name} referencing new table as added for each statement
				execute function refuse_late_addition()`
			)
			.execute(db);
	}
}
