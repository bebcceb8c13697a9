import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { Directory } from '../directory.ts';
import type { KindSum } from '../preview.ts';
import type { LedgerWithdrawalRecord } from '../record.ts';
import type { AbsentEntry } from './classify.ts';
import type { FileScope } from './scope.ts';

/** `of`: the entry of the books that is taken back, or the sum of the one that the file itself brings. */
export type SettledWithdrawal = {
	recordNo: number;
	record: LedgerWithdrawalRecord;
	of: AbsentEntry | KindSum;
};

type Named = { recordNo: number; record: LedgerWithdrawalRecord; name: string };

/**
 * What a file takes back by name. It can name an entry of the books that it does not mention otherwise, or one that it
 * brings itself; a reference that more than one carries names none.
 */
export class NamedWithdrawals {
	#withdrawals: Named[];
	#absent = new Map<string, AbsentEntry[]>();

	private constructor(withdrawals: Named[]) {
		this.#withdrawals = withdrawals;
		for (const { name } of withdrawals) this.#absent.set(name, []);
	}

	static async read(db: Kysely<DB>, directory: Directory, scope: FileScope): Promise<NamedWithdrawals> {
		const { rows } = await sql<{ recordNo: number; place: string; record: object }>`
			select record_no as "recordNo", place, record from staged_record
			where import_id = ${scope.importId}::bigint and kind = 'ledger_withdrawal' order by record_no`.execute(db);
		return new NamedWithdrawals(
			rows.map(({ recordNo, place, record }) => {
				const withdrawal = { ...record, kind: 'ledger_withdrawal', place } as LedgerWithdrawalRecord;
				const { reporter, activity, entryKind, reference } = withdrawal;
				const reporterId = directory.findOrganisation(reporter) ?? '';
				const activityId = directory.findActivity(activity)?.activityId ?? '';
				const name = nameOf({ reporterId, activityId, kind: entryKind, reference });
				return { recordNo, record: withdrawal, name };
			})
		);
	}

	/** Keeps an absent entry that a withdrawal names; false where none does. */
	meet(entry: AbsentEntry): boolean {
		const named = this.#absent.get(nameOf(entry));
		named?.push(entry);
		return named !== undefined;
	}

	/** Those that name exactly one entry. Call it when all absent ones are met. */
	async settle(db: Kysely<DB>, importId: string): Promise<SettledWithdrawal[]> {
		if (this.#withdrawals.length === 0) return [];
		const { rows } = await sql<{ recordNo: number } & KindSum>`
			select w.record_no as "recordNo", min(e.record->>'entryKind') as kind, min(e.record->>'currency') as currency,
				count(*)::integer as count, sum((e.record->>'amount')::numeric)::text as sum
			from staged_record w join staged_record e
				on e.import_id = w.import_id and e.kind = 'ledger_entry' and e.record->>'reporter' = w.record->>'reporter'
				and e.record->>'activity' = w.record->>'activity' and e.record->>'entryKind' = w.record->>'entryKind'
				and e.record->>'reference' = w.record->>'reference'
			where w.import_id = ${importId}::bigint and w.kind = 'ledger_withdrawal' group by 1`.execute(db);
		const inFile = new Map(rows.map(({ recordNo, ...sum }) => [recordNo, sum]));
		const done = new Set<string>();
		return this.#withdrawals.flatMap(({ recordNo, record, name }): SettledWithdrawal[] => {
			const absent = this.#absent.get(name)!;
			const own = inFile.get(recordNo);
			// Taken back twice: the second finds nothing.
			if (done.has(name) || absent.length + (own?.count ?? 0) !== 1) return [];
			done.add(name);
			this.#absent.set(name, []);
			return [{ recordNo, record, of: own ?? absent[0]! }];
		});
	}

	/** What was kept and, by its name, not taken back: merely absent. */
	left(): AbsentEntry[] {
		return [...this.#absent.values()].flat();
	}
}

function nameOf({
	reporterId,
	activityId,
	kind,
	reference
}: Pick<AbsentEntry, 'reporterId' | 'activityId' | 'kind' | 'reference'>): string {
	return JSON.stringify([reporterId, activityId, kind, reference]);
}
