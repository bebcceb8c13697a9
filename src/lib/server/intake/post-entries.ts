import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import { RateBook } from '#lib/server/ledger/rates.ts';
import { CountingRules, listCountingRules } from './counting.ts';
import { projectsInForce, type PostingContext } from './directory.ts';
import { classify, isComparable, type AbsentEntry } from './compare/classify.ts';
import type { FileScope } from './compare/scope.ts';
import type { StagedBatch } from './compare/staged-entries.ts';
import type { Decided, PairDecisions } from './decided.ts';
import {
	toEntryRow,
	type AgreementTerms,
	type BatchSetting,
	type EntryRow,
	type EntrySetting
} from './entry-rows.ts';
import { readActivityShares } from './activity-shares.ts';
import { insertMany } from './insert.ts';
import type { LedgerEntryRecord } from './record.ts';
import type { WriteBehind } from './write-behind.ts';
import { writeEntries } from './write-entries.ts';

export type EntryCounts = {
	added: number;
	changed: number;
	retired: number;
	unchanged: number;
	/** Entries that new rates convert otherwise; only where a posting brought rates. */
	reconverted?: number;
};

/** Reads from the books what turning records into entries needs. */
export async function readSetting(context: PostingContext): Promise<EntrySetting> {
	const { db, nature } = context;
	const agreements = await sql<{ id: string } & AgreementTerms>`
		select distinct on (agreement_id) agreement_id as id, rate_publisher as "ratePublisher", rate_series as "rateSeries",
			funder_id as "funderId"
		from agreement_version where nature = ${nature} order by agreement_id, posting_no desc`.execute(db);
	const funders = await sql<{ project_id: string; organisation_id: string }>`
		select v.project_id, p.organisation_id from project_participation p join ${projectsInForce(nature)} v using (project_version_id)
		where p.role = 1`.execute(db);
	const fundersOf = new Map<string, Set<string>>();
	for (const { project_id, organisation_id } of funders.rows) {
		fundersOf.set(project_id, (fundersOf.get(project_id) ?? new Set()).add(organisation_id));
	}
	return {
		context,
		rates: await RateBook.load(db, nature),
		rules: new CountingRules(await listCountingRules(db, nature)),
		agreements: new Map(agreements.rows.map(({ id, ...terms }): [string, AgreementTerms] => [id, terms])),
		funders: fundersOf
	};
}

/** So many entries are worked out before the bytes of those that are being written get a chance to leave. */
const LET_OUT_EVERY = 200;

/**
 * Writes the staged entries of a batch of activities against what is there: what is new is added, what changed replaces
 * its version, what is unchanged is left alone. Counts what it did, and answers what is absent from the file. The last of
 * what it writes is still held by `behind` when it answers.
 */
export async function postEntries(
	setting: EntrySetting,
	scope: FileScope,
	batch: StagedBatch,
	{ decisions, counts, behind }: { decisions: PairDecisions; counts: EntryCounts; behind: WriteBehind }
): Promise<AbsentEntry[]> {
	const { context } = setting;
	await batch.keep();
	const comparable = await isComparable(context.db, context.directory, scope, batch);
	// Nothing more is to be asked of a batch that is all new.
	if (!comparable && batch.isKept) await behind.start();
	const classified = await classify(context.db, context.directory, scope, batch, comparable);
	const { outcomes, absent, contested } = classified;
	const decided = new Map(
		[...outcomes].map(([recordNo, outcome]) => [recordNo, decisions.decide(recordNo, outcome)])
	);
	for await (const entries of batch.read()) {
		const written = entries.filter(({ recordNo }) => decided.get(recordNo)!.what !== 'unchanged');
		counts.unchanged += entries.length - written.length;
		await context.directory.organisationsOfKeys(written.flatMap(({ record }) => organisationsIn(record)));
		const activityShares = await readActivityShares(context, cutByActivity(context, written));
		const shared: BatchSetting = { ...setting, activityShares, cuts: new Map() };
		await behind.start();
		const rows: EntryRow[] = [];
		const replaced: Replaced[] = [];
		for (const { recordNo, record } of written) {
			const outcome = decided.get(recordNo)!;
			const row = toEntryRow(shared, record, outcome.key);
			rows.push(row);
			if (outcome.what === 'added') counts.added++;
			else {
				counts.changed++;
				replaced.push({ ...outcome, row });
			}
			if (rows.length % LET_OUT_EVERY === 0) await setImmediate();
		}
		behind.hold(async () => {
			await writeEntries(context, rows);
			await retire(context, replaced);
		});
		context.step?.(entries.length);
	}
	return [...absent, ...contested.filter(({ entryId }) => !decisions.isTaken(entryId))];
}

/** The activities of entries that leave it to them how they are cut. */
function cutByActivity(
	{ directory }: PostingContext,
	entries: readonly { record: LedgerEntryRecord }[]
): Set<string> {
	const left = entries.filter(({ record }) => record.countries.length === 0 || record.sectors.length === 0);
	return new Set(left.map(({ record }) => directory.knownActivity(record.activity, record.place).activityId));
}

function organisationsIn({ reporter, provider, receiver }: LedgerEntryRecord): string[] {
	return [reporter, provider, receiver].filter((key) => key !== null);
}

type Replaced = Exclude<Decided, { what: 'added' }> & { row: EntryRow };

/** Ends the versions that new ones replace. */
async function retire(
	{ db, nature, postingNo }: PostingContext,
	replaced: readonly Replaced[]
): Promise<void> {
	await insertMany(
		db,
		'ledger_retirement',
		replaced.map(({ what, reporterId, entryId, row }) => ({
			reporting_organisation_id: reporterId,
			entry_id: entryId,
			nature,
			posting_no: postingNo,
			replaced_by: row.entry.entry_id,
			cause: what === 'recut' ? 'allocation' : 'correction'
		}))
	);
}
