import { isDay, type Day } from './period.ts';

/**
 * How an entry stands to what was known earlier. `known`: all that was in force then. Of what is in force now: `added`
 * since, or the `replacement` of an entry in force then. Of what was in force then: `replaced` since by such a one, or
 * `withdrawn`. Known + added + replacement − replaced − withdrawn is what is known now.
 */
export const CHANGE_KINDS = ['known', 'added', 'replaced', 'replacement', 'withdrawn'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** Why a version of an entry ended. */
export const RETIREMENT_CAUSES = ['correction', 'withdrawal', 'allocation', 'rate', 'counting'] as const;
export type RetirementCause = (typeof RETIREMENT_CAUSES)[number];

/** An earlier state of the books: the end of a day, or the number of a posting of the slice's nature. */
export type Since = Day | string;

/** As it stands in a slice and an address: `added:2017-06-30`, `withdrawn:7`. */
export type Change = `${ChangeKind}:${Since}`;

const POSTING = /^[1-9][0-9]{0,8}$/;

/** True for a day that exists and for the number of a posting. */
export const isSince = (text: string): boolean => isDay(text) || POSTING.test(text);

/** The two parts of a change; null for any other text. */
export function readChange(text: string): { kind: ChangeKind; since: Since } | null {
	const at = text.indexOf(':');
	const kind = CHANGE_KINDS.find((known) => known === text.slice(0, at));
	const since = text.slice(at + 1);
	return kind !== undefined && isSince(since) ? { kind, since } : null;
}

/** The part of a slice's change that says since when; null for a slice of no change. */
export const sinceOf = (change: Change | null | undefined): Since | null =>
	change == null ? null : (readChange(change)?.since ?? null);
