import Big from 'big.js';
import { sql } from 'kysely';
import type { PostingContext } from './directory.ts';

/** An activity's own percentages, by country or region (they share one hundred) and by DAC sector. */
export type ActivityShares = {
	countries: { code: string; percentage: string }[];
	sectors: { code: string; percentage: string }[];
};

type Dimension = keyof ActivityShares;

/** The shares of every activity in force, for entries that state none. Those without a percentage take equal parts of the rest. */
export async function readActivityShares({
	db,
	nature
}: PostingContext): Promise<Map<string, ActivityShares>> {
	const { rows } = await sql<{ id: string; dimension: Dimension; code: string; percentage: string | null }>`
		select c.activity_id as id, 'countries' as dimension, s.country as code, s.percentage
		from activity_current c join activity_country s using (activity_version_id) where c.nature = ${nature} and s.relation = 'recipient'
		union all
		select c.activity_id, 'countries', s.code, s.percentage
		from activity_current c join activity_region s using (activity_version_id) where c.nature = ${nature} and s.vocabulary = '1'
		union all
		select c.activity_id, 'sectors', s.code, s.percentage
		from activity_current c join activity_sector s using (activity_version_id) where c.nature = ${nature} and s.vocabulary = '1'`.execute(
		db
	);
	const stated = new Map<string, Record<Dimension, { code: string; percentage: string | null }[]>>();
	for (const { id, dimension, code, percentage } of rows) {
		let own = stated.get(id);
		if (!own) stated.set(id, (own = { countries: [], sectors: [] }));
		own[dimension].push({ code, percentage });
	}
	return new Map(
		[...stated].map(([id, { countries, sectors }]) => [
			id,
			{ countries: completed(countries), sectors: completed(sectors) }
		])
	);
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
