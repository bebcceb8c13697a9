import { answerActivitiesXml } from '#lib/server/outlet/iati/answer-iati.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) => answerActivitiesXml(event);
