import { sql, type Kysely } from 'kysely';

/**
 * One more small sum of the ledger: who paid whom, by country. The flow of money from funder to country asks for it, and so
 * does every link of it. Made from the entries that are there, posting by posting, as every posting goes on to do.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of [
		`create table ledger_current_party_country (${[...COMMON, ...OWN, ...SUMS].join(', ')}, primary key (${KEY.join(', ')}))`,
		`create table ledger_delta_party_country (posting_no integer not null, checkpoint boolean not null, ${[...COMMON, ...OWN, ...SUMS].join(', ')},
			row_no integer not null, primary key (nature, checkpoint, posting_no, reporting_organisation_id, row_no),
			foreign key (nature, posting_no) references posting)`,
		`insert into ledger_delta_party_country (posting_no, checkpoint, row_no, ${KEY.join(', ')}, ${SUM_NAMES.join(', ')})
			select posting_no, false, row_number() over (partition by nature, posting_no), ${KEY.join(', ')},
				sum(sign * amount), coalesce(sum(sign * amount_eur), 0), coalesce(sum(sign * amount_usd), 0),
				coalesce(sum(sign * amount) filter (where amount_eur is null), 0), coalesce(sum(sign * amount) filter (where amount_usd is null), 0),
				sum(sign), coalesce(sum(sign) filter (where amount_eur is null), 0), coalesce(sum(sign) filter (where amount_usd is null), 0)
			from (
				select e.posting_no, e.sign, e.nature, e.reporting_organisation_id, e.project_id, coalesce(e.provider_id, 0) as provider_id,
					coalesce(e.receiver_id, 0) as receiver_id, e.returned, e.kind, coalesce(s.country, '') as country, e.counting, e.state, e.currency,
					sum(s.amount) as amount, sum(s.amount_eur) as amount_eur, sum(s.amount_usd) as amount_usd
				from (
					select *, added_by as posting_no, 1 as sign from ledger_entry
					union all
					select e.*, r.posting_no, -1 from ledger_entry e join ledger_retirement r using (reporting_organisation_id, entry_id)
				) e join entry_share s using (reporting_organisation_id, entry_id)
				group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, e.entry_id
			) change
			group by posting_no, ${KEY.join(', ')}
			having sum(sign) <> 0 or sum(sign * amount) <> 0 or coalesce(sum(sign * amount_eur), 0) <> 0 or coalesce(sum(sign * amount_usd), 0) <> 0
				or coalesce(sum(sign) filter (where amount_eur is null), 0) <> 0 or coalesce(sum(sign) filter (where amount_usd is null), 0) <> 0`,
		`insert into ledger_current_party_country (${KEY.join(', ')}, ${SUM_NAMES.join(', ')})
			select ${KEY.join(', ')}, ${SUM_NAMES.map((name) => `sum(${name})`).join(', ')} from ledger_delta_party_country
			group by ${KEY.join(', ')}`,
		// Every hundredth posting also writes down the whole, of which as-of reads the latest.
		`insert into ledger_delta_party_country (posting_no, checkpoint, row_no, ${KEY.join(', ')}, ${SUM_NAMES.join(', ')})
			select posting_no, true, row_number() over (partition by nature, posting_no), ${[...KEY, ...SUM_NAMES].join(', ')} from (
				select p.posting_no, ${KEY.map((name) => `d.${name}`).join(', ')}, ${SUM_NAMES.map((name) => `sum(d.${name}) as ${name}`).join(', ')}
				from posting p join ledger_delta_party_country d on d.nature = p.nature and not d.checkpoint and d.posting_no <= p.posting_no
				where p.posting_no % 100 = 0
				group by p.posting_no, ${KEY.map((name) => `d.${name}`).join(', ')} having sum(d.entries) <> 0
			) whole`,
		`create trigger append_only before update or delete or truncate on ledger_delta_party_country for each statement execute function refuse_change()`,
		`create trigger within_posting after insert on ledger_delta_party_country referencing new table as added for each statement
			execute function refuse_late_addition()`,
		// Contributions are few among many payments: those that name no agreement are found by this.
		`create index ledger_entry_contribution on ledger_entry (nature, project_id) where kind in ('1', '11', '13')`
	]) {
		await sql.raw(statement).execute(db);
	}
}

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
const OWN = ['country text not null', 'provider_id bigint not null', 'receiver_id bigint not null'];
const SUMS = [
	'booked numeric not null',
	'eur numeric not null',
	'usd numeric not null',
	'booked_without_eur numeric not null',
	'booked_without_usd numeric not null',
	'entries bigint not null',
	'entries_without_eur bigint not null',
	'entries_without_usd bigint not null'
];
const SUM_NAMES = SUMS.map((sum) => sum.slice(0, sum.indexOf(' ')));
/** Columns of one width first, the telling ones before those that hardly differ. */
const KEY = [
	'nature',
	'reporting_organisation_id',
	'project_id',
	'provider_id',
	'receiver_id',
	'returned',
	'kind',
	'country',
	'counting',
	'state',
	'currency'
];
