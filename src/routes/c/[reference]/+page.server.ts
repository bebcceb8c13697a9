import { answerCited } from '#lib/server/page/cited.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const cited = await answerCited(event, event.params.reference);
	if (cited.kind !== 'claim' && cited.slice.nature === 'demonstration')
		event.setHeaders({ 'x-robots-tag': 'noindex' });
	return cited;
};
