import { error } from '@sveltejs/kit';
import type { Question } from '#lib/server/answer.ts';
import { countActivities } from '#lib/server/facts/activities.ts';
import { isSameValue, listClaims, type Claim } from '#lib/server/facts/claims.ts';
import { labelsOf } from '#lib/server/facts/names.ts';
import { listOrganisations } from '#lib/server/facts/organisations.ts';
import {
	findProject,
	listCoverage,
	listObjectives,
	type Objective,
	type Project
} from '#lib/server/facts/projects.ts';
import { readShownSpending } from './overview.ts';
import { readPublishedMoney, sliceOfProject } from './published.ts';
import { allActivities, readReach } from './reach.ts';
import { refuseRestrictions } from './restrictions.ts';
import { readProjectResults } from './results.ts';

/** An objective with how many of the project's activities serve it. */
export type ServedObjective = Objective & { activities: number };

/** One project: everything that is published of it, and its spending of whichever nature there is. 404 for no such key. */
export async function readProject(question: Question<'since'>, key: string) {
	refuseRestrictions(question);
	const { db, at, slice: asked } = question;
	const project = await findProject(db, at, key);
	if (project === null) error(404, { message: 'no such project' });
	const slice = await sliceOfProject(question, project.key);
	const activities = { ...allActivities('all'), project: project.key };
	const [money, claims, objectives, served, organisations, coverage, results, reach] = await Promise.all([
		readPublishedMoney(question, project, slice),
		listClaims(db, at, 'project', project.key),
		listObjectives(db, at, [project.project_id]),
		countActivities(db, at, activities, 'objective'),
		listOrganisations(db, at, project.project_id),
		listCoverage(db, at, [project.project_id]),
		readProjectResults(question, project.key),
		readReach(question, activities, project.countries)
	]);
	const spending = await readShownSpending(question, project, money.totals.spent !== null);
	return {
		project,
		money,
		spending,
		objectives: objectives.map((objective): ServedObjective => ({
			...objective,
			activities: served.find(({ key }) => key === objective.key)?.activities ?? 0
		})),
		organisations,
		coverage,
		reach,
		results,
		claims: groupClaims(await withCountryNames(db, claims)),
		pages: listPages([project, ...objectives, ...coverage, ...results.lines, ...claims]),
		loadedOn: at.loadedOn,
		asof: asked.asof
	};
}

/** All that is stated on one property of a project (of one party), the chosen value first; whether the others agree with it. */
export type ClaimGroup = {
	key: string;
	property: string;
	party: string | null;
	claims: (ClaimLine & { agrees: boolean })[];
};
export type ClaimLine = Omit<Claim, 'evidence'>;

/** Lists of country codes are read as names; any other text stays as it was stated. */
async function withCountryNames(db: Question<'since'>['db'], claims: readonly Claim[]): Promise<ClaimLine[]> {
	const codesOf = (text: string | null) =>
		text !== null && /^[A-Z]{2}(;[A-Z]{2})*$/.test(text) ? text.split(';') : [];
	const names = await labelsOf(
		db,
		'country',
		claims.flatMap((claim) => codesOf(claim.value_text))
	);
	return claims.map(({ evidence: _, ...claim }) => {
		const codes = codesOf(claim.value_text);
		if (codes.length === 0) return claim;
		return { ...claim, value_text: codes.map((code) => names.get(code) ?? code).join(', ') };
	});
}

function groupClaims(claims: readonly ClaimLine[]): ClaimGroup[] {
	const groups = new Map<string, ClaimGroup>();
	for (const claim of claims) {
		const key = `${claim.property} ${claim.party_id ?? ''}`;
		const group = groups.get(key);
		if (group) group.claims.push({ ...claim, agrees: isSameValue(group.claims[0]!, claim) });
		else
			groups.set(key, {
				key,
				property: claim.property,
				party: claim.party,
				claims: [{ ...claim, agrees: false }]
			});
	}
	return [...groups.values()];
}

type Page = Pick<Project, 'origin_url' | 'origin_title'>;

/** Each page on the web that something here was read from, once, by title. */
function listPages(facts: readonly Page[]): { url: string; title: string }[] {
	const pages = new Map<string, string>();
	for (const { origin_url: url, origin_title: title } of facts) {
		if (url !== null && !pages.has(url)) pages.set(url, title ?? url);
	}
	return [...pages].map(([url, title]) => ({ url, title })).sort((a, b) => (a.title < b.title ? -1 : 1));
}
