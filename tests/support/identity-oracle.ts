import { fingerprintOf } from '#lib/server/intake/entry-rows.ts';
import type { LedgerEntryRecord } from '#lib/server/intake/record.ts';
import { withoutZeros } from './ledger-slices.ts';

/*
 * Which entries a file replaces, worked out by comparing each with each, from the rule as the README states it. Nothing
 * here may use lib/server/intake/compare.
 */

type Entry = LedgerEntryRecord;

const named = (entry: Entry) => [
	entry.dateFrom,
	entry.dateTo,
	withoutZeros(entry.amount),
	entry.currency,
	entry.provider,
	entry.receiver,
	entry.description
];
const rest = (entry: Entry) => [
	entry.heading,
	entry.valueDate ?? entry.dateFrom,
	entry.providerActivity,
	entry.receiverActivity,
	entry.budgetVersion,
	entry.basis,
	entry.state
];
const butFor = (left: number[]) => (entry: Entry) => [
	entry.entryKind,
	...named(entry).filter((_, index) => !left.includes(index))
];
const exceptAmount = butFor([2]);
const exceptCurrency = butFor([3]);
const exceptDate = butFor([0, 1]);
const exceptPartiesAndText = butFor([4, 5, 6]);
const exceptKind = (entry: Entry) => named(entry);
const ways = [exceptAmount, exceptCurrency, exceptDate, exceptPartiesAndText, exceptKind];

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

const placeOf = (entry: Entry) => `${entry.reference ?? ''}\0${fingerprintOf(entry)}`;
const inOrder = (entries: readonly Entry[]) =>
	[...entries].sort((a, b) => Number(placeOf(a) > placeOf(b)) - Number(placeOf(a) < placeOf(b)));

/**
 * Entries of the books that a file replaces (or repeats), one reporter and activity at a time. Of interchangeable ones any.
 * @param whole activities of which the file states everything
 */
export function findReplaced(
	books: readonly Entry[],
	file: readonly Entry[],
	whole: ReadonlySet<string> = new Set()
): Set<Entry> {
	const replaced = new Set<Entry>();
	const scopes = Map.groupBy(file, ({ reporter, activity }) => JSON.stringify([reporter, activity]));
	for (const mine of scopes.values()) {
		const { reporter, activity } = mine[0]!;
		const theirs = books.filter((entry) => entry.reporter === reporter && entry.activity === activity);
		for (const entry of replacedIn(theirs, mine, whole.has(activity))) replaced.add(entry);
	}
	return replaced;
}

function replacedIn(books: readonly Entry[], file: readonly Entry[], whole: boolean): Set<Entry> {
	const done = new Set<Entry>();
	const replaced = new Set<Entry>();
	const ordered = { file: inOrder(file), books: inOrder(books) };
	const left = (entries: readonly Entry[]) => entries.filter((entry) => !done.has(entry));
	const pair = (one: Entry, other: Entry) => {
		done.add(one).add(other);
		replaced.add(other);
	};
	const eachOnce = (isPair: (one: Entry, other: Entry) => boolean) => {
		for (const one of left(ordered.file)) {
			const other = left(ordered.books).find((candidate) => isPair(one, candidate));
			if (other) pair(one, other);
		}
	};
	const sameName = (one: Entry, other: Entry) =>
		one.reference !== null && one.entryKind === other.entryKind && one.reference === other.reference;
	const sameFields = (one: Entry, other: Entry) =>
		one.entryKind === other.entryKind && same(named(one), named(other));
	const count = (entries: readonly Entry[], of: Entry) =>
		entries.filter((entry) => sameName(of, entry)).length;

	for (const one of file) {
		const other = books.find((candidate) => sameName(one, candidate));
		if (other && count(file, one) === 1 && count(books, one) === 1) pair(one, other);
	}
	const { place: _a, ...bare } = file[0]!;
	const content = (entry: Entry) =>
		Object.keys(bare)
			.sort()
			.map((name) => entry[name as keyof Entry]);
	eachOnce((one, other) => same(content(one), content(other)));
	eachOnce((one, other) => sameFields(one, other) && one.reference === other.reference);
	if (whole) eachOnce(sameFields);
	else {
		eachOnce((one, other) => sameFields(one, other) && one.reference === null);
		eachOnce((one, other) => sameFields(one, other) && other.reference === null);
	}

	const settle = (nameOf: (entry: Entry) => unknown[], mine: Entry[], theirs: Entry[]) => {
		for (const [name, group] of Map.groupBy(theirs, (entry) => JSON.stringify(nameOf(entry)))) {
			const own = mine.filter((entry) => JSON.stringify(nameOf(entry)) === name);
			if (own.length > 0) settleGroup(own, group);
		}
	};
	const settleGroup = (mine: Entry[], theirs: Entry[]) => {
		for (const [name, group] of Map.groupBy(theirs, (entry) => JSON.stringify(rest(entry)))) {
			const own = mine.filter((entry) => JSON.stringify(rest(entry)) === name);
			const isOnly = mine.length === 1 && theirs.length === 1;
			if (!isOnly && own.length === group.length) own.forEach((entry, index) => pair(entry, group[index]!));
		}
		const [own, group] = [left(mine), left(theirs)];
		if (own.length === 0 || group.length === 0) return;
		const longer = own.length > group.length ? own : group;
		const isClear =
			own.length === group.length || longer.every((entry) => same(content(entry), content(longer[0]!)));
		if (isClear) {
			for (let index = 0; index < Math.min(own.length, group.length); index++)
				pair(own[index]!, group[index]!);
		} else for (const entry of [...own, ...group]) done.add(entry);
	};
	const withReference = (entries: readonly Entry[]) =>
		left(entries).filter(({ reference }) => reference !== null);
	const without = (entries: readonly Entry[]) => left(entries).filter(({ reference }) => reference === null);
	for (const way of [...ways, ({ entryKind }: Entry) => [entryKind]]) {
		settle((entry) => [entry.reference, ...way(entry)], withReference(file), withReference(books));
	}
	if (whole) for (const way of ways) settle(way, left(file), left(books));
	else {
		settle(exceptAmount, without(file), without(books));
		settle(exceptAmount, without(file), left(books));
		settle(exceptAmount, left(file), without(books));
	}
	return replaced;
}
