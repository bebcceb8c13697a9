import { compare, subtract, type Decimal } from '#lib/money/decimal.ts';
import type { Kind } from '#lib/slice/slice.ts';

/** What is left over after {@link matchEntries}, with the fields by which it is paired. Organisations by number. */
export type Leftover = {
	/** `record_no` in the file, `entry_id` in the books. */
	id: string;
	kind: Kind;
	reference: string | null;
	/** First and last day. */
	dates: string;
	amount: Decimal;
	currency: string;
	provider: string | null;
	receiver: string | null;
	description: string | null;
	/** Equal where heading, value date, the parties' activities, budget version, basis and state are. */
	rest: string;
	fingerprint: string;
};

export type Pairs = {
	pairs: { file: Leftover; book: Leftover }[];
	/** Entries of the file that could replace any of several of the books, the nearest in amount first. */
	unclear: { file: Leftover; candidates: Leftover[] }[];
	/** Entries of the books of which an unclear one may replace any. */
	contested: Leftover[];
	file: Leftover[];
	books: Leftover[];
};

/** What must be equal for two entries to be one that changed; null where the rule does not speak of an entry. */
type Rule = (entry: Leftover) => unknown[] | null;

const partiesOf = ({ provider, receiver }: Leftover) => [provider, receiver];

const CORRECTED_AMOUNT: Rule = (entry) => [
	entry.kind,
	entry.dates,
	entry.currency,
	...partiesOf(entry),
	entry.description
];
const CORRECTED_CURRENCY: Rule = (entry) => [
	entry.kind,
	entry.dates,
	entry.amount,
	...partiesOf(entry),
	entry.description
];
const CORRECTED_DATE: Rule = (entry) => [
	entry.kind,
	entry.amount,
	entry.currency,
	...partiesOf(entry),
	entry.description
];
const OTHER_PARTIES_OR_TEXT: Rule = ({ kind, dates, amount, currency }) => [kind, dates, amount, currency];
const OTHER_KIND: Rule = (entry) => [
	entry.dates,
	entry.amount,
	entry.currency,
	...partiesOf(entry),
	entry.description
];
const ALL = [CORRECTED_AMOUNT, CORRECTED_CURRENCY, CORRECTED_DATE, OTHER_PARTIES_OR_TEXT, OTHER_KIND];

const sameReference =
	(rule: Rule): Rule =>
	(entry) => {
		const equal = entry.reference === null ? null : rule(entry);
		return equal && [entry.reference, ...equal];
	};
const noReference =
	(rule: Rule): Rule =>
	(entry) =>
		entry.reference === null ? rule(entry) : null;

/** Both of a reference that several carry: first what else is equal, at last nothing but the reference and the kind. */
const OF_ONE_REFERENCE = [...ALL, ({ kind }: Leftover) => [kind]].map(sameReference);

/** How many candidates of an unclear entry are shown. */
const SHOWN = 20;

/**
 * Pairs what one reporter's file and the books have left over in one activity, one to one, as *changed*:
 *
 * 1. entries of the same reference (several carry it) that differ in the amount; else in the currency; the date; the
 *    parties or the text; the kind; else any two of that reference and kind;
 * 2. if the file states the whole activity: entries that differ in the same ways whatever their references, in that order;
 *    if it only adds to what was reported: only those that differ in the amount and have no reference, then those that have
 *    one on one side. Such a file leaves out what it does not speak of, so what is merely alike is another movement.
 *
 * Entries that a rule calls equal form a group, and no later rule asks for them. A group with as many on both sides is
 * paired, those first that are also equal in the rest (heading, value date, ...), the others in order of date and amount:
 * no sum depends on it. With fewer on one side the choice matters, so it is made only where the longer side's entries are
 * equal in everything; otherwise all of the group's are unclear, and a person decides. What no rule speaks of is new in the file,
 * or absent from it.
 */
export function pairLeftovers(file: readonly Leftover[], books: readonly Leftover[], whole: boolean): Pairs {
	const result: Pairs = { pairs: [], unclear: [], contested: [], file: [...file], books: [...books] };
	for (const rule of OF_ONE_REFERENCE) apply(result, rule, rule);
	if (whole) {
		for (const rule of ALL) apply(result, rule, rule);
	} else {
		apply(result, noReference(CORRECTED_AMOUNT), noReference(CORRECTED_AMOUNT));
		apply(result, noReference(CORRECTED_AMOUNT), CORRECTED_AMOUNT);
		apply(result, CORRECTED_AMOUNT, noReference(CORRECTED_AMOUNT));
	}
	return result;
}

/** Settles every group that a rule makes of what is left; the two sides may be asked differently. */
function apply(result: Pairs, ruleOfFile: Rule, ruleOfBooks: Rule): void {
	if (result.file.length === 0 || result.books.length === 0) return;
	const groups = new Map<string, { file: Leftover[]; books: Leftover[] }>();
	for (const entry of result.books) {
		const equal = ruleOfBooks(entry);
		if (equal === null) continue;
		const name = JSON.stringify(equal);
		const group = groups.get(name);
		if (group) group.books.push(entry);
		else groups.set(name, { file: [], books: [entry] });
	}
	for (const entry of result.file) {
		const equal = ruleOfFile(entry);
		if (equal !== null) groups.get(JSON.stringify(equal))?.file.push(entry);
	}
	const done = new Set<Leftover>();
	for (const { file, books } of groups.values()) {
		if (file.length > 0) settle(result, done, file, books);
	}
	if (done.size === 0) return;
	result.file = result.file.filter((entry) => !done.has(entry));
	result.books = result.books.filter((entry) => !done.has(entry));
}

function settle(result: Pairs, done: Set<Leftover>, file: Leftover[], books: Leftover[]): void {
	const pair = (mine: readonly Leftover[], theirs: readonly Leftover[]) => {
		for (let index = 0; index < Math.min(mine.length, theirs.length); index++) {
			result.pairs.push({ file: mine[index]!, book: theirs[index]! });
			done.add(mine[index]!).add(theirs[index]!);
		}
	};
	for (const [mine, theirs] of equalInTheRest(file, books)) pair(mine, theirs);
	const mine = file.filter((entry) => !done.has(entry)).sort(byDateAndAmount);
	const theirs = books.filter((entry) => !done.has(entry)).sort(byDateAndAmount);
	if (mine.length === 0 || theirs.length === 0) return;
	const longer = mine.length > theirs.length ? mine : theirs;
	if (mine.length === theirs.length || areInterchangeable(longer)) {
		pair(mine, theirs);
		return;
	}
	for (const entry of mine) {
		result.unclear.push({ file: entry, candidates: nearest(entry, theirs) });
		done.add(entry);
	}
	result.contested.push(...theirs);
	for (const entry of theirs) done.add(entry);
}

/** Parts of a group that are equal in the rest too, as many on both sides. */
function equalInTheRest(file: readonly Leftover[], books: readonly Leftover[]): [Leftover[], Leftover[]][] {
	if (file.length === 1 && books.length === 1) return [];
	const mine = Map.groupBy(file, ({ rest }) => rest);
	const theirs = Map.groupBy(books, ({ rest }) => rest);
	return [...mine].flatMap(([rest, entries]): [Leftover[], Leftover[]][] => {
		const others = theirs.get(rest);
		return others?.length === entries.length
			? [[entries.sort(byDateAndAmount), others.sort(byDateAndAmount)]]
			: [];
	});
}

function areInterchangeable([first, ...others]: readonly Leftover[]): boolean {
	return others.every(({ fingerprint }) => fingerprint === first!.fingerprint);
}

function byDateAndAmount(a: Leftover, b: Leftover): number {
	if (a.dates !== b.dates) return a.dates < b.dates ? -1 : 1;
	return compare(a.amount, b.amount) || byId(a, b);
}

/** Numbers as text: the shorter one is the smaller. */
function byId(a: Leftover, b: Leftover): number {
	return a.id.length - b.id.length || (a.id < b.id ? -1 : 1);
}

function nearest(entry: Leftover, candidates: readonly Leftover[]): Leftover[] {
	const distance = ({ amount }: Leftover) => {
		const difference = subtract(amount, entry.amount);
		return difference.startsWith('-') ? difference.slice(1) : difference;
	};
	return candidates
		.map((candidate) => ({ candidate, away: distance(candidate) }))
		.sort((a, b) => compare(a.away, b.away) || byId(a.candidate, b.candidate))
		.slice(0, SHOWN)
		.map(({ candidate }) => candidate);
}
