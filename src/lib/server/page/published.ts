import type { Question } from '#lib/server/answer.ts';
import { isSameValue, listClaims, type Claim } from '#lib/server/facts/claims.ts';
import { listProjects, type Project } from '#lib/server/facts/projects.ts';
import { totals } from '#lib/server/ledger/total.ts';
import type { Decimal } from '#lib/money/decimal.ts';
import { defaultSlice } from '#lib/slice/codec.ts';
import { FORMULAS, type TermValues } from '#lib/slice/formula.ts';
import type { Measure, Slice } from '#lib/slice/slice.ts';

/** One stated amount and how many other values are stated for the same. */
export type StatedAmount = {
	claim: string;
	amount: Decimal | null;
	currency: string;
	qualifier: string | null;
	party: string | null;
	stated_as: string | null;
	rivals: number;
};

/** What is published of a project's money: stated amounts, and what its published ledger holds. */
export type PublishedMoney = {
	/** Every total and formula is of this slice with its own measure. */
	slice: Slice;
	budget: StatedAmount | null;
	contributions: StatedAmount[];
	unattributed: StatedAmount | null;
	totals: Record<PublishedMeasure, Decimal | null>;
	balance: Decimal | null;
	/** Set where the day asked for lies before anything was loaded here: then no amount can be told. */
	notLoadedBefore: string | null;
};

const MEASURES = [
	'budget',
	'received',
	'contribution_committed',
	'spent',
	'returned'
] as const satisfies readonly Measure[];
type PublishedMeasure = (typeof MEASURES)[number];

/** The slice of one project's published money: in the portfolio asked for where it holds the project, else in all. */
export async function sliceOfProject(
	{ db, at, slice, runtime }: Pick<Question<never>, 'db' | 'at' | 'slice' | 'runtime'>,
	key: string
): Promise<Slice> {
	const held = await listProjects(db, at, slice.portfolio);
	const portfolio = held.some((project) => project.key === key) ? slice.portfolio : 'all';
	const { asof, version, currency } = slice;
	return {
		...defaultSlice(runtime.configuration.portfolio),
		portfolio,
		project: key,
		asof,
		version,
		currency
	};
}

/** The published money of a project. Before the first load no amount is told, because nothing was known here then. */
export async function readPublishedMoney(
	{ db, at }: Pick<Question<never>, 'db' | 'at'>,
	project: Project,
	slice: Slice
): Promise<PublishedMoney> {
	const [claims, sums] = await Promise.all([
		listClaims(db, at, 'project', project.key),
		totals(db, slice, MEASURES)
	]);
	const values: TermValues = Object.fromEntries(MEASURES.map((measure) => [measure, sums[measure].amount]));
	const known = at.loadedOn === null;
	return {
		slice,
		...statedMoney(claims, known),
		totals: values as PublishedMoney['totals'],
		balance: FORMULAS.cash_balance.evaluate(values),
		notLoadedBefore: at.loadedOn
	};
}

/** The chosen amounts among a project's claims. */
export function statedMoney(
	claims: readonly Claim[],
	known: boolean
): Pick<PublishedMoney, 'budget' | 'contributions' | 'unattributed'> {
	const stated = (property: string) =>
		claims
			.filter((claim) => claim.property === property && claim.chosen)
			.map((claim) => statedAmount(claim, claims, known));
	return {
		budget: stated('budget_total')[0] ?? null,
		contributions: stated('contribution'),
		unattributed: stated('contribution_unattributed')[0] ?? null
	};
}

function statedAmount(claim: Claim, claims: readonly Claim[], known: boolean): StatedAmount {
	const rivals = claims.filter(
		(other) =>
			!isSameValue(other, claim) &&
			other.subject_key === claim.subject_key &&
			other.property === claim.property &&
			other.party_id === claim.party_id
	);
	return {
		claim: claim.claim_id,
		amount: known ? claim.value : null,
		currency: claim.unit ?? '',
		qualifier: claim.qualifier,
		party: claim.party,
		stated_as: claim.stated_as,
		rivals: rivals.length
	};
}
