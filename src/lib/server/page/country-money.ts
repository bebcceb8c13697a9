import type { Question } from '#lib/server/answer.ts';
import { EVIDENCE_LIMIT } from '#lib/server/ledger/evidence.ts';
import { listCountryKeys } from '#lib/server/ledger/country-keys.ts';
import { total, totals } from '#lib/server/ledger/total.ts';
import type { Decimal } from '#lib/money/decimal.ts';
import { FORMULAS } from '#lib/slice/formula.ts';
import type { Allocation, Slice, Total } from '#lib/slice/slice.ts';
import { readParts, type SpendingPart } from './spending.ts';

export type CountryMoney = {
	/** Every figure is of this slice with its own measure and part. */
	slice: Slice;
	spent: Total;
	budget: Total;
	balance: Decimal | null;
	years: SpendingPart[];
	headings: SpendingPart[];
	partners: SpendingPart[];
	/** Null where there are too many rows to tell the two apart on a page. */
	allocations: { allocation: Allocation; sum: Total }[] | null;
	/** The keys by which larger amounts were shared out, as their source words them. */
	keys: string[];
};

/** The money of one country: what was spent and budgeted there, and every cut of it. */
export async function readCountryMoney(
	{ db }: Pick<Question<never>, 'db'>,
	slice: Slice
): Promise<CountryMoney> {
	const asSpent: Slice = { ...slice, measure: 'spent' };
	const { spent, budget } = await totals(db, slice, ['spent', 'budget']);
	const small = spent.entries <= EVIDENCE_LIMIT;
	const [years, headings, partners, allocations, keys] = await Promise.all([
		readParts(db, slice, 'year', true),
		readParts(db, slice, 'heading', true),
		readParts(db, slice, 'provider', false),
		small ? readAllocations(db, asSpent) : null,
		small ? listCountryKeys(db, asSpent) : []
	]);
	const balance = FORMULAS.budget_balance.evaluate({ spent: spent.amount, budget: budget.amount });
	return { slice, spent, budget, balance, years, headings, partners, allocations, keys };
}

async function readAllocations(
	db: Question<never>['db'],
	slice: Slice
): Promise<NonNullable<CountryMoney['allocations']>> {
	const ways = ['measured', 'apportioned'] as const satisfies readonly Allocation[];
	return Promise.all(
		ways.map(async (allocation) => ({ allocation, sum: await total(db, { ...slice, allocation }) }))
	);
}
