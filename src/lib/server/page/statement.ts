import type { Question } from '#lib/server/answer.ts';
import { readPostings, type PostingStamp } from '#lib/server/facts/posting.ts';
import type { Nature, Slice } from '#lib/slice/slice.ts';
import {
	CONTRIBUTION_MEASURES,
	POOLED_MEASURES,
	readContributions,
	type ContributionMeasure,
	type ContributionSums,
	type Pool,
	type PooledMeasure,
	type PooledShare
} from './contributions.ts';
import { readExchange, type Exchange } from './exchange.ts';
import { openSlice } from './money.ts';
import { readKinds, readPaidFor } from './report.ts';

type Kinds = Awaited<ReturnType<typeof readKinds>>;
type PaidFor = Awaited<ReturnType<typeof readPaidFor>>;

/** One contribution of a funder with what became of it. `slice` with a measure of its own is what each figure answers. */
export type OwnContribution = ContributionSums & {
	agreement: string;
	/** Its part of the pool's spending, told by its receipts; null where it has none. */
	share: PooledShare | null;
	kinds: Kinds;
	paidFor: PaidFor;
	/** How it agrees in euro and in dollars; null where there is too much to tell. */
	exchange: Exchange<ContributionMeasure> | null;
};

/** What a funder paid into the pool, and what the pool as a whole paid for: that is attributed to nobody. */
export type OwnPart = ContributionSums & {
	share: PooledShare | null;
	pool: Pick<Pool, 'slice' | 'sums'>;
	kinds: Kinds;
	paidFor: PaidFor;
	exchange: Exchange<PooledMeasure> | null;
	/** The same of what the pool as a whole paid for. */
	poolExchange: Exchange<'spent'> | null;
};

/** A funder's contributions of one nature. */
export type FunderMoney = {
	slice: Slice;
	contributions: OwnContribution[];
	pooled: OwnPart | null;
	posting: PostingStamp | null;
};

/** The contributions of one organisation of one nature, each with what it paid for. */
export async function readFunderMoney(
	question: Question<never>,
	id: string,
	nature: Nature
): Promise<FunderMoney> {
	const { db } = question;
	const slice = openSlice(question, { nature });
	const [{ contributions, pool }, postings] = await Promise.all([
		readContributions(db, slice),
		readPostings(db, question.slice.asof, question.slice.version)
	]);
	const detail = async (line: ContributionSums) => {
		const spent: Slice = { ...line.slice, measure: 'spent' };
		const [kinds, paidFor] = await Promise.all([
			readKinds(db, { slice: spent, entries: line.sums.spent?.entries ?? 0 }),
			readPaidFor(db, spent)
		]);
		return { kinds, paidFor };
	};
	const own = contributions.filter(({ funder }) => funder?.id === id);
	const part = pool?.providers.find(({ funder }) => funder?.id === id);
	return {
		slice,
		contributions: await Promise.all(
			own.map(async (line) => ({
				...line,
				...(await detail(line)),
				exchange: await readExchange(db, line.slice, CONTRIBUTION_MEASURES)
			}))
		),
		pooled:
			pool && part
				? {
						...part,
						pool,
						...(await detail(pool)),
						exchange: await readExchange(db, part.slice, POOLED_MEASURES),
						poolExchange: await readExchange(db, pool.slice, ['spent'])
					}
				: null,
		posting: postings[nature]
	};
}
