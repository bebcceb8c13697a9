import type { Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { Decimal } from '#lib/money/decimal.ts';
import type { Kind } from '#lib/slice/slice.ts';
import type { Directory } from '../directory.ts';
import type { Preview } from '../preview.ts';
import type { Watch } from '../watch.ts';
import { readBookDetails, sumEntries, type BookDetail, type EntryId } from './book-entries.ts';
import { ChangeList } from './changes.ts';
import { classify, isComparable, type Classified } from './classify.ts';
import type { FileScope } from './scope.ts';
import { readStagedBatches, type StagedBatch } from './staged-entries.ts';
import { KindSums } from './sums.ts';
import { NamedWithdrawals, type SettledWithdrawal } from './withdrawals.ts';

/** An amount that is in the file and in the books, or that the file takes out of the books. */
export type Taken = {
	activity: string;
	kind: Kind;
	currency: string;
	amount: Decimal;
	dateFrom: string | null;
	dateTo: string | null;
};

export type ComparedEntries = {
	counts: Preview['changes'];
	/** What to take from all of the file and all of the books together to get what the books hold afterwards. */
	taken: KindSums;
	/** Of absent entries in activities of which the file has others. */
	absent: KindSums;
};

/**
 * Compares all staged entries with the books, a batch of activities at a time, and lists what they change.
 * @param onTaken is told of each amount in `taken`
 */
export async function compareEntries(
	db: Kysely<DB>,
	directory: Directory,
	scope: FileScope,
	{ total, watch, onTaken }: { total: number; watch: Watch; onTaken: (taken: Taken) => void }
): Promise<ComparedEntries> {
	const changes = await ChangeList.begin(db, directory, scope);
	const withdrawals = await NamedWithdrawals.read(db, directory, scope);
	const counts = { added: 0, changed: 0, withdrawn: 0, unchanged: 0, unclear: 0 };
	const result: ComparedEntries = { counts, taken: new KindSums(), absent: new KindSums() };
	const take = (taken: Taken) => {
		result.taken.add({ ...taken, count: 1, sum: taken.amount });
		onTaken(taken);
	};
	let done = 0;
	watch.tell(0, total, 0);
	for await (const batch of readStagedBatches(db, scope.importId)) {
		watch.check();
		done += batch.size;
		if (!(await isComparable(db, directory, scope, batch))) {
			counts.added += batch.size;
			watch.tell(done, total, done);
			continue;
		}
		const classified = await classify(db, directory, scope, batch, true);
		for (const { what } of classified.outcomes.values()) counts[what === 'recut' ? 'changed' : what]++;
		const details = await readDetails(db, classified);
		await takeAway(batch, classified, details, take);
		const absent = classified.absent.filter((entry) => !withdrawals.meet(entry));
		await changes.add(batch, { ...classified, absent }, details);
		await addSums(db, result.absent, absent);
		watch.tell(done, total, done);
	}
	for (const settled of await withdrawals.settle(db, scope.importId)) {
		counts.withdrawn++;
		await changes.addNamed(settled);
		await addWithdrawn(db, result.taken, settled);
	}
	// Several carried the name: none was taken back.
	await addSums(db, result.absent, withdrawals.left());
	await changes.addAbsentElsewhere();
	return result;
}

/** The versions that a batch changes, and those that one of its entries could replace. */
async function readDetails(db: Kysely<DB>, { outcomes }: Classified): Promise<Map<string, BookDetail>> {
	const wanted = new Map<string, EntryId>();
	for (const outcome of outcomes.values()) {
		if (outcome.what === 'changed') wanted.set(outcome.entryId, outcome);
		if (outcome.what !== 'unclear') continue;
		const { reporterId, candidates } = outcome;
		for (const { entryId } of candidates) wanted.set(entryId, { reporterId, entryId });
	}
	const details = new Map<string, BookDetail>();
	for await (const rows of readBookDetails(db, [...wanted.values()]))
		for (const row of rows) details.set(row.entryId, row);
	return details;
}

/** Of what is unchanged or unclear the file's amount does not come in; of what changes the books' amount goes out. */
async function takeAway(
	batch: StagedBatch,
	{ outcomes }: Classified,
	details: ReadonlyMap<string, BookDetail>,
	take: (taken: Taken) => void
): Promise<void> {
	const staying = new Set<number>();
	for (const [recordNo, outcome] of outcomes) {
		if (outcome.what === 'changed') take(details.get(outcome.entryId)!);
		else if (outcome.what !== 'added') staying.add(recordNo);
	}
	if (staying.size === 0) return;
	for await (const entries of batch.pick(staying))
		for (const { record } of entries) take({ ...record, kind: record.entryKind });
}

async function addSums(db: Kysely<DB>, sums: KindSums, entries: readonly EntryId[]): Promise<void> {
	for (const sum of await sumEntries(db, entries)) sums.add(sum);
}

async function addWithdrawn(db: Kysely<DB>, taken: KindSums, { of }: SettledWithdrawal): Promise<void> {
	if ('entryId' in of) await addSums(db, taken, [of]);
	else taken.add(of);
}
