import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { Decimal } from '#lib/money/decimal.ts';
import type { Kind } from '#lib/slice/slice.ts';
import type { KindSum, Preview } from '../preview.ts';
import type { FileScope } from './scope.ts';
import type { KindSums } from './sums.ts';

/** Numbers of the activities of which the file has entries: what it leaves out of these is found by comparing them. */
export function activitiesWithEntries({ importId, nature }: FileScope): RawBuilder<unknown> {
	return sql`(select activity.activity_id from activity join (
			select distinct record->>'activity' as key from staged_record
			where import_id = ${importId}::bigint and kind = 'ledger_entry'
		) named using (key) where activity.nature = ${nature})`;
}

/** Activities in force (`activity_id`, `activity_version_id`) of those who report activities in the file, that it does not hold. */
export function absentActivities({ importId, nature, statedBy }: FileScope): RawBuilder<unknown> {
	return sql`(select c.activity_id, c.activity_version_id from activity_current c
		join activity using (activity_id) join activity_version v on v.activity_version_id = c.activity_version_id
		where c.nature = ${nature} and not c.withdrawn and v.reporting_organisation_id = any(${statedBy}::bigint[])
			and activity.key not in (select record->>'key' from staged_record
				where import_id = ${importId}::bigint and kind = 'iati_activity'))`;
}

const MOST_KEYS = 1000;

/**
 * What the file's reporters have in the books and the file does not mention: whole activities, and entries.
 * @param sums of the absent entries in activities of which the file has some; they are added to
 */
export async function findAbsent(
	db: Kysely<DB>,
	scope: FileScope,
	sums: KindSums
): Promise<Preview['absent']> {
	const { nature, reporterIds } = scope;
	const elsewhere = await sql<{ kind: Kind; currency: string; count: number; sum: Decimal }>`
		select kind, currency::text as currency, sum(entries)::integer as count, sum(booked)::text as sum
		from ledger_current_activity_year
		where nature = ${nature} and reporting_organisation_id = any(${reporterIds}::bigint[])
			and activity_id not in ${activitiesWithEntries(scope)}
		group by 1, 2 having sum(entries) <> 0`.execute(db);
	for (const row of elsewhere.rows) sums.add(row);
	const activities = await sql<{ key: string; count: number }>`
		select activity.key, count(*) over ()::integer as count
		from ${absentActivities(scope)} absent join activity using (activity_id)
		order by activity.key collate "C" limit ${MOST_KEYS}::integer`.execute(db);
	const listed = sums.list();
	return {
		activities: activities.rows[0]?.count ?? 0,
		entries: listed.reduce((total, { count }: KindSum) => total + count, 0),
		activityKeys: activities.rows.map(({ key }) => key),
		sums: listed
	};
}
