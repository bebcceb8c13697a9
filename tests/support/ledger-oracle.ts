import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { CountingRuleRecord, IntakeRecord, LedgerEntryRecord } from '#lib/server/intake/record.ts';
import type { Counting, Slice, Sum } from '#lib/slice/slice.ts';
import { findReplaced } from './identity-oracle.ts';

/*
 * What the ledger must answer, worked out by other means than the ledger's own: a model of what is in the books kept in
 * memory, and one plain SELECT over entries and cells. Nothing here may use lib/server/ledger.
 */

type Held = { record: LedgerEntryRecord; counting: Counting };

/** What files have said so far: the latest version of each movement, and how it counts. */
export class Model {
	#movements: LedgerEntryRecord[] = [];
	#rules = new Map<string, CountingRuleRecord>();

	/** Takes in a file as posting does: rules first, then entries, then withdrawals. What is unclear is taken as new. */
	post(records: readonly IntakeRecord[]): void {
		for (const record of records) {
			if (record.kind !== 'counting_rule') continue;
			// The newest version of a rule is also the last to be asked.
			this.#rules.delete(record.key);
			this.#rules.set(record.key, record);
		}
		const entries = records.filter((record) => record.kind === 'ledger_entry');
		const replaced = findReplaced(this.#movements, entries);
		this.#movements = [...this.#movements.filter((movement) => !replaced.has(movement)), ...entries];
		for (const record of records) {
			if (record.kind !== 'ledger_withdrawal') continue;
			const named = this.#movements.filter(
				(movement) =>
					movement.reporter === record.reporter &&
					movement.activity === record.activity &&
					movement.entryKind === record.entryKind &&
					movement.reference === record.reference
			);
			if (named.length === 1) this.#movements = this.#movements.filter((movement) => movement !== named[0]);
		}
	}

	/** What is in force now. */
	held(): Held[] {
		return this.#movements.map((record) => ({ record, counting: this.#countingOf(record) }));
	}

	#countingOf(entry: LedgerEntryRecord): Counting {
		const matching = [...this.#rules.values()].filter(
			({ reporter, match }) =>
				reporter === entry.reporter &&
				(match.entryKind === null || match.entryKind === entry.entryKind) &&
				(match.receiver === null || match.receiver === entry.receiver) &&
				(match.from === null || (entry.dateFrom !== null && entry.dateFrom >= match.from))
		);
		return matching.at(-1)?.counting ?? 'counted';
	}
}

const quote = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** The kinds of the measures that the tests ask for; "returned" is told apart by the entry's mark. */
const KINDS_OF: Record<string, string> = {
	spent: `e.kind in ('3', '4') and not e.returned`,
	disbursement: `e.kind = '3' and not e.returned`,
	expenditure: `e.kind = '4' and not e.returned`,
	received: `e.kind = '1' and not e.returned`,
	returned: `e.kind in ('1', '3', '4') and e.returned`,
	returned_receipts: `e.kind = '1' and e.returned`,
	paid_back: `e.kind in ('3', '4') and e.returned`,
	reimbursement: `e.kind = '7'`,
	contribution_committed: `e.kind = '11'`,
	committed: `e.kind = '2'`,
	budget: `e.kind = 'budget'`,
	planned_disbursement: `e.kind = 'planned_disbursement'`
};
export const ASKED_MEASURES = Object.keys(KINDS_OF) as Slice['measure'][];

const UNDATED = { year: 'YYYY', quarter: 'YYYY-Q', month: 'YYYY-MM' };

function conditionsOf(slice: Slice): string[] {
	const conditions = [
		`e.nature = ${quote(slice.nature)}`,
		`e.counting = ${quote(slice.counting)}`,
		KINDS_OF[slice.measure]!,
		`e.project_id in (select pp.project_id from portfolio_project pp join portfolio p on p.portfolio_id = pp.portfolio_id where p.key = ${quote(slice.portfolio)})`
	];
	const key = (column: string, wanted: string | null, lookup: (value: string) => string) => {
		if (wanted === null) return;
		conditions.push(wanted === 'none' ? `${column} is null` : `${column} = ${lookup(wanted)}`);
	};
	/** Any of several. */
	const keys = (column: string, wanted: string | null, lookup: (value: string) => string) => {
		const first = conditions.length;
		for (const value of wanted?.split(',') ?? []) key(column, value, lookup);
		const either = conditions.splice(first);
		if (either.length > 0) conditions.push(`(${either.join(' or ')})`);
	};
	const idOf = (table: string, nature: string) => (value: string) =>
		`(select ${table}_id from ${table} where key = ${quote(value)}${nature})`;
	key('e.project_id', slice.project, idOf('project', ''));
	key('e.objective_id', slice.objective, idOf('objective', ''));
	key('e.agreement_id', slice.agreement, idOf('agreement', ` and nature = ${quote(slice.nature)}`));
	keys('e.activity_id', slice.activity, (value) => value);
	keys('c.country', slice.country, quote);
	key('c.country_basis', slice.allocation ?? null, quote);
	keys('c.sector', slice.sector, quote);
	key('e.heading', slice.heading, quote);
	key('e.basis', slice.basis, quote);
	key('e.state', slice.state, quote);
	keys('e.currency', slice.booked, quote);
	const part = slice.part === 'reporter' ? 'e.reporting_organisation_id' : `e.${slice.part}_id`;
	keys(part, slice.organisation, (value) => value);
	keys('e.receiver_id', slice.receiver, (value) => value);
	if (slice.from !== null) conditions.push(`e.date_from >= ${quote(slice.from)}`);
	if (slice.to !== null) conditions.push(`e.date_to <= ${quote(slice.to)}`);
	if (slice.undated !== null) {
		const shape = quote(UNDATED[slice.undated]);
		conditions.push(`to_char(e.date_from, ${shape}) is distinct from to_char(e.date_to, ${shape})`);
		conditions[conditions.length - 1] = `(e.date_from is null or ${conditions.at(-1)})`;
	}
	return conditions;
}

/** The cells of a slice that are in force, as a plain SELECT that any client of the database can send. */
export function plainCells(slice: Slice): string {
	const known = slice.asof === null ? '' : ` and (known_at at time zone 'UTC')::date <= ${quote(slice.asof)}`;
	const last = `(select max(posting_no) from posting where nature = ${quote(slice.nature)}${known})`;
	const sign = `case when e.kind = '1' and e.returned then -1 else 1 end`;
	return `select e.entry_id, e.currency::text as currency, ${sign} * c.amount as booked,
			${sign} * c.amount_${slice.currency.toLowerCase()} as converted
		from ledger_entry e join entry_share c on c.entry_id = e.entry_id
		where e.added_by <= ${last}
			and not exists (select from ledger_retirement r where r.entry_id = e.entry_id and r.posting_no <= ${last})
			and ${conditionsOf(slice).join(' and ')}`;
}

/** The sum of those cells, instead of the ledger's `total`. */
export async function plainSum(db: Kysely<DB>, slice: Slice): Promise<Sum> {
	const { rows } = await sql<{ currency: string; converted: string | null; booked: string; entries: number }>`
		select currency, sum(converted) as converted, sum(booked) as booked, count(distinct entry_id)::integer as entries
		from (${sql.raw(plainCells(slice))}) cell
		group by currency, converted is null order by currency`.execute(db);
	const sum = await sql<{ amount: string | null }>`
		select sum(value::numeric) as amount from unnest(${rows.flatMap(({ converted }) => converted ?? [])}::text[]) value`.execute(
		db
	);
	return {
		amount: sum.rows[0]!.amount,
		entries: rows.reduce((count, { entries }) => count + entries, 0),
		unconverted: rows
			.filter(({ converted }) => converted === null)
			.map(({ currency, booked, entries }) => ({ currency, amount: booked, entries }))
	};
}
