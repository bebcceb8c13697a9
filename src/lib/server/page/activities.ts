import type { Question } from '#lib/server/answer.ts';
import {
	countActivities,
	listActivities,
	totalActivities,
	type ActivityFilter,
	type ActivityOrder
} from '#lib/server/facts/activities.ts';
import { countFacets } from '#lib/server/facts/activity-facets.ts';
import { matchText } from '#lib/server/facts/activity-filter.ts';
import { countPlaces } from '#lib/server/facts/activity-places.ts';
import { firstDay, lastDay } from '#lib/slice/period.ts';
import type { Slice } from '#lib/slice/slice.ts';
import { readChoices, readNames } from './activity-choices.ts';
import { refuseUnknownKeys } from './known-keys.ts';
import { allActivities, readBegun } from './reach.ts';
import { refuse } from './refuse.ts';
import { refuseRestrictions } from './restrictions.ts';

/** Parameters of the list beside those of the slice. */
export const ACTIVITY_FIELDS = [
	'q',
	'type',
	'status',
	'role',
	'participants',
	'period',
	'view',
	'zoom'
] as const;
type AskedField = Exclude<(typeof ACTIVITY_FIELDS)[number], 'view' | 'zoom'>;
export type ActivitiesQuestion = Question<(typeof ACTIVITY_FIELDS)[number]>;

const PAGE_ROWS = 25;
/** A line of a timeline is less high than a row of the list. */
const TIMELINE_ROWS = 40;
/** Marks that a map of the world can show apart. */
const MOST_PLACES = 200;
const ORDERS = ['date', '-date', 'match'] as const satisfies readonly ActivityOrder[];

/** The activities that match, as the view shows them, and what they can be narrowed by. */
export async function readActivities(question: ActivitiesQuestion) {
	refuseRestrictions(question, ['project', 'country', 'objective', 'organisation', 'from', 'to']);
	const { db, at, slice, view, fields } = question;
	const asked = filterOf(question);
	const order = orderOf(view.sort, asked);
	await refuseUnknownKeys(db, asked);
	const [names, match] = await Promise.all([readNames(question, asked), matchText(db, at, asked.text)]);
	const filter: ActivityFilter = { ...asked, match };
	const [counts, shown] = await Promise.all([countFacets(db, at, filter), readView(question, filter, order)]);
	return {
		filter: asked,
		order,
		names,
		total: counts.total,
		like: match.likeness !== null,
		choices: await readChoices(question, filter, counts),
		without: counts.total === 0 ? await countWithout(question, asked) : [],
		unfiltered:
			counts.total === 0 ? await totalActivities(db, at, allActivities(asked.portfolio)) : counts.total,
		begun: await readBegun({ db, at }, filter, counts.months),
		view: fields.view,
		zoom: fields.zoom,
		...shown,
		after: view.after,
		loadedOn: at.loadedOn,
		asof: slice.asof
	};
}

/** What the address of the list asks for. */
export function filterOf({
	slice,
	fields
}: {
	slice: Slice;
	fields: Pick<ActivitiesQuestion['fields'], AskedField>;
}): ActivityFilter {
	const { portfolio, project, country, objective, organisation, from, to } = slice;
	const { type, status, role, participants, period, q: text } = fields;
	return {
		portfolio,
		project,
		country,
		objective,
		organisation,
		type,
		status,
		role,
		participants,
		period,
		from,
		to,
		text
	};
}

/** The order asked for; without one by date, or with words to search for by how well they match. */
export function orderOf(sort: string | null, { text }: ActivityFilter): ActivityOrder {
	if (sort === null) return text === null ? 'date' : 'match';
	return ORDERS.find((known) => known === sort) ?? refuse('sort', sort, 'not_one_of');
}

/** What one view needs beside the counts; never more than a page of activities. */
async function readView(question: ActivitiesQuestion, filter: ActivityFilter, order: ActivityOrder) {
	const { db, at, view, fields } = question;
	const none = { activities: [], next: null, within: null, places: null, held: null };
	if (fields.view === 'map') {
		const [places, held] = await Promise.all([
			countPlaces(db, at, filter, MOST_PLACES),
			countActivities(db, at, filter, 'country')
		]);
		return { ...none, places, held };
	}
	const isTimeline = fields.view === 'timeline';
	const within =
		isTimeline && fields.zoom !== null ? { from: firstDay(fields.zoom), to: lastDay(fields.zoom) } : null;
	const [page, count] = await Promise.all([
		listActivities(
			db,
			at,
			{ ...filter, within },
			{ order, after: view.after, limit: isTimeline ? TIMELINE_ROWS : PAGE_ROWS }
		),
		within === null ? null : totalActivities(db, at, { ...filter, within })
	]);
	return { ...none, activities: page.activities, next: page.next, within: count };
}

/** A part of the question, with how many activities there were without it. */
export type Without = { parameter: string; activities: number };

/** Which part of a question that nothing answers excludes all: each is taken away alone. */
async function countWithout({ db, at }: ActivitiesQuestion, filter: ActivityFilter): Promise<Without[]> {
	const parts: [parameter: string, change: Partial<ActivityFilter>][] = [
		['q', { text: null }],
		['project', { project: null }],
		['country', { country: null }],
		['type', { type: null }],
		['objective', { objective: null }],
		['organisation', { organisation: null, role: null }],
		['role', { role: null }],
		['status', { status: null }],
		['period', { period: null }],
		['participants', { participants: null }],
		['from', { from: null }],
		['to', { to: null }]
	];
	const restricting = parts.filter(([, change]) =>
		Object.keys(change).some((field) => filter[field as keyof ActivityFilter] != null)
	);
	const counts = await Promise.all(
		restricting.map(async ([parameter, change]) => ({
			parameter,
			activities: await totalActivities(db, at, { ...filter, ...change })
		}))
	);
	return counts.filter(({ activities }) => activities > 0);
}
