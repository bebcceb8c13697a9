import { answer } from '#lib/server/answer.ts';
import { COUNTRIES_FIELDS, readCountries } from '#lib/server/page/countries.ts';
import { readSort } from '#lib/server/page/sort.ts';
import { formatQualified } from '#lib/words/count.ts';
import { labelCountries, labelInvented } from './label-countries.ts';
import { COUNTRY_SORTS, usualOrder } from './order-countries.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(event, COUNTRIES_FIELDS, async (question) => {
		const { view, slice, fields } = question;
		const usual = usualOrder(fields.map ?? 'activities');
		const sort = readSort(view, COUNTRY_SORTS, usual);
		const page = await readCountries(question);
		const { held, total, withoutCountry, several, shared, project, loadedOn, asof, nature } = page;
		const asked = { ...fields, country: slice.country, sort };
		return {
			...{ held, total, withoutCountry, several, project, loadedOn, asof, nature, sort, asked },
			count: page.countries.length,
			published: labelCountries(page, asked),
			money: nature === 'published' ? page.money : null,
			invented: labelInvented(page, asked),
			shared: shared?.participants == null ? null : formatQualified(shared.participants, shared.qualifier)
		};
	});
