import type { Question } from '#lib/server/answer.ts';
import { defaultSlice } from '#lib/slice/codec.ts';
import type { Slice } from '#lib/slice/slice.ts';
import { refuse } from './refuse.ts';

/** What a page of facts can be asked for: everything else of a slice is a question to the transactions. */
const ALLOWED: readonly (keyof Slice)[] = ['portfolio', 'nature', 'asof', 'version', 'currency'];

/**
 * Answers 400, naming the parameter, to a restriction that the page would have to ignore.
 * @param besides what this page can also be asked for
 */
export function refuseRestrictions(
	{ slice, runtime }: Pick<Question<never>, 'slice' | 'runtime'>,
	besides: readonly (keyof Slice)[] = []
): void {
	const free = defaultSlice(runtime.configuration.portfolio);
	for (const name of Object.keys(free) as (keyof Slice)[]) {
		if (ALLOWED.includes(name) || besides.includes(name) || slice[name] === free[name]) continue;
		refuse(name, String(slice[name]), 'unknown');
	}
}
