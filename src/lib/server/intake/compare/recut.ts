import Big from 'big.js';
import { sql } from 'kysely';
import { completeShares, readSharesOf, type ActivityShares } from '../activity-shares.ts';
import type { PostingContext } from '../directory.ts';
import { partRows } from '../iati/activity-parts.ts';
import type { IatiActivityRecord } from '../record.ts';
import type { Recut } from './scope.ts';

type Share = ActivityShares['countries'][number];

const NONE: ActivityShares = { countries: [], sectors: [] };

/** Which percentages differ between two states of an activity; null where none does. */
export function recutBetween(before: ActivityShares = NONE, after: ActivityShares = NONE): Recut | null {
	const countries = nameOf(before.countries) !== nameOf(after.countries);
	const sectors = nameOf(before.sectors) !== nameOf(after.sectors);
	return countries || sectors ? { countries, sectors } : null;
}

function nameOf(shares: readonly Share[]): string {
	const written = shares.map(({ code, percentage }) => `${code} ${new Big(percentage).toFixed()}`);
	return written.sort().join();
}

/** The percentages by which an activity of a file will cut its entries. */
export function sharesOfRecord(record: IatiActivityRecord): ActivityShares {
	const version = { record, results: [], fingerprint: '', activityId: '', projectId: '', versionId: '' };
	const rows = partRows([version], new Map()) as Record<
		string,
		{ code: string; country: string; vocabulary: string; percentage: string | null }[]
	>;
	const ofDac = ({ vocabulary }: { vocabulary: string }) => vocabulary === '1';
	return completeShares({
		countries: [
			...rows.activity_country!.map(({ country, percentage }) => ({ code: country, percentage })),
			...rows.activity_region!.filter(ofDac)
		],
		sectors: rows.activity_sector!.filter(ofDac)
	});
}

/** By key, the activities whose percentages this posting has changed. Call it when its activities are written. */
export async function findRecut({ db, nature, postingNo }: PostingContext): Promise<Map<string, Recut>> {
	const { rows } = await sql<{ id: string; key: string; versionId: string; earlierId: string }>`
		select v.activity_id as id, activity.key, v.activity_version_id as "versionId", earlier.activity_version_id as "earlierId"
		from activity_version v join activity using (activity_id)
		join lateral (select activity_version_id from activity_version e
			where e.activity_id = v.activity_id and e.posting_no < v.posting_no and not e.withdrawn
			order by e.posting_no desc limit 1) earlier on true
		where v.nature = ${nature} and v.posting_no = ${postingNo}::integer`.execute(db);
	if (rows.length === 0) return new Map();
	const versions = (ids: readonly string[]) =>
		sql`(select activity_id, activity_version_id from activity_version where activity_version_id = any(${ids}::bigint[]))`;
	const before = await readSharesOf(db, versions(rows.map(({ earlierId }) => earlierId)));
	const after = await readSharesOf(db, versions(rows.map(({ versionId }) => versionId)));
	return new Map(
		rows.flatMap(({ id, key }) => {
			const recut = recutBetween(before.get(id), after.get(id));
			return recut ? [[key, recut] as const] : [];
		})
	);
}
