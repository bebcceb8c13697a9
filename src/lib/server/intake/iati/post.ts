import { sql } from 'kysely';
import type { PostingContext } from '../directory.ts';
import type { IatiActivityRecord, IatiResultRecord } from '../record.ts';
import { DefaultProjects } from './default-project.ts';
import { postIatiActivities, type ActivityContent } from './post-activities.ts';

const BATCH = 500;

/** Writes the activities of a staged IATI file with their results. Their money follows as ledger entries. */
export async function postIati(context: PostingContext, importId: string): Promise<void> {
	const projects = await DefaultProjects.load(context, importId);
	for await (const batch of readActivities(context, importId)) {
		const own = batch.filter(({ record }) => !context.secondHand?.has(record.key));
		await postIatiActivities(context, projects, own);
		context.step?.(batch.reduce((records, { results }) => records + 1 + results.length, 0));
	}
}

type Staged = { record_no: number; place: string; record: object };

/** Activities in the order of the file, each with its results: a reader emits these right after it. */
export async function* readActivities(
	context: Pick<PostingContext, 'db'>,
	importId: string
): AsyncGenerator<ActivityContent[]> {
	let activities = await readStaged(context, importId, 'iati_activity', 0, null, BATCH);
	while (activities.length > 0) {
		const last = activities.at(-1)!.record_no;
		const following = await readStaged(context, importId, 'iati_activity', last, null, BATCH);
		const results = await readStaged(
			context,
			importId,
			'iati_result',
			activities[0]!.record_no,
			following[0]?.record_no ?? null,
			null
		);
		const owned = new Map<string, IatiResultRecord[]>();
		for (const row of results) {
			const result = recordOf<IatiResultRecord>(row, 'iati_result');
			owned.set(result.activity, [...(owned.get(result.activity) ?? []), result]);
		}
		yield activities.map((row) => {
			const record = recordOf<IatiActivityRecord>(row, 'iati_activity');
			return { record, results: owned.get(record.key) ?? [] };
		});
		activities = following;
	}
}

async function readStaged(
	{ db }: Pick<PostingContext, 'db'>,
	importId: string,
	kind: string,
	after: number,
	before: number | null,
	limit: number | null
): Promise<Staged[]> {
	const { rows } = await sql<Staged>`
		select record_no, place, record from staged_record
		where import_id = ${importId}::bigint and kind = ${kind} and record_no > ${after}::integer
			and (${before}::integer is null or record_no < ${before}::integer)
		order by record_no limit ${limit}::integer`.execute(db);
	return rows;
}

function recordOf<R>({ record, place }: Staged, kind: string): R {
	return { ...record, kind, place } as R;
}
