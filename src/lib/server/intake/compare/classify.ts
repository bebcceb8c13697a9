import type { Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { Directory } from '../directory.ts';
import { hasBookRows, readBookDetails, readBookRows } from './book-entries.ts';
import { bookEntryOf, fileEntryOf, leftoverOfBooks, leftoverOfFile } from './entry-identity.ts';
import { matchEntries, uniqueReferences, type BookEntry, type FileEntry } from './identity.ts';
import { pairLeftovers, type Leftover } from './leftovers.ts';
import { organisationNumber, type FileScope } from './scope.ts';
import type { StagedBatch } from './staged-entries.ts';

/** What becomes of one staged entry. `key` is the name under which it stands in the books, `entryId` the version there. */
export type Outcome =
	| { what: 'added'; key: string }
	/** `recut`: equal, but the activity's shares by which it is cut are others now. */
	| { what: 'changed' | 'unchanged' | 'recut'; key: string; entryId: string; reporterId: string }
	/** Could replace any of these versions, or none. Until that is decided nothing can be posted. */
	| { what: 'unclear'; key: string; reporterId: string; candidates: { entryId: string; key: string }[] };

export type AbsentEntry = {
	entryId: string;
	reporterId: string;
	activityId: string;
	kind: string;
	reference: string | null;
};

export type Classified = {
	/** By record number. */
	outcomes: Map<number, Outcome>;
	/** In the books and not in the file: of these activities, and of reporters that the file has for them. */
	absent: AbsentEntry[];
	/** Those of which an unclear entry may replace any. */
	contested: AbsentEntry[];
};

/** One reporter's entries of one activity, on both sides. */
type Group = {
	reporterId: string;
	activity: string;
	activityId: string;
	file: FileEntry[];
	books: BookEntry[];
};
type Left = { group: Group; file: FileEntry[]; books: BookEntry[] };

/**
 * Compares the staged entries of a batch of activities with what the books have of them: the one place that says what is
 * new, changed, unchanged or unclear, for the preview and for posting alike. Works on whole batches: what it asks the
 * database does not grow with the number of entries.
 * @param comparable what {@link isComparable} says; where it is false and the batch is kept, nothing is asked at all
 */
export async function classify(
	db: Kysely<DB>,
	directory: Directory,
	scope: FileScope,
	batch: StagedBatch,
	comparable: boolean
): Promise<Classified> {
	const result: Classified = { outcomes: new Map(), absent: [], contested: [] };
	const left: Left[] = [];
	for (const group of await readGroups(db, directory, scope, batch, comparable)) {
		const { reporterId } = group;
		const { matches, file, books } = matchEntries(group.file, group.books, isWhole(directory, scope, group));
		for (const match of matches) {
			const isEqual = match.file.fingerprint === match.book.fingerprint;
			const what = !isEqual ? 'changed' : match.file.recut ? 'recut' : 'unchanged';
			const { key, entryId } = match.book;
			result.outcomes.set(match.file.recordNo, { what, key, entryId, reporterId });
		}
		if (file.length > 0 && books.length > 0) left.push({ group, file, books });
		else settle(result, { group, file, books }, null);
	}
	if (left.length > 0) await pairAll(db, directory, scope, batch, left, result);
	return result;
}

/** Whether the books hold anything of the file's reporters in a batch's activities; if not, all of the batch is new. */
export async function isComparable(
	db: Kysely<DB>,
	directory: Directory,
	{ nature, reporterIds }: FileScope,
	batch: StagedBatch
): Promise<boolean> {
	const ids = batch.activities.flatMap((key) => directory.findActivity(key)?.activityId ?? []);
	return ids.length > 0 && reporterIds.length > 0 && (await hasBookRows(db, nature, ids, reporterIds));
}

/** A file with a record of the activity, by the same reporter, says all that is to be said of it. */
function isWhole(directory: Directory, { stated }: FileScope, group: Group): boolean {
	const by = stated.get(group.activity)?.reporter;
	return by !== undefined && organisationNumber(directory, by) === group.reporterId;
}

async function readGroups(
	db: Kysely<DB>,
	directory: Directory,
	scope: FileScope,
	batch: StagedBatch,
	comparable: boolean
): Promise<Iterable<Group>> {
	const groups = new Map<string, Group>();
	const groupOf = (reporterId: string, activityId: string, activity: string): Group => {
		const name = `${reporterId} ${activity}`;
		let group = groups.get(name);
		if (!group) groups.set(name, (group = { reporterId, activity, activityId, file: [], books: [] }));
		return group;
	};
	const idOf = (activity: string) => directory.findActivity(activity)?.activityId;
	const keys = new Map(batch.activities.flatMap((key) => (idOf(key) ? [[idOf(key)!, key] as const] : [])));
	if (comparable) {
		for await (const rows of readBookRows(db, scope.nature, [...keys.keys()], scope.reporterIds)) {
			for (const row of rows)
				groupOf(row.reporterId, row.activityId, keys.get(row.activityId)!).books.push(bookEntryOf(row));
		}
	}
	// Of a batch that is not kept the identities alone are held, not the records.
	const compared = groups.size > 0 || !batch.isKept;
	for await (const entries of batch.read()) {
		for (const entry of entries) {
			const { reporter, activity } = entry.record;
			groupOf(organisationNumber(directory, reporter), idOf(activity) ?? '', activity).file.push(
				fileEntryOf(directory, entry, compared ? scope.recut.get(activity) : undefined, compared)
			);
		}
	}
	return groups.values();
}

/** Pairs what is left over in each group, with the fields that only this needs. */
async function pairAll(
	db: Kysely<DB>,
	directory: Directory,
	scope: FileScope,
	batch: StagedBatch,
	left: readonly Left[],
	result: Classified
): Promise<void> {
	const mine = new Map<string, Leftover>();
	const wanted = new Set(left.flatMap(({ file }) => file.map(({ recordNo }) => recordNo)));
	for await (const entries of batch.pick(wanted))
		for (const entry of entries) mine.set(String(entry.recordNo), leftoverOfFile(directory, entry));
	const theirs = new Map<string, Leftover>();
	const numbers = left.flatMap(({ group: { reporterId }, books }) =>
		books.map(({ entryId }) => ({ reporterId, entryId }))
	);
	for await (const rows of readBookDetails(db, numbers))
		for (const row of rows) theirs.set(row.entryId, leftoverOfBooks(row));

	for (const part of left) {
		const { pairs, unclear, contested } = pairLeftovers(
			part.file.map(({ recordNo }) => mine.get(String(recordNo))!),
			part.books.map(({ entryId }) => theirs.get(entryId)!),
			isWhole(directory, scope, part.group)
		);
		settle(result, part, {
			replaced: new Map(pairs.map(({ file, book }) => [file.id, book.id])),
			unclear: new Map(unclear.map(({ file, candidates }) => [file.id, candidates.map(({ id }) => id)])),
			contested: new Set(contested.map(({ id }) => id))
		});
	}
}

type Settled = {
	replaced: ReadonlyMap<string, string>;
	unclear: ReadonlyMap<string, string[]>;
	contested: ReadonlySet<string>;
};

/** Says what becomes of a group's leftovers, and gives new movements a key that no other of their kind has. */
function settle(result: Classified, { group, file, books }: Left, settled: Settled | null): void {
	const { reporterId } = group;
	const byId = new Map(books.map((book) => [book.entryId, book]));
	const names = new KeyNames(group);
	// A movement that changes its kind changes the scope in which its key is its own.
	const keyIn = (kind: string, book: BookEntry) =>
		book.kind === kind ? book.key : names.free(kind, book.key);
	const replaced = new Set<string>();
	for (const entry of file) {
		const { recordNo, kind } = entry;
		const entryId = settled?.replaced.get(String(recordNo));
		if (entryId !== undefined) {
			replaced.add(entryId);
			const key = keyIn(kind, byId.get(entryId)!);
			result.outcomes.set(recordNo, { what: 'changed', key, entryId, reporterId });
			continue;
		}
		const key = names.of(entry);
		const candidates = settled?.unclear
			.get(String(recordNo))
			?.map((id) => ({ entryId: id, key: byId.get(id)!.kind === kind ? byId.get(id)!.key : key }));
		result.outcomes.set(
			recordNo,
			candidates ? { what: 'unclear', key, reporterId, candidates } : { what: 'added', key }
		);
	}
	for (const { entryId, kind, reference } of books) {
		if (replaced.has(entryId)) continue;
		const absent = { entryId, reporterId, activityId: group.activityId, kind, reference };
		(settled?.contested.has(entryId) ? result.contested : result.absent).push(absent);
	}
}

/**
 * Names for new movements, each once in its kind: the source's reference where the file and the books have it on one entry
 * only, else a hash of the named fields, with a number where that stands in the books or the file already.
 */
class KeyNames {
	#taken: Set<string>;
	#last = new Map<string, number>();
	#file: ReadonlyMap<string, FileEntry | null>;
	#books: ReadonlyMap<string, BookEntry | null>;

	constructor({ file, books }: Group) {
		this.#taken = new Set(books.map(({ kind, key }) => `${kind} ${key}`));
		this.#file = uniqueReferences(file);
		this.#books = uniqueReferences(books);
	}

	of(entry: FileEntry): string {
		const { kind, reference, fields } = entry;
		const name = `${kind} ${reference}`;
		const isOnly = reference !== null && this.#file.get(name) === entry && !this.#books.has(name);
		return this.free(kind, isOnly ? `ref:${reference}` : `hash:${fields}`);
	}

	free(kind: string, base: string): string {
		let number = this.#last.get(`${kind} ${base}`) ?? 0;
		let key: string;
		do {
			number++;
			key = number === 1 ? base : `${number}:${base}`;
		} while (this.#taken.has(`${kind} ${key}`));
		this.#last.set(`${kind} ${base}`, number);
		this.#taken.add(`${kind} ${key}`);
		return key;
	}
}
