import { error } from '@sveltejs/kit';
import type { Question } from '#lib/server/answer.ts';
import { labelsOf } from '#lib/server/facts/names.ts';
import { readPostings } from '#lib/server/facts/posting.ts';
import { findProject } from '#lib/server/facts/projects.ts';
import { totals } from '#lib/server/ledger/total.ts';
import type { Decimal } from '#lib/money/decimal.ts';
import { daysOfPeriod, FORMULAS, type TermValues } from '#lib/slice/formula.ts';
import { valuesOf } from '#lib/slice/parameter.ts';
import type { Dimension, Slice, Total } from '#lib/slice/slice.ts';
import { readPartSort, sortParts } from './part-sort.ts';
import { sliceOfProject } from './published.ts';
import { refuse } from './refuse.ts';
import { refuseRestrictions } from './restrictions.ts';
import { measureParts, readParts } from './spending.ts';
import { readTiming } from './timing.ts';

/** One step of the way down: the whole, a country of it, a heading of that. */
export type DrillStep = {
	/** What the step restricts; null for the whole project. */
	field: 'country' | 'heading' | null;
	label: string;
	slice: Slice;
	totals: { spent: Total; budget: Total };
	formulas: { spent_share: Decimal | null; gap: Decimal | null };
};

/**
 * A project's spending taken apart step by step: by country, in a country by heading (or the other way round, as the
 * address has it), in both by quarter. The parts of a step add up to it with the part left over. 404 for no such project.
 */
export async function readDrill(question: Question<never>, key: string) {
	refuseRestrictions(question, ['country', 'heading']);
	const sort = readPartSort(question.view);
	const { db, at, slice: asked } = question;
	const project = await findProject(db, at, key);
	if (project === null) error(404, { message: 'no such project' });
	const { nature, country, heading } = asked;
	refuseSeveral('country', country);
	refuseSeveral('heading', heading);
	const whole: Slice = { ...(await sliceOfProject(question, project.key)), nature };
	const [timing, postings, countries, headings] = await Promise.all([
		readTiming(db, project, whole),
		readPostings(db, asked.asof, asked.version),
		labelsOf(db, 'country', [country]),
		labelsOf(db, 'heading', [heading])
	]);
	const days = timing ? daysOfPeriod(timing.period, timing.until) : {};
	const slices = [
		{ field: null, label: project.short_name ?? project.name, slice: whole },
		...(country === null
			? []
			: [{ field: 'country' as const, label: countries.get(country) ?? '', slice: { ...whole, country } }]),
		...(heading === null
			? []
			: [
					{
						field: 'heading' as const,
						label: headings.get(heading) ?? '',
						slice: { ...whole, country, heading }
					}
				])
	];
	const steps = await Promise.all(
		slices.map(async (step): Promise<DrillStep> => ({
			...step,
			...(await measureStep(db, step.slice, days))
		}))
	);
	const { slice } = steps.at(-1)!;
	const by = nextCut(slice);
	const parts = measureParts(await readParts(db, slice, by, true), days);
	return {
		project: { key: project.key, name: project.short_name ?? project.name },
		steps,
		by,
		sort,
		// Quarters follow each other; anything else is in the order asked for.
		parts: by === 'quarter' ? parts : sortParts(parts, sort),
		posting: postings[nature],
		asof: asked.asof
	};
}

/** A step goes down into one part: 400 for an address that names several. */
function refuseSeveral(parameter: string, value: string | null): void {
	if (value === null || valuesOf(value).length === 1) return;
	refuse(parameter, value, 'not_one_of');
}

async function measureStep(db: Question<never>['db'], slice: Slice, days: TermValues) {
	const { spent, budget } = await totals(db, slice, ['spent', 'budget']);
	const values = { ...days, spent: spent.amount, budget: budget.amount };
	return {
		totals: { spent, budget },
		formulas: {
			spent_share: FORMULAS.spent_share.evaluate(values),
			gap: FORMULAS.gap.evaluate(values)
		}
	};
}

function nextCut({ country, heading }: Slice): Extract<Dimension, 'country' | 'heading' | 'quarter'> {
	if (country === null) return 'country';
	return heading === null ? 'heading' : 'quarter';
}
