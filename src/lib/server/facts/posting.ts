import { sql, type Kysely } from 'kysely';
import { askOnce } from '#lib/server/database/ask-once.ts';
import type { DB } from '#lib/server/database/schema.ts';
import { NATURES, type Nature, type Slice } from '#lib/slice/slice.ts';
import { lastPostingOf } from '#lib/slice/version.ts';

export type PostingStamp = { no: number; knownAt: string; simulated: boolean };

/** Which posting descriptive facts are read at. */
export type FactsAt = {
	posting: number;
	/** Whether that is the latest. */
	latest: boolean;
	/** Set when the day asked for lies before anything was loaded: the day of the first load, which answers instead. */
	loadedOn: string | null;
};

/**
 * The posting at which names, dates, places and countries are read. A day before the first load resolves to that load
 * (all postings of its day), marked; amounts never do. Null when nothing was ever loaded.
 * @param version a data version after which nothing is looked at
 */
export async function resolveFactsAt(
	db: Kysely<DB>,
	asof: string | null,
	version: string | null = null
): Promise<FactsAt | null> {
	const limit = lastPostingOf(version, 'published');
	const { rows } = await sql<{
		latest: number | null;
		posting: number | null;
		first: number | null;
		loaded_on: string | null;
	}>`
		with first_day as (
			select (min(known_at) at time zone 'UTC')::date as day from posting where nature = 'published'
		)
		select max(posting_no) as latest,
			max(posting_no) filter (where (${asof}::date is null or (known_at at time zone 'UTC')::date <= ${asof}::date)
				and posting_no <= coalesce(${limit}::integer, posting_no)) as posting,
			max(posting_no) filter (where (known_at at time zone 'UTC')::date = day) as first,
			min(day)::text as loaded_on
		from posting, first_day where nature = 'published'`.execute(db);
	const { latest, posting, first, loaded_on } = rows[0]!;
	if (latest === null || first === null) return null;
	if (posting !== null) return { posting, latest: posting === latest, loadedOn: null };
	return { posting: first, latest: first === latest, loadedOn: loaded_on };
}

/**
 * The last posting of each nature known at the end of a day (UTC), or of all.
 * @param version a data version after which nothing is looked at
 */
export function readPostings(
	db: Kysely<DB>,
	asof: string | null,
	version: string | null = null
): Promise<Record<Nature, PostingStamp | null>> {
	return askOnce(db, ['postings', asof, version], () => findPostings(db, asof, version));
}

/** Whether the books hold a data version: it was a state of theirs, and not one that they may still come to. */
export async function holdsVersion(db: Kysely<DB>, version: string): Promise<boolean> {
	const latest = await readPostings(db, null);
	return NATURES.every((nature) => lastPostingOf(version, nature)! <= (latest[nature]?.no ?? 0));
}

async function findPostings(
	db: Kysely<DB>,
	asof: string | null,
	version: string | null
): Promise<Record<Nature, PostingStamp | null>> {
	const [published, demonstration] = NATURES.map((nature) => lastPostingOf(version, nature));
	const { rows } = await sql<{ nature: Nature; posting_no: number; known_at: Date; simulated: boolean }>`
		select distinct on (nature) nature, posting_no, known_at, simulated from posting
		where (${asof}::date is null or (known_at at time zone 'UTC')::date <= ${asof}::date)
			and posting_no <= coalesce(case nature when 'published' then ${published}::integer else ${demonstration}::integer end, posting_no)
		order by nature, posting_no desc`.execute(db);
	const stampOf = (nature: Nature): PostingStamp | null => {
		const row = rows.find((candidate) => candidate.nature === nature);
		return row ? { no: row.posting_no, knownAt: row.known_at.toISOString(), simulated: row.simulated } : null;
	};
	return { published: stampOf('published'), demonstration: stampOf('demonstration') };
}

/** Postings of a nature known at the end of a day (UTC) and at a data version, the newest first. */
export async function listPostings(
	db: Kysely<DB>,
	{ nature, asof, version }: Pick<Slice, 'nature' | 'asof' | 'version'>,
	limit: number
): Promise<PostingStamp[]> {
	const { rows } = await sql<{ posting_no: number; known_at: Date; simulated: boolean }>`
		select posting_no, known_at, simulated from posting
		where nature = ${nature} and (${asof}::date is null or (known_at at time zone 'UTC')::date <= ${asof}::date)
			and posting_no <= coalesce(${lastPostingOf(version, nature)}::integer, posting_no)
		order by posting_no desc limit ${limit}::integer`.execute(db);
	return rows.map((row) => ({
		no: row.posting_no,
		knownAt: row.known_at.toISOString(),
		simulated: row.simulated
	}));
}

/** The days (UTC) on which postings of a nature became known, each once, the earliest first. */
export async function listPostingDays(db: Kysely<DB>, nature: Nature): Promise<string[]> {
	const { rows } = await sql<{ day: string }>`
		select distinct (known_at at time zone 'UTC')::date::text as day from posting
		where nature = ${nature} order by day`.execute(db);
	return rows.map(({ day }) => day);
}

/** The day of the latest published movement of money; null when none was ever published. */
export async function readLatestMovement(db: Kysely<DB>): Promise<string | null> {
	const { rows } = await sql<{ day: string | null }>`
		select max(period_to)::text as day from ledger_current_month
		where nature = 'published' and kind not in ('budget', 'planned_disbursement') and entries <> 0 and isfinite(period_to)`.execute(
		db
	);
	return rows[0]?.day ?? null;
}
