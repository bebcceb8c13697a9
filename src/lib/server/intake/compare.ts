import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { compare as order, subtract, sum } from '#lib/money/decimal.ts';
import type { Nature } from '#lib/slice/slice.ts';
import { findAbsent } from './compare/absent.ts';
import { compareActivities } from './compare/activities.ts';
import { compareEntries } from './compare/entries.ts';
import { Proposals } from './compare/propose.ts';
import { readScope } from './compare/scope.ts';
import { KindSums } from './compare/sums.ts';
import { findUnknown } from './compare/unknown.ts';
import { listReporters, sumBooks, sumStaged } from './compare/totals.ts';
import { Directory } from './directory.ts';
import type { Preview } from './preview.ts';
import { previewReconversion } from './reconvert.ts';
import { readStaged } from './staged-records.ts';
import { NOBODY_WATCHES, type Watch } from './watch.ts';

/** What a reader says of its file, kept by staging among an import's counts. */
type SaidByReader = Partial<Pick<Preview, 'read' | 'refused' | 'stated'>> & {
	records?: Record<string, number>;
};

/**
 * Compares a staged import with the books as they are, and keeps with it what posting would do: its preview, the changes to
 * entries that are there, and the latest posting that the books had. Posting goes by the same classification. All is asked
 * for whole batches of activities, so that memory does not grow with the file. Writes nothing to the books.
 * @throws CancelledError when `watch` says so
 */
export async function compare(
	db: Kysely<DB>,
	importId: string,
	watch: Watch = NOBODY_WATCHES
): Promise<Preview> {
	const staged = await db
		.selectFrom('import')
		.select(['nature', 'source_id', 'counts'])
		.where('import_id', '=', importId)
		.executeTakeFirstOrThrow();
	const nature = staged.nature as Nature;
	const said = staged.counts as SaidByReader;
	const comparedNo = await latestPosting(db, nature);
	const directory = new Directory(db, nature, comparedNo, staged.source_id);
	await directory.load();

	const scope = await readScope(db, directory, { importId, nature });
	const file = await sumStaged(db, importId);
	const activities = await compareActivities(db, scope);
	const ready = { ...scope, recut: activities.recut };
	const proposals = await Proposals.begin(db, directory, ready, activities.added);
	const total = file.sums.list().reduce((entries, { count }) => entries + count, 0);
	const entries = await compareEntries(db, directory, ready, {
		total,
		watch,
		onTaken: (taken) => proposals.take(taken)
	});
	const preview: Preview = {
		read: said.read ?? {
			activities: scope.stated.size,
			transactions: total,
			sums: file.sums.list()
		},
		refused: said.refused ?? [],
		byMonth: file.byMonth,
		byHeading: file.byHeading,
		activities: activities.counts,
		changes: entries.counts,
		nothingChanges: false,
		difference: difference(await sumBooks(db, scope), file.sums, entries.taken),
		absent: await findAbsent(db, scope, entries.absent),
		unknown: await findUnknown(db, importId, nature),
		reporters: await listReporters(db, directory, scope),
		proposals: await proposals.list(),
		converted: said.records?.exchange_rate
			? await previewReconversion(db, nature, readStaged(db, importId, 'exchange_rate'))
			: null,
		stated: said.stated ?? []
	};
	preview.nothingChanges = changesNothing(preview, said.records ?? {});
	await db
		.updateTable('import')
		.set({ preview: JSON.stringify(preview), compared_no: comparedNo })
		.where('import_id', '=', importId)
		.execute();
	return preview;
}

async function latestPosting(db: Kysely<DB>, nature: Nature): Promise<number> {
	const { rows } = await sql<{ no: number }>`
		select coalesce(max(posting_no), 0)::integer as no from posting where nature = ${nature}`.execute(db);
	return rows[0]!.no;
}

/** Before and after, for each kind and currency that the file has or takes away. */
function difference(books: KindSums, file: KindSums, taken: KindSums): Preview['difference'] {
	const touched = new KindSums();
	for (const part of [...file.list(), ...taken.list()]) touched.add(part);
	return touched.list().map(({ kind, currency }) => {
		const before = books.of(kind, currency).sum;
		const after = subtract(sum([before, file.of(kind, currency).sum]), taken.of(kind, currency).sum);
		return { kind, currency, before, after };
	});
}

/** Kinds of records of which comparing says everything that posting them does. */
const COMPARED = new Set([
	'iati_activity',
	'iati_result',
	'iati_organisation',
	'ledger_entry',
	'ledger_withdrawal'
]);

function changesNothing(preview: Preview, records: Record<string, number>): boolean {
	const { activities, changes, difference: sums, proposals } = preview;
	return (
		Object.keys(records).every((kind) => COMPARED.has(kind)) &&
		activities.added + activities.changed === 0 &&
		changes.added + changes.changed + changes.withdrawn + changes.unclear === 0 &&
		!proposals.some((proposal) => proposal.what === 'counting' && proposal.certain) &&
		sums.every(({ before, after }) => order(before, after) === 0)
	);
}
