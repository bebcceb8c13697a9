import type { Kind } from '#lib/slice/slice.ts';

/** What tells one movement from another inside (reporting organisation, activity, kind). */
export type Identity = {
	kind: Kind;
	reference: string | null;
	/** Equal where dates, amount, currency, provider, receiver and description are. */
	fields: string;
	/** Equal where everything is that a newer file may change. */
	fingerprint: string;
};

/** An entry as a file has it, by the number of its staged record. `recut`: even if equal, it is cut otherwise now. */
export type FileEntry = Identity & { recordNo: number; recut: boolean };

/** The version in force of an entry in the books. `key` stays with the movement over its versions. */
export type BookEntry = Identity & { entryId: string; key: string };

export type Match = { file: FileEntry; book: BookEntry };
export type Matched = { matches: Match[]; file: FileEntry[]; books: BookEntry[] };

/**
 * Pairs the entries of one reporter and activity that are the same movement beyond doubt, each kind for itself:
 *
 * 1. by the source's reference, where each side has it exactly once;
 * 2. else by their named fields (dates, amount, currency, provider, receiver, description), as many times as both sides
 *    have them: first those that are equal in everything, then those of equal reference, then any; of several in the
 *    order of reference and fingerprint, so that the order of a file changes nothing.
 *
 * Two different references in a file that only adds to what was reported are two movements, however alike they are: such
 * a file leaves out what it does not speak of. What is left over on either side is answered in its order.
 * @param whole the file states everything that its reporter knows of this activity
 */
export function matchEntries(
	file: readonly FileEntry[],
	books: readonly BookEntry[],
	whole: boolean
): Matched {
	const matches: Match[] = [];
	const taken = new Set<FileEntry | BookEntry>();
	const take = (one: FileEntry, other: BookEntry) => {
		matches.push({ file: one, book: other });
		taken.add(one).add(other);
	};
	const left = <T extends FileEntry | BookEntry>(entries: readonly T[]) =>
		taken.size === 0 ? entries : entries.filter((entry) => !taken.has(entry));

	matchOneToOne(file, books, take);
	matchAsMultisets(left(file), left(books), ({ kind, fingerprint }) => `${kind} ${fingerprint}`, take);
	matchAsMultisets(
		inOrder(left(file)),
		inOrder(left(books)),
		({ kind, fields, reference }) => JSON.stringify([kind, fields, reference]),
		take
	);
	// A reference on one side only contradicts nothing; two different ones do, unless the file states the whole activity.
	for (const [mine, theirs] of whole
		? ([[() => true, () => true]] as const)
		: ([
				[isUnnamed, () => true],
				[() => true, isUnnamed]
			] as const)) {
		matchAsMultisets(
			inOrder(left(file).filter(mine)),
			inOrder(left(books).filter(theirs)),
			({ kind, fields }) => `${kind} ${fields}`,
			take
		);
	}
	return { matches, file: [...left(file)], books: [...left(books)] };
}

/** Which of several is taken decides which are left. */
function inOrder<T extends Identity>(entries: readonly T[]): T[] {
	return entries.toSorted(
		(a, b) => bytewise(a.reference ?? '', b.reference ?? '') || bytewise(a.fingerprint, b.fingerprint)
	);
}

const bytewise = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

const isUnnamed = ({ reference }: Identity) => reference === null;

/** By references that each side has exactly once in a kind. */
function matchOneToOne(
	file: readonly FileEntry[],
	books: readonly BookEntry[],
	take: (one: FileEntry, other: BookEntry) => void
): void {
	const mine = uniqueReferences(file);
	if (mine.size === 0) return;
	const theirs = uniqueReferences(books);
	for (const [name, one] of mine) {
		const other = theirs.get(name);
		if (one && other) take(one, other);
	}
}

/** Entries by kind and reference; null for a reference that more than one carries. */
export function uniqueReferences<T extends Identity>(entries: readonly T[]): Map<string, T | null> {
	const found = new Map<string, T | null>();
	for (const entry of entries) {
		if (entry.reference === null) continue;
		const name = `${entry.kind} ${entry.reference}`;
		found.set(name, found.has(name) ? null : entry);
	}
	return found;
}

function matchAsMultisets(
	file: readonly FileEntry[],
	books: readonly BookEntry[],
	nameOf: (entry: Identity) => string,
	take: (one: FileEntry, other: BookEntry) => void
): void {
	if (file.length === 0 || books.length === 0) return;
	const theirs = new Map<string, BookEntry[]>();
	for (const entry of [...books].reverse()) {
		const name = nameOf(entry);
		const group = theirs.get(name);
		if (group) group.push(entry);
		else theirs.set(name, [entry]);
	}
	for (const entry of file) {
		const other = theirs.get(nameOf(entry))?.pop();
		if (other) take(entry, other);
	}
}
