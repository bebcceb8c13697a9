import { agency, begin, characters, differ, symbols, trimmed } from './kinds/identifiers.ts';
import { allTransactions, oneLevel, someLevel } from './kinds/levels.ts';
import { notFuture, oneYear, order, within } from './kinds/dates.ts';
import {
	absent,
	dacToo,
	defaultOrEach,
	hereOrAbove,
	number,
	oneOfVocabulary,
	present
} from './kinds/presence.ts';
import { eachShare, percentage, singleShare, sumOfShares } from './kinds/shares.ts';
import type { Check, Kind, Rule, RuleOf } from './rule.ts';

const KINDS: { [K in Kind['kind']]: (rule: RuleOf<K>) => Check } = {
	differ,
	begin,
	agency,
	trimmed,
	symbols,
	characters,
	'each-share': eachShare,
	'sum-of-shares': sumOfShares,
	'single-share': singleShare,
	percentage,
	present,
	absent,
	number,
	'default-or-each': defaultOrEach,
	'one-of-vocabulary': oneOfVocabulary,
	'dac-too': dacToo,
	'here-or-above': hereOrAbove,
	'one-level': oneLevel,
	'some-level': someLevel,
	'all-transactions': allTransactions,
	order,
	'not-future': notFuture,
	within,
	'one-year': oneYear
};

/** The rule as a function, its paths read once. */
export function compile(rule: Rule): Check {
	return (KINDS[rule.kind] as (rule: Rule) => Check)(rule);
}
