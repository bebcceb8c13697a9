import { error } from '@sveltejs/kit';
import type { Question } from '#lib/server/answer.ts';
import {
	countActivities,
	listActivities,
	totalActivities,
	type ActivityFilter,
	type ActivityOrder,
	type Facet
} from '#lib/server/facts/activities.ts';
import { labelsOf } from '#lib/server/facts/names.ts';
import { namesOfOrganisations } from '#lib/server/facts/organisations.ts';
import { listProjects } from '#lib/server/facts/projects.ts';
import { UnknownKeyError } from '#lib/server/ledger/resolve.ts';
import { NONE, valuesOf } from '#lib/slice/parameter.ts';
import { quartersOf } from './reach.ts';
import { refuseRestrictions } from './restrictions.ts';

/** Parameters of the list beside those of the slice. */
export const ACTIVITY_FIELDS = ['q', 'type', 'role'] as const;
type ActivitiesQuestion = Question<(typeof ACTIVITY_FIELDS)[number]>;

const PAGE_ROWS = 25;
const ORDERS = ['date', '-date', 'match'] as const satisfies readonly ActivityOrder[];

/** One way to narrow the list, with how many activities each choice would leave. `none` stands for those without. */
export type FacetChoice = { value: string; label: string; activities: number };

/** The activities that match, a page of them, and what they can be narrowed by. */
export async function readActivities(question: ActivitiesQuestion) {
	refuseRestrictions(question, ['project', 'country', 'objective', 'organisation', 'from', 'to']);
	const { db, at, slice, view } = question;
	const filter = filterOf(question);
	const order = orderOf(view.sort, filter);
	const [projects, names] = await Promise.all([
		listProjects(db, at, slice.portfolio),
		namesOfFilter(question, filter)
	]);
	if (projects.length === 0 && filter.portfolio !== 'all') {
		throw new UnknownKeyError('portfolio', filter.portfolio);
	}
	if (filter.project !== null && !projects.some(({ key }) => key === filter.project)) {
		throw new UnknownKeyError('project', filter.project);
	}
	const [page, total, months, countries, types, objectives, organisations] = await Promise.all([
		listActivities(db, at, filter, { order, after: view.after, limit: PAGE_ROWS }),
		totalActivities(db, at, filter),
		countActivities(db, at, filter, 'month'),
		readFacet(question, filter, 'country'),
		readFacet(question, filter, 'type'),
		readFacet(question, filter, 'objective'),
		readFacet(question, { ...filter, role: null }, 'organisation')
	]);
	return {
		filter,
		order,
		total,
		names,
		objectives,
		countries,
		types,
		organisations,
		activities: page.activities,
		next: page.next,
		like: page.like,
		after: view.after,
		quarters: quartersOf(
			months.flatMap(({ key, activities }) => (key === null ? [] : [{ key, activities }]))
		),
		undated: months.find(({ key }) => key === null)?.activities ?? 0,
		projects: projects.map(({ key, name, short_name }) => ({ value: key, label: short_name ?? name })),
		loadedOn: at.loadedOn,
		asof: slice.asof
	};
}

function filterOf({ slice, fields }: ActivitiesQuestion): ActivityFilter {
	const { portfolio, project, country, objective, organisation, from, to } = slice;
	if (valuesOf(organisation).includes(NONE)) {
		error(400, {
			message: 'malformed parameter',
			parameter: 'organisation',
			value: NONE,
			reason: 'not_a_number'
		});
	}
	return {
		portfolio,
		project,
		country,
		objective,
		organisation,
		from,
		to,
		type: fields.type,
		role: fields.role,
		text: fields.q
	};
}

/** The order asked for; without one by date, or with words to search for by how well they match. */
function orderOf(sort: string | null, { text }: ActivityFilter): ActivityOrder {
	if (sort === null) return text === null ? 'date' : 'match';
	const order = ORDERS.find((known) => known === sort);
	if (order === undefined) {
		error(400, { message: 'malformed parameter', parameter: 'sort', value: sort, reason: 'not_one_of' });
	}
	return order;
}

/**
 * Names of the objective and the organisation asked for.
 * @throws UnknownKeyError for one that is none
 */
async function namesOfFilter({ db }: ActivitiesQuestion, { objective, organisation }: ActivityFilter) {
	const [objectives, organisations] = await Promise.all([
		labelsOf(db, 'objective', [objective]),
		namesOfOrganisations(db, valuesOf(organisation))
	]);
	if (objective !== null && objective !== 'none' && !objectives.has(objective))
		throw new UnknownKeyError('objective', objective);
	for (const one of valuesOf(organisation))
		if (!organisations.has(one)) throw new UnknownKeyError('organisation', one);
	return { organisation: organisation && [...organisations.values()].join(', ') };
}

/** Counts by one facet as the rest of the filter leaves them, what is chosen now among them. The null key is `none`. */
async function readFacet(
	{ db, at }: ActivitiesQuestion,
	filter: ActivityFilter,
	facet: Facet & ('country' | 'type' | 'objective' | 'organisation')
): Promise<FacetChoice[]> {
	const counts = await countActivities(db, at, { ...filter, [facet]: null }, facet);
	const chosen = filter[facet];
	const known = counts.map(({ key, activities }) => ({ value: key ?? 'none', activities }));
	const several = facet === 'country' || facet === 'organisation';
	for (const value of several ? valuesOf(chosen) : chosen === null ? [] : [chosen]) {
		if (!known.some((choice) => choice.value === value)) known.push({ value, activities: 0 });
	}
	const keys = known.map(({ value }) => value);
	const labels =
		facet === 'organisation'
			? await namesOfOrganisations(
					db,
					keys.filter((key) => key !== 'none')
				)
			: facet === 'type'
				? new Map<string, string>()
				: await labelsOf(db, facet, keys);
	return (
		known
			// There is no list of activities without any organisation.
			.filter(({ value }) => facet !== 'organisation' || value !== 'none')
			.map(({ value, activities }) => ({ value, activities, label: labels.get(value) ?? value }))
	);
}
