import type { Question } from '#lib/server/answer.ts';
import { listAgreements } from '#lib/server/facts/agreements.ts';
import { namesOf } from '#lib/server/facts/names.ts';
import { readPostings } from '#lib/server/facts/posting.ts';
import { findProject } from '#lib/server/facts/projects.ts';
import { UnknownKeyError } from '#lib/server/ledger/resolve.ts';
import type { RuleFormulaName } from '#lib/slice/rule.ts';
import type { Slice } from '#lib/slice/slice.ts';
import { describeSlice } from '#lib/slice/words.ts';
import { headingLabel } from '#lib/words/heading.ts';
import { scopeOfBudget } from './agreement-rules.ts';
import { refuse } from './refuse.ts';
import { measureRule, sliceOfAgreement } from './rule.ts';
import { forecast, readMonths } from './rule-pace.ts';

type RuleQuestion = Pick<Question<'agreement_rule'>, 'db' | 'at' | 'slice' | 'fields'>;

/**
 * A figure of an agreement's rule taken apart, with all of the rule's terms.
 * @throws UnknownKeyError where the slice names no such agreement of a project, or it has no such rule
 */
export async function readRuleProof({ db, at, slice, fields }: RuleQuestion, formula: RuleFormulaName) {
	const key = fields.agreement_rule;
	if (key === null || slice.project === null || slice.agreement === null) {
		refuse(key === null ? 'agreement_rule' : slice.project === null ? 'project' : 'agreement', '', 'empty');
	}
	const project = await findProject(db, at, slice.project);
	if (project === null) throw new UnknownKeyError('project', slice.project);
	const agreements = await listAgreements(db, slice.nature, project.project_id, slice.asof, slice.version);
	const agreement = agreements.find((candidate) => candidate.key === slice.agreement);
	if (!agreement) throw new UnknownKeyError('agreement', slice.agreement);
	const rule = agreement.rules.find((candidate) => candidate.key === key);
	const own = sliceOfAgreement(slice, agreement);
	if (!rule || rule.base === null || rule.base === 'end_date' || own === null)
		throw new UnknownKeyError('agreement_rule', key);

	const asked: Slice = { ...own, measure: 'spent' };
	const money = rule.base === 'heading_budget' ? await scopeOfBudget(db, asked) : asked;
	const [measured, names, postings] = await Promise.all([
		measureRule(db, agreement, rule, asked, money),
		namesOf(db, asked),
		readPostings(db, slice.asof, slice.version)
	]);
	const day = slice.asof ?? postings[slice.nature]?.knownAt.slice(0, 10);
	const crossing =
		formula === 'rule_crossing' && day !== undefined
			? await forecast(db, measured, await readMonths(db, measured), day)
			: null;
	return {
		formula,
		slice: asked,
		words: describeSlice(asked, names),
		rule,
		heading: asked.heading === null ? null : headingLabel(asked.heading),
		amount: { value: agreement.amount, source_sha256: agreement.source_sha256, place: agreement.place },
		measured,
		crossing
	};
}
