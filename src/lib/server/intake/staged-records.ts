import type { Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { IntakeRecord } from './record.ts';

const BATCH = 5000;

/** A staged import's records of one kind, in the order of the file, in batches. */
export async function* readStaged<Kind extends IntakeRecord['kind']>(
	db: Kysely<DB>,
	importId: string,
	kind: Kind
): AsyncGenerator<Extract<IntakeRecord, { kind: Kind }>[]> {
	for (let after = 0; ;) {
		const rows = await db
			.selectFrom('staged_record')
			.select(['record_no', 'place', 'record'])
			.where('import_id', '=', importId)
			.where('kind', '=', kind)
			.where('record_no', '>', after)
			.orderBy('record_no')
			.limit(BATCH)
			.execute();
		if (rows.length === 0) return;
		yield rows.map(
			({ place, record }) =>
				({ ...(record as object), kind, place }) as unknown as Extract<IntakeRecord, { kind: Kind }>
		);
		after = rows.at(-1)!.record_no;
	}
}
