import { error, redirect } from '@sveltejs/kit';
import { answer } from '#lib/server/answer.ts';
import { COUNTRY_FIELDS, readCountry } from '#lib/server/page/country.ts';
import { listBeside } from '#lib/map/beside.ts';
import { iso2To3 } from '#lib/words/country.ts';
import { labelCountry } from './label-country.ts';
import type { PageServerLoad } from './$types';

/** Countries that one is compared with. */
const MOST_BESIDE = 5;

export const load: PageServerLoad = (event) => {
	const code = event.params.code.toUpperCase();
	const known = /^[A-Z]{2}$/.test(code) && iso2To3(code) !== null;
	if (known && code !== event.params.code)
		redirect(308, event.url.pathname.replace(/[^/]+$/, code) + event.url.search);
	return answer(event, COUNTRY_FIELDS, async (question) => {
		if (!known) error(404, { message: 'no such country' });
		const beside = (programme: readonly string[]) =>
			listBeside(code, programme, MOST_BESIDE).map((other) => other.code);
		return labelCountry(await readCountry(question, code, beside));
	});
};
