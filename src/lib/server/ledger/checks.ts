import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { Nature } from '#lib/slice/slice.ts';

type Outcome = {
	subject: string;
	left_side: string | null;
	right_side: string | null;
	unit: string;
	passed: boolean | null;
};

/** The reconciliation checks, by the code under which `check_run` keeps their results. */
export const CHECK_CODES = [
	'summary_equals_entries',
	'spent_within_received',
	'instalments_equal_receipts'
] as const;
export type CheckCode = (typeof CHECK_CODES)[number];

const CHECKS: Record<CheckCode, (nature: Nature, postingNo: number) => RawBuilder<Outcome>> = {
	/** What the posting changed in the summary is what it changed in the entries, in euro. */
	summary_equals_entries: (nature, postingNo) => sql<Outcome>`
		select 'posting ' || ${postingNo}::text as subject, left_side, right_side, 'EUR' as unit, left_side = right_side as passed from (
			select (select coalesce(sum(eur), 0) from ledger_delta_month
					where nature = ${nature} and posting_no = ${postingNo} and not checkpoint) as left_side,
				(select coalesce(sum(amount_eur), 0) from ledger_entry where nature = ${nature} and added_by = ${postingNo})
				- (select coalesce(sum(amount_eur), 0) from ledger_entry join ledger_retirement r using (reporting_organisation_id, entry_id)
					where r.nature = ${nature} and r.posting_no = ${postingNo}) as right_side
		) sides`,
	/** Nothing is spent or returned that was not received. */
	spent_within_received: (nature) => sql<Outcome>`
		select project.key as subject, used as left_side, received as right_side, 'EUR' as unit, used <= received as passed from (
			select project_id,
				sum(eur) filter (where kind = '1' and not returned) as received,
				coalesce(sum(eur) filter (where kind in ('3', '4') and not returned), 0)
					- coalesce(sum(eur) filter (where kind = '1' and returned), 0)
					+ coalesce(sum(eur) filter (where kind in ('3', '4') and returned), 0) as used
			from ledger_current_month where nature = ${nature} and counting = 'counted' group by project_id
		) sums join project using (project_id) where received is not null or used <> 0`,
	/** The instalments that an agreement says arrived are the money received under it. */
	instalments_equal_receipts: (nature) => sql<Outcome>`
		select agreement.key as subject, arrived as left_side, received as right_side, unit, arrived = received as passed from (
			select agreement_id, min(currency) as unit, sum(amount) filter (where received_on is not null) as arrived from (
				select distinct on (agreement_id, instalment_no) * from instalment where nature = ${nature}
				order by agreement_id, instalment_no, posting_no desc) latest
			group by agreement_id
		) stated join agreement using (agreement_id) left join lateral (
			select sum(booked) as received from ledger_current_heading h
			where h.nature = ${nature} and h.agreement_id = agreement.agreement_id and h.kind = '1' and not h.returned
				and h.counting = 'counted' and h.currency = stated.unit
		) ledger on true`
};

/** Runs every check on the books as one posting leaves them and keeps the results with it. */
export async function runChecks(db: Kysely<DB>, nature: Nature, postingNo: number): Promise<void> {
	for (const code of CHECK_CODES) {
		await sql`
			insert into check_run (nature, posting_no, check_code, subject, left_side, right_side, unit, passed)
			select ${nature}, ${postingNo}::integer, ${code}, subject, left_side, right_side, unit, passed
			from (${CHECKS[code](nature, postingNo)}) outcome`.execute(db);
	}
}

export type CheckResult = Outcome & { check_code: string; nature: string; posting_no: number };

/** Results of the last posting of a nature that was known at the end of a day (UTC); without a day, of the latest. */
export async function listChecks(
	db: Kysely<DB>,
	nature: Nature,
	asof: string | null
): Promise<CheckResult[]> {
	const { rows } = await sql<CheckResult>`
		select check_code, nature, posting_no, subject, left_side, right_side, unit, passed from check_run
		where nature = ${nature} and posting_no = (
			select max(posting_no) from check_run join posting using (nature, posting_no)
			where nature = ${nature}
				and (${asof}::date is null or known_at < (${asof}::date + 1)::timestamp at time zone 'UTC'))
		order by check_run_id`.execute(db);
	return rows;
}
