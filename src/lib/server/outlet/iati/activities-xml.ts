import {
	CLOSE_ACTIVITIES,
	closeActivity,
	openActivities,
	openActivity,
	writeCapitalSpend
} from '#lib/iati/write/activity.ts';
import type { Fallback, Publisher, WrittenActivity } from '#lib/iati/write/content.ts';
import { writeEntry } from '#lib/iati/write/entry.ts';
import type { Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { readFullActivities } from '#lib/server/facts/full-activities.ts';
import type { FactsAt } from '#lib/server/facts/posting.ts';
import {
	streamActivityEntries,
	type ActivityEntry,
	type EntriesAsked
} from '#lib/server/ledger/activity-entries.ts';
import { toWritten } from './own-shares.ts';

/** A file of the standard on its way out: which activities, which of their money, in whose name. */
export type ActivityFile = {
	db: Kysely<DB>;
	at: FactsAt;
	publisher: Publisher;
	entries: EntriesAsked;
	/** What stands at the top, for who opens the file. */
	about: string;
	/** Projects that are no activity themselves, and that are written as one. */
	projects: () => Promise<WrittenActivity[]>;
	/** Numbers of the activities after one, in their order, so many at most. */
	activities: (after: string, limit: number) => Promise<string[]>;
};

const START = '0';
/** Activities described at a time, and numbers of them known beforehand. */
const BATCH = 100;
const MOST_NUMBERS = 10_000;
const FIRST_DAY = '1970-01-01';

/** The file, with the activities of one batch and a page of their money in memory. */
export async function* writeActivityFile(file: ActivityFile): AsyncGenerator<string> {
	const { publisher, entries } = file;
	const { knownAt } = entries.pinned;
	const fallback: Fallback = { day: knownAt?.slice(0, 10) ?? FIRST_DAY };
	yield openActivities(knownAt, file.about);
	for (const project of await file.projects()) {
		yield `${openActivity(project, publisher, fallback)}\n${closeActivity(project, publisher, fallback)}`;
	}
	for await (const batch of oneAhead(readBatches(file))) yield* writeBatch(file, batch, fallback);
	yield CLOSE_ACTIVITIES;
}

/** Activities in their order, what is said of them, and their money page by page, of which the first is read already. */
type ActivityBatch = {
	ids: readonly string[];
	described: Map<string, WrittenActivity>;
	pages: AsyncGenerator<ActivityEntry[]>;
};

async function* readBatches({ db, at, entries, activities }: ActivityFile): AsyncGenerator<ActivityBatch> {
	for await (const ids of inBatches(activities)) {
		const pages = streamActivityEntries(db, entries, ids);
		// Asked for at once: an answer is only heard between two texts, and a question only then put.
		const [described, first] = await Promise.all([readFullActivities(db, at, ids), pages.next()]);
		yield { ids, described, pages: resumed(first, pages) };
	}
}

/** Which activities come next may cost the same for few as for many: few are asked for at first, to begin soon. */
async function* inBatches(activities: ActivityFile['activities']): AsyncGenerator<string[]> {
	let after = START;
	for (let limit = BATCH; ; limit = Math.min(limit * 4, MOST_NUMBERS)) {
		const ids = await activities(after, limit);
		for (let from = 0; from < ids.length; from += BATCH) yield ids.slice(from, from + BATCH);
		if (ids.length < limit) return;
		after = ids.at(-1)!;
	}
}

async function* resumed<T>(first: IteratorResult<T>, rest: AsyncGenerator<T>): AsyncGenerator<T> {
	if (first.done) return;
	yield first.value;
	yield* rest;
}

/** What a source gives, one made while the one before is written. */
async function* oneAhead<T>(source: AsyncGenerator<T>): AsyncGenerator<T> {
	try {
		for (let coming = source.next(); ;) {
			const { done, value } = await coming;
			if (done) return;
			coming = source.next();
			// It may fail while this one is still being written: that is thrown when its turn comes.
			coming.catch(() => {});
			yield value;
		}
	} finally {
		await source.return(undefined);
	}
}

async function* writeBatch(
	{ publisher, entries }: ActivityFile,
	{ ids, described, pages }: ActivityBatch,
	fallback: Fallback
): AsyncGenerator<string> {
	const slice = entries.whole ? null : entries.pinned.resolved.slice;
	const waiting = ids.filter((id) => described.has(id));
	/** How far the first that waits is written. */
	let state: 'new' | 'plans' | 'transactions' = 'new';
	let text = '';
	const begin = () => {
		if (state === 'new') text += `${openActivity(described.get(waiting[0]!)!, publisher, fallback)}\n`;
		if (state === 'new') state = 'plans';
	};
	const toTransactions = () => {
		begin();
		if (state === 'plans') text += writeCapitalSpend(described.get(waiting[0]!)!);
		state = 'transactions';
	};
	const end = () => {
		toTransactions();
		text += closeActivity(described.get(waiting[0]!)!, publisher, fallback);
		waiting.shift();
		state = 'new';
	};
	for await (const page of pages) {
		for (const entry of page) {
			while (waiting[0] !== entry.activityId) end();
			if (entry.group === 2) toTransactions();
			else begin();
			text += `${writeEntry(toWritten(entry, slice), fallback)}\n`;
		}
		yield text;
		text = '';
	}
	while (waiting.length > 0) end();
	if (text !== '') yield text;
}
