import type { Question } from '#lib/server/answer.ts';
import { listClaimsOf } from '#lib/server/facts/claims.ts';
import { listProjects, type Project } from '#lib/server/facts/projects.ts';
import { CursorError } from '#lib/server/ledger/rows.ts';
import { statedMoney, type StatedAmount } from './published.ts';
import { refuseRestrictions } from './restrictions.ts';

/** A project in a list, with the one budget stated for it. Budgets overlap and are never added. */
export type ProjectLine = Pick<
	Project,
	| 'key'
	| 'name'
	| 'short_name'
	| 'start_date'
	| 'start_precision'
	| 'end_date'
	| 'end_precision'
	| 'status'
	| 'relation'
> & { funders: string[]; lead: string | null; budget: StatedAmount | null };

const PAGE_ROWS = 50;

/**
 * All projects there are, whatever the portfolio, and which of them a page shows: those after the project that the page before
 * ended with.
 * @throws CursorError where that is no project
 */
export async function readProjects(question: Question<never>) {
	refuseRestrictions(question);
	const { db, at, view } = question;
	const listed = await listProjects(db, at, 'all');
	// By its number: a key may hold what no place in a list may.
	const last = listed.findIndex(({ project_id }) => project_id === view.after);
	if (view.after !== null && last === -1) throw new CursorError(`${view.after} is no place in the list`);
	const shown = listed.slice(last + 1, last + 1 + PAGE_ROWS);
	const ended = last + 1 + PAGE_ROWS >= listed.length;
	return {
		projects: await listProjectLines(question, listed),
		shown: { first: last + 1, count: shown.length },
		after: view.after,
		next: ended ? null : shown.at(-1)!.project_id,
		loadedOn: at.loadedOn,
		asof: question.slice.asof
	};
}

/** Lines of the projects given, each with its stated budget. */
export async function listProjectLines(
	{ db, at }: Pick<Question<never>, 'db' | 'at'>,
	projects: readonly Project[]
): Promise<ProjectLine[]> {
	const claims = await listClaimsOf(db, at, 'project', ['budget_total']);
	const known = at.loadedOn === null;
	return projects.map((project) => {
		const { key, name, short_name, start_date, start_precision, end_date, end_precision, status, relation } =
			project;
		const own = claims.filter((claim) => claim.subject_key === key);
		const named = (role: number) =>
			project.parties.filter((party) => party.role === role).map((party) => party.name);
		return {
			key,
			name,
			short_name,
			start_date,
			start_precision,
			end_date,
			end_precision,
			status,
			relation,
			funders: named(1),
			lead: named(2)[0] ?? null,
			budget: statedMoney(own, known).budget
		};
	});
}
