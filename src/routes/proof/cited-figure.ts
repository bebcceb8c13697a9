import type { CitedValue } from '#lib/figure/cite-words.ts';
import { isCurrency } from '#lib/money/currency.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Claim } from '#lib/server/facts/claims.ts';
import type { Proof } from '#lib/server/page/proof.ts';
import { FORMULAS } from '#lib/slice/formula.ts';
import type { Nature } from '#lib/slice/slice.ts';
import { formatQualified } from '#lib/words/count.ts';
import { formatDay } from '#lib/words/date.ts';
import { propertyLabel, unitLabel } from '#lib/words/fact.ts';
import { formulaLabel } from '#lib/words/formula.ts';
import { ruleFormulaLabel, ruleLabel } from '#lib/words/rule.ts';

/** The figure of a proof as a citation quotes it. */
export function citedFigure(proof: Proof): { title: string; value: CitedValue; nature: Nature } {
	switch (proof.kind) {
		case 'claim':
			return {
				title: m.citation_title_of({ what: claimTitle(proof.claim), of: proof.subject.name }),
				value: claimValue(proof.claim),
				nature: 'published'
			};
		case 'slice':
			return { title: proof.words, value: { kind: 'money', ...proof.total }, nature: proof.slice.nature };
		case 'formula': {
			const { unit } = FORMULAS[proof.formula];
			const value: CitedValue =
				unit === 'money'
					? { kind: 'money', amount: proof.value, currency: proof.slice.currency }
					: { kind: unit, value: proof.value };
			return {
				title: restrictedTitle(formulaLabel(proof.formula), proof.words),
				value,
				nature: proof.slice.nature
			};
		}
		case 'rule': {
			return {
				title: restrictedTitle(ruleTitle(proof), proof.words),
				value: ruleValue(proof),
				nature: proof.slice.nature
			};
		}
	}
}

/** What a claim states: "Contribution of the European Union". */
export function claimTitle({ property, party }: Claim): string {
	const label = propertyLabel(property);
	return party ? m.proof_claim_of_party({ property: label, party }) : label;
}

/** What comes of a rule of an agreement: its name, the heading it is of, and which of its figures. */
export function ruleTitle({
	rule,
	heading,
	formula
}: Pick<Extract<Proof, { kind: 'rule' }>, 'rule' | 'heading' | 'formula'>): string {
	return [ruleLabel(rule.rule), heading, ruleFormulaLabel(formula)].filter(Boolean).join(': ');
}

function claimValue({ value, unit, qualifier, value_text }: Claim): CitedValue {
	if (unit !== null && isCurrency(unit)) return { kind: 'money', amount: value, currency: unit, qualifier };
	if (value !== null)
		return { kind: 'words', text: `${formatQualified(value, qualifier)} ${unitLabel(unit ?? '')}`.trim() };
	return { kind: 'words', text: value_text ?? m.citation_not_published() };
}

function ruleValue({ formula, measured, crossing, slice }: Extract<Proof, { kind: 'rule' }>): CitedValue {
	const money = (amount: string | null): CitedValue => ({ kind: 'money', amount, currency: slice.currency });
	switch (formula) {
		case 'rule_counted':
			return money(measured.counted);
		case 'rule_base':
			return money(measured.base);
		case 'rule_threshold':
			return money(measured.threshold);
		case 'rule_distance':
			return money(measured.distance);
		case 'rule_share':
			return { kind: 'percent', value: measured.share };
		case 'rule_crossing':
			return {
				kind: 'words',
				text: crossing?.day ? formatDay(crossing.day) : m.agreement_no_forecast()
			};
	}
}

/** A formula is asked of a slice whose measure does not matter: only what that is restricted to is told, if anything. */
function restrictedTitle(what: string, words: string): string {
	const join = m.words_slice_join();
	const at = words.indexOf(join);
	return at === -1 ? what : m.citation_title_of({ what, of: words.slice(at + join.length) });
}
