import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { EntryId } from '../compare/book-entries.ts';
import { copyEntries } from '../copy-entries.ts';
import type { PlainPosting } from '../in-posting.ts';
import { withdraw } from '../withdraw.ts';
import { readCancelled } from './undone.ts';

/** What a posting did to movements, and what stands today for what it left. */
export type UndoneEntries = {
	/** For entries that it added and that replaced nothing. */
	added: EntryId[];
	/** Versions that were there before it, with what stands for the one that it left in their place; null where it left none. */
	replaced: (EntryId & { tip: string | null })[];
};

/**
 * Reads what a posting did to the ledger. It may have replaced versions of its own on the way; and where later postings
 * that changed what it left were undone since, copies stand for that. Only ids are held.
 */
export async function readUndoneEntries(
	db: Kysely<DB>,
	nature: string,
	undoes: number
): Promise<UndoneEntries> {
	const { rows: ended } = await sql<EntryId & { replacedBy: string | null; isOwn: boolean }>`
		select r.reporting_organisation_id as "reporterId", r.entry_id as "entryId", r.replaced_by as "replacedBy",
			e.added_by = ${undoes}::integer as "isOwn"
		from ledger_retirement r join ledger_entry e using (reporting_organisation_id, entry_id)
		where r.nature = ${nature} and r.posting_no = ${undoes}::integer`.execute(db);
	const { rows: left } = await sql<EntryId & { name: string }>`
		select e.reporting_organisation_id as "reporterId", e.entry_id as "entryId", ${MOVEMENT} as name from ledger_entry e
		where e.nature = ${nature} and e.added_by = ${undoes}::integer`.execute(db);
	const own = new Map(
		ended.filter(({ isOwn }) => isOwn).map(({ entryId, replacedBy }) => [entryId, replacedBy])
	);
	const copies = await Copies.read(db, nature, undoes);
	const names = new Map(copies.any ? left.map(({ entryId, name }) => [entryId, name]) : []);
	const standsFor = (entryId: string) => copies.lastOf(entryId, names.get(entryId) ?? '');
	const lastOf = (first: string | null): string | null => {
		let last = first;
		while (last !== null && own.has(last)) last = own.get(last)!;
		return last;
	};
	const isTip = new Set<string>();
	const replaced = ended
		.filter(({ isOwn }) => !isOwn)
		.map(({ reporterId, entryId, replacedBy }) => {
			const last = lastOf(replacedBy);
			if (last !== null) isTip.add(last);
			return { reporterId, entryId, tip: last === null ? null : standsFor(last) };
		});
	const added = left
		.filter(({ entryId }) => !own.has(entryId) && !isTip.has(entryId))
		.map(({ reporterId, entryId }) => ({ reporterId, entryId: standsFor(entryId) }));
	return { added, replaced };
}

/** What makes two versions of one reporter the same movement. */
const MOVEMENT = sql<string>`concat_ws(' ', e.reporting_organisation_id, e.activity_id, e.kind, e.entry_key)`;

/** Copies that the undoing of later postings made of what these had ended. */
class Copies {
	/** By entry, the posting that undid the one that ended it. */
	#undoneBy: ReadonlyMap<string, number>;
	#copies: ReadonlyMap<string, string>;

	private constructor(undoneBy: ReadonlyMap<string, number>, copies: ReadonlyMap<string, string>) {
		this.#undoneBy = undoneBy;
		this.#copies = copies;
	}

	static async read(db: Kysely<DB>, nature: string, after: number): Promise<Copies> {
		const undoneBy = await readCancelled(db, nature, after);
		if (undoneBy.size === 0) return new Copies(new Map(), new Map());
		const ended = await sql<{ id: string; no: number }>`
			select entry_id as id, posting_no as no from ledger_retirement
			where nature = ${nature} and posting_no = any(${[...undoneBy.keys()]}::integer[])`.execute(db);
		const copies = await sql<{ id: string; by: number; name: string }>`
			select e.entry_id as id, e.added_by as by, ${MOVEMENT} as name from ledger_entry e
			where e.nature = ${nature} and e.added_by = any(${[...undoneBy.values()]}::integer[])`.execute(db);
		return new Copies(
			new Map(ended.rows.map(({ id, no }) => [id, undoneBy.get(no)!])),
			new Map(copies.rows.map(({ id, by, name }) => [`${by} ${name}`, id]))
		);
	}

	get any(): boolean {
		return this.#copies.size > 0;
	}

	/** The version that stands for one today: itself, or the last copy of it. */
	lastOf(entryId: string, name: string): string {
		let last = entryId;
		for (let by = this.#undoneBy.get(last); by !== undefined; by = this.#undoneBy.get(last)) {
			const copy = this.#copies.get(`${by} ${name}`);
			if (copy === undefined) break;
			last = copy;
		}
		return last;
	}
}

const BATCH = 10_000;

function* inBatches<T>(items: readonly T[]): Generator<T[]> {
	for (let start = 0; start < items.length; start += BATCH) yield items.slice(start, start + BATCH);
}

/** Puts back what a posting replaced or withdrew, as copies, and withdraws what it added. Answers whose entries came back. */
export async function undoEntries(
	posting: PlainPosting,
	{ added, replaced }: UndoneEntries
): Promise<{ changed: number; added: number; retired: number; reporterIds: string[] }> {
	const counts = { changed: 0, added: 0, retired: 0 };
	for (const batch of inBatches(added)) counts.retired += await withdraw(posting, batch);
	for (const batch of inBatches(replaced)) {
		const chosen = sql`
			select * from unnest(${batch.map(({ reporterId }) => reporterId)}::bigint[], ${batch.map(({ entryId }) => entryId)}::bigint[],
				${batch.map(({ tip }) => tip)}::bigint[]) as back(reporting_organisation_id, entry_id, retires)`;
		await copyEntries(posting, chosen, { changed: [], cause: 'correction' });
		const changed = batch.filter(({ tip }) => tip !== null).length;
		counts.changed += changed;
		counts.added += batch.length - changed;
	}
	return { ...counts, reporterIds: [...new Set(replaced.map(({ reporterId }) => reporterId))] };
}
