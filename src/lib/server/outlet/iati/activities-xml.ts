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
import { streamActivityEntries, type EntriesAsked } from '#lib/server/ledger/activity-entries.ts';
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
	/** Numbers of the activities after one, in their order; none at the end. */
	activities: (after: string) => Promise<string[]>;
};

const START = '0';
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
	let after = START;
	for (;;) {
		const ids = await file.activities(after);
		if (ids.length === 0) break;
		yield* writeBatch(file, ids, fallback);
		after = ids.at(-1)!;
	}
	yield CLOSE_ACTIVITIES;
}

async function* writeBatch(
	{ db, at, publisher, entries }: ActivityFile,
	ids: readonly string[],
	fallback: Fallback
): AsyncGenerator<string> {
	const described = await readFullActivities(db, at, ids);
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
	for await (const page of streamActivityEntries(db, entries, ids)) {
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
