import type { Question } from '#lib/server/answer.ts';
import { listClaimsOf, type Claim } from '#lib/server/facts/claims.ts';
import { listCoverage, listProjects, type Coverage, type Project } from '#lib/server/facts/projects.ts';

/** What the projects asked for say of their countries. */
export type CountryCoverage = {
	projects: Project[];
	/** Recipient countries of the projects, each once, by code. */
	codes: string[];
	/** By country, with the project that says so; the main project's word first. */
	details: Map<string, Coverage & { project_key: string }>;
	/** All that is claimed of when the project was launched there, by country, the chosen value first. */
	launches: Map<string, Claim[]>;
};

/** Countries of a portfolio with their details. */
export async function readCoverage({
	db,
	at,
	slice
}: Pick<Question<never>, 'db' | 'at' | 'slice'>): Promise<CountryCoverage> {
	const [projects, claims] = await Promise.all([
		listProjects(db, at, slice.portfolio),
		listClaimsOf(db, at, 'country_coverage', ['launch_date'])
	]);
	const details: CountryCoverage['details'] = new Map();
	const lines = await listCoverage(
		db,
		at,
		projects.map(({ project_id }) => project_id)
	);
	for (const project of projects) {
		for (const line of lines.filter(({ project_id }) => project_id === project.project_id)) {
			if (!details.has(line.country)) details.set(line.country, { ...line, project_key: project.key });
		}
	}
	const launches: CountryCoverage['launches'] = new Map();
	for (const [code, { project_key }] of details) {
		launches.set(
			code,
			claims.filter(({ subject_key }) => subject_key === `${project_key}:${code}`)
		);
	}
	return {
		projects,
		details,
		launches,
		codes: [...new Set(projects.flatMap(({ countries }) => countries))].sort()
	};
}
