import { answer } from '#lib/server/answer.ts';
import { referenceOf } from '#lib/server/page/cited.ts';
import { PROOF_FIELDS, readProof } from '#lib/server/page/proof.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(event, PROOF_FIELDS, async (question) => ({
		...(await readProof(question)),
		citation: await referenceOf(question)
	}));
