import { m } from '#lib/paraglide/messages.js';
import type { ProjectLine } from '#lib/server/page/projects.ts';
import type { StatedAmount } from '#lib/server/page/published.ts';
import { activityStatusLabel } from '#lib/words/activity.ts';
import { fundingKindLabel, relationLabel } from '#lib/words/fact.ts';
import { formatPeriodOf } from './project-period.ts';

/** A line of the list of projects in words, so that the glossary need not travel to the browser. */
export type LabelledLine = {
	key: string;
	name: string;
	/** The long name, where the project goes by a short one. */
	long: string | null;
	relation: string | null;
	period: string | null;
	status: string | null;
	lead: string | null;
	funders: string;
	budget: StatedAmount | null;
	/** What the source calls the budget: total budget, contribution ... */
	kind: string | null;
};

/** Lines of projects in the visitor's language. */
export function labelLines(lines: readonly ProjectLine[]): LabelledLine[] {
	return lines.map((line) => ({
		key: line.key,
		name: line.short_name ?? line.name,
		long: line.short_name === null ? null : line.name,
		relation: line.relation && relationLabel(line.relation),
		period: formatPeriodOf(line),
		status: line.status && activityStatusLabel(line.status),
		lead: line.lead,
		funders: line.funders.join(m.words_slice_join()),
		budget: line.budget,
		kind: line.budget?.stated_as ? fundingKindLabel(line.budget.stated_as) : null
	}));
}
