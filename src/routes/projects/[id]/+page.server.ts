import { answer } from '#lib/server/answer.ts';
import { readProject } from '#lib/server/page/project.ts';
import { kindNames } from '../../reach/kind-names.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(event, ['since'], async (question) => {
		const project = await readProject(question, event.params.id);
		return { ...project, kinds: kindNames(project.reach) };
	});
