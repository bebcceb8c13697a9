import { add, compare, divideHalfEven, multiply, percentOf, subtract } from '#lib/money/decimal.ts';
import type { Decimal } from '#lib/money/decimal.ts';
import { PERCENT_SCALE } from './formula.ts';
import { measureOfKind } from './measure.ts';
import { addDays } from './period.ts';
import type { Day } from './period.ts';
import type { Basis, Kind, Slice } from './slice.ts';

/*
 * A rule of an agreement: a threshold in per cent of some money, and the money that is held against it. Four terms make
 * every rule: threshold = before + value % of the base; distance = threshold - counted; share = (counted - before) of the base.
 */

/** Whether a threshold is to be reached (the next instalment) or not to be passed (indirect costs). */
export const RULE_SENSES = ['at_least', 'at_most'] as const;
export type RuleSense = (typeof RULE_SENSES)[number];

/**
 * What a threshold is a part of: the last instalment received (all earlier ones count in full), all received, the agreed
 * amount, the same entries under other headings, a heading's own budget (which counts in full) - or the day it runs from.
 */
export const RULE_BASES = [
	'last_instalment',
	'instalments',
	'agreement',
	'other_headings',
	'heading_budget',
	'end_date'
] as const;
export type RuleBase = (typeof RULE_BASES)[number];

export const RULE_FORMULA_NAMES = [
	'rule_counted',
	'rule_base',
	'rule_threshold',
	'rule_distance',
	'rule_share',
	'rule_crossing'
] as const;
export type RuleFormulaName = (typeof RULE_FORMULA_NAMES)[number];

/** What a rule says, without its text. */
export type RuleTerms = {
	base: RuleBase | null;
	kinds: readonly Kind[];
	bases: readonly Basis[];
	headings: readonly string[];
};

/** A slice that is added or taken away. */
export type SignedSlice = { slice: Slice; sign: 1 | -1 };

/** The slices behind a rule's terms. `base` null: the agreed amount, which is no entry, or a day. */
export type RuleSlices = { counted: SignedSlice[]; base: SignedSlice[] | null; before: SignedSlice[] };

/** True for the name of a formula that needs a rule beside its slice. */
export function isRuleFormulaName(name: string): name is RuleFormulaName {
	return (RULE_FORMULA_NAMES as readonly string[]).includes(name);
}

/**
 * The slices that a rule's terms are made of.
 * @param slice the agreement's (for a heading's budget: the heading's) slice; its measure does not matter
 * @param received the days on which instalments came in
 */
export function slicesOfRule(rule: RuleTerms, slice: Slice, received: readonly Day[]): RuleSlices {
	const counted = countedSlices(rule, slice);
	const receipts = { ...slice, measure: 'received', heading: null } as const;
	switch (rule.base) {
		case 'last_instalment': {
			const days = [...new Set(received)].sort();
			const last = days.at(-1);
			return {
				counted,
				base: last === undefined ? [] : plus([{ ...receipts, from: last, to: last }]),
				before: last === undefined || days.length < 2 ? [] : plus([{ ...receipts, to: addDays(last, -1) }])
			};
		}
		case 'instalments':
			return { counted, base: plus([receipts]), before: [] };
		case 'other_headings':
			return {
				counted,
				base: [
					...countedSlices({ ...rule, headings: [] }, slice),
					...counted.map((term): SignedSlice => ({ ...term, sign: -1 }))
				],
				before: []
			};
		case 'heading_budget': {
			const budget = plus([{ ...slice, measure: 'budget' }]);
			return { counted, base: budget, before: budget };
		}
		case 'agreement':
		case 'end_date':
		case null:
			return { counted, base: null, before: [] };
	}
}

function countedSlices({ kinds, bases, headings }: Omit<RuleTerms, 'base'>, slice: Slice): SignedSlice[] {
	const ofBases: (Basis | null)[] = bases.length === 0 ? [null] : [...bases];
	const ofHeadings = headings.length === 0 ? [slice.heading] : headings;
	return plus(
		kinds.flatMap((kind) =>
			ofHeadings.flatMap((heading) =>
				ofBases.map((basis) => ({ ...slice, measure: measureOfKind(kind), heading, basis }))
			)
		)
	);
}

function plus(slices: readonly Slice[]): SignedSlice[] {
	return slices.map((slice) => ({ slice, sign: 1 }));
}

/** Signed sum of the amounts there are; null where there is none at all: nothing was published, which is not zero. */
export function sumSigned(terms: readonly { sign: 1 | -1; amount: Decimal | null }[]): Decimal | null {
	let whole: Decimal | null = null;
	for (const { sign, amount } of terms) {
		if (amount === null) continue;
		whole = sign === 1 ? add(whole ?? '0', amount) : subtract(whole ?? '0', amount);
	}
	return whole;
}

/** A rule's four terms as amounts; null where a term is not published. `value` is in per cent. */
export type RuleAmounts = {
	counted: Decimal | null;
	base: Decimal | null;
	before: Decimal | null;
	value: Decimal;
};

export type RuleOutcome = {
	threshold: Decimal | null;
	/** What is missing to the threshold, or left below it; negative once it is passed. */
	distance: Decimal | null;
	/** In per cent, to be held against the rule's own value. */
	share: Decimal | null;
	/** Whether as much as the threshold has been counted. */
	reached: boolean | null;
};

/**
 * What comes of a rule. Each is null as soon as one of its terms is.
 * @param scale digits after the point of the currency: the threshold is rounded once, half to even
 */
export function evaluateRule({ counted, base, before, value }: RuleAmounts, scale: number): RuleOutcome {
	if (base === null || before === null)
		return { threshold: null, distance: null, share: null, reached: null };
	const threshold = add(before, divideHalfEven(multiply(value, base), '100', scale));
	if (counted === null) return { threshold, distance: null, share: null, reached: null };
	return {
		threshold,
		distance: subtract(threshold, counted),
		share: percentOf(subtract(counted, before), base, PERCENT_SCALE),
		reached: compare(counted, threshold) >= 0
	};
}

/** A forecast this far away says nothing. */
const FURTHEST_DAYS = 36_525;

/**
 * The day on which what is missing will have been counted, at the pace of the days before: the last of these days and as
 * many more as it takes, rounded up. Null where nothing was counted on them, or it would take more than a century.
 * @param pace what was counted on how many days, the last of which is `until`
 */
export function forecastCrossing(
	missing: Decimal,
	pace: { counted: Decimal; days: number; until: Day }
): Day | null {
	if (compare(pace.counted, '0') <= 0) return null;
	if (compare(missing, '0') <= 0) return pace.until;
	const needed = multiply(missing, String(pace.days));
	if (compare(needed, multiply(pace.counted, String(FURTHEST_DAYS))) > 0) return null;
	const nearest = Number.parseInt(divideHalfEven(needed, pace.counted, 0), 10);
	const isEnough = compare(multiply(pace.counted, String(nearest)), needed) >= 0;
	return addDays(pace.until, isEnough ? nearest : nearest + 1);
}
