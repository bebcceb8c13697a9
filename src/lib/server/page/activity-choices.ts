import { valuesOf } from '#lib/slice/parameter.ts';
import { labelsOf } from '#lib/server/facts/names.ts';
import { namesOfOrganisations } from '#lib/server/facts/organisations.ts';
import type { ActivityFilter } from '#lib/server/facts/activities.ts';
import { countYears, type Counted, type FacetCounts } from '#lib/server/facts/activity-facets.ts';
import { FACETS, type FacetName } from '#lib/server/facts/activity-filter.ts';
import type { ActivitiesQuestion } from './activities.ts';

/** One way to narrow the list, with how many activities it would leave. `none` stands for those without. */
export type FacetChoice = { value: string; label: string; activities: number };

/** What one facet offers, and how many more choices there are than it can list. */
export type Choices = { choices: FacetChoice[]; more: number };

/** A list of choices that is longer is no list to choose from: the rarest are left out, and it is said how many. */
const MOST_CHOICES = 200;

/** Facets of which several choices can be made, any of which matches. */
const SEVERAL: readonly FacetName[] = ['country', 'organisation'];

/** What each facet offers, with names, counted under everything else that is chosen. */
export async function readChoices(
	question: ActivitiesQuestion,
	filter: ActivityFilter,
	counts: FacetCounts
): Promise<Record<FacetName, Choices>> {
	const offered = await Promise.all(
		FACETS.map(async (facet) => {
			const counted = facet === 'period' ? periodsOf(filter, counts) : counts.choices[facet];
			return [facet, await readFacet(question, facet, filter[facet] ?? null, counted)] as const;
		})
	);
	return Object.fromEntries(offered) as Record<FacetName, Choices>;
}

/** The years, and the quarter or month that is chosen, where it is one. */
function periodsOf({ period }: ActivityFilter, { years, total }: FacetCounts): Counted[] {
	const counted = countYears(years);
	return period == null || counted.some(({ key }) => (key ?? 'none') === period)
		? counted
		: [...counted, { key: period, activities: total }];
}

async function readFacet(
	{ db }: ActivitiesQuestion,
	facet: FacetName,
	chosen: string | null,
	counted: readonly Counted[]
): Promise<Choices> {
	const known = counted
		// There is no list of activities without any organisation.
		.filter(({ key }) => facet !== 'organisation' || key !== null)
		.map(({ key, activities }) => ({ value: key ?? 'none', activities }));
	const ticked = SEVERAL.includes(facet) ? valuesOf(chosen) : chosen === null ? [] : [chosen];
	for (const value of ticked) {
		if (!known.some((choice) => choice.value === value)) known.push({ value, activities: 0 });
	}
	const listed =
		known.length <= MOST_CHOICES
			? known
			: known
					.toSorted(
						(a, b) =>
							Number(ticked.includes(b.value)) - Number(ticked.includes(a.value)) ||
							b.activities - a.activities
					)
					.slice(0, MOST_CHOICES);
	const labels = await labelsFor(
		{ db },
		facet,
		listed.map(({ value }) => value)
	);
	return {
		choices: listed.map(({ value, activities }) => ({
			value,
			activities,
			label: labels.get(value) ?? value
		})),
		more: known.length - listed.length
	};
}

async function labelsFor(
	{ db }: Pick<ActivitiesQuestion, 'db'>,
	facet: FacetName,
	keys: readonly string[]
): Promise<Map<string, string>> {
	if (facet === 'organisation') return namesOfOrganisations(db, keys);
	if (facet === 'project' || facet === 'country' || facet === 'objective') return labelsOf(db, facet, keys);
	return new Map();
}

/** Names of the organisations asked for, in words. */
export async function readNames(
	{ db }: Pick<ActivitiesQuestion, 'db'>,
	{ organisation }: ActivityFilter
): Promise<{ organisation: string | null }> {
	if (organisation === null) return { organisation };
	return { organisation: [...(await namesOfOrganisations(db, valuesOf(organisation))).values()].join(', ') };
}
