import type { Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { Nature } from '#lib/slice/slice.ts';
import type { Period } from './dates.ts';

/** When the agreements of a nature run, by their key, as the latest posting has them. */
export async function findAgreementPeriods(db: Kysely<DB>, nature: Nature): Promise<Map<string, Period>> {
	const rows = await db
		.selectFrom('agreement')
		.innerJoin('agreement_version', (join) =>
			join
				.onRef('agreement_version.agreement_id', '=', 'agreement.agreement_id')
				.onRef('agreement_version.nature', '=', 'agreement.nature')
		)
		.where('agreement.nature', '=', nature)
		.distinctOn('agreement.agreement_id')
		.select(['agreement.key', 'start_date as start', 'end_date as end'])
		.orderBy('agreement.agreement_id')
		.orderBy('posting_no', 'desc')
		.execute();
	return new Map(rows.map(({ key, start, end }) => [key, { start, end }]));
}
