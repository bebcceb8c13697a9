import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { CHECK_CODES, stateOf, type CheckCode, type CheckState, type FailedCheck } from '#lib/slice/check.ts';
import type { Nature, Slice } from '#lib/slice/slice.ts';
import { resolveSlice, type ResolvedSlice } from '../resolve.ts';
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

/** The results that stood at a posting: the latest of each subject, without those whose subject is gone. */
const standing = ({ posting, projects }: Resolved, { nature }: Slice): RawBuilder<unknown> => sql`(
	select * from (
		select distinct on (project_id, check_code, subject) * from check_run
		where nature = ${nature} and posting_no <= ${posting}::integer and ${projects}
		order by project_id, check_code, subject, posting_no desc
	) latest where not gone and check_code = any(${CHECK_CODES}::text[]))`;

/**
 * Results that stood at the end of a day (UTC), of a portfolio's projects or one of them: of each check what fails first, then
 * what is open.
 * @param most how many of each check; all without
 * @throws UnknownKeyError for a portfolio or project that does not exist
 */
export async function listChecks(
	db: Kysely<DB>,
	slice: Slice,
	most: number | null = null
): Promise<CheckResult[]> {
	return checksOf(db, await resolveSlice(db, slice), most);
}

/** The same of a slice that was looked up before. */
export async function checksOf(
	db: Kysely<DB>,
	resolved: ResolvedSlice,
	most: number | null = null
): Promise<CheckResult[]> {
	const asked = askedOf(resolved);
	if (asked === null) return [];
	const { slice } = resolved;
	const { rows } = await sql<CheckResult>`
		select ${COLUMNS} from (
			select *, row_number() over (
				partition by check_code order by case when passed then 2 when passed is null then 1 else 0 end, check_run_id) as place
			from ${standing(asked, slice)} result
		) r join project using (project_id)
		where ${most}::integer is null or place <= ${most}::integer order by place, r.check_run_id`.execute(db);
	return rows;
}

/** How many hold, fail and cannot be checked: of each check that there are results of. */
export type CheckCounts = {
	whole: Record<CheckState, number>;
	ofCheck: Partial<Record<CheckCode, Record<CheckState, number>>>;
	/** The posting after which the last of them was made. */
	postingNo: number | null;
};

/** The state of the checks of a slice's projects in numbers. */
export async function countChecks(db: Kysely<DB>, slice: Slice): Promise<CheckCounts> {
	const counts: CheckCounts = { whole: noneOf(), ofCheck: {}, postingNo: null };
	const asked = askedOf(await resolveSlice(db, slice));
	if (asked === null) return counts;
	const { rows } = await sql<{ code: CheckCode; passed: boolean | null; found: number; posting_no: number }>`
		select check_code as code, passed, count(*)::integer as found, max(posting_no) as posting_no
		from ${standing(asked, slice)} result group by 1, 2`.execute(db);
	for (const { code, passed, found, posting_no } of rows) {
		const own = (counts.ofCheck[code] ??= noneOf());
		own[stateOf(passed)] += found;
		counts.whole[stateOf(passed)] += found;
		counts.postingNo = Math.max(counts.postingNo ?? 0, posting_no);
	}
	return counts;
}

const noneOf = (): Record<CheckState, number> => ({ holds: 0, fails: 0, open: 0 });

const MOST_FAILED = 200;

/** The checks that fail, with the figures that each casts doubt on; the first 200. Asked by every page. */
export async function listFailedChecks(db: Kysely<DB>, slice: Slice): Promise<FailedCheck[]> {
	const asked = askedOf(await resolveSlice(db, slice));
	if (asked === null) return [];
	const { rows } = await sql<CheckResult>`
		select ${COLUMNS} from check_run r join project using (project_id)
		where r.nature = ${slice.nature} and not r.passed and r.posting_no <= ${asked.posting}::integer and ${asked.projects}
			and r.check_code = any(${CHECK_CODES}::text[]) and not exists (
				select from check_run later where later.nature = r.nature and later.project_id = r.project_id and later.check_code = r.check_code
					and later.subject = r.subject and later.posting_no > r.posting_no and later.posting_no <= ${asked.posting}::integer)
		order by r.check_run_id limit ${MOST_FAILED}::integer`.execute(db);
	return rows.map(({ code, nature, project, subject, about }) => {
		const { money, parties } = CHECKS[code].touches({ subject, about, slice: { ...slice, project } });
		return { code, nature, project, subject, touches: money, parties: parties ?? null };
	});
}

type Resolved = { posting: number; projects: RawBuilder<unknown> };

/** Null where nothing was known on the day asked for. */
function askedOf({ posting, projects }: ResolvedSlice): Resolved | null {
	if (posting === null) return null;
	return {
		posting,
		projects: projects === null ? sql`project_id is not null` : sql`project_id = any(${projects}::bigint[])`
	};
}
