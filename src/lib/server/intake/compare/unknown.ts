import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { Nature } from '#lib/slice/slice.ts';
import type { UnknownReference } from '../preview.ts';

const MOST_NAMED = 100;

/**
 * What entries of a file name that neither the file nor the books hold: an entry cannot be posted to nothing. At most a
 * hundred of them, each with the first place that names it.
 */
export async function findUnknown(
	db: Kysely<DB>,
	importId: string,
	nature: Nature
): Promise<UnknownReference[]> {
	const { rows } = await sql<UnknownReference>`
		with entry as materialized (
			select record_no, place, record from staged_record where import_id = ${importId}::bigint and kind = 'ledger_entry'
		), named as (
			select 'activity' as what, record ->> 'activity' as key, record_no, place from entry
			union all select 'agreement', record ->> 'agreement', record_no, place from entry
			union all select 'objective', record ->> 'objective', record_no, place from entry
		), first as (
			select what, key, count(*)::integer as entries, min(record_no) as record_no, (array_agg(place order by record_no))[1] as place
			from named where key is not null group by what, key
		)
		select what, key, entries, place from first
		where not exists (select from staged_record s where s.import_id = ${importId}::bigint and record ->> 'key' = first.key
				and s.kind = any(case what when 'activity' then array['activity', 'iati_activity'] else array[what] end))
			and not (what = 'activity' and exists (select from activity t where t.key = first.key and t.nature = ${nature}))
			and not (what = 'agreement' and exists (select from agreement t where t.key = first.key and t.nature = ${nature}))
			and not (what = 'objective' and exists (select from objective t where t.key = first.key))
		order by record_no limit ${MOST_NAMED}::integer`.execute(db);
	return rows;
}
