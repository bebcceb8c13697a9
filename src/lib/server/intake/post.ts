import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { runChecks } from '#lib/server/ledger/checks/run.ts';
import { addToSummaries } from '#lib/server/ledger/sums.ts';
import type { Nature } from '#lib/slice/slice.ts';
import { recount } from './counting.ts';
import { Directory, type PostingContext } from './directory.ts';
import { postActivity } from './post-activities.ts';
import {
	postAgreement,
	postAgreementRule,
	postBudgetVersion,
	postCountingRule,
	postExchangeRates,
	postInstalment
} from './post-agreements.ts';
import { expectMuch } from './in-posting.ts';
import { nameNameless } from './name-nameless.ts';
import { postClaim, postIndicators } from './post-claims.ts';
import { acceptedOf, PostingRefusedError } from './decided.ts';
import type { EntryCounts } from './post-entries.ts';
import { postLedger } from './post-ledger.ts';
import type { Decisions, Preview } from './preview.ts';
import { readScope } from './compare/scope.ts';
import { postCountryCoverage, postObjective, postOrganisation, postProject } from './post-facts.ts';
import { reconvert } from './reconvert.ts';
import { readStaged } from './staged-records.ts';
import { NOBODY_WATCHES, type Watch } from './watch.ts';
import { postIati } from './iati/post.ts';
import { postIatiOrganisations } from './iati/post-organisations.ts';
import type {
	IatiOrganisationRecord,
	IntakeRecord,
	IndicatorRecord,
	LedgerWithdrawalRecord
} from './record.ts';

export type Posted = { nature: Nature; postingNo: number; counts: EntryCounts };

export type PostOptions = {
	explanation: string;
	/** Only the demonstration may be known at another time than now. */
	simulatedKnownAt?: string;
	/** The state in which the import must be: `staged`, unless someone accepted it. */
	from?: 'staged' | 'accepted';
	/** Refuses to post what was compared with the books before their latest posting. */
	upToDate?: boolean;
	/** Else those that its accepter left with the import. Without any nothing is withdrawn, joined or left out of counting. */
	decisions?: Decisions;
	watch?: Watch;
};

/** The books have moved on since the import was compared with them: what it does is not what was shown. */
export class BooksMovedError extends Error {
	override name = 'BooksMovedError';
}

type RecordOf<K extends IntakeRecord['kind']> = Extract<IntakeRecord, { kind: K }>;
type Writers = {
	[K in IntakeRecord['kind']]?: (context: PostingContext, record: RecordOf<K>) => Promise<void>;
};

/** In this order, so that what is named is there before what names it; then the ledger. */
const ORDER: readonly IntakeRecord['kind'][] = [
	'organisation',
	'iati_organisation',
	'project',
	'objective',
	'country_coverage',
	'agreement',
	'agreement_rule',
	'instalment',
	'budget_version',
	'exchange_rate',
	'activity',
	// With its results.
	'iati_activity',
	'claim',
	'indicator',
	'counting_rule'
];

const WRITERS: Writers = {
	organisation: postOrganisation,
	project: postProject,
	objective: postObjective,
	country_coverage: postCountryCoverage,
	agreement: postAgreement,
	agreement_rule: postAgreementRule,
	instalment: postInstalment,
	budget_version: postBudgetVersion,
	activity: postActivity,
	claim: postClaim,
	counting_rule: postCountingRule
};

/**
 * Posts a staged import in one transaction: records, entries with their cells, summaries, checks. Either all of it is
 * in the books under the next posting number, or nothing.
 * @throws BooksMovedError, PostingRefusedError
 */
export async function post(db: Kysely<DB>, importId: string, options: PostOptions): Promise<Posted> {
	return db.transaction().execute(async (transaction) => {
		await expectMuch(transaction);
		const staged = await transaction
			.selectFrom('import')
			.selectAll()
			.where('import_id', '=', importId)
			.forUpdate()
			.executeTakeFirstOrThrow();
		const { from = 'staged' } = options;
		if (staged.state !== from) throw new Error(`import ${importId} is ${staged.state}, not ${from}`);
		const nature = staged.nature as Nature;
		const postingNo = await addPosting(transaction, nature, importId, options);
		if (options.upToDate && (staged.compared_no ?? 0) !== postingNo - 1) throw new BooksMovedError();
		const directory = new Directory(transaction, nature, postingNo, staged.source_id);
		await directory.load();
		const scope = await readScope(transaction, directory, { importId, nature });
		if (scope.foreign.size > 0) throw ofAnotherPublisher(scope.foreign);
		const decisions = options.decisions ?? (staged.decisions as Decisions | null);
		const accepted = acceptedOf(staged.preview as Preview | null, decisions);
		const context: PostingContext = {
			db: transaction,
			nature,
			postingNo,
			sourceId: staged.source_id,
			directory,
			secondHand: scope.secondHand,
			joins: accepted.joins,
			step: stepsOf(staged.counts, options.watch ?? NOBODY_WATCHES)
		};

		const counts: EntryCounts = { added: 0, changed: 0, retired: 0, unchanged: 0 };
		const kinds = await listStagedKinds(transaction, importId);
		for (const kind of ORDER) {
			if (kinds.has(kind)) await postKind(context, importId, kind);
		}
		const withdrawals = await collect<LedgerWithdrawalRecord>(context, importId, 'ledger_withdrawal');
		await postLedger(context, scope, accepted, withdrawals, counts);
		await nameNameless(context);
		if (kinds.has('exchange_rate')) counts.reconverted = await reconvert(context);
		counts.changed += await recount(context);

		await addToSummaries(transaction, nature, postingNo);
		await runChecks(transaction, { nature, postingNo, importId });
		await transaction
			.updateTable('import')
			.set({
				state: 'posted',
				decided_at: new Date(),
				counts: JSON.stringify({ ...(staged.counts as object), posted: counts })
			})
			.where('import_id', '=', importId)
			.execute();
		// The books hold it now; the preview's copy has served.
		await transaction.deleteFrom('staged_record').where('import_id', '=', importId).execute();
		return { nature, postingNo, counts };
	});
}

/** Tells who watches of each batch, as a part of all records that were staged. */
function stepsOf(counts: unknown, watch: Watch): (records: number) => void {
	const { records = {} } = counts as { records?: Record<string, number> };
	const total = Object.values(records).reduce((sum, count) => sum + count, 0);
	let done = 0;
	watch.tell(0, total, 0);
	return (written) => {
		watch.check();
		done += written;
		watch.tell(done, total, done);
	};
}

async function addPosting(
	db: Kysely<DB>,
	nature: Nature,
	importId: string,
	options: PostOptions
): Promise<number> {
	const { rows } = await sql<{ posting_no: number }>`
		insert into posting (nature, posting_no, known_at, simulated, cause, import_id, explanation)
		values (${nature}, null, coalesce(${options.simulatedKnownAt ?? null}::timestamptz, now()),
			${options.simulatedKnownAt !== undefined}, 'import', ${importId}::bigint, ${options.explanation})
		returning posting_no`.execute(db);
	return rows[0]!.posting_no;
}

async function postKind(
	context: PostingContext,
	importId: string,
	kind: IntakeRecord['kind']
): Promise<void> {
	if (kind === 'iati_activity') return postIati(context, importId);
	if (kind === 'exchange_rate') return postRates(context, importId);
	const records = await collect(context, importId, kind);
	if (kind === 'iati_organisation')
		return postIatiOrganisations(context, records as IatiOrganisationRecord[]);
	if (kind === 'indicator') return postIndicators(context, records as IndicatorRecord[]);
	const write = WRITERS[kind] as (context: PostingContext, record: IntakeRecord) => Promise<void>;
	for (const record of records) await write(context, record);
}

/** In batches: the history of a publisher has some hundred thousand. */
async function postRates(context: PostingContext, importId: string): Promise<void> {
	for await (const batch of readStaged(context.db, importId, 'exchange_rate')) {
		context.step?.(batch.length);
		await postExchangeRates(context, batch);
	}
}

async function listStagedKinds(db: Kysely<DB>, importId: string): Promise<Set<string>> {
	const rows = await db
		.selectFrom('staged_record')
		.select('kind')
		.distinct()
		.where('import_id', '=', importId)
		.execute();
	return new Set(rows.map(({ kind }) => kind));
}

async function collect<R extends IntakeRecord = IntakeRecord>(
	context: PostingContext,
	importId: string,
	kind: R['kind']
): Promise<R[]> {
	const records: R[] = [];
	for await (const batch of readStaged(context.db, importId, kind)) {
		context.step?.(batch.length);
		records.push(...(batch as IntakeRecord[] as R[]));
	}
	return records;
}

function ofAnotherPublisher(foreign: ReadonlySet<string>): PostingRefusedError {
	const [first] = foreign;
	const message = `The books hold ${foreign.size} of the file's activities from another publisher, such as ${first}. A file never overwrites what another one reports.`;
	return new PostingRefusedError('other-publisher', message);
}
