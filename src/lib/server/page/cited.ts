import { redirect } from '@sveltejs/kit';
import { getRuntime } from '#lib/server/runtime.ts';
import { answer } from '#lib/server/answer.ts';
import { findClaim, type Claim } from '#lib/server/facts/claims.ts';
import { readPostings, resolveFactsAt, type PostingStamp } from '#lib/server/facts/posting.ts';
import { resolvePosting, UnknownKeyError } from '#lib/server/ledger/resolve.ts';
import { total } from '#lib/server/ledger/total.ts';
import { readReference, writeReference, type Citation } from '#lib/slice/citation/citation.ts';
import { defaultSlice, writeAddress } from '#lib/slice/codec.ts';
import type { TermName } from '#lib/slice/formula.ts';
import { NATURES, type Nature, type Slice, type Total } from '#lib/slice/slice.ts';
import { writeVersion } from '#lib/slice/version.ts';
import { readChangedLines, type ChangedLine } from './changed.ts';
import { PROOF_FIELDS, readProof, type Proof, type ProofQuestion } from './proof.ts';
import { refuse } from './refuse.ts';
import { compareSince, type MeasureChange } from './since.ts';

type Asked = Parameters<typeof answer>[0];

/** The address of a reference's proof as a query of this installation; null for a text that is no reference. */
export function citedParameters(
	reference: string
): { citation: Citation; parameters: URLSearchParams } | null {
	const citation = readReference(reference);
	if (citation === null) return null;
	return { citation, parameters: writeAddress(citation, defaultSlice(getRuntime().configuration.portfolio)) };
}

/** A figure as it was cited, with all of its proof, and what it is today. 400 for a text that is no reference. */
export async function answerCited(event: Asked, reference: string) {
	const cited = citedParameters(reference);
	if (cited === null) refuse('reference', reference.slice(0, 100), 'not_a_reference');
	const { citation, parameters } = cited;
	const written = writeReference(citation);
	if (written !== reference) {
		const path = event.url.pathname.replace(/[^/]*\/?$/, written);
		redirect(308, path + event.url.search);
	}
	const url = new URL(event.url);
	for (const [name, value] of url.searchParams) {
		if (name !== 'demonstration') refuse(name, value.slice(0, 100), 'unknown');
		parameters.append(name, value);
	}
	url.search = parameters.toString();
	const asked = {
		url,
		...(event.request ? { request: event.request } : {}),
		...(event.locals ? { locals: event.locals } : {})
	};
	return answer(asked, PROOF_FIELDS, async (question) => {
		const proof = await readProof(question);
		return { ...proof, cited: { reference: written, ...(await readToday(question, proof, citation)) } };
	});
}

/** A sum that a cited figure is made of, then and now. `change` is null where no split into what changed is possible. */
export type CitedPart = {
	/** What it is called in a formula; null for the figure itself. */
	term: TermName | null;
	then: { slice: Slice; total: Total };
	now: { slice: Slice; total: Total };
	change: MeasureChange | null;
};

export type Cited = {
	/** The posting of each nature that the books knew of then. */
	postings: Record<Nature, PostingStamp | null>;
	parts: CitedPart[];
	/** The rows that changed since, of a figure that is one slice. */
	lines: ChangedLine[];
	/** The same figure today. */
	today: Proof | null;
	/** Of a claim: whether it is still the one shown, else the one that is. */
	claim: { chosen: boolean; instead: Claim | null } | null;
};

/** What a cited figure is today, and what lies between: `proof` is the figure as cited. */
export async function readToday(question: ProofQuestion, proof: Proof, { slice }: Citation): Promise<Cited> {
	const { db, fields } = question;
	const postings = await readPostings(db, null, slice.version);
	const found: Cited = { postings, parts: [], lines: [], today: null, claim: null };
	if (proof.kind === 'claim') return { ...found, claim: await readClaimToday(question, fields.claim!) };
	const now: Slice = { ...question.slice, asof: null, version: null };
	const at = (await resolveFactsAt(db, null))!;
	const parts = await Promise.all(slicesOf(proof).map((part) => readPart(db, part)));
	return {
		...found,
		parts,
		lines: await readLines(db, proof, parts),
		today: proof.kind === 'slice' ? null : await ifThere(readProof({ ...question, slice: now, at }))
	};
}

/** What a figure is made of may be gone by now: a rule that an agreement no longer has. */
async function ifThere(asked: Promise<Proof>): Promise<Proof | null> {
	try {
		return await asked;
	} catch (caught) {
		if (caught instanceof UnknownKeyError) return null;
		throw caught;
	}
}

async function readClaimToday({ db }: ProofQuestion, claimId: string): Promise<Cited['claim']> {
	const at = (await resolveFactsAt(db, null))!;
	const today = await findClaim(db, at, claimId);
	return {
		chosen: today?.claim.chosen ?? false,
		instead: today?.rivals.find(({ chosen }) => chosen) ?? null
	};
}

/** The sums behind a figure, each once. */
function slicesOf(proof: Exclude<Proof, { kind: 'claim' }>): { term: TermName | null; slice: Slice }[] {
	if (proof.kind === 'slice') return [{ term: null, slice: proof.slice }];
	if (proof.kind === 'formula') return proof.terms.map(({ term, slice }) => ({ term, slice }));
	const { counted, base, before } = proof.measured.terms;
	const slices = [...counted, ...base, ...before].map(({ slice }) => slice);
	return [...new Map(slices.map((slice) => [JSON.stringify(slice), { term: null, slice }])).values()];
}

async function readPart(
	db: ProofQuestion['db'],
	{ term, slice }: { term: TermName | null; slice: Slice }
): Promise<CitedPart> {
	const now: Slice = { ...slice, asof: null, version: null };
	const [known, totalThen, totalNow] = await Promise.all([
		resolvePosting(db, slice.nature, slice.asof, slice.version),
		total(db, slice),
		total(db, now)
	]);
	const isSplit = slice.change === null && known.posting !== null;
	const [change] = isSplit ? await compareSince(db, now, String(known.posting), [slice.measure]) : [];
	return {
		term,
		then: { slice, total: totalThen },
		now: { slice: now, total: totalNow },
		change: change ?? null
	};
}

async function readLines(db: ProofQuestion['db'], proof: Proof, parts: CitedPart[]): Promise<ChangedLine[]> {
	const [part] = parts;
	if (proof.kind !== 'slice' || !part?.change) return [];
	const { posting } = await resolvePosting(
		db,
		part.then.slice.nature,
		part.then.slice.asof,
		part.then.slice.version
	);
	return readChangedLines(db, part.now.slice, String(posting));
}

/** The reference of a figure at what the books hold, or at the version that its address names; null for empty books. */
export async function referenceOf({ db, slice, fields }: ProofQuestion): Promise<{
	reference: string;
	postings: Record<Nature, PostingStamp | null>;
} | null> {
	const postings = await readPostings(db, null, slice.version);
	const [published, demonstration] = NATURES.map((nature) => postings[nature]?.no ?? 0);
	if (published === 0 && demonstration === 0) return null;
	const version = writeVersion({ published: published!, demonstration: demonstration! });
	return { reference: writeReference({ slice: { ...slice, version }, fields }), postings };
}
