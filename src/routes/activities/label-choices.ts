import { m } from '#lib/paraglide/messages.js';
import type { FacetChoice } from '#lib/server/page/activities.ts';
import { activityTypeLabel } from '#lib/words/activity.ts';
import { formatCount } from '#lib/words/count.ts';

type Option = { value: string; label: string };

/** Choices of a filter by name with their counts, "Mali (9)"; those without come last under a name of their own. */
export function labelChoices(
	choices: readonly FacetChoice[],
	none: string,
	labelOf = (choice: FacetChoice) => choice.label
): Option[] {
	const option = (choice: FacetChoice, name: string) => ({
		value: choice.value,
		label: m.activities_choice({ name, count: formatCount(choice.activities) })
	});
	return [
		...choices
			.filter(({ value }) => value !== 'none')
			.map((choice) => ({ choice, name: labelOf(choice) }))
			.sort((a, b) => a.name.localeCompare(b.name))
			.map(({ choice, name }) => option(choice, name)),
		...choices.filter(({ value }) => value === 'none').map((choice) => option(choice, none))
	];
}

export const typeOf = ({ value }: FacetChoice): string => activityTypeLabel(value);
