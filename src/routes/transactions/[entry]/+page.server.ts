import { error } from '@sveltejs/kit';
import { answer } from '#lib/server/answer.ts';
import { readTransaction } from '#lib/server/page/transaction.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(event, [], async (question) => {
		const data = await readTransaction(question, event.params.entry);
		if (data === null) error(404, { message: 'no such transaction' });
		return data;
	});
