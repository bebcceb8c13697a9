import { drawDifferent, createDraws, type Digest } from './draws.ts';
import type { Item } from './item.ts';
import { createWalk, monetaryByInterval, monetaryBySize, type Monetary } from './monetary.ts';
import type { Plan } from './plan.ts';
import { allocate, type Stratum } from './strata.ts';
import { createSurvey, type Survey } from './survey.ts';

/** Why an item is in a sample: drawn as the `at`th, taken whole, or for the unit of money `at`. */
export type Chosen = { how: 'draw' | 'top' | 'unit'; at: string };

/** How a sample comes about, with every number that it takes to do it again by hand. */
export type Design =
	| { method: 'random'; items: number; drawn: number }
	| { method: 'stratified'; items: number; drawn: number; strata: Stratum[] }
	| { method: 'monetary'; items: number; drawn: number; survey: Survey; monetary: Monetary };

/** What has to be known of a population before this sample can be drawn; null where the number of items is enough. */
export function surveyFor(plan: Plan): ReturnType<typeof createSurvey> | null {
	switch (plan.method) {
		case 'random':
			return null;
		case 'stratified':
			return createSurvey({ largest: 0, least: null });
		case 'monetary':
			return createSurvey({ largest: plan.size ?? 0, least: plan.interval });
	}
}

/** The numbers of a sample, drawn by its seed. */
export type Drawing = {
	design: Design;
	/** Begins at the first item: tells of each in turn, in the order of the population, whether it is chosen. */
	begin(): (item: Item) => Chosen | null;
};

/**
 * Draws a sample by its seed and nothing else.
 * @param survey of the same population; for a random sample the number of its items is enough
 */
export function drawSample(plan: Plan, survey: Pick<Survey, 'items'> | Survey, digest: Digest): Drawing {
	const draws = createDraws(plan.seed, digest);
	const { items } = survey;
	if (plan.method === 'random') {
		const drawn = drawDifferent(draws, plan.size, items);
		return {
			design: { method: 'random', items, drawn: drawn.size },
			begin: () => takeInTurn([['', drawn]], () => '')
		};
	}
	const known = survey as Survey;
	if (plan.method === 'stratified') {
		const strata = allocate(plan.size, known.strata);
		const drawn = strata.map(
			({ stratum, items: count, drawn: size }) => [stratum, drawDifferent(draws, size, count)] as const
		);
		const size = strata.reduce((sum, stratum) => sum + stratum.drawn, 0);
		return {
			design: { method: 'stratified', items, drawn: size, strata },
			begin: () => takeInTurn(drawn)
		};
	}
	const monetary =
		plan.interval === null
			? monetaryBySize(plan.size, known, draws)
			: monetaryByInterval(plan.interval, known, draws);
	return {
		design: {
			method: 'monetary',
			items,
			drawn: monetary.top + Number(monetary.hits),
			survey: known,
			monetary
		},
		begin() {
			const walk = createWalk(monetary);
			return ({ amount }) => walk(amount);
		}
	};
}

/** Counts the items of each stratum and takes those whose place in it was drawn. */
function takeInTurn(
	drawn: readonly (readonly [stratum: string, places: ReadonlyMap<number, number>])[],
	stratumOf = ({ stratum }: Item) => stratum
): (item: Item) => Chosen | null {
	const places = new Map(drawn);
	const seen = new Map<string, number>();
	return (item) => {
		const stratum = stratumOf(item);
		const place = seen.get(stratum) ?? 0;
		seen.set(stratum, place + 1);
		const at = places.get(stratum)?.get(place);
		return at === undefined ? null : { how: 'draw', at: String(at) };
	};
}
