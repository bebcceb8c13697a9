import type { Question } from '#lib/server/answer.ts';
import { listActivities, totalActivities, type ActivityLine } from '#lib/server/facts/activities.ts';
import { matchText } from '#lib/server/facts/activity-filter.ts';
import {
	countSearched,
	listNearNames,
	searchOrganisations,
	searchProjects,
	searchSources,
	type Found,
	type OrganisationHit,
	type ProjectHit,
	type SourceHit
} from '#lib/server/facts/search.ts';
import type { SearchGroup } from '#lib/slice/view.ts';
import { listCountries } from '#lib/words/country.ts';
import { listAlikeCountries } from '#lib/words/country-alike.ts';
import { allActivities } from './reach.ts';
import { refuseRestrictions } from './restrictions.ts';

/** Parameters of a search beside those of the slice. */
export const SEARCH_FIELDS = ['q', 'in'] as const;
type SearchQuestion = Question<(typeof SEARCH_FIELDS)[number]>;

/** The best of each kind, and of the one kind that a search is narrowed to. */
const BEST = 6;
const MOST = 60;
const MOST_NEAR = 6;
/** A country less like than this is no help to anyone. */
const NEAR = 0.4;

export type SearchResult = {
	text: string;
	only: SearchGroup | null;
	countries: Found<string> | null;
	projects: Found<ProjectHit> | null;
	organisations: Found<OrganisationHit> | null;
	activities: Found<ActivityLine> | null;
	sources: Found<SourceHit> | null;
	/** Where nothing is found: what was looked through, and the nearest names. */
	nothing: {
		searched: Awaited<ReturnType<typeof countSearched>>;
		countries: string[];
		names: string[];
	} | null;
};

/**
 * What goes by a text, by kind, over all portfolios. Null without a text. Figures will be found by their citations once
 * they have some: one more kind beside these.
 */
export async function search(question: SearchQuestion, all: boolean): Promise<SearchResult | null> {
	refuseRestrictions(question);
	const { db, at, demonstration, fields } = question;
	const { q: text, in: only } = fields;
	if (text === null) return null;
	const limit = only === null ? BEST : MOST;
	const ask = <T>(group: SearchGroup, find: () => Promise<T>): Promise<T | null> =>
		only === null || only === group ? find() : Promise.resolve(null);
	const [countries, projects, organisations, activities, sources] = await Promise.all([
		ask('countries', () => Promise.resolve(findCountries(text, limit))),
		ask('projects', () => searchProjects(db, at, text, limit)),
		ask('organisations', () => searchOrganisations(db, at, text, limit)),
		ask('activities', () => findActivities(question, text, limit)),
		ask('sources', () => searchSources(db, text, { all, demonstration, limit }))
	]);
	const isEmpty = [countries, projects, organisations, activities, sources].every(
		(found) => found === null || found.total === 0
	);
	return {
		text,
		only,
		countries,
		projects,
		organisations,
		activities,
		sources,
		nothing: isEmpty
			? {
					searched: await countSearched(db, at, { all, demonstration }),
					countries: listAlikeCountries(text, MOST_NEAR, NEAR).map(({ iso2 }) => iso2),
					names: await listNearNames(db, at, text, MOST_NEAR)
				}
			: null
	};
}

function findCountries(text: string, limit: number): Found<string> {
	const named = listCountries(text);
	if (named.length > 0) return { hits: named.slice(0, limit), total: named.length, like: false };
	const alike = listAlikeCountries(text, BEST).map(({ iso2 }) => iso2);
	return { hits: alike, total: alike.length, like: alike.length > 0 };
}

async function findActivities(
	{ db, at }: SearchQuestion,
	text: string,
	limit: number
): Promise<Found<ActivityLine>> {
	const filter = { ...allActivities('all'), text, match: await matchText(db, at, text) };
	const [{ activities, like }, total] = await Promise.all([
		listActivities(db, at, filter, { order: 'match', after: null, limit }),
		totalActivities(db, at, filter)
	]);
	return { hits: activities, total, like };
}
