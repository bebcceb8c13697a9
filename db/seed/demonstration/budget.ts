import { spread, total, toCents, type Cents } from './cents.ts';
import { draft, whole, type Draft, type Split } from './draft.ts';
import {
	COUNTRIES,
	PROGRAMME,
	PUBLISHED,
	QUARTERS,
	monthOf,
	quarterName,
	quarterOf,
	quarterSpan
} from './frame.ts';
import type { Random } from './random.ts';
import { percentages } from './regions.ts';

/** Lines are planned in hundreds of euro; the odd rest of the published total stands on the last one. */
const STEP = toCents('100');
/** The first quarter of the revised budget: the third of 2017. */
const REVISED_FROM = 8;

export const BUDGET_VERSIONS = [
	{ key: 'DEMO-B1', number: 1, posting: 0, validFrom: '2015-07-01', approved: '2015-07-20', replaces: null },
	{
		key: 'DEMO-B2',
		number: 2,
		posting: 3,
		validFrom: '2017-07-01',
		approved: '2017-07-10',
		replaces: 'DEMO-B1'
	}
] as const;

type Line = { activity: string; quarter: number; weight: number };

/**
 * The budget by output and quarter, and the revision of July 2017 that replaces the lines from then on. What
 * counts adds up to the published EUR 11 000 000, before and after.
 */
export function planBudget(random: Random, costs: readonly Draft[]): Draft[] {
	const sizes = sizesOf(costs);
	const first = [...sizes].flatMap(([activity, quarters]) => planEvenly(random, activity, quarters));
	const original = writeVersion(0, first, PUBLISHED.budgetDirect, PUBLISHED.budgetIndirect);
	const kept = original.filter((line) => quarterOf(monthOf(line.from)) < REVISED_FROM);
	const keptIn = (indirect: boolean) =>
		total(kept.filter((line) => (line.heading === 'indirect') === indirect).map((line) => line.amount));
	const second = [...sizes].flatMap(([activity, quarters]) => planAsSpent(random, activity, quarters));
	const revised = writeVersion(
		1,
		second,
		PUBLISHED.budgetDirect - keptIn(false),
		PUBLISHED.budgetIndirect - keptIn(true)
	);
	return [...original, ...revised];
}

/** What is going to be spent, by output and quarter, in euro. */
function sizesOf(costs: readonly Draft[]): Map<string, number[]> {
	const sizes = new Map<string, number[]>();
	for (const cost of costs.filter((entry) => !entry.exchangeDifference)) {
		const quarters = sizes.get(cost.activity) ?? Array.from({ length: QUARTERS }, () => 0);
		quarters[quarterOf(monthOf(cost.from))]! += Number(cost.eur) / 100;
		sizes.set(cost.activity, quarters);
	}
	return sizes;
}

/** Things that are bought are planned twice a year. */
const isPlanned = (activity: string, quarter: number) =>
	!/-(supplies|equipment)$/.test(activity) || quarter % 2 === 0;

/** The first plan: work everywhere from the beginning of 2016, evenly to the end. */
function planEvenly(random: Random, activity: string, quarters: readonly number[]): Line[] {
	const size = quarters.reduce((sum, quarter) => sum + quarter, 0);
	const lines: Line[] = [];
	for (let quarter = activity.includes(PROGRAMME) ? 0 : 2; quarter < QUARTERS; quarter += 1) {
		if (!isPlanned(activity, quarter)) continue;
		const share = (quarter === QUARTERS - 1 ? 0.3 : 1) * (0.85 + random.next() * 0.3);
		lines.push({ activity, quarter, weight: size * share });
	}
	return lines;
}

/** The revision: closer to what came of it. */
function planAsSpent(random: Random, activity: string, quarters: readonly number[]): Line[] {
	const left = quarters.slice(REVISED_FROM).reduce((sum, quarter) => sum + quarter, 0);
	const lines: Line[] = [];
	for (let quarter = REVISED_FROM; quarter < QUARTERS; quarter += 1) {
		if (!isPlanned(activity, quarter)) continue;
		const share = quarter === QUARTERS - 1 ? 0.035 : 0.12;
		const weight = (left * share + quarters[quarter]!) * (0.9 + random.next() * 0.2);
		lines.push({ activity, quarter, weight });
	}
	return lines;
}

function writeVersion(version: 0 | 1, lines: readonly Line[], direct: Cents, indirect: Cents): Draft[] {
	const amounts = spread(
		direct / STEP,
		lines.map(({ weight }) => weight)
	).map((hundreds) => hundreds * STEP);
	amounts[amounts.length - 1]! += direct % STEP;
	const perQuarter = new Map<number, Cents>();
	for (const [index, { quarter }] of lines.entries()) {
		perQuarter.set(quarter, (perQuarter.get(quarter) ?? 0n) + amounts[index]!);
	}
	const quarters = [...perQuarter].toSorted(([one], [other]) => one - other);
	const overheads = spread(
		indirect,
		quarters.map(([, amount]) => Number(amount) / 100)
	);
	return [
		...lines.map(({ activity, quarter }, index) => writeLine(version, activity, quarter, amounts[index]!)),
		...quarters.map(([quarter], index) =>
			writeLine(version, `DEMO-${PROGRAMME}-indirect`, quarter, overheads[index]!)
		)
	].filter((line) => line.amount !== 0n);
}

function writeLine(version: 0 | 1, activity: string, quarter: number, amount: Cents): Draft {
	const { key, number, posting } = BUDGET_VERSIONS[version];
	const span = quarterSpan(quarter);
	const [, where = '', heading = ''] = activity.split('-');
	return draft({
		...span,
		kind: 'budget',
		activity,
		amount,
		known: posting,
		budgetVersion: key,
		heading,
		countries: where === PROGRAMME ? EVERYWHERE : whole(where),
		basis: 'not_stated',
		reference: `B${number}-${quarterName(quarter)}-${where}-${heading}`
	});
}

const EVERYWHERE: Split = {
	shares: percentages(
		COUNTRIES,
		COUNTRIES.map(() => 1)
	),
	basis: 'apportioned',
	key: 'equal shares of the 13 countries'
};
