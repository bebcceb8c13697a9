import { sql, type Kysely } from 'kysely';

/**
 * Who paid whom is summed by agreement too: what names none is pooled, and by provider only the entries could tell it. Made
 * anew from the entries, posting by posting, as every posting goes on to do. An agreement has few parties, so that there are
 * hardly more sums than before.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of [
		`drop table ledger_current_party, ledger_delta_party`,
		`create table ledger_current_party (${[...COMMON, ...OWN, ...SUMS].join(', ')}, primary key (${KEY.join(', ')}))`,
		`create table ledger_delta_party (posting_no integer not null, checkpoint boolean not null, ${[...COMMON, ...OWN, ...SUMS].join(', ')},
			row_no integer not null, primary key (nature, checkpoint, posting_no, reporting_organisation_id, row_no),
			foreign key (nature, posting_no) references posting)`,
		`insert into ledger_delta_party (posting_no, checkpoint, row_no, ${KEY.join(', ')}, ${SUM_NAMES.join(', ')})
			select posting_no, false, row_number() over (partition by nature, posting_no), ${KEY.join(', ')},
				sum(sign * amount), coalesce(sum(sign * amount_eur), 0), coalesce(sum(sign * amount_usd), 0),
				coalesce(sum(sign * amount) filter (where amount_eur is null), 0), coalesce(sum(sign * amount) filter (where amount_usd is null), 0),
				sum(sign), coalesce(sum(sign) filter (where amount_eur is null), 0), coalesce(sum(sign) filter (where amount_usd is null), 0)
			from (
				select c.posting_no, c.sign, c.nature, c.reporting_organisation_id, c.project_id, coalesce(c.agreement_id, 0) as agreement_id,
					coalesce(c.provider_id, 0) as provider_id, coalesce(c.receiver_id, 0) as receiver_id, c.returned, c.kind, c.counting, c.state,
					c.currency, c.amount, c.amount_eur, c.amount_usd
				from (
					select *, added_by as posting_no, 1 as sign from ledger_entry
					union all
					select e.*, r.posting_no, -1 from ledger_entry e join ledger_retirement r using (reporting_organisation_id, entry_id)
				) c
			) change
			group by posting_no, ${KEY.join(', ')}
			having sum(sign) <> 0 or sum(sign * amount) <> 0 or coalesce(sum(sign * amount_eur), 0) <> 0 or coalesce(sum(sign * amount_usd), 0) <> 0
				or coalesce(sum(sign) filter (where amount_eur is null), 0) <> 0 or coalesce(sum(sign) filter (where amount_usd is null), 0) <> 0`,
		`insert into ledger_current_party (${KEY.join(', ')}, ${SUM_NAMES.join(', ')})
			select ${KEY.join(', ')}, ${SUM_NAMES.map((name) => `sum(${name})`).join(', ')} from ledger_delta_party
			group by ${KEY.join(', ')} having sum(entries) <> 0`,
		// Every hundredth posting also writes down the whole, of which as-of reads the latest.
		`insert into ledger_delta_party (posting_no, checkpoint, row_no, ${KEY.join(', ')}, ${SUM_NAMES.join(', ')})
			select posting_no, true, row_number() over (partition by nature, posting_no), ${[...KEY, ...SUM_NAMES].join(', ')} from (
				select p.posting_no, ${KEY.map((name) => `d.${name}`).join(', ')}, ${SUM_NAMES.map((name) => `sum(d.${name}) as ${name}`).join(', ')}
				from posting p join ledger_delta_party d on d.nature = p.nature and not d.checkpoint and d.posting_no <= p.posting_no
				where p.posting_no % 100 = 0
				group by p.posting_no, ${KEY.map((name) => `d.${name}`).join(', ')} having sum(d.entries) <> 0
			) whole`,
		`create trigger append_only before update or delete or truncate on ledger_delta_party for each statement execute function refuse_change()`,
		`create trigger within_posting after insert on ledger_delta_party referencing new table as added for each statement
			execute function refuse_late_addition()`,
		// Contributions that name no agreement are told by these sums now.
		`drop index if exists ledger_entry_contribution`
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
const OWN = ['agreement_id bigint not null', 'provider_id bigint not null', 'receiver_id bigint not null'];
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
	'agreement_id',
	'provider_id',
	'receiver_id',
	'returned',
	'kind',
	'counting',
	'state',
	'currency'
];
