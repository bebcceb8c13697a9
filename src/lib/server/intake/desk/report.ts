import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { ImportState } from '../desk.ts';
import type { PostedCounts } from '../preview.ts';
import type { Severity } from '../record.ts';
import type { StagedCounts } from '../staging.ts';

/** What became of one file, in the words of the command line's `--json`. */
export type ImportReport = {
	file: string;
	sha256: string;
	importId: string;
	state: ImportState;
	/** Why it was rejected or could not be posted, in words. */
	problem: string | null;
	read: {
		activities: number;
		transactions: number;
		/** By currency (`(none)` where nobody names one) and IATI transaction type. */
		sums: Record<string, Record<string, { count: number; sum: string }>>;
	};
	refused: string[];
	posted: PostedCounts;
	findings: Record<Severity, number>;
};

type Row = {
	file: string;
	sha256: string;
	state: ImportState;
	problem: string | null;
	counts: Partial<StagedCounts> & { posted?: PostedCounts };
	findings: Partial<Record<Severity, number>> | null;
};

/** Null where there is no such import. */
export async function describeImport(db: Kysely<DB>, importId: string): Promise<ImportReport | null> {
	if (!/^\d{1,18}$/.test(importId)) return null;
	const { rows } = await sql<Row>`
		select source.name as file, sha256, state, problem, counts,
			(select json_object_agg(severity, found) from (
				select severity, count(*)::integer as found from finding where finding.import_id = import.import_id group by severity
			) by_severity) as findings
		from import join source using (source_id) where import_id = ${importId}::bigint`.execute(db);
	const [row] = rows;
	if (!row) return null;
	const { file, sha256, state, problem, counts, findings } = row;
	const { added = 0, changed = 0, retired = 0, unchanged = 0 } = counts.posted ?? {};
	return {
		file,
		sha256,
		importId,
		state,
		problem,
		read: describeRead(counts.read),
		refused: counts.refused ?? [],
		posted: { added, changed, retired, unchanged },
		findings: { critical: 0, error: 0, warning: 0, ...findings }
	};
}

/** Kinds that are no transactions. */
const PLANS = new Set(['budget', 'planned_disbursement']);

function describeRead(read: StagedCounts['read'] | undefined): ImportReport['read'] {
	const { activities = 0, transactions = 0, sums: given = [] } = read ?? {};
	const sums: ImportReport['read']['sums'] = {};
	for (const { currency, kind, count, sum } of given) {
		if (!PLANS.has(kind)) (sums[currency] ??= {})[kind] = { count, sum };
	}
	return { activities, transactions, sums };
}
