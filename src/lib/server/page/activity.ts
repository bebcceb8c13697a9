import type { Question } from '#lib/server/answer.ts';
import { findActivity } from '#lib/server/facts/activity.ts';
import { listNearby, listResultsOf, readDetails } from '#lib/server/facts/activity-details.ts';
import { listClaims, type Claim } from '#lib/server/facts/claims.ts';
import { labelsOf } from '#lib/server/facts/names.ts';
import { findNeighbours } from '#lib/server/facts/neighbours.ts';
import { readPostings } from '#lib/server/facts/posting.ts';
import { totals } from '#lib/server/ledger/total.ts';
import type { Decimal } from '#lib/money/decimal.ts';
import type { Measure, Slice, Total } from '#lib/slice/slice.ts';
import { openSlice, readPublishedAmounts } from './money.ts';
import { refuseRestrictions } from './restrictions.ts';

/** What entries can hang on an activity: only measures that have some are shown. */
const MEASURES = [
	'spent',
	'committed',
	'budget',
	'received',
	'returned',
	'contribution_committed',
	'disbursement'
] as const satisfies readonly Measure[];

/** One activity with its figures. Null for a number that names none, or an invented one that is hidden. */
export async function readActivity(question: Question<never>, id: string) {
	refuseRestrictions(question);
	const { db, at, slice, demonstration } = question;
	const activity = /^[1-9]\d{0,17}$/.test(id) ? await findActivity(db, at, id) : null;
	const invented = activity?.nature === 'demonstration';
	if (activity === null || (invented && !demonstration)) return null;
	// The activity may be of a project beside the portfolio that the page is looked at in.
	const own = openSlice(question, { portfolio: 'all', activity: id });
	const codes = [
		...activity.recipients,
		...activity.participants_from,
		...activity.hosts,
		...activity.locations.map(({ country }) => country)
	];
	const [names, claims, neighbours, nearby, published, money, details, results, postings] = await Promise.all(
		[
			labelsOf(db, 'country', codes),
			invented ? [] : listClaims(db, at, 'activity', activity.key),
			invented ? { previous: null, next: null } : findNeighbours(db, at, id),
			invented ? [] : listNearby(db, at, id),
			invented ? [] : readPublishedAmounts(question, own, ['spent']),
			readMoney(question, { ...own, nature: invented ? 'demonstration' : 'published' }),
			readDetails(db, at, activity),
			invented ? { results: [], more: 0 } : listResultsOf(db, at, id),
			readPostings(db, slice.asof, slice.version)
		]
	);
	return {
		activity,
		neighbours,
		nearby,
		published,
		money,
		details,
		results,
		slice: own,
		countries: Object.fromEntries(names),
		statements: groupsOf(claims),
		contributions: contributionsOf(claims, at.loadedOn === null),
		posting: postings[invented ? 'demonstration' : 'published'],
		loadedOn: at.loadedOn,
		asof: slice.asof
	};
}

async function readMoney(
	{ db }: Pick<Question<never>, 'db'>,
	slice: Slice
): Promise<{ slice: Slice; total: Total }[]> {
	const sums = await totals(db, slice, MEASURES);
	return MEASURES.map((measure) => ({ slice: { ...slice, measure }, total: sums[measure] })).filter(
		({ total: sum }) => sum.entries > 0 || sum.notCounted.length > 0
	);
}

/** All that is stated on one property of the activity, the chosen value first. */
export type StatementGroup = { property: string; claims: Claim[] };

function groupsOf(claims: readonly Claim[]): StatementGroup[] {
	const groups = new Map<string, Claim[]>();
	for (const claim of claims) {
		// What a co-funder gave stands with the co-funder.
		if (claim.property === 'contribution') continue;
		groups.set(claim.property, [...(groups.get(claim.property) ?? []), claim]);
	}
	return [...groups].map(([property, of]) => ({ property, claims: of }));
}

/** What is stated of a co-funder's part; null where no amount was published. */
export type Contribution = {
	claim: string;
	amount: Decimal | null;
	currency: string;
	qualifier: string | null;
};

/** The statement about each co-funder's part, by organisation. */
function contributionsOf(claims: readonly Claim[], known: boolean): Record<string, Contribution> {
	return Object.fromEntries(
		claims.flatMap(({ property, party_id, chosen, claim_id, value, unit, qualifier }) =>
			property === 'contribution' && party_id !== null && chosen
				? [[party_id, { claim: claim_id, amount: known ? value : null, currency: unit ?? '', qualifier }]]
				: []
		)
	);
}
