import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { isCheckCode, type CheckCode, type FailedCheck } from '#lib/slice/check.ts';
import type { Nature, Slice } from '#lib/slice/slice.ts';
import { resolveSlice } from '../resolve.ts';
import { CHECKS } from './all.ts';
import type { About } from './check.ts';

/** A result that stands: the latest of its subject. Decimals as text. */
export type CheckResult = {
	code: CheckCode;
	nature: Nature;
	project: string;
	subject: string;
	left: string | null;
	right: string | null;
	unit: string;
	tolerance: string;
	passed: boolean | null;
	missing: string | null;
	about: About;
	postingNo: number;
};

const COLUMNS = sql`r.check_code as code, r.nature, project.key as project, r.subject, r.left_side as left, r.right_side as right,
	r.unit, r.tolerance, r.passed, r.detail as missing, r.about, r.posting_no as "postingNo"`;

/**
 * Results that stood at the end of a day (UTC), of a portfolio's projects or one of them: those of a check together, what fails
 * first, then what is open.
 * @throws UnknownKeyError for a portfolio or project that does not exist
 */
export async function listChecks(db: Kysely<DB>, slice: Slice): Promise<CheckResult[]> {
	const asked = await askedOf(db, slice);
	if (asked === null) return [];
	const { rows } = await sql<CheckResult>`
		select ${COLUMNS} from (
			select distinct on (project_id, check_code, subject) * from check_run
			where nature = ${slice.nature} and posting_no <= ${asked.posting}::integer and ${asked.projects}
			order by project_id, check_code, subject, posting_no desc
		) r join project using (project_id)
		where not r.gone
		order by case when r.passed then 2 when r.passed is null then 1 else 0 end, project.key, r.check_run_id`.execute(
		db
	);
	return rows.filter(({ code }) => isCheckCode(code));
}

/** How many hold, fail and cannot be checked, and the posting after which the last of them was run. */
export type CheckCounts = { holds: number; fails: number; open: number; postingNo: number | null };

/** The state of the checks of a slice's projects in numbers. */
export async function countChecks(db: Kysely<DB>, slice: Slice): Promise<CheckCounts> {
	const results = await listChecks(db, slice);
	const count = (passed: boolean | null) => results.filter((result) => result.passed === passed).length;
	return {
		holds: count(true),
		fails: count(false),
		open: count(null),
		postingNo: results.length === 0 ? null : Math.max(...results.map(({ postingNo }) => postingNo))
	};
}

const MOST_FAILED = 200;

/** The checks that fail, with the figures that each casts doubt on; the first 200. */
export async function listFailedChecks(db: Kysely<DB>, slice: Slice): Promise<FailedCheck[]> {
	const asked = await askedOf(db, slice);
	if (asked === null) return [];
	const { rows } = await sql<CheckResult>`
		select ${COLUMNS} from check_run r join project using (project_id)
		where r.nature = ${slice.nature} and not r.passed and r.posting_no <= ${asked.posting}::integer and ${asked.projects}
			and not exists (
				select from check_run later where later.nature = r.nature and later.project_id = r.project_id and later.check_code = r.check_code
					and later.subject = r.subject and later.posting_no > r.posting_no and later.posting_no <= ${asked.posting}::integer)
		order by r.check_run_id limit ${MOST_FAILED}::integer`.execute(db);
	return rows.flatMap((row) => {
		if (!isCheckCode(row.code)) return [];
		const { code, nature, project, subject, about } = row;
		const { money, parties } = CHECKS[code].touches({ subject, about, slice: { ...slice, project } });
		return [{ code, nature, project, subject, touches: money, parties: parties ?? null }];
	});
}

async function askedOf(
	db: Kysely<DB>,
	slice: Slice
): Promise<{ posting: number; projects: RawBuilder<unknown> } | null> {
	const { posting, projects } = await resolveSlice(db, slice);
	if (posting === null) return null;
	return {
		posting,
		projects: projects === null ? sql`project_id is not null` : sql`project_id = any(${projects}::bigint[])`
	};
}
