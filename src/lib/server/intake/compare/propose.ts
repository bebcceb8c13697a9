import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { Directory } from '../directory.ts';
import type { Proposal } from '../preview.ts';
import { proposeChildren } from './counting/children.ts';
import { readFamilies, type Family } from './counting/families.ts';
import { sumFamilies } from './counting/family-sums.ts';
import { proposeRevisedBudgets } from './counting/revised-budgets.ts';
import { proposeSecondary } from './counting/secondary.ts';
import { StandingRules } from './counting/standing-rules.ts';
import { proposeTransfers } from './counting/transfers.ts';
import type { Taken } from './entries.ts';
import { proposeJoins } from './joins.ts';
import type { FileScope } from './scope.ts';

/**
 * What a person decides on a file besides its entries: what of it is not counted, and which project an activity joins.
 * Nothing is proposed that rules in force say already.
 */
export class Proposals {
	#db: Kysely<DB>;
	#directory: Directory;
	#scope: FileScope;
	#added: ReadonlySet<string>;
	#families: readonly Family[];
	/** Members of families that the file has entries of but does not state as a whole. */
	#partly: ReadonlySet<string>;
	#taken: Taken[] = [];

	private constructor(
		db: Kysely<DB>,
		directory: Directory,
		scope: FileScope,
		added: ReadonlySet<string>,
		families: readonly Family[]
	) {
		this.#db = db;
		this.#directory = directory;
		this.#scope = scope;
		this.#added = added;
		this.#families = families;
		this.#partly = new Set([...membersOf(families)].filter((activity) => !scope.stated.has(activity)));
	}

	/** @param added activities that are new to the books */
	static async begin(
		db: Kysely<DB>,
		directory: Directory,
		scope: FileScope,
		added: ReadonlySet<string>
	): Promise<Proposals> {
		const inFile = new Set([...scope.stated.keys(), ...(await listActivities(db, scope))]);
		return new Proposals(db, directory, scope, added, await readFamilies(db, directory, scope, inFile));
	}

	/** Hears of each amount that is on both sides, or taken out of the books. */
	take(taken: Taken): void {
		if (!this.#partly.has(taken.activity)) return;
		const { activity, kind, currency, amount, dateFrom, dateTo } = taken;
		this.#taken.push({ activity, kind, currency, amount, dateFrom, dateTo });
	}

	/** All proposals, those that nobody needs to be asked about first. Call it when all entries are compared. */
	async list(): Promise<Proposal[]> {
		const db = this.#db;
		const scope = this.#scope;
		const standing = await StandingRules.read(db, scope.nature);
		const sums = await sumFamilies(db, scope, membersOf(this.#families), this.#taken);
		const counting = [
			...proposeChildren(this.#families, sums, standing),
			...(await proposeSecondary(db, scope, standing)),
			...(await proposeRevisedBudgets(db, scope, standing)),
			...(await proposeTransfers(db, this.#directory, scope, standing))
		];
		return [
			...counting.filter(({ certain }) => certain),
			// What would leave nothing out need not be decided yet.
			...counting.filter(({ certain, entries }) => !certain && entries > 0),
			...(await proposeJoins(db, this.#directory, scope, this.#added))
		];
	}
}

function membersOf(families: readonly Family[]): Set<string> {
	return new Set(families.flatMap(({ parent, children }) => [parent, ...children]));
}

/** Activities of which a file has entries without stating them itself. */
async function listActivities(db: Kysely<DB>, { importId, stated }: FileScope): Promise<string[]> {
	if (stated.size > 0) return [];
	const { rows } = await sql<{ activity: string }>`
		select distinct record->>'activity' as activity from staged_record
		where import_id = ${importId}::bigint and kind = 'ledger_entry'`.execute(db);
	return rows.map(({ activity }) => activity);
}
