import type { XmlElement } from '../../xml.ts';
import { childrenNamed } from '../paths.ts';
import type { Check, RuleOf, Scope } from '../rule.ts';

/*
 * Countries, regions and sectors stand on the activity or on each of its transactions, never on both: a sum by country
 * would not know which of the two to follow.
 */

/** Not on the activity and on transactions as well. */
export function oneLevel(rule: RuleOf<'one-level'>): Check {
	return (activity, scope) => {
		if (!has(activity, rule.of, scope)) return;
		const transactions = childrenNamed(activity, 'transaction', scope);
		const having = transactions.filter((transaction) => has(transaction, rule.of, scope));
		if (having.length === 0) return;
		scope.findings.add(rule, having[0]!, null, `on ${having.length} of ${transactions.length} transactions`);
	};
}

/** On the activity or on at least one of its transactions. */
export function someLevel(rule: RuleOf<'some-level'>): Check {
	return (activity, scope) => {
		if (has(activity, rule.of, scope)) return;
		const transactions = childrenNamed(activity, 'transaction', scope);
		if (transactions.some((transaction) => has(transaction, rule.of, scope))) return;
		scope.findings.add(rule, activity, null, '');
	};
}

/** On each transaction, where not on the activity. */
export function allTransactions(rule: RuleOf<'all-transactions'>): Check {
	return (activity, scope) => {
		if (has(activity, rule.of, scope)) return;
		const transactions = childrenNamed(activity, 'transaction', scope);
		const without = transactions.filter((transaction) => !has(transaction, rule.of, scope));
		if (without.length === 0) return;
		scope.findings.add(
			rule,
			without[0]!,
			null,
			`on ${transactions.length - without.length} of ${transactions.length} transactions`
		);
	};
}

function has(element: XmlElement, names: readonly string[], scope: Scope): boolean {
	if (element === scope.root) return names.some((name) => scope.byName.has(name));
	return element.children.some((child) => names.includes(child.name));
}
