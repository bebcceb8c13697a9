import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { runChecks } from '#lib/server/ledger/checks.ts';
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
import { postClaim, postIndicators } from './post-claims.ts';
import { postEntries, postWithdrawals, readSetting, type EntryCounts } from './post-entries.ts';
import { postCountryCoverage, postObjective, postOrganisation, postProject } from './post-facts.ts';
import { reconvert } from './reconvert.ts';
import { postIati } from './iati/post.ts';
import { postIatiOrganisations } from './iati/post-organisations.ts';
import type {
	ExchangeRateRecord,
	IatiOrganisationRecord,
	IntakeRecord,
	IndicatorRecord,
	LedgerEntryRecord,
	LedgerWithdrawalRecord
} from './record.ts';

export type Posted = { nature: Nature; postingNo: number; counts: EntryCounts };

export type PostOptions = {
	explanation: string;
	/** Only the demonstration may be known at another time than now. */
	simulatedKnownAt?: string;
};

type RecordOf<K extends IntakeRecord['kind']> = Extract<IntakeRecord, { kind: K }>;
type Writers = {
	[K in IntakeRecord['kind']]?: (context: PostingContext, record: RecordOf<K>) => Promise<void>;
};

/** In this order, so that what is named is there before what names it. */
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
	'counting_rule',
	'ledger_entry',
	'ledger_withdrawal'
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

const BATCH = 5000;

/**
 * Posts a staged import in one transaction: records, entries with their cells, summaries, checks. Either all of it is
 * in the books under the next posting number, or nothing.
 */
export async function post(db: Kysely<DB>, importId: string, options: PostOptions): Promise<Posted> {
	return db.transaction().execute(async (transaction) => {
		const staged = await transaction
			.selectFrom('import')
			.selectAll()
			.where('import_id', '=', importId)
			.forUpdate()
			.executeTakeFirstOrThrow();
		if (staged.state !== 'staged') throw new Error(`import ${importId} is ${staged.state}, not staged`);
		const nature = staged.nature as Nature;
		const postingNo = await addPosting(transaction, nature, importId, options);
		const directory = new Directory(transaction, nature, postingNo, staged.source_id);
		await directory.load();
		const context: PostingContext = {
			db: transaction,
			nature,
			postingNo,
			sourceId: staged.source_id,
			directory
		};

		const counts: EntryCounts = { added: 0, changed: 0, retired: 0, unchanged: 0 };
		const kinds = await listStagedKinds(transaction, importId);
		for (const kind of ORDER) {
			if (kinds.has(kind)) await postKind(context, importId, kind, counts);
		}
		if (kinds.has('exchange_rate')) counts.reconverted = await reconvert(context);
		counts.changed += await recount(context);

		await addToSummaries(transaction, nature, postingNo);
		await runChecks(transaction, nature, postingNo);
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
	kind: IntakeRecord['kind'],
	counts: EntryCounts
): Promise<void> {
	if (kind === 'ledger_entry') return postLedgerEntries(context, importId, counts);
	if (kind === 'iati_activity') return postIati(context, importId);
	if (kind === 'exchange_rate') return postRates(context, importId);
	const records: IntakeRecord[] = [];
	for await (const batch of readStaged(context.db, importId, kind)) records.push(...batch);
	if (kind === 'iati_organisation')
		return postIatiOrganisations(context, records as IatiOrganisationRecord[]);
	if (kind === 'indicator') return postIndicators(context, records as IndicatorRecord[]);
	if (kind === 'ledger_withdrawal') {
		const missing = await postWithdrawals(context, records as LedgerWithdrawalRecord[], counts);
		for (const place of missing) await addFinding(context.db, importId, place);
		return;
	}
	const write = WRITERS[kind] as (context: PostingContext, record: IntakeRecord) => Promise<void>;
	for (const record of records) await write(context, record);
}

/** In batches: the history of a publisher has some hundred thousand. */
async function postRates(context: PostingContext, importId: string): Promise<void> {
	for await (const batch of readStaged(context.db, importId, 'exchange_rate')) {
		await postExchangeRates(context, batch as ExchangeRateRecord[]);
	}
}

async function postLedgerEntries(
	context: PostingContext,
	importId: string,
	counts: EntryCounts
): Promise<void> {
	const setting = await readSetting(context);
	const occurrences = new Map<string, number>();
	for await (const batch of readStaged(context.db, importId, 'ledger_entry')) {
		await postEntries(setting, batch as LedgerEntryRecord[], occurrences, counts);
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

async function* readStaged(db: Kysely<DB>, importId: string, kind: string): AsyncGenerator<IntakeRecord[]> {
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
			({ place, record }) => ({ ...(record as object), kind, place }) as unknown as IntakeRecord
		);
		after = rows.at(-1)!.record_no;
	}
}

async function addFinding(db: Kysely<DB>, importId: string, place: string): Promise<void> {
	await db
		.insertInto('finding')
		.values({
			import_id: importId,
			severity: 'warning',
			rule: 'withdrawal-of-nothing',
			place,
			was_read: null,
			was_done: 'nothing: the entry to withdraw is not in the books'
		})
		.execute();
}
