import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { matchingActivities, type ActivityFilter } from './activities.ts';
import type { FactsAt } from './posting.ts';

/** People at activities of one country. Who came to several counts at each. */
export type ParticipantSum = {
	/** Recipient country; null for activities of several countries or of the whole programme. */
	country: string | null;
	/** Null where no activity states a number. */
	participants: number | null;
	/**
	 * `approximate` as soon as one activity gives a rough number: with it the sum bounds nothing. Else `at_least` as soon as
	 * one gives a lower bound or no number at all.
	 */
	qualifier: 'exact' | 'approximate' | 'at_least';
	activities: number;
	/** How many of the activities state a number. */
	stated: number;
};

type Row = Omit<ParticipantSum, 'qualifier'> & { bounded: boolean | null; rough: boolean | null };

/**
 * Participants of the activities that match, by country. An activity of several countries counts for none of them: its
 * number is not split by guess.
 */
export async function sumParticipants(
	db: Kysely<DB>,
	at: FactsAt,
	filter: ActivityFilter
): Promise<ParticipantSum[]> {
	const { rows } = await sql<Row>`
		select counted.country,
			sum(e.participants)::integer as participants, count(*)::integer as activities, count(e.participants)::integer as stated,
			bool_or(e.qualifier = 'at_least') as bounded, bool_or(e.qualifier = 'approximate') as rough
		from (
			select c.activity_version_id, case when count(r.country) = 1 then min(r.country)::text end as country
			from ${await matchingActivities(db, at, filter)} c
			left join activity_country r on r.activity_version_id = c.activity_version_id and r.relation = 'recipient'
			group by 1
		) counted left join event_detail e using (activity_version_id)
		group by 1 order by 1 nulls last`.execute(db);
	return rows.map(({ bounded, rough, ...row }) => ({
		...row,
		qualifier: rough ? 'approximate' : bounded || row.stated < row.activities ? 'at_least' : 'exact'
	}));
}
