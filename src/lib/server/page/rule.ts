import type { Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { Agreement, AgreementRule } from '#lib/server/facts/agreements.ts';
import { totalsBy } from '#lib/server/ledger/breakdown.ts';
import { total } from '#lib/server/ledger/total.ts';
import { minorUnit } from '#lib/money/currency.ts';
import { NONE } from '#lib/slice/parameter.ts';
import {
	evaluateRule,
	slicesOfRule,
	sumSigned,
	type RuleAmounts,
	type RuleOutcome,
	type SignedSlice
} from '#lib/slice/rule.ts';
import { BASES, CURRENCIES, type Currency, type Slice, type Total } from '#lib/slice/slice.ts';

/** One part of a rule's term: rows of the ledger, added or taken away. */
export type RuleTermLine = SignedSlice & { total: Total };

/** A rule held against the ledger. Amounts are in the slice's currency. */
export type MeasuredRule = RuleAmounts &
	RuleOutcome & {
		/** With the rule's key what each outcome opens to: the agreement's slice, with its heading for a rule on headings. */
		slice: Slice;
		terms: { counted: RuleTermLine[]; base: RuleTermLine[]; before: RuleTermLine[] };
		/** Entries of the kinds that count, on a basis that does not; only those there are. */
		leftOut: RuleTermLine[];
		/** Whether an amount could not be converted, so that no outcome is exact. */
		inexact: boolean;
	};

/** The slice of an agreement's money, in the currency of the agreement; null where the ledger converts to no such currency. */
export function sliceOfAgreement(slice: Slice, { key, currency }: Agreement): Slice | null {
	const known = CURRENCIES.find((code) => code === currency);
	return known === undefined ? null : { ...slice, agreement: key, currency: known satisfies Currency };
}

/**
 * Measures a rule whose threshold is a part of some money.
 * @param slice the agreement's slice; with a heading for a rule on each heading's budget
 * @param money whose rows are counted, where they are not the agreement's own
 */
export async function measureRule(
	db: Kysely<DB>,
	agreement: Agreement,
	rule: AgreementRule,
	slice: Slice,
	money: Slice = slice
): Promise<MeasuredRule> {
	const slices = slicesOfRule(rule, money, receiptDays(agreement));
	const askAll = (terms: readonly SignedSlice[]) =>
		Promise.all(terms.map(async (term) => ({ ...term, total: await totalOfTerm(db, term.slice) })));
	const [counted, base, before, leftOut] = await Promise.all([
		askAll(slices.counted),
		askAll(slices.base ?? []),
		askAll(slices.before),
		askAll(otherBases(rule, slices.counted))
	]);
	const amounts: RuleAmounts = {
		value: rule.value,
		counted: sumOf(counted),
		base: rule.base === 'agreement' ? agreement.amount : sumOf(base),
		before: slices.before.length === 0 ? '0' : sumOf(before)
	};
	return {
		...amounts,
		...evaluateRule(amounts, minorUnit(slice.currency)),
		slice,
		terms: { counted, base, before },
		leftOut: leftOut.filter((line) => line.total.entries > 0),
		inexact: [...counted, ...base, ...before].some((line) => line.total.unconverted.length > 0)
	};
}

/** Terms of rules differ by heading or basis, mostly by nothing else: those are one question. */
async function totalOfTerm(db: Kysely<DB>, slice: Slice): Promise<Total> {
	const by = slice.heading !== null ? 'heading' : slice.basis !== null ? 'basis' : null;
	if (by === null) return total(db, slice);
	const parts = await totalsBy(db, { ...slice, [by]: null }, by);
	const nothing: Total = {
		amount: null,
		entries: 0,
		unconverted: [],
		notCounted: [],
		currency: slice.currency
	};
	return parts.get(slice[by] === NONE ? null : slice[by]) ?? nothing;
}

/** Days on which an instalment came in, as the agreement's terms know them. */
function receiptDays({ instalments }: Agreement): string[] {
	return instalments.flatMap(({ received_on }) => received_on ?? []);
}

function sumOf(lines: readonly RuleTermLine[]) {
	return sumSigned(lines.map(({ sign, total: { amount } }) => ({ sign, amount })));
}

/** What counts but for its basis, where a rule allows some bases only. */
function otherBases({ bases }: AgreementRule, counted: readonly SignedSlice[]): SignedSlice[] {
	if (bases.length === 0) return [];
	const first = counted.filter(({ slice }) => slice.basis === bases[0]);
	return first.flatMap(({ slice, sign }) =>
		BASES.filter((basis) => !bases.includes(basis)).map((basis) => ({ sign, slice: { ...slice, basis } }))
	);
}
