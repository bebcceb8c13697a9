import { error } from '@sveltejs/kit';
import { getLocale } from '#lib/paraglide/runtime.js';
import { answer } from '#lib/server/answer.ts';
import { ACTIVITY_FIELDS, readActivities } from '#lib/server/page/activities.ts';
import { NONE, valuesOf } from '#lib/slice/parameter.ts';
import { countryName, findCountry, iso2To3 } from '#lib/words/country.ts';
import { labelActivities } from './label-activities.ts';
import { labelFacets } from './label-choices.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(event, ACTIVITY_FIELDS, async (question) => {
		const countries = valuesOf(question.slice.country).filter((code) => code !== NONE);
		if (countries.some((code) => iso2To3(code) === null))
			error(404, { message: 'no such country', parameter: 'country' });
		const { activities, choices, ...data } = await readActivities(question);
		const named = data.filter.text === null ? null : findCountry(data.filter.text);
		const facets = labelFacets(choices);
		return {
			...data,
			facets,
			rows: labelActivities(activities, new Map(Object.entries(facets.objective.names))),
			country: named && { code: named, name: countryName(named, getLocale()) }
		};
	});
