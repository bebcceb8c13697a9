import { m } from '#lib/paraglide/messages.js';
import type { Question } from '#lib/server/answer.ts';
import { listActivities } from '#lib/server/facts/activities.ts';
import { matchText } from '#lib/server/facts/activity-filter.ts';
import { namesOf } from '#lib/server/facts/names.ts';
import { listOrganisationPage } from '#lib/server/facts/organisation-list.ts';
import { listResults, type ResultFilter } from '#lib/server/facts/results.ts';
import { filterOf, orderOf } from '#lib/server/page/activities.ts';
import { readCountries } from '#lib/server/page/countries.ts';
import { refuseUnknownKeys } from '#lib/server/page/known-keys.ts';
import type { Site } from '#lib/server/outlet/extract.ts';
import { defaultSlice, writeAddress } from '#lib/slice/codec.ts';
import type { PageFields } from '#lib/slice/view.ts';
import { listFilters } from '#lib/slice/filters.ts';
import type { Slice } from '#lib/slice/slice.ts';
import { sourceAddress } from '#lib/words/place.ts';
import { endpoint, rowsOf } from './endpoint.ts';
import { ApiRefusal } from './refusal.ts';

/* What is published of activities, organisations, countries and results. None of it is ever invented. */

const EVERY = ['portfolio', 'asof'] as const satisfies (keyof Slice)[];

export const activities = endpoint({
	name: 'activities',
	summary: m.api_endpoint_activities,
	slice: ['portfolio', 'project', 'country', 'organisation', 'objective', 'from', 'to', 'asof'],
	view: ['sort', 'after', 'demonstration'],
	fields: ['q', 'type', 'status', 'role', 'participants', 'period', 'limit'],
	examples: ['limit=3', 'country=MA&q=prosecutors', 'sort=-date&participants=with'],
	async read(question, site) {
		refusePublishedOnly(question);
		const { db, at, view, fields } = question;
		const asked = filterOf(question);
		const order = orderOf(view.sort, asked);
		await refuseUnknownKeys(db, asked);
		const match = await matchText(db, at, asked.text);
		const page = await listActivities(
			db,
			at,
			{ ...asked, match },
			{ order, after: view.after, limit: rowsOf(fields) }
		);
		return {
			...(await aboutFacts(question, site, '/activities', m.api_endpoint_activities())),
			next: page.next,
			data: page.activities.map((activity) => ({
				number: activity.activity_id,
				activity: activity.key,
				title: activity.title,
				type: activity.activity_type,
				date_from: activity.date_from,
				date_to: activity.date_to,
				date_precision: activity.date_precision as 'day',
				countries: activity.recipients,
				host_countries: activity.hosts,
				place: activity.place,
				objective: activity.objective_key,
				participants: activity.participants,
				qualifier: activity.qualifier,
				project: activity.project_key,
				page: `${site.origin}/activities/${activity.activity_id}`
			}))
		};
	}
});

export const organisations = endpoint({
	name: 'organisations',
	summary: m.api_endpoint_organisations,
	slice: EVERY,
	view: ['after', 'demonstration'],
	fields: ['q', 'role', 'limit'],
	examples: ['limit=3', 'role=1'],
	async read(question, site) {
		refusePublishedOnly(question);
		const { db, at, slice, view, fields } = question;
		await refuseUnknownKeys(db, { portfolio: slice.portfolio });
		const page = await listOrganisationPage(
			db,
			at,
			{ portfolio: slice.portfolio, role: fields.role, text: fields.q },
			{ after: view.after, limit: rowsOf(fields) }
		);
		return {
			...(await aboutFacts(question, site, '/organisations', m.api_endpoint_organisations())),
			next: page.next,
			data: page.organisations.map((organisation) => ({
				number: organisation.organisation_id,
				name: organisation.name,
				reference: organisation.reference,
				type: organisation.type_code,
				country: organisation.country,
				activities: organisation.activities,
				activities_by_role: organisation.by_role,
				project_roles: organisation.project_roles,
				page: `${site.origin}/organisations/${organisation.organisation_id}`
			}))
		};
	}
});

export const countries = endpoint({
	name: 'countries',
	summary: m.api_endpoint_countries,
	slice: EVERY,
	view: ['demonstration'],
	fields: [],
	examples: ['', 'asof=2017-06-30'],
	async read(question, site) {
		refusePublishedOnly(question);
		const noFields = {
			map: null,
			class: null,
			demonstration_map: null,
			demonstration_class: null,
			region: null
		};
		// Facts alone: what was spent where is a breakdown.
		const found = await readCountries({ ...question, fields: noFields, demonstration: false });
		return {
			...(await aboutFacts(question, site, '/countries', m.api_endpoint_countries())),
			data: found.countries
				.toSorted((a, b) => (a.code < b.code ? -1 : 1))
				.map((country) => ({
					country: country.code,
					name: country.name,
					region: country.region,
					world_region: country.world,
					launch_date: country.launch_date,
					launch_precision: country.launch_precision,
					activities: country.activities,
					participants: country.participants?.participants ?? null,
					qualifier: country.participants?.qualifier ?? null,
					results: country.results,
					page: `${site.origin}/countries/${country.code}`
				}))
		};
	}
});

export const results = endpoint({
	name: 'results',
	summary: m.api_endpoint_results,
	slice: ['portfolio', 'project', 'country', 'objective', 'asof'],
	view: ['after', 'demonstration'],
	fields: ['limit'],
	examples: ['limit=3', 'country=ML'],
	async read(question, site) {
		refusePublishedOnly(question);
		const { db, at, slice, view, fields } = question;
		const { portfolio, project, country, objective } = slice;
		const filter: ResultFilter = { portfolio, project, country, objective };
		await Promise.all([
			refuseUnknownKeys(db, { portfolio, objective }),
			refuseUnknownKeys(db, { portfolio: 'all', project })
		]);
		const page = await listResults(db, at, filter, { after: view.after, limit: rowsOf(fields) });
		return {
			...(await aboutFacts(question, site, '/results', m.api_endpoint_results())),
			next: page.next,
			data: page.lines.map((line) => ({
				number: line.indicator_id,
				period_no: line.period_no,
				objective: line.objective_key,
				objective_name: line.objective,
				project: line.project_key,
				activity: line.activity_id,
				result: line.result,
				result_type: line.result_type,
				indicator: line.title,
				description: line.description,
				measure: line.measure,
				unit: line.unit,
				accumulation: line.accumulation,
				ascending: line.ascending,
				countries: line.countries,
				period_from: line.period_from,
				period_to: line.period_to,
				date_precision: line.date_precision,
				baseline: line.baseline,
				target: line.target,
				actual: line.actual,
				qualifier: line.qualifier,
				repeats_activity: line.repeats_activity,
				disaggregation: line.disaggregation,
				note: line.note,
				values: line.values.map(({ side, value, text, dimensions, year, comment }) => ({
					side,
					value,
					text,
					dimensions,
					year,
					comment
				})),
				origin_url: line.origin_url,
				origin_title: line.origin_title,
				evidence: line.evidence,
				confidence: line.confidence,
				source_sha256: line.source_sha256,
				source_place: line.place,
				proof: line.source_sha256 && site.origin + sourceAddress(line.source_sha256, line.place)
			}))
		};
	}
});

/** Asking facts for the demonstration would be answered with published ones, which is not what was asked. */
function refusePublishedOnly({ slice }: Pick<Question<never>, 'slice'>): void {
	if (slice.nature === 'published') return;
	throw new ApiRefusal(400, {
		code: 'published_only',
		message: m.api_refusal_two_natures(),
		parameter: 'nature',
		value: slice.nature,
		what_to_do: m.api_do_published()
	});
}

/** What is not a restriction of facts. */
const OF_MONEY: readonly (keyof Slice)[] = ['measure', 'nature', 'counting', 'currency'];

/** A question about facts in words and as the address of its page. */
export async function aboutFacts(
	{ db, slice, fields }: Pick<Question<never>, 'db' | 'slice'> & { fields?: Partial<PageFields> },
	{ portfolio }: Site,
	path: string,
	title: string
): Promise<{ words: string; page: string }> {
	const filters = listFilters(slice, await namesOf(db, slice))
		.filter(({ parameter }) => !OF_MONEY.includes(parameter))
		.map(({ label, value }) => `${label}: ${value}`);
	const asked = Object.entries(fields ?? {}).flatMap(([name, value]) =>
		value === null || value === undefined || name === 'limit' ? [] : [`${name}: ${String(value)}`]
	);
	const query = writeAddress(
		{ slice, fields: { ...fields, limit: null } },
		defaultSlice(portfolio)
	).toString();
	return {
		words: [title, ...filters, ...asked].join('; '),
		page: path + (query === '' ? '' : `?${query}`)
	};
}
