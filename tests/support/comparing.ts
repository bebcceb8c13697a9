import type { Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { compare } from '#lib/server/intake/compare.ts';
import { post, type Posted } from '#lib/server/intake/post.ts';
import type { ChangeShown, Decisions, Preview } from '#lib/server/intake/preview.ts';
import type { IntakeRecord } from '#lib/server/intake/record.ts';
import type { Nature } from '#lib/slice/slice.ts';
import { stageRecords } from './ledger-factory.ts';

/** Where nothing is decided but that it shall be posted. */
export const NO_DECISIONS: Decisions = {
	explanation: 'decided by a test',
	complete: false,
	accepted: [],
	refused: [],
	pairs: {}
};

export type Listed = { changeNo: number; recordNo: number | null; activity: string } & ChangeShown;

/** What a preview lists of an import's changes. */
export async function listChanges(db: Kysely<DB>, importId: string): Promise<Listed[]> {
	const rows = await db
		.selectFrom('staged_change')
		.selectAll()
		.where('import_id', '=', importId)
		.orderBy('change_no')
		.execute();
	return rows.map(
		({ change_no, record_no, activity_key, change, before, after }) =>
			({ changeNo: change_no, recordNo: record_no, activity: activity_key, change, before, after }) as Listed
	);
}

/** Stages records and compares them with the books. */
export async function preview(
	db: Kysely<DB>,
	nature: Nature,
	records: readonly IntakeRecord[]
): Promise<{ importId: string; preview: Preview }> {
	const importId = await stageRecords(db, nature, records);
	return { importId, preview: await compare(db, importId) };
}

/** Stages records, compares them with the books and posts them as decided. */
export async function accept(
	db: Kysely<DB>,
	nature: Nature,
	records: readonly IntakeRecord[],
	decide: Partial<Decisions> | ((shown: Preview, changes: Listed[]) => Partial<Decisions>) = {}
): Promise<{ importId: string; preview: Preview; posted: Posted }> {
	const shown = await preview(db, nature, records);
	const decided =
		typeof decide === 'function' ? decide(shown.preview, await listChanges(db, shown.importId)) : decide;
	const decisions = { ...NO_DECISIONS, ...decided };
	const posted = await post(db, shown.importId, {
		explanation: decisions.explanation,
		decisions,
		upToDate: true
	});
	return { ...shown, posted };
}
