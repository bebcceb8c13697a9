import type { Question } from '#lib/server/answer.ts';
import { listClaimsOf } from '#lib/server/facts/claims.ts';
import { listProjects, type Project } from '#lib/server/facts/projects.ts';
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

/** All projects there are, whatever the portfolio. */
export async function readProjects(question: Question<never>) {
	refuseRestrictions(question);
	const { db, at } = question;
	const projects = await listProjectLines(question, await listProjects(db, at, 'all'));
	return { projects, loadedOn: at.loadedOn, asof: question.slice.asof };
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
