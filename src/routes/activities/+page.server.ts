import { error } from '@sveltejs/kit';
import { getLocale } from '#lib/paraglide/runtime.js';
import { answer } from '#lib/server/answer.ts';
import { ACTIVITY_FIELDS, readActivities } from '#lib/server/page/activities.ts';
import { countryName, findCountry, iso2To3 } from '#lib/words/country.ts';
import { m } from '#lib/paraglide/messages.js';
import { roleLabel } from '#lib/words/organisation.ts';
import { labelActivities } from './label-activities.ts';
import { labelChoices, typeOf } from './label-choices.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(event, ACTIVITY_FIELDS, async (question) => {
		const { country } = question.slice;
		if (country !== null && country !== 'none' && iso2To3(country) === null)
			error(404, { message: 'no such country', parameter: 'country' });
		const { activities, objectives, countries, types, organisations, ...data } =
			await readActivities(question);
		const named = data.filter.text === null ? null : findCountry(data.filter.text);
		return {
			...data,
			roles: ['1', '2', '3', '4'].map((value) => ({ value, label: roleLabel(value) })),
			rows: labelActivities(activities, new Map(objectives.map(({ value, label }) => [value, label]))),
			country: named && { code: named, name: countryName(named, getLocale()) },
			countries: labelChoices(countries, m.activities_none_country()),
			types: labelChoices(types, m.activities_none_type(), typeOf),
			objectives: labelChoices(objectives, m.activities_none_objective()),
			organisations: labelChoices(organisations, '')
		};
	});
