import { sql, type Kysely, type RawBuilder } from 'kysely';
import { askOnce } from '#lib/server/database/ask-once.ts';
import type { DB } from '#lib/server/database/schema.ts';
import { readChange, type ChangeKind } from '#lib/slice/change.ts';
import { isDay } from '#lib/slice/period.ts';
import type { Nature, Slice } from '#lib/slice/slice.ts';
import { lastPostingOf } from '#lib/slice/version.ts';

/** A key or number in a slice that names nothing: the page is not found. */
export class UnknownKeyError extends Error {
	override name = 'UnknownKeyError';
	parameter: string;
	value: string;
	constructor(parameter: string, value: string) {
		super(`there is no ${parameter} ${value}`);
		this.parameter = parameter;
		this.value = value;
	}
}

/** A slice with its keys turned into numbers and its day into a posting. `none` stays `none`. */
export type ResolvedSlice = {
	slice: Slice;
	/** The projects it is restricted to; null for all. */
	projects: string[] | null;
	objective: string | 'none' | null;
	agreement: string | 'none' | null;
	/** The last posting to look at; null when nothing was known on that day. */
	posting: number | null;
	/** Whether that is the latest, so that today's summaries answer. */
	latest: boolean;
	/** Which entries of two states of the books are asked for; `since` is the earlier one's posting, 0 for none. */
	change: { kind: Exclude<ChangeKind, 'known'>; since: number } | null;
};

/**
 * Looks up what a slice names.
 * @throws UnknownKeyError naming the parameter
 */
export async function resolveSlice(db: Kysely<DB>, slice: Slice): Promise<ResolvedSlice> {
	const [{ posting, latest }, since, projects, objective, agreement] = await Promise.all([
		resolvePosting(db, slice.nature, slice.asof, slice.version),
		resolveSince(db, slice),
		askOnce(db, ['projects', slice.portfolio, slice.project], () => resolveProjects(db, slice)),
		askOnce(db, ['objective', slice.objective], () =>
			resolveKey(db, 'objective', slice.objective, sql`true`)
		),
		// The same key may stand for an agreement of each nature.
		askOnce(db, ['agreement', slice.nature, slice.agreement], () =>
			resolveKey(db, 'agreement', slice.agreement, sql`nature = ${slice.nature}`)
		)
	]);
	const found = { slice, projects, objective, agreement };
	if (since === null) return { ...found, posting, latest, change: null };
	const earlier = Math.min(since.posting, posting ?? 0);
	// All that was known then is the books as they were: the summaries hold them too.
	if (since.kind === 'known') {
		return {
			...found,
			slice: { ...slice, change: null },
			posting: earlier === 0 ? null : earlier,
			latest: latest && earlier === posting,
			change: null
		};
	}
	return { ...found, posting, latest, change: { kind: since.kind, since: earlier } };
}

/** The change that a slice asks for, with its day as a posting's number; 0 where nothing was known yet. */
async function resolveSince(
	db: Kysely<DB>,
	{ nature, change }: Slice
): Promise<{ kind: ChangeKind; posting: number } | null> {
	const read = change == null ? null : readChange(change);
	if (read === null) return null;
	if (!isDay(read.since)) return { kind: read.kind, posting: Number.parseInt(read.since, 10) };
	return { kind: read.kind, posting: (await resolvePosting(db, nature, read.since)).posting ?? 0 };
}

/**
 * The last posting known before the end of a day, UTC; the latest of all without a day.
 * @param version a data version after which nothing is looked at
 */
export function resolvePosting(
	db: Kysely<DB>,
	nature: Nature,
	asof: string | null,
	version: string | null = null
): Promise<{ posting: number | null; latest: boolean }> {
	const limit = lastPostingOf(version, nature);
	return askOnce(db, ['posting', nature, asof, limit], () => findPosting(db, nature, asof, limit));
}

async function findPosting(db: Kysely<DB>, nature: Nature, asof: string | null, limit: number | null) {
	const { rows } = await sql<{ latest: number | null; posting: number | null }>`
		select (select max(posting_no) from posting where nature = ${nature}) as latest,
			(select max(posting_no) from posting where nature = ${nature}
				and (${asof}::date is null or known_at < (${asof}::date + 1)::timestamp at time zone 'UTC')
				and posting_no <= coalesce(${limit}::integer, posting_no)) as posting`.execute(db);
	const { latest, posting } = rows[0]!;
	return { posting, latest: posting !== null && posting === latest };
}

async function resolveProjects(db: Kysely<DB>, slice: Slice): Promise<string[] | null> {
	if (slice.project !== null) {
		const project = await db
			.selectFrom('project')
			.select('project_id')
			.where('key', '=', slice.project)
			.executeTakeFirst();
		if (!project) throw new UnknownKeyError('project', slice.project);
		if (slice.portfolio === 'all') return [project.project_id];
	}
	if (slice.portfolio === 'all') return null;
	const rows = await db
		.selectFrom('portfolio')
		.leftJoin('portfolio_project', 'portfolio_project.portfolio_id', 'portfolio.portfolio_id')
		.leftJoin('project', 'project.project_id', 'portfolio_project.project_id')
		.select(['project.project_id', 'project.key'])
		.where('portfolio.key', '=', slice.portfolio)
		.execute();
	if (rows.length === 0) throw new UnknownKeyError('portfolio', slice.portfolio);
	return rows.flatMap(({ project_id, key }) =>
		project_id !== null && (slice.project === null || key === slice.project) ? [project_id] : []
	);
}

async function resolveKey(
	db: Kysely<DB>,
	table: 'objective' | 'agreement',
	key: string | null,
	condition: RawBuilder<unknown>
): Promise<string | 'none' | null> {
	if (key === null || key === 'none') return key;
	const id = sql.id(`${table}_id`);
	const { rows } = await sql<{ id: string }>`
		select ${id} as id from ${sql.table(table)} where key = ${key} and ${condition}`.execute(db);
	if (!rows[0]) throw new UnknownKeyError(table, key);
	return rows[0].id;
}
