import { answer } from '#lib/server/answer.ts';
import { readTransactions, TRANSACTION_FIELDS } from '#lib/server/page/transactions.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => answer(event, TRANSACTION_FIELDS, readTransactions);
