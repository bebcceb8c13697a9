import type { Question } from '#lib/server/answer.ts';
import { listPostedFiles } from '#lib/server/facts/credits.ts';
import { readPostings } from '#lib/server/facts/posting.ts';
import { breakdown } from '#lib/server/ledger/breakdown.ts';
import { EVIDENCE_LIMIT, readEvidence } from '#lib/server/ledger/evidence.ts';
import type { PageField } from '#lib/slice/view.ts';
import { BASES, NATURES, STATES, type Basis, type Nature, type Slice, type State } from '#lib/slice/slice.ts';
import { writeVersion } from '#lib/slice/version.ts';
import { readParts, type SpendingPart } from './spending.ts';

/** The state of the books that a report is of. Null where they hold nothing. */
export type ReportVersion = { version: string | null; knownAt: string | null };

/** The same question at one state of the books, whatever is posted while a report is made. */
export async function fixQuestion<F extends PageField>(
	question: Question<F>
): Promise<{ question: Question<F>; state: ReportVersion }> {
	const { db, slice } = question;
	const stamps = await readPostings(db, null, slice.version);
	const numbers = { published: stamps.published?.no ?? 0, demonstration: stamps.demonstration?.no ?? 0 };
	if (numbers.published + numbers.demonstration === 0)
		return { question, state: { version: null, knownAt: null } };
	const version = writeVersion(numbers);
	const knownAt = NATURES.flatMap((nature) => stamps[nature]?.knownAt ?? [])
		.sort()
		.at(-1)!;
	return { question: { ...question, slice: { ...slice, version } }, state: { version, knownAt } };
}

/** What a report was made from. `publishers` of exchange rates is null where there are too many rows to ask. */
export type ReportEvidence = {
	sources: { name: string; sha256: string; nature: Nature }[];
	publishers: string[] | null;
};

/**
 * The files behind published facts, and those and the rates behind money.
 * @param money what was spent, or another measure that the report is about, with its number of entries; null for none
 */
export async function readReportEvidence(
	{ db, at }: Pick<Question<never>, 'db' | 'at'>,
	money: { slice: Slice; entries: number } | null
): Promise<ReportEvidence> {
	const files = (await listPostedFiles(db, at)).map(({ name, sha256 }) => ({
		name,
		sha256,
		nature: 'published' as const
	}));
	if (money === null || money.entries === 0) return { sources: files, publishers: [] };
	if (money.entries > EVIDENCE_LIMIT) return { sources: files, publishers: null };
	const { sources, rates } = await readEvidence(db, money.slice);
	const all = [
		...files,
		...sources.map(({ name, sha256 }) => ({ name, sha256, nature: money.slice.nature }))
	];
	return {
		sources: [...new Map(all.map((source) => [source.sha256, source])).values()],
		publishers: [...new Set(rates.map(({ publisher }) => publisher))].sort()
	};
}

/** Which bases and states the entries of a slice have; null where there are too many rows to ask. */
export async function readKinds(
	db: Question<never>['db'],
	{ slice, entries }: { slice: Slice; entries: number }
): Promise<{ bases: Basis[]; states: State[] } | null> {
	if (entries > EVIDENCE_LIMIT) return null;
	const [bases, states] = await Promise.all([
		breakdown(db, slice, ['basis']),
		breakdown(db, slice, ['state'])
	]);
	const isIn = (rows: typeof bases, value: string) => rows.some(({ keys }) => keys[0] === value);
	return {
		bases: BASES.filter((basis) => isIn(bases, basis)),
		states: STATES.filter((state) => isIn(states, state))
	};
}

/** Countries of whose part of a slice something was shared out by a key; null where there are too many rows to ask. */
export async function readApportioned(
	db: Question<never>['db'],
	{ slice, entries }: { slice: Slice; entries: number }
): Promise<Set<string> | null> {
	if (entries > EVIDENCE_LIMIT) return null;
	const parts = await breakdown(db, { ...slice, allocation: 'apportioned' }, ['country']);
	return new Set(parts.flatMap(({ keys }) => keys[0] ?? []));
}

/** What money paid for: by country and by budget heading. */
export async function readPaidFor(
	db: Question<never>['db'],
	slice: Slice
): Promise<{ countries: SpendingPart[]; headings: SpendingPart[] }> {
	const [countries, headings] = await Promise.all([
		readParts(db, slice, 'country', false),
		readParts(db, slice, 'heading', false)
	]);
	return { countries, headings };
}
