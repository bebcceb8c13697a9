import Big from 'big.js';
import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { PostingContext } from './directory.ts';

/** An activity's own percentages, by country or region (they share one hundred) and by DAC sector. */
export type ActivityShares = {
	countries: { code: string; percentage: string }[];
	sectors: { code: string; percentage: string }[];
};

type Dimension = keyof ActivityShares;
type StatedShares = Record<Dimension, { code: string; percentage: string | null }[]>;

/** The shares of activities in force, for entries that state none. Those without a percentage take equal parts of the rest. */
export async function readActivityShares(
	{ db, nature }: Pick<PostingContext, 'db' | 'nature'>,
	activityIds: ReadonlySet<string>
): Promise<Map<string, ActivityShares>> {
	if (activityIds.size === 0) return new Map();
	return readSharesOf(
		db,
		sql`(select activity_id, activity_version_id from activity_current
			where nature = ${nature} and activity_id = any(${[...activityIds]}::bigint[]))`
	);
}

/** The shares of versions of activities, by activity. @param versions each with `activity_id` and `activity_version_id` */
export async function readSharesOf(
	db: Kysely<DB>,
	versions: RawBuilder<unknown>
): Promise<Map<string, ActivityShares>> {
	const { rows } = await sql<{ id: string; dimension: Dimension; code: string; percentage: string | null }>`
		with version as materialized ${versions}
		select v.activity_id as id, 'countries' as dimension, s.country as code, s.percentage
		from version v join activity_country s using (activity_version_id) where s.relation = 'recipient'
		union all
		select v.activity_id, 'countries', s.code, s.percentage
		from version v join activity_region s using (activity_version_id) where s.vocabulary = '1'
		union all
		select v.activity_id, 'sectors', s.code, s.percentage
		from version v join activity_sector s using (activity_version_id) where s.vocabulary = '1'`.execute(db);
	const stated = new Map<string, StatedShares>();
	for (const { id, dimension, code, percentage } of rows) {
		let own = stated.get(id);
		if (!own) stated.set(id, (own = { countries: [], sectors: [] }));
		own[dimension].push({ code, percentage });
	}
	return new Map([...stated].map(([id, shares]) => [id, completeShares(shares)]));
}

/** The same percentages as they cut an entry. */
export function completeShares({ countries, sectors }: StatedShares): ActivityShares {
	return { countries: completed(countries), sectors: completed(sectors) };
}

function completed(
	shares: readonly { code: string; percentage: string | null }[]
): { code: string; percentage: string }[] {
	const open = shares.filter(({ percentage }) => percentage === null).length;
	if (open === 0) return shares as { code: string; percentage: string }[];
	const given = shares.reduce((sum, { percentage }) => sum.plus(percentage ?? 0), new Big(0));
	const left = new Big(100).minus(given);
	const each = left.gt(0) ? left.div(open).toFixed() : '0';
	return shares.map(({ code, percentage }) => ({ code, percentage: percentage ?? each }));
}
