import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { Directory } from '../directory.ts';
import { insertMany } from '../insert.ts';
import type { ChangeShown } from '../preview.ts';
import { activitiesWithEntries } from './absent.ts';
import { isInForce, readBookDetails, type BookDetail, type EntryId } from './book-entries.ts';
import type { Classified } from './classify.ts';
import { EntryNames } from './entry-shown.ts';
import type { FileScope } from './scope.ts';
import type { StagedBatch, StagedEntry } from './staged-entries.ts';
import type { SettledWithdrawal } from './withdrawals.ts';

/** How many changed entries a preview lists, and as many that are absent; all are counted, and all unclear ones are listed. */
const MOST_LISTED = 10_000;

type Listed = ChangeShown & { activity: string; kind: string; recordNo: number | null; place: string };

/** Keeps what posting an import would do to entries that are there, for its preview to show. */
export class ChangeList {
	#db: Kysely<DB>;
	#scope: FileScope;
	#names: EntryNames;
	#last = 0;
	#changed = 0;
	#withdrawn = 0;

	private constructor(db: Kysely<DB>, directory: Directory, scope: FileScope) {
		this.#db = db;
		this.#scope = scope;
		this.#names = new EntryNames(db, directory);
	}

	/** Begins anew: what an earlier comparison found is gone. */
	static async begin(db: Kysely<DB>, directory: Directory, scope: FileScope): Promise<ChangeList> {
		await db.deleteFrom('staged_change').where('import_id', '=', scope.importId).execute();
		return new ChangeList(db, directory, scope);
	}

	/**
	 * Lists what a batch changes, leaves unclear and leaves out.
	 * @param details of the versions that the batch changes or could replace
	 */
	async add(
		batch: StagedBatch,
		classified: Classified,
		details: ReadonlyMap<string, BookDetail>
	): Promise<void> {
		const wanted = new Set<number>();
		for (const [recordNo, outcome] of classified.outcomes) {
			const isListed =
				outcome.what === 'unclear' || (outcome.what === 'changed' && ++this.#changed <= MOST_LISTED);
			if (isListed) wanted.add(recordNo);
		}
		if (wanted.size > 0) {
			for await (const entries of batch.pick(wanted)) {
				await this.#names.learn(
					entries.map(({ record }) => record),
					details.values()
				);
				await this.#write(entries.flatMap((entry) => this.#show(entry, classified, details)));
			}
		}
		await this.#addWithdrawn(classified.absent.slice(0, this.#room));
	}

	/** Lists what the file's reporters have in activities of which it has no entries at all. */
	async addAbsentElsewhere(): Promise<void> {
		const { nature, reporterIds } = this.#scope;
		if (this.#room === 0 || reporterIds.length === 0) return;
		const { rows } = await sql<EntryId>`
			select e.reporting_organisation_id as "reporterId", e.entry_id as "entryId" from ledger_entry e
			where e.nature = ${nature} and e.reporting_organisation_id = any(${reporterIds}::bigint[]) and ${isInForce}
				and e.activity_id not in ${activitiesWithEntries(this.#scope)}
			order by e.entry_id limit ${this.#room}::integer`.execute(this.#db);
		await this.#addWithdrawn(rows);
	}

	/** Lists an entry of the books that the file takes back by name. */
	async addNamed({ recordNo, record, of }: SettledWithdrawal): Promise<void> {
		if ('entryId' in of) await this.#addWithdrawn([of], { recordNo, place: record.place });
	}

	get #room(): number {
		return Math.max(0, MOST_LISTED - this.#withdrawn);
	}

	#show(
		{ record, recordNo }: StagedEntry,
		{ outcomes }: Classified,
		details: ReadonlyMap<string, BookDetail>
	): Listed[] {
		const at = { activity: record.activity, kind: record.entryKind, recordNo, place: record.place };
		const after = this.#names.ofFile(record);
		const before = (entryId: string) => this.#names.ofBooks(details.get(entryId)!);
		const outcome = outcomes.get(recordNo)!;
		if (outcome.what === 'changed')
			return [{ change: 'changed', before: before(outcome.entryId), after, ...at }];
		if (outcome.what !== 'unclear') return [];
		return [
			{
				change: 'unclear',
				before: outcome.candidates.map(({ entryId }) => before(entryId)),
				after,
				...at
			}
		];
	}

	/** @param by the record that takes it back; none for what is merely absent */
	async #addWithdrawn(
		ids: readonly EntryId[],
		by: { recordNo: number; place: string } | null = null
	): Promise<void> {
		this.#withdrawn += ids.length;
		for await (const details of readBookDetails(this.#db, ids)) {
			await this.#names.learn([], details);
			await this.#write(
				details.map((detail): Listed => {
					const { activity, kind } = detail;
					const before = this.#names.ofBooks(detail);
					const { recordNo, place } = by ?? { recordNo: null, place: detail.place };
					return { change: 'withdrawn', before, after: null, activity, kind, place, recordNo };
				})
			);
		}
	}

	async #write(listed: readonly Listed[]): Promise<void> {
		await insertMany(
			this.#db,
			'staged_change',
			listed.map(({ change, activity, kind, recordNo, before, after, place }) => ({
				import_id: this.#scope.importId,
				change_no: ++this.#last,
				change,
				activity_key: activity,
				kind,
				record_no: recordNo,
				before,
				after,
				place
			}))
		);
	}
}
