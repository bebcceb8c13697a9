import { childrenNamed } from '../paths.ts';
import type { Check, Level, RuleOf, Scope } from '../rule.ts';

/*
 * Countries, regions and sectors stand on the activity or on each of its transactions, never on both: a sum by country
 * would not know which of the two to follow.
 */

/** Not on the activity and on transactions as well. */
export function oneLevel(rule: RuleOf<'one-level'>): Check {
	return (_activity, scope) => {
		if (!hasOwn(rule.of, scope)) return;
		const { first, count, of } = transactionsWith(rule.of, scope);
		if (first) scope.findings.add(rule, first, null, `on ${count} of ${of} transactions`);
	};
}

/** On the activity or on at least one of its transactions. */
export function someLevel(rule: RuleOf<'some-level'>): Check {
	return (activity, scope) => {
		if (hasOwn(rule.of, scope) || transactionsWith(rule.of, scope).count > 0) return;
		scope.findings.add(rule, activity, null, '');
	};
}

/** On each transaction, where not on the activity. */
export function allTransactions(rule: RuleOf<'all-transactions'>): Check {
	return (_activity, scope) => {
		if (hasOwn(rule.of, scope)) return;
		const { count, of, firstWithout } = transactionsWith(rule.of, scope);
		if (firstWithout) scope.findings.add(rule, firstWithout, null, `on ${count} of ${of} transactions`);
	};
}

function hasOwn(names: readonly string[], scope: Scope): boolean {
	return names.some((name) => scope.byName.has(name));
}

/** Asked for by several rules, and looked up once. */
function transactionsWith(names: readonly string[], scope: Scope): Level {
	let level = scope.levels.get(names);
	if (!level) scope.levels.set(names, (level = countTransactions(names, scope)));
	return level;
}

function countTransactions(names: readonly string[], scope: Scope): Level {
	const transactions = childrenNamed(scope.root, 'transaction', scope);
	const level: Level = { of: transactions.length, count: 0, first: null, firstWithout: null };
	for (const transaction of transactions) {
		if (transaction.children.some((child) => names.includes(child.name))) {
			level.count++;
			level.first ??= transaction;
		} else level.firstWithout ??= transaction;
	}
	return level;
}
