import { answer } from '#lib/server/answer.ts';
import { readCountries } from '#lib/server/page/countries.ts';
import { formatQualified } from '#lib/words/count.ts';
import { labelCountries } from './label-countries.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(event, [], async (question) => {
		const { countries, shared, ...data } = await readCountries(question);
		return {
			...data,
			countries: labelCountries(countries),
			shared: shared?.participants == null ? null : formatQualified(shared.participants, shared.qualifier)
		};
	});
