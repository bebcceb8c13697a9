import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { Decimal } from '#lib/money/decimal.ts';
import type { Kind, Nature } from '#lib/slice/slice.ts';
import { sumEntries } from './compare/book-entries.ts';
import { KindSums } from './compare/sums.ts';
import { recount } from './counting.ts';
import { PostingRefusedError } from './decided.ts';
import type { Refusal } from './desk.ts';
import { inPosting, type DecisionPosted } from './in-posting.ts';
import { undoActivities } from './undo/activities.ts';
import { findConflicts } from './undo/conflicts.ts';
import { readUndoneEntries, undoEntries, type UndoneEntries } from './undo/entries.ts';
import { findIrrevocable, undoFacts } from './undo/facts.ts';

/** What undoing a posting would do. */
export type UndoPreview = {
	nature: Nature;
	postingNo: number;
	/** What the posting itself said of itself. */
	explanation: string;
	/** Entries that it added and would be withdrawn, replaced and would be changed back, withdrew and would come back. */
	entries: { withdrawn: number; changedBack: number; restored: number };
	/** Activities that would go back to the version before, and those that it brought first. */
	activities: { restored: number; withdrawn: number };
	/** Sums that go and come back, by kind and currency as booked. */
	sums: { kind: Kind; currency: string; goes: Decimal; comesBack: Decimal }[];
	/** Why it cannot be undone; null when it can. */
	refusal: Refusal | null;
};

/** Shows what undoing a posting would do, or why it cannot be. Null when there is no such posting. */
export async function previewUndo(
	db: Kysely<DB>,
	nature: Nature,
	postingNo: number
): Promise<UndoPreview | null> {
	const posting = await db
		.selectFrom('posting')
		.select('explanation')
		.where('nature', '=', nature)
		.where('posting_no', '=', postingNo)
		.executeTakeFirst();
	if (!posting) return null;
	const entries = await readUndoneEntries(db, nature, postingNo);
	const { rows: activities } = await sql<UndoPreview['activities']>`
		select count(*) filter (where earlier)::integer as restored, count(*) filter (where not earlier)::integer as withdrawn from (
			select exists (select from activity_version was where was.activity_id = v.activity_id and was.posting_no < v.posting_no)
				as earlier
			from activity_version v where v.nature = ${nature} and v.posting_no = ${postingNo}::integer
		) version`.execute(db);
	return {
		nature,
		postingNo,
		explanation: posting.explanation,
		entries: {
			withdrawn: entries.added.length,
			changedBack: entries.replaced.filter(({ tip }) => tip !== null).length,
			restored: entries.replaced.filter(({ tip }) => tip === null).length
		},
		activities: activities[0]!,
		sums: await sumBoth(db, entries),
		refusal: await refusalOf(db, nature, postingNo, entries)
	};
}

async function sumBoth(db: Kysely<DB>, { added, replaced }: UndoneEntries): Promise<UndoPreview['sums']> {
	const goes = new KindSums();
	const comesBack = new KindSums();
	const tips = replaced.flatMap(({ reporterId, tip }) =>
		tip === null ? [] : [{ reporterId, entryId: tip }]
	);
	for (const sum of await sumEntries(db, [...added, ...tips])) goes.add(sum);
	for (const sum of await sumEntries(db, replaced)) comesBack.add(sum);
	const both = new KindSums();
	for (const sum of [...goes.list(), ...comesBack.list()]) both.add(sum);
	return both.list().map(({ kind, currency }) => ({
		kind,
		currency,
		goes: goes.of(kind, currency).sum,
		comesBack: comesBack.of(kind, currency).sum
	}));
}

/**
 * Undoes a posting by a later one (cause `undo`): what it added is withdrawn, what it replaced or withdrew comes back as new
 * versions equal to the old ones, activities, their results, projects and counting rules go back to what they were.
 * Earlier days stay as they are. Refused, with the postings named, where later ones changed the same; and where it
 * stated facts for the first time that no empty version can stand for.
 */
export async function undo(
	db: Kysely<DB>,
	nature: Nature,
	postingNo: number,
	explanation: string
): Promise<DecisionPosted | Refusal> {
	// Before a posting is begun that could not name what it undoes; asked whole under its lock.
	const early = await standingOf(db, nature, postingNo);
	if (early) return early;
	return inPosting(db, { nature, cause: 'undo', undoes: postingNo, explanation }, async (posting) => {
		const entries = await readUndoneEntries(posting.db, nature, postingNo);
		const refusal = await refusalOf(posting.db, nature, postingNo, entries, posting.postingNo);
		if (refusal) throw new PostingRefusedError(refusal.code, refusal.message);
		await undoFacts(posting, postingNo);
		await undoActivities(posting, postingNo);
		const { reporterIds, ...counts } = await undoEntries(posting, entries);
		// By the rules that hold now: those brought back, and those that came in between.
		counts.changed += await recount(posting, { reporterIds, own: true });
		return counts;
	});
}

/**
 * Why a posting cannot be undone, by itself or by what later ones changed.
 * @param by the posting that would undo it, which is no hindrance to itself
 */
async function refusalOf(
	db: Kysely<DB>,
	nature: Nature,
	postingNo: number,
	entries: UndoneEntries,
	by: number | null = null
): Promise<Refusal | null> {
	const refusal = await standingOf(db, nature, postingNo, by);
	if (refusal) return refusal;
	const { postings, what } = await findConflicts({ db, nature }, postingNo, entries);
	if (postings.length === 0) return null;
	const some = postings.slice(0, MOST_NAMED).join(', ') + (postings.length > MOST_NAMED ? ', ...' : '');
	return {
		code: 'changed-since',
		message: `Later postings changed the same ${what.join(' and ')}: ${some}. Undo these first.`
	};
}

/** Whether there is such a posting, undone already, or stating what cannot be taken back. */
async function standingOf(
	db: Kysely<DB>,
	nature: Nature,
	postingNo: number,
	by: number | null = null
): Promise<Refusal | null> {
	const { rows } = await sql<{ no: number }>`
		with recursive line as (
			select posting_no as no from posting where nature = ${nature} and posting_no = ${postingNo}::integer
			union all
			select later.posting_no from posting later join line on later.undoes = line.no
			where later.nature = ${nature} and later.posting_no is distinct from ${by}::integer
		) select no from line order by no`.execute(db);
	if (rows.length === 0) return { code: 'unknown', message: `There is no posting ${postingNo}.` };
	if (rows.length > 1) {
		const [last, isUndone] = [rows.at(-1)!.no, rows.length % 2 === 0];
		return {
			code: 'changed-since',
			message: isUndone
				? `Posting ${postingNo} is undone already; to have it back, undo posting ${last}.`
				: `Posting ${postingNo} was undone and brought back; to take it back again, undo posting ${last}.`
		};
	}
	const irrevocable = await findIrrevocable({ db, nature }, postingNo);
	if (irrevocable.length === 0) return null;
	return {
		code: 'cannot-undo',
		message: `Posting ${postingNo} stated facts for the first time (${irrevocable.join(', ')}), which cannot be taken back; post a file that corrects them.`
	};
}

const MOST_NAMED = 10;
