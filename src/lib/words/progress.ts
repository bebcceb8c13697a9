/*
 * How far long work is, in words that come from outside: the page's script says it as the server did, and has no catalogue.
 */

/** Texts with holes: `{percent} %`, `{records} records`, `about {seconds} s left`. */
export type ProgressWords = {
	phases: Record<string, string>;
	percent: string;
	records: string;
	left: string;
};

/** What of a progress is told. */
export type ProgressTold = {
	phase: string;
	done: number;
	total: number | null;
	records: number;
	secondsLeft: number | null;
};

/** The phase, and what is known of how far it is: "41 %, 12 000 records, about 5 s left". Null is work that waits. */
export function describeProgress(
	progress: ProgressTold | null,
	words: ProgressWords
): { phase: string; rest: string } {
	const { phase, done, total, records, secondsLeft } = progress ?? WAITING;
	const fill = (text: string, name: string, value: number) => text.replace(`{${name}}`, grouped(value));
	const rest = [
		...(total ? [fill(words.percent, 'percent', Math.min(100, Math.floor((done / total) * 100)))] : []),
		...(records > 0 ? [fill(words.records, 'records', records)] : []),
		...(!secondsLeft ? [] : [fill(words.left, 'seconds', secondsLeft)])
	];
	return { phase: words.phases[phase] ?? phase, rest: rest.join(', ') };
}

const WAITING: ProgressTold = { phase: 'waiting', done: 0, total: null, records: 0, secondsLeft: null };

/** As all counts are written (`money/digits.ts`), without what that brings along for a page's script. */
function grouped(value: number): string {
	return String(Math.floor(value)).replace(/\B(?=(?:[0-9]{3})+$)/g, '\u202f');
}
