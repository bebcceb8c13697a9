import { m } from '#lib/paraglide/messages.js';
import type { Choices, FacetChoice } from '#lib/server/page/activity-choices.ts';
import { activityStatusLabel, activityTypeLabel } from '#lib/words/activity.ts';
import { formatCount } from '#lib/words/count.ts';
import { formatBucket } from '#lib/words/date.ts';

type Facet = keyof typeof NAMES;
type Labelled = {
	options: { value: string; label: string }[];
	/** How many choices are left out; null where the list is whole. */
	more: string | null;
	/** The name of each choice alone. */
	names: Record<string, string>;
};

const byLabel = ({ label }: FacetChoice) => label;

/** How a choice of each facet is named, and what those without are called. */
const NAMES = {
	project: { of: byLabel, none: () => '' },
	country: { of: byLabel, none: m.activities_none_country },
	type: { of: ({ value }: FacetChoice) => activityTypeLabel(value), none: m.activities_none_type },
	objective: { of: byLabel, none: m.activities_none_objective },
	organisation: { of: byLabel, none: () => '' },
	status: { of: ({ value }: FacetChoice) => activityStatusLabel(value), none: m.activities_none_status },
	period: { of: ({ value }: FacetChoice) => formatBucket(value), none: m.activities_none_period },
	participants: {
		of: ({ value }: FacetChoice) =>
			value === 'with' ? m.activities_participants_with() : m.activities_participants_without(),
		none: () => ''
	}
} as const;

/** In their own order: years as they come, participants with before without. */
const ORDERED: readonly Facet[] = ['period', 'participants'];

/** Choices of one facet by name with their counts, "Mali (9)"; those without come last under a name of their own. */
export function labelChoices(facet: Facet, { choices, more }: Choices): Labelled {
	const named = choices.map((choice) => ({
		choice,
		name: choice.value === 'none' ? NAMES[facet].none() : NAMES[facet].of(choice)
	}));
	const sorted = named.toSorted(
		(a, b) =>
			Number(a.choice.value === 'none') - Number(b.choice.value === 'none') ||
			(ORDERED.includes(facet) ? a.choice.value.localeCompare(b.choice.value) : a.name.localeCompare(b.name))
	);
	return {
		options: sorted.map(({ choice, name }) => ({
			value: choice.value,
			label: m.activities_choice({ name, count: formatCount(choice.activities) })
		})),
		more: more === 0 ? null : m.activities_choices_more({ count: formatCount(more) }),
		names: Object.fromEntries(named.map(({ choice, name }) => [choice.value, name]))
	};
}

/** All facets in the visitor's language. */
export function labelFacets(choices: Record<Facet, Choices>): Record<Facet, Labelled> {
	return Object.fromEntries(
		(Object.keys(NAMES) as Facet[]).map((facet) => [facet, labelChoices(facet, choices[facet])])
	) as Record<Facet, Labelled>;
}
