import { sql, type Kysely } from 'kysely';
import type { CheckOrigin } from '#lib/slice/check.ts';
import type { DB } from '#lib/server/database/schema.ts';
import { counted, textOf, type Check, type Scope } from './check.ts';

/**
 * The rows of a file add up to the totals that the file states, in its own currency and words. Compared while the file was read,
 * over all of its rows: what of them changed the books is another question.
 */
export const rowsEqualStated: Check = {
	code: 'rows_equal_stated',
	outcomes: ({ nature, postingNo, importId }) => sql`
		with stated as materialized (
			select import_id, coverage -> 'reporters' as reporters, sha256, name, total, total_no
			from import join source using (source_id)
			cross join lateral jsonb_array_elements(coalesce(preview -> 'stated', '[]')) with ordinality s(total, total_no)
			where import_id = ${importId}::bigint
		), entry as materialized (
			select record ->> 'activity' as activity, min(record ->> 'dateFrom') as date_from, max(coalesce(record ->> 'dateTo', record ->> 'dateFrom')) as date_to
			from staged_record
			where import_id = ${importId}::bigint and kind = 'ledger_entry' and exists (select from stated) group by 1
		), project as (
			select j.project_id, min(entry.date_from) as date_from, max(entry.date_to) as date_to
			from entry join activity a on a.nature = ${sql.lit(nature)} and a.key = entry.activity cross join lateral (
				select project_id from project_activity j
				where j.activity_id = a.activity_id and j.nature = ${sql.lit(nature)} and j.posting_no <= ${sql.lit(postingNo)}
				order by posting_no desc limit 1
			) j
			group by 1
		)
		select project_id, import_id || ' ' || total_no as subject, (total ->> 'found')::numeric as left_side, (total ->> 'stated')::numeric as right_side,
			coalesce(nullif(total ->> 'currency', ''), 'XXX') as unit, 0 as tolerance, null::boolean as fault, null::text as missing,
			jsonb_build_object('what', total ->> 'what', 'found', total ->> 'found', 'stated', total ->> 'stated', 'place', coalesce(total ->> 'place', name),
				'from', date_from, 'to', date_to, 'reporters', reporters, 'sha256', sha256, 'import', import_id::text) as about, false as gone
		from stated cross join project`,
	sides: ({ about }) => {
		const sha256 = textOf(about, 'sha256') ?? '';
		const name = textOf(about, 'what') ?? '';
		const rows: CheckOrigin = { kind: 'import', sha256, importId: textOf(about, 'import') ?? '' };
		const place: CheckOrigin = { kind: 'place', sha256, place: textOf(about, 'place') ?? '' };
		return {
			left: [{ term: 'rows_read', sign: 1, amount: textOf(about, 'found'), origin: rows }],
			right: [{ term: 'stated_total', name, sign: 1, amount: textOf(about, 'stated'), origin: place }]
		};
	},
	touches: () => ({ money: counted('spent') })
};

/**
 * Takes away what files of earlier postings stated where it stands no more: the posting that brought them is undone, or the same
 * reporters state a total of the same name again for all of its time.
 */
export async function replaceStated(db: Kysely<DB>, { nature, postingNo }: Scope): Promise<void> {
	await sql`
		with now as materialized (
			select project_id, about from check_run
			where nature = ${sql.lit(nature)} and posting_no = ${sql.lit(postingNo)} and check_code = 'rows_equal_stated' and not gone
		), undone as materialized (
			select u.undoes as posting_no from posting u where u.nature = ${sql.lit(nature)} and u.posting_no = ${sql.lit(postingNo)}
		), earlier as (
			select distinct on (r.project_id, r.subject) r.* from check_run r
			where r.nature = ${sql.lit(nature)} and r.check_code = 'rows_equal_stated' and r.posting_no < ${sql.lit(postingNo)}
				and r.project_id in (
					select project_id from now
					union select c.project_id from undone join check_run c on c.nature = ${sql.lit(nature)} and c.posting_no = undone.posting_no)
			order by r.project_id, r.subject, r.posting_no desc
		)
		insert into check_run (nature, posting_no, check_code, project_id, subject, unit, gone)
		select nature, ${sql.lit(postingNo)}, check_code, project_id, subject, unit, true from earlier
		where not gone and (posting_no in (select posting_no from undone) or exists (
			select from now where now.project_id = earlier.project_id and now.about ->> 'what' = earlier.about ->> 'what'
				and now.about -> 'reporters' is not distinct from earlier.about -> 'reporters'
				and now.about ->> 'from' <= earlier.about ->> 'from' and now.about ->> 'to' >= earlier.about ->> 'to'))`.execute(
		db
	);
}
