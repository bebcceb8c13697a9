import { sql, type Kysely } from 'kysely';
import type { Decimal } from '#lib/money/decimal.ts';
import type { DB } from '#lib/server/database/schema.ts';
import type { Slice } from '#lib/slice/slice.ts';
import { every, matchingConditions } from './conditions.ts';
import { resolveSlice, type ResolvedSlice } from './resolve.ts';

export type SourceUse = {
	sha256: string;
	name: string;
	/** Where it was read, and under what terms, where that is stated. */
	origin_url: string | null;
	licence: string | null;
	entries: number;
	posting_no: number;
	known_at: Date;
	simulated: boolean;
};
export type RateUse = {
	publisher: string;
	currency: string;
	rate_date: string;
	rate_eur: Decimal | null;
	rate_usd: Decimal | null;
	entries: number;
};
export type Evidence = { sources: SourceUse[]; rates: RateUse[] };

/** Above this many entries a proof names no files and rates one by one: the rows and their export do. */
export const EVIDENCE_LIMIT = 50_000;

/** Files and rates behind the entries of a slice. The caller has counted the entries. */
export async function readEvidence(db: Kysely<DB>, slice: Slice): Promise<Evidence> {
	return evidenceOf(db, await resolveSlice(db, slice));
}

/** The same of a slice that was looked up before. */
export async function evidenceOf(db: Kysely<DB>, resolved: ResolvedSlice): Promise<Evidence> {
	const { slice } = resolved;
	if (resolved.posting === null) return { sources: [], rates: [] };
	const entries = sql`ledger_entry e where ${every(matchingConditions(resolved))}`;
	const sources = await sql<SourceUse>`
		select source.sha256, source.name, source.origin_url, source.licence, used.entries, used.posting_no, posting.known_at, posting.simulated
		from (select e.source_id, e.added_by as posting_no, count(*)::integer as entries from ${entries} group by 1, 2) used
		join source using (source_id) join posting on posting.nature = ${slice.nature} and posting.posting_no = used.posting_no
		order by used.posting_no, source.name collate "C", source.sha256`.execute(db);
	const rates = await sql<RateUse>`
		select e.rate_publisher as publisher, e.currency::text as currency, e.rate_date, e.rate_eur, e.rate_usd, count(*)::integer as entries
		from ${entries} and e.rate_date is not null and e.currency <> ${slice.currency}
		group by 1, 2, 3, 4, 5 order by 2, 3, e.rate_publisher collate "C", 4, 5`.execute(db);
	return { sources: sources.rows, rates: rates.rows };
}
