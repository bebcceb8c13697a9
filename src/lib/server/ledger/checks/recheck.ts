import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { stateOf, type CheckCode, type CheckState } from '#lib/slice/check.ts';
import type { Nature } from '#lib/slice/slice.ts';
import { resolvePosting } from '../resolve.ts';
import { collectChanges } from '../sums.ts';
import { ALL_CHECKS } from './all.ts';
import { passes } from './check.ts';

/** What a check finds now, kept nowhere. Amounts are decimal text in `unit`. */
export type Rechecked = {
	code: CheckCode;
	project: string;
	subject: string;
	left: string | null;
	right: string | null;
	unit: string;
	state: CheckState;
};

/**
 * Makes every check of a nature's books again from all of its entries, carrying nothing over from earlier results, and keeps
 * nothing. What files stated was compared with their rows while they were read: that alone is not done again.
 */
export async function recheck(db: Kysely<DB>, nature: Nature): Promise<Rechecked[]> {
	return db.transaction().execute(async (transaction) => {
		const { posting } = await resolvePosting(transaction, nature, null);
		if (posting === null) return [];
		// No posting has this number: nothing is changed, and every project is looked at.
		await collectChanges(transaction, nature, 0);
		await sql`drop table if exists pg_temp.checked_project`.execute(transaction);
		await sql`
			create temporary table checked_project on commit drop as
			select distinct project_id, true as anew from ledger_entry where nature = ${sql.lit(nature)}`.execute(
			transaction
		);
		const found: Rechecked[] = [];
		for (const { code, outcomes } of ALL_CHECKS) {
			const { rows } = await sql<Omit<Rechecked, 'state' | 'code'> & { passed: boolean | null }>`
				select project.key as project, subject, left_side as left, right_side as right, unit, ${passes(code)} as passed
				from (${outcomes({ nature, postingNo: posting, importId: null })}) outcome join project using (project_id)
				where not gone order by project.key, subject`.execute(transaction);
			found.push(...rows.map(({ passed, ...row }) => ({ ...row, code, state: stateOf(passed) })));
		}
		return found;
	});
}
