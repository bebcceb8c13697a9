import type { Circle } from '#lib/iati/rules/parents.ts';
import type { Finding } from '../../record.ts';

/** Activities of a file that are parts of each other: a roll-up from parts to wholes has no top there. */
export function circleFinding(fileName: string, { activities, length, line }: Circle): Finding {
	const more = length > activities.length ? ` ... (${length} in all)` : '';
	return {
		kind: 'finding',
		severity: 'warning',
		rule: 'related-in-a-circle',
		place: `${fileName} line ${line} iati-activity[${activities[0]}]`,
		read: `each is a part of the next, the last of the first: ${activities.join(', ')}${more}`,
		done: 'read; ask the reporter which of them is the whole'
	};
}
