import type { Question } from '#lib/server/answer.ts';
import { listChanges } from '#lib/server/facts/changes.ts';
import { listClaims } from '#lib/server/facts/claims.ts';
import { listProjects, type Project } from '#lib/server/facts/projects.ts';
import { countChecks } from '#lib/server/ledger/checks/list.ts';
import { total } from '#lib/server/ledger/total.ts';
import { isDay } from '#lib/slice/period.ts';
import { openSlice } from './money.ts';
import { listProjectLines } from './projects.ts';
import { readPublishedMoney, sliceOfProject } from './published.ts';
import { allActivities, readReach } from './reach.ts';
import { refuseRestrictions } from './restrictions.ts';
import { readSpending } from './spending.ts';

const CHANGES_SHOWN = 5;
const CHANGES_SINCE_SHOWN = 200;

/** The first page: one project's published block and its spending, or for a portfolio of several their list. */
export async function readOverview(question: Question<'since'>) {
	const { db, at, slice, demonstration, fields } = question;
	// A posting's number is of the books whose money is shown; the published postings go by days.
	const since = fields.since !== null && isDay(fields.since) ? fields.since : null;
	refuseRestrictions(question);
	// Refuses a portfolio that does not exist.
	await total(db, { ...slice, nature: 'published', measure: 'spent' });
	const projects = await listProjects(db, at, slice.portfolio);
	const only = projects.length === 1 ? projects[0]! : null;
	const [reach, changes, published, invented, block] = await Promise.all([
		readReach(
			question,
			allActivities(slice.portfolio),
			projects.flatMap(({ countries }) => countries)
		),
		listChanges(db, 'published', slice.asof, since ? CHANGES_SINCE_SHOWN : CHANGES_SHOWN, since),
		countChecks(db, openSlice(question)),
		demonstration ? countChecks(db, openSlice(question, { nature: 'demonstration' })) : null,
		only ? readProjectBlock(question, only) : readPortfolioBlock(question, projects)
	]);
	return {
		...block,
		reach,
		changes,
		since,
		checks: { published, demonstration: invented },
		loadedOn: at.loadedOn,
		asof: slice.asof
	};
}

/** Several projects: their list, and the one of the portfolio at home, whose demonstration can be seen. */
async function readPortfolioBlock(question: Question<'since'>, projects: Project[]) {
	const { db, at, runtime } = question;
	const [home, ...others] = await listProjects(db, at, runtime.configuration.portfolio);
	return {
		kind: 'portfolio' as const,
		projects: await listProjectLines(question, projects),
		home: home && others.length === 0 ? { key: home.key, name: home.short_name ?? home.name } : null
	};
}

/** One project: what is published of it, and its spending of whichever nature there is. */
async function readProjectBlock(question: Question<'since'>, project: Project) {
	const { db, at } = question;
	const slice = await sliceOfProject(question, project.key);
	const [money, claims, latest] = await Promise.all([
		readPublishedMoney(question, project, slice),
		listClaims(db, at, 'project', project.key),
		total(db, { ...slice, measure: 'spent', asof: null })
	]);
	const claimOf = (property: string) =>
		claims.find((claim) => claim.property === property && claim.chosen)?.claim_id ?? null;
	return {
		kind: 'project' as const,
		project,
		money,
		claims: { start: claimOf('start'), end: claimOf('end'), countries: claimOf('country_count') },
		neverPublished: latest.entries === 0,
		spending: await readShownSpending(question, project, money.totals.spent !== null)
	};
}

/**
 * A project's published spending once there is any: then its demonstration leaves every view. Until then the
 * demonstration, where it may be shown.
 */
export async function readShownSpending(
	question: Pick<Question<'since'>, 'db' | 'at' | 'slice' | 'view' | 'fields' | 'runtime' | 'demonstration'>,
	project: Project,
	published: boolean
) {
	if (!published && !question.demonstration) return null;
	const slice = await sliceOfProject(question, project.key);
	return readSpending(question, project, { ...slice, nature: published ? 'published' : 'demonstration' });
}
