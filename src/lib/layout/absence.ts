/**
 * Why there is no value. None of them is zero, and no two look or export alike.
 * `not_loaded`: the day asked for lies before the first posting here, so nothing can be said of what was published.
 */
export type Absence =
	| { kind: 'not_published' }
	| { kind: 'not_loaded'; before: string }
	| { kind: 'not_applicable' }
	| { kind: 'withheld' }
	| { kind: 'no_demonstration' };

/** The absence of every amount, where the day asked for lies before the first load; that day in ISO form, or null. */
export function notLoaded(before: string | null): Absence | null {
	return before === null ? null : { kind: 'not_loaded', before };
}
