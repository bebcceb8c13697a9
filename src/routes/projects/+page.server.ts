import { answer } from '#lib/server/answer.ts';
import { readProjects } from '#lib/server/page/projects.ts';
import { labelLines } from './label-lines.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(event, [], async (question) => {
		const { projects, ...rest } = await readProjects(question);
		return { ...rest, projects: labelLines(projects) };
	});
