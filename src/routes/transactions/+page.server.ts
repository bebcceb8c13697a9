import { answer } from '#lib/server/answer.ts';
import { readTransactions } from '#lib/server/page/transactions.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => answer(event, [], readTransactions);
