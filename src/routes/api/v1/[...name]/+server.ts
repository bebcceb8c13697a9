import { answerApi } from '#lib/server/api/answer.ts';
import type { RequestHandler } from './$types';

/** Every method comes here: what cannot be answered is told in the shape that programs read. */
export const fallback: RequestHandler = (event) => answerApi(event, event.params.name);
