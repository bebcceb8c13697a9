import { hash } from 'node:crypto';
import type { Kysely } from 'kysely';
import { MOST_SAMPLED, type Plan } from '#lib/sample/plan.ts';
import { drawSample, surveyFor, type Chosen, type Drawing } from '#lib/sample/selection.ts';
import type { DB } from '#lib/server/database/schema.ts';
import { checksOf, type CheckResult } from '#lib/server/ledger/checks/list.ts';
import type { Slice } from '#lib/slice/slice.ts';
import { openExtract, type Extract, type Site } from '../extract.ts';
import { readPopulation, type PopulationItem } from './population.ts';

/** A population fixed at one state of the books, with the sample that a plan draws from it. */
export type Audit = {
	extract: Extract;
	plan: Plan;
	drawing: Drawing;
	/** The results of the checks of the same books. */
	checks(): Promise<CheckResult[]>;
};

/** An interval so small that more items than people can look at would be chosen. */
export class SampleTooLargeError extends Error {
	override name = 'SampleTooLargeError';
}

const digest = (text: string) => hash('sha256', text, 'hex');

/**
 * Fixes a population and draws its sample. Only where the method needs to know more of the population than its number of
 * items is it read for that, a batch at a time.
 * @throws UnknownKeyError for a key that names nothing, SampleTooLargeError
 */
export async function openAudit(db: Kysely<DB>, slice: Slice, plan: Plan, site: Site): Promise<Audit> {
	const extract = await openExtract(db, slice, site);
	const survey = surveyFor(plan);
	if (survey !== null) {
		for await (const batch of readPopulation(extract, stratumOf(plan), false))
			for (const item of batch) survey.add(item);
	}
	const known = survey?.result() ?? { items: extract.pinned.total.entries };
	const drawing = drawSample(plan, known, digest);
	// A size cannot ask for more; strata of one item each and a small interval can.
	if (drawing.design.drawn > MOST_SAMPLED) {
		throw new SampleTooLargeError(`this would draw ${drawing.design.drawn} items`);
	}
	return { extract, plan, drawing, checks: () => checksOf(db, extract.pinned.resolved) };
}

/** An item of a population in its place, from 1, and why it is in the sample, if it is. */
export type NumberedItem = PopulationItem & { number: number; chosen: Chosen | null };

/**
 * All items of a population in their order, with those of the sample marked.
 * @param lines whether each brings its line of a CSV file
 */
export async function* walkPopulation(
	{ extract, plan, drawing }: Audit,
	lines: boolean
): AsyncGenerator<NumberedItem[]> {
	const choose = drawing.begin();
	let number = 0;
	for await (const batch of readPopulation(extract, stratumOf(plan), lines)) {
		yield batch.map((item) => ({ ...item, number: ++number, chosen: choose(item) }));
	}
}

/** The items of a sample, in the order of the population. */
export async function readSample(audit: Audit, lines: boolean): Promise<NumberedItem[]> {
	const sample: NumberedItem[] = [];
	for await (const batch of walkPopulation(audit, lines)) {
		for (const item of batch) if (item.chosen !== null) sample.push(item);
	}
	return sample;
}

const stratumOf = (plan: Plan) => (plan.method === 'stratified' ? plan.by : null);
