import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { Severity } from '#lib/server/intake/record.ts';

export type FindingLine = {
	finding_id: string;
	severity: Severity;
	rule: string;
	place: string;
	was_read: string | null;
	was_done: string;
};
export type FindingGroup = { severity: Severity; rule: string; findings: number };
export type FindingFilter = { severity: Severity | null; rule: string | null };

const worstFirst = sql`case severity when 'critical' then 0 when 'error' then 1 else 2 end`;

/** How often each rule spoke, worst first. */
export async function countFindings(db: Kysely<DB>, importId: string): Promise<FindingGroup[]> {
	const { rows } = await sql<FindingGroup>`
		select severity, rule, count(*)::integer as findings from finding where import_id = ${importId}::bigint
		group by 1, 2 order by ${worstFirst}, 3 desc, 2`.execute(db);
	return rows;
}

/** One page of findings in the order of the file. `after` is the number of the last one before it. */
export async function listFindings(
	db: Kysely<DB>,
	importId: string,
	{ severity, rule }: FindingFilter,
	{ after, limit }: { after: string | null; limit: number }
): Promise<{ findings: FindingLine[]; next: string | null }> {
	const { rows } = await sql<FindingLine>`
		select finding_id, severity, rule, place, was_read, was_done from finding
		where import_id = ${importId}::bigint and (${severity}::text is null or severity = ${severity}) and (${rule}::text is null or rule = ${rule})
			and (${after}::bigint is null or finding_id > ${after}::bigint)
		order by finding_id limit ${limit + 1}::integer`.execute(db);
	const findings = rows.slice(0, limit);
	return { findings, next: rows.length > limit ? findings.at(-1)!.finding_id : null };
}
