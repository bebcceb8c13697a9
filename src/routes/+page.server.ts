import { answer } from '#lib/server/answer.ts';
import { readOverview } from '#lib/server/page/overview.ts';
import { kindNames } from './reach/kind-names.ts';
import { labelLines } from './projects/label-lines.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(event, ['since'], async (question) => {
		const overview = await readOverview(question);
		const kinds = kindNames(overview.reach);
		return overview.kind === 'project'
			? { ...overview, kinds }
			: { ...overview, kinds, projects: labelLines(overview.projects) };
	});
