import { compare, negate, type Decimal } from '#lib/money/decimal.ts';
import { m } from '#lib/paraglide/messages.js';
import type { RuleBase, RuleOutcome, RuleSense } from '#lib/slice/rule.ts';
import { ruleBaseLabel, ruleFormulaLabel } from './rule.ts';

type Ruled = { sense: RuleSense | null; base: RuleBase | null };
type Come = Pick<RuleOutcome, 'distance' | 'reached'> & { base: Decimal | null };

const isPassed = (distance: Decimal | null) => distance !== null && compare(distance, '0') < 0;

/** How far it is to a threshold, as an amount without a sign and the term that tells its side: "Missing to the threshold". */
export function distanceInWords(
	{ sense }: Pick<Ruled, 'sense'>,
	distance: Decimal | null
): { term: string; amount: Decimal | null } {
	const passed = isPassed(distance);
	const amount = passed ? negate(distance!) : distance;
	if (sense === 'at_least') return { term: passed ? m.agreement_above() : m.agreement_missing(), amount };
	return { term: passed ? m.agreement_over_limit() : m.agreement_left(), amount };
}

/** What came of a rule: "The threshold is reached."; `missing` where the missing amount is to be said after it. */
export function outcomeInWords(
	{ sense }: Pick<Ruled, 'sense'>,
	{ base, reached, distance }: Come
): { text: string; missing: boolean } {
	if (base === null) return { text: m.agreement_nothing_to_measure(), missing: false };
	if (reached === null) return { text: m.agreement_nothing_counted(), missing: false };
	if (sense === 'at_most') {
		const text = isPassed(distance) ? m.agreement_limit_passed() : m.agreement_limit_kept();
		return { text, missing: false };
	}
	return reached
		? { text: m.agreement_reached(), missing: false }
		: { text: m.agreement_below(), missing: true };
}

/** What a rule's share is a share of: "Counted, as a share of the last instalment". */
export function shareInWords(base: RuleBase | null): string {
	return base === null ? ruleFormulaLabel('rule_share') : m.agreement_share_of({ base: ruleBaseLabel(base) });
}

/** What is to be reached comes before what is not to be passed. */
export function rulesInOrder<R extends { rule: Pick<Ruled, 'sense'> }>(rules: readonly R[]): R[] {
	return rules.toSorted(
		(one, other) => Number(other.rule.sense === 'at_least') - Number(one.rule.sense === 'at_least')
	);
}

/** Whether a rule on the next instalment has none left to be asked for. */
export function isAllReceived(
	{ base }: Pick<Ruled, 'base'>,
	instalments: readonly { received_on: string | null }[]
): boolean {
	return (
		base === 'last_instalment' &&
		instalments.length > 0 &&
		instalments.every(({ received_on }) => received_on !== null)
	);
}
