import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';

/** Whether a row of `posting` (by its alias in a query) is undone: by a later one that is not undone itself. */
export function isUndone(posting = 'posting'): RawBuilder<boolean> {
	const [no, nature] = [sql.ref(`${posting}.posting_no`), sql.ref(`${posting}.nature`)];
	return sql<boolean>`(
		with recursive line as (
			select ${no} as no
			union all
			select later.posting_no from posting later join line on later.undoes = line.no where later.nature = ${nature}
		) select count(*) % 2 = 0 from line)`;
}

/** Postings after one that are undone, by the numbers of those that undid them. */
export async function readCancelled(
	db: Kysely<DB>,
	nature: string,
	postingNo: number
): Promise<Map<number, number>> {
	const { rows } = await sql<{ no: number; by: number }>`
		select m.posting_no as no, u.posting_no as by from posting m join posting u on u.nature = m.nature and u.undoes = m.posting_no
		where m.nature = ${nature} and m.posting_no > ${postingNo}::integer and not ${isUndone('u')}`.execute(db);
	return new Map(rows.map(({ no, by }) => [no, by]));
}

/** Both of each: what the two did to what they found cancels out. */
export async function listCancelled(db: Kysely<DB>, nature: string, postingNo: number): Promise<number[]> {
	return [...(await readCancelled(db, nature, postingNo))].flat();
}
