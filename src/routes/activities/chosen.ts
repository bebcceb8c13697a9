import { m } from '#lib/paraglide/messages.js';
import type { ActivityFilter } from '#lib/server/facts/activities.ts';
import type { Without } from '#lib/server/page/activities.ts';
import { joinValues, valuesOf } from '#lib/slice/parameter.ts';
import type { SentencePart } from '#lib/slice/sentence.ts';
import { formatActivities } from '#lib/words/count.ts';
import { formatDay } from '#lib/words/date.ts';
import { roleLabel } from '#lib/words/organisation.ts';
import type { labelFacets } from './label-choices.ts';

type Facets = ReturnType<typeof labelFacets>;
/** One part of the question: the parameter, what it is called, its values in words, and what goes with it. */
type Chosen = { parameter: string; label: string; values: [value: string, text: string][]; others: string[] };

function listChosen(filter: ActivityFilter, facets: Facets): Chosen[] {
	const named = (facet: keyof Facets, several = false): [string, string][] => {
		const value = filter[facet] ?? null;
		const values = several ? valuesOf(value) : value === null ? [] : [value];
		return values.map((one) => [one, facets[facet].names[one] ?? one]);
	};
	const one = (value: string | null, text: (value: string) => string): [string, string][] =>
		value === null ? [] : [[value, text(value)]];
	const parts: [parameter: string, label: string, values: [string, string][], ...others: string[]][] = [
		['q', m.activities_filter_text(), one(filter.text, (text) => m.activities_quoted({ text }))],
		['project', m.activities_filter_project(), named('project')],
		['country', m.activities_filter_country(), named('country', true)],
		['type', m.activities_filter_type(), named('type')],
		['objective', m.activities_filter_objective(), named('objective')],
		['organisation', m.activities_filter_organisation(), named('organisation', true), 'role'],
		['role', m.activities_filter_role(), one(filter.role, (role) => roleLabel(role))],
		['status', m.activities_filter_status(), named('status')],
		['participants', m.activities_filter_participants(), named('participants')],
		['period', m.activities_filter_period(), named('period')],
		['from', m.activities_filter_from(), one(filter.from, (day) => formatDay(day))],
		['to', m.activities_filter_to(), one(filter.to, (day) => formatDay(day))]
	];
	return parts.flatMap(([parameter, label, values, ...others]) =>
		values.length === 0 ? [] : [{ parameter, label, values, others }]
	);
}

const gone = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, null]));

/** What the list is narrowed to as a sentence whose parts can be taken off; none where it is not narrowed. */
export function chosenSentence(filter: ActivityFilter, facets: Facets): SentencePart[] {
	const chosen = listChosen(filter, facets);
	if (chosen.length === 0) return [];
	const plain = (text: string): SentencePart => ({ text, without: null });
	const phrases = chosen.flatMap(({ parameter, label, values, others }, index) => [
		plain(`${index === 0 ? '' : m.activities_chosen_between()}${m.activities_chosen_label({ label })}`),
		...values.flatMap(([value, text], of): SentencePart[] => {
			const rest = values.map(([other]) => other).filter((other) => other !== value);
			const without = rest.length > 0 ? { [parameter]: joinValues(rest) } : gone([parameter, ...others]);
			return [...(of === 0 ? [] : [plain(m.activities_chosen_and())]), { text, without }];
		})
	]);
	return [plain(m.activities_chosen()), ...phrases];
}

/** For a question that nothing answers: the parts that alone exclude all, and what there were without each. */
export function waysOut(filter: ActivityFilter, facets: Facets, without: readonly Without[]) {
	const chosen = listChosen(filter, facets);
	return without.flatMap(({ parameter, activities }) => {
		const part = chosen.find((one) => one.parameter === parameter);
		if (!part) return [];
		return [
			{
				text: `${m.activities_chosen_label({ label: part.label })}${part.values.map(([, text]) => text).join(m.activities_chosen_and())}`,
				count: formatActivities(activities),
				changes: gone([parameter, ...part.others])
			}
		];
	});
}

/** Everything taken off at once. */
export const allGone = (filter: ActivityFilter, facets: Facets): Record<string, null> =>
	gone(listChosen(filter, facets).flatMap(({ parameter, others }) => [parameter, ...others]));
