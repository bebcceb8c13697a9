import type { Question } from '#lib/server/answer.ts';
import { listPostedFiles, listSites } from '#lib/server/facts/credits.ts';
import { refuseRestrictions } from './restrictions.ts';

/** What the credits name: the files that the published facts stand in, and the sites they were read from. */
export async function readAbout(question: Question<never>) {
	refuseRestrictions(question);
	const { db, at } = question;
	const [files, sites] = await Promise.all([listPostedFiles(db, at), listSites(db, at)]);
	return { files, sites, pages: sites.reduce((sum, { pages }) => sum + pages, 0) };
}
