import type { Reach } from '#lib/server/page/reach.ts';
import { activityTypeLabel } from '#lib/words/activity.ts';

/**
 * Names of the kinds of activity that occur, by code. Called where a page is loaded: the whole glossary need not travel to
 * the browser.
 */
export function kindNames({ kinds }: Reach): Record<string, string> {
	return Object.fromEntries(kinds.map(({ key }) => [key, activityTypeLabel(key)]));
}
