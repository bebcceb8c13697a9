import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { readSharesOf } from '../activity-shares.ts';
import { findChangedActivities } from '../iati/post-activities.ts';
import { readActivities } from '../iati/post.ts';
import type { Preview } from '../preview.ts';
import { recutBetween, sharesOfRecord } from './recut.ts';
import type { FileScope, Recut } from './scope.ts';

export type ComparedActivities = {
	counts: Preview['activities'];
	/** Keys of those that the books do not hold yet, or hold as withdrawn. */
	added: Set<string>;
	recut: Map<string, Recut>;
};

/** Compares the activities of a staged IATI file with those of the books, as posting them will. */
export async function compareActivities(db: Kysely<DB>, scope: FileScope): Promise<ComparedActivities> {
	const counts = { added: 0, changed: 0, unchanged: 0 };
	const added = new Set<string>();
	const recut = new Map<string, Recut>();
	if (scope.stated.size === 0) return { counts, added, recut };
	for await (const batch of readActivities({ db }, scope.importId)) {
		const contents = batch.filter(({ record }) => !scope.secondHand.has(record.key));
		const changed = await findChangedActivities({ db, nature: scope.nature }, contents);
		counts.unchanged += contents.length - changed.length;
		const known = changed.filter(({ there }) => there && !there.withdrawn);
		counts.changed += known.length;
		counts.added += changed.length - known.length;
		for (const { record, there } of changed) if (!there || there.withdrawn) added.add(record.key);
		if (known.length === 0) continue;
		const before = await readSharesOf(
			db,
			sql`(select activity_id, activity_version_id from activity_version
				where activity_version_id = any(${known.map(({ there }) => there!.versionId)}::bigint[]))`
		);
		for (const { record, there } of known) {
			const differs = recutBetween(before.get(there!.activityId), sharesOfRecord(record));
			if (differs) recut.set(record.key, differs);
		}
	}
	return { counts, added, recut };
}
