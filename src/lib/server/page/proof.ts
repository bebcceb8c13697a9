import { error } from '@sveltejs/kit';
import type { Question } from '#lib/server/answer.ts';
import { describeSubjects } from '#lib/server/facts/claim-subject.ts';
import { findClaim } from '#lib/server/facts/claims.ts';
import { namesOf } from '#lib/server/facts/names.ts';
import { readPostings } from '#lib/server/facts/posting.ts';
import { findProject } from '#lib/server/facts/projects.ts';
import { EVIDENCE_LIMIT, readEvidence } from '#lib/server/ledger/evidence.ts';
import { rows } from '#lib/server/ledger/rows.ts';
import { total } from '#lib/server/ledger/total.ts';
import {
	FORMULAS,
	furtherTermsOf,
	sliceOfTerm,
	sumsOfFormula,
	type FormulaName,
	type TermName,
	type TermValues
} from '#lib/slice/formula.ts';
import { CITED_FIELDS } from '#lib/slice/citation/citation.ts';
import { isRuleFormulaName } from '#lib/slice/rule.ts';
import type { Slice, Total } from '#lib/slice/slice.ts';
import { describeSlice } from '#lib/slice/words.ts';
import { readPooledShare } from './contributions.ts';
import { refuse } from './refuse.ts';
import { shownRow } from './shown-row.ts';
import { readPace, readTiming, readTimeTerms, recentSlice } from './timing.ts';
import { readRuleProof } from './rule-proof.ts';

/** Parameters of the page beside those of the slice. */
export const PROOF_FIELDS = CITED_FIELDS;
export type ProofQuestion = Question<(typeof PROOF_FIELDS)[number]>;

const SAMPLE_ROWS = 20;

export type Proof = Awaited<ReturnType<typeof readProof>>;

/** A figure taken apart: rows of a slice, a claim with its rivals, or a formula (of an agreement's rule) with its terms. */
export async function readProof(question: ProofQuestion) {
	const { fields } = question;
	if (fields.claim !== null) return { kind: 'claim' as const, ...(await readClaim(question, fields.claim)) };
	if (fields.formula !== null && isRuleFormulaName(fields.formula))
		return { kind: 'rule' as const, ...(await readRuleProof(question, fields.formula)) };
	if (fields.formula !== null)
		return { kind: 'formula' as const, ...(await readFormula(question, fields.formula)) };
	return { kind: 'slice' as const, ...(await readSliceProof(question)) };
}

async function readClaim({ db, at }: ProofQuestion, claimId: string) {
	const found = await findClaim(db, at, claimId);
	if (found === null) error(404, { message: 'no such claim' });
	const [subject] = await describeSubjects(db, [found.claim]);
	return { ...found, subject: subject! };
}

async function readSliceProof({ db, slice }: ProofQuestion) {
	const [sum, sample, names, postings] = await Promise.all([
		total(db, slice),
		rows(db, slice, { after: null, limit: SAMPLE_ROWS }),
		namesOf(db, slice),
		readPostings(db, slice.asof, slice.version)
	]);
	const evidence = sum.entries > 0 && sum.entries <= EVIDENCE_LIMIT ? await readEvidence(db, slice) : null;
	return {
		slice,
		names,
		evidence,
		total: sum,
		words: describeSlice(slice, names),
		posting: postings[slice.nature],
		more: sample.next !== null,
		rows: sample.rows.map(shownRow)
	};
}

async function readFormula(question: ProofQuestion, name: FormulaName) {
	const { slice } = question;
	if (slice.change === null && sumsOfFormula(name).some((term) => term.endsWith('_since'))) {
		refuse('change', '', 'empty');
	}
	const { values, terms } = await readTerms(question, slice, name);
	const names = await namesOf(question.db, slice);
	return {
		formula: name,
		slice,
		words: describeSlice(slice, names),
		// Parts of a whole add up to it: the last cent is told only by all of them together.
		value:
			name === 'pooled_share' ? await readPooledShare(question.db, slice) : FORMULAS[name].evaluate(values),
		terms,
		values
	};
}

/** One sum of a formula: what it is called, the rows it stands for. */
export type FormulaSum = { term: TermName; slice: Slice; total: Total };

/** The sums of a formula as totals, and its days where it needs them. */
export async function readTerms(
	{ db, at }: Pick<ProofQuestion, 'db' | 'at'>,
	slice: Slice,
	name: FormulaName
): Promise<{ values: TermValues; terms: FormulaSum[] }> {
	const ask = async (term: TermName, asked: Slice): Promise<FormulaSum> => ({
		term,
		slice: asked,
		total: await total(db, asked)
	});
	const terms = await Promise.all(sumsOfFormula(name).map((term) => ask(term, sliceOfTerm(term, slice))));
	const values: TermValues = Object.fromEntries(terms.map(({ term, total: sum }) => [term, sum.amount]));
	const further = furtherTermsOf(name);
	if (slice.project === null || further.length === 0) return { values, terms };
	const project = await findProject(db, at, slice.project);
	const timing = project && (await readTiming(db, project, slice));
	if (timing === null) return { values, terms };
	const pace = further.includes('recent_spent') ? await readPace(db, slice, timing) : null;
	if (pace !== null) terms.push(await ask('recent_spent', recentSlice(slice, pace)));
	const given = await readTimeTerms(db, slice, timing, pace);
	for (const term of further) values[term] = given[term] ?? null;
	return { values, terms };
}
