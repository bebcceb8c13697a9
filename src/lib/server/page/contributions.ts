import type { Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { listContributionParties } from '#lib/server/facts/contribution-parties.ts';
import { labelsOf } from '#lib/server/facts/names.ts';
import { breakdowns } from '#lib/server/ledger/breakdown.ts';
import { totals } from '#lib/server/ledger/total.ts';
import { percentOf, sign, sum } from '#lib/money/decimal.ts';
import type { Decimal } from '#lib/money/decimal.ts';
import { spreadLike } from '#lib/money/share.ts';
import { FORMULAS } from '#lib/slice/formula.ts';
import type { Measure, Slice, Sum } from '#lib/slice/slice.ts';

export const CONTRIBUTION_MEASURES = [
	'contribution_pledged',
	'contribution_committed',
	'received',
	'spent',
	'returned'
] as const satisfies readonly Measure[];
export type ContributionMeasure = (typeof CONTRIBUTION_MEASURES)[number];

/** Money of one contribution. `slice` with a measure of its own is what each figure answers. */
export type ContributionSums = {
	slice: Slice;
	sums: Partial<Record<ContributionMeasure, Sum>>;
	/** Received less used and returned; null where nothing was received or used. */
	balance: Decimal | null;
};
/** A part of the pool's spending, told by a key and never booked so: only the pro-rata view shows it. */
export type PooledShare = { slice: Slice; receipts: Decimal; percent: Decimal; amount: Decimal };
export type Contribution = ContributionSums & {
	key: string;
	funder: { id: string | null; name: string } | null;
	/** The agreement that spending is charged to. */
	agreement: string;
	share: PooledShare | null;
};
/** Money that names no agreement: pooled, with those who gave it. What was spent of it is attributed to none of them. */
export type Pool = ContributionSums & {
	providers: (ContributionSums & {
		key: string;
		funder: { id: string; name: string } | null;
		share: PooledShare | null;
	})[];
};
export type Contributions = {
	contributions: Contribution[];
	pool: Pool | null;
	total: ContributionSums;
};

/**
 * Every contribution of a slice with what became of it. Spending belongs to the contribution whose agreement its entries
 * name; what names none is pooled.
 * @param slice of one nature; its measure and agreement do not matter
 */
export async function readContributions(db: Kysely<DB>, slice: Slice): Promise<Contributions> {
	const whole: Slice = { ...slice, agreement: null };
	const pooled: Slice = { ...slice, agreement: 'none' };
	const [sums, ofAgreements, ofProviders] = await Promise.all([
		totals(db, whole, CONTRIBUTION_MEASURES),
		breakdowns(db, whole, CONTRIBUTION_MEASURES, ['agreement']),
		breakdowns(db, pooled, Object.values(OF_PROVIDER), ['provider'])
	]);
	const cuts = CONTRIBUTION_MEASURES.map((measure) => ({
		measure,
		total: sums[measure],
		byAgreement: ofAgreements[measure],
		byProvider: measure === 'spent' ? [] : ofProviders[OF_PROVIDER[measure]]
	}));
	const keys = keysIn(cuts.map(({ byAgreement }) => byAgreement));
	const sumsOf = (key: string | null, by: 'byAgreement' | 'byProvider') =>
		Object.fromEntries(
			cuts.flatMap(({ measure, [by]: rows }) => {
				const row = rows.find(({ keys }) => (keys[0] ?? null) === key);
				return row ? [[measure, row]] : [];
			})
		) as ContributionSums['sums'];
	const agreements = keys.filter((key) => key !== null);
	const providers = keysIn(cuts.map(({ byProvider }) => byProvider));
	const [parties, names] = await Promise.all([
		listContributionParties(db, slice.nature, agreements),
		labelsOf(db, 'provider', providers)
	]);
	const contributions = agreements.map((key): Contribution => {
		const party = parties.get(key);
		return {
			key,
			funder: party?.funder ? { id: party.funder_id, name: party.funder } : null,
			agreement: party?.title ?? key,
			...withBalance({ ...whole, agreement: key }, sumsOf(key, 'byAgreement')),
			share: null
		};
	});
	const pool: Pool | null = keys.includes(null)
		? {
				...withBalance(pooled, sumsOf(null, 'byAgreement')),
				providers: providers.map((key) => ({
					key: key ?? 'none',
					funder: key === null ? null : { id: key, name: names.get(key) ?? key },
					slice: { ...pooled, organisation: key ?? 'none', part: 'provider' as const },
					sums: sumsOf(key, 'byProvider'),
					balance: null,
					share: null
				}))
			}
		: null;
	const all = Object.fromEntries(
		cuts.flatMap(({ measure, total: sum }) => (sum.entries > 0 ? [[measure, sum]] : []))
	) as ContributionSums['sums'];
	const found = { contributions, pool, total: withBalance(whole, all) };
	sharePool(found, slice.currency);
	return found;
}

/** What is told of a provider without an agreement: what it got back, by its own receipts. What was spent is nobody's. */
const OF_PROVIDER = {
	contribution_pledged: 'contribution_pledged',
	contribution_committed: 'contribution_committed',
	received: 'received',
	returned: 'returned_receipts'
} as const satisfies Record<Exclude<ContributionMeasure, 'spent'>, Measure>;

export const POOLED_MEASURES = Object.values(OF_PROVIDER);
export type PooledMeasure = (typeof POOLED_MEASURES)[number];

function keysIn(rows: readonly (readonly { keys: (string | null)[] }[])[]): (string | null)[] {
	return [...new Set(rows.flat().map(({ keys }) => keys[0] ?? null))].sort((a, b) =>
		a === null ? 1 : b === null || a < b ? -1 : 1
	);
}

function withBalance(slice: Slice, sums: ContributionSums['sums']): ContributionSums {
	const { received, spent, returned } = sums;
	return {
		slice,
		sums,
		balance: FORMULAS.contribution_balance.evaluate({
			received: received?.amount ?? null,
			spent: spent?.amount ?? null,
			returned: returned?.amount ?? null
		})
	};
}

/**
 * Shares the pool's spending out by receipts to date: of those who paid into the pool, or where nobody did, of all
 * contributions. The parts add up to the pool's spending to the cent.
 */
function sharePool({ contributions, pool }: Contributions, currency: string): void {
	const spent = pool?.sums.spent?.amount;
	if (!pool || spent == null) return;
	const paying = (lines: (ContributionSums & { share: PooledShare | null })[]) =>
		lines.flatMap((line) => {
			const receipts = line.sums.received?.amount;
			return receipts != null && sign(receipts) > 0 ? [{ line, amount: receipts }] : [];
		});
	const own = paying(pool.providers);
	const sharing = own.length > 0 ? own : paying(contributions);
	if (sharing.length === 0) return;
	const receipts = sum(sharing.map(({ amount }) => amount));
	spreadLike(spent, sharing, currency).forEach((amount, index) => {
		const { line, amount: own } = sharing[index]!;
		const percent = percentOf(own, receipts, 1)!;
		line.share = { slice: line.slice, receipts: own, percent, amount };
	});
}

/** The share that the pro-rata view shows for one contribution; null where it has none. */
export async function readPooledShare(db: Kysely<DB>, slice: Slice): Promise<Decimal | null> {
	const base: Slice = { ...slice, organisation: null, part: 'provider', agreement: null };
	const { contributions, pool } = await readContributions(db, base);
	const line =
		slice.agreement === 'none'
			? pool?.providers.find(({ key }) => key === slice.organisation)
			: contributions.find(({ key }) => key === slice.agreement);
	return line?.share?.amount ?? null;
}
