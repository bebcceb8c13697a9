import type { Question } from '#lib/server/answer.ts';
import { total, totals } from '#lib/server/ledger/total.ts';
import type { Decimal } from '#lib/money/decimal.ts';
import { defaultSlice } from '#lib/slice/codec.ts';
import type { Measure, Nature, Slice } from '#lib/slice/slice.ts';

type Asked = Pick<Question<never>, 'db' | 'slice' | 'runtime' | 'demonstration'>;

/** What a page's figures start from: the portfolio, day and currency asked for, and nothing else. */
export function openSlice(
	{ slice, runtime }: Pick<Asked, 'slice' | 'runtime'>,
	change: Partial<Slice> = {}
): Slice {
	const { portfolio, asof, version, currency } = slice;
	return {
		...defaultSlice(runtime.configuration.portfolio),
		portfolio,
		asof,
		version,
		currency,
		...change
	};
}

/**
 * Whose money a page breaks down. Published spending, once a portfolio has any, takes the place of its demonstration
 * everywhere; until then the demonstration, where it may be shown, else none.
 * @throws UnknownKeyError for a portfolio that does not exist
 */
export async function natureOfMoney(question: Asked): Promise<Nature | null> {
	const published = await total(question.db, openSlice(question, { asof: null, version: null }));
	if (published.entries > 0) return 'published';
	return question.demonstration ? 'demonstration' : null;
}

/** Published amounts of a slice by measure; null where nothing of the kind was published. */
export async function readPublishedAmounts<M extends Measure>(
	{ db }: Pick<Asked, 'db'>,
	slice: Slice,
	measures: readonly M[]
): Promise<{ measure: M; amount: Decimal | null }[]> {
	const sums = await totals(db, { ...slice, nature: 'published' }, measures);
	return measures.map((measure) => ({ measure, amount: sums[measure].amount }));
}
