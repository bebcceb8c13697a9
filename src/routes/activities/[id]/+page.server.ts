import { mayWriteHere } from '#lib/server/access/visit.ts';
import { answer } from '#lib/server/answer.ts';
import { findMovedActivity } from '#lib/server/facts/moved.ts';
import { readActivity } from '#lib/server/page/activity.ts';
import { propertyLabel } from '#lib/words/fact.ts';
import { measureLabel } from '#lib/words/ledger.ts';
import { labelStatements } from '../../facts/label-statements.ts';
import { sendOn } from '../../moved.ts';
import { labelFurther } from './label-details.ts';
import { labelActivity, labelNeighbour, labelParties } from './label-activity.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(event, [], async (question) => {
		const read = await readActivity(question, event.params.id);
		if (read === null) {
			const moved = await findMovedActivity(question.db, question.at, event.params.id);
			sendOn(event.url, moved && `/activities/${moved}`, 'no such activity');
		}
		const { activity, neighbours, statements, money, nearby, details, results, ...data } = read;
		// Invented amounts must not be found by search engines as if they were anyone's.
		if (activity.nature === 'demonstration') event.setHeaders({ 'x-robots-tag': 'noindex' });
		return {
			...data,
			writing: activity.nature === 'published' && mayWriteHere(event),
			activity: labelActivity(activity),
			money: money.map((part) => ({ ...part, term: measureLabel(part.slice.measure) })),
			...labelFurther({ nearby, details, results }),
			parties: labelParties(activity.parties),
			previous: labelNeighbour(neighbours.previous),
			next: labelNeighbour(neighbours.next),
			statements: statements.map(({ property, claims }) => ({
				property: propertyLabel(property),
				statements: labelStatements(claims)
			}))
		};
	});
