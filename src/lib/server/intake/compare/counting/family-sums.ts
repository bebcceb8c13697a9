import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { add, negate, type Decimal } from '#lib/money/decimal.ts';
import type { Kind } from '#lib/slice/slice.ts';
import { isInForce } from '../book-entries.ts';
import type { Taken } from '../entries.ts';
import type { FileScope } from '../scope.ts';

/** What activities are compared by: a kind of money, a currency, and a year (or the entry's own days where it spans years). */
export type Bucket = { kind: Kind; currency: string; from: string; to: string };
type BucketSum = Bucket & { count: number; sum: Decimal };

/** Sums of activities by bucket, as the books will hold them. Undated entries are in none. */
export class FamilySums {
	#sums = new Map<string, Map<string, BucketSum>>();

	add(activity: string, part: BucketSum): void {
		let own = this.#sums.get(activity);
		if (!own) this.#sums.set(activity, (own = new Map()));
		const name = nameOf(part);
		const before = own.get(name);
		own.set(name, {
			...part,
			count: (before?.count ?? 0) + part.count,
			sum: before ? add(before.sum, part.sum) : part.sum
		});
	}

	/** An activity's sums, without those of which nothing is left. */
	of(activity: string): BucketSum[] {
		return [...(this.#sums.get(activity)?.values() ?? [])].filter(({ count }) => count > 0);
	}

	/** One of an activity's sums; null where it has no entries there. */
	find(activity: string, bucket: Bucket): BucketSum | null {
		const found = this.#sums.get(activity)?.get(nameOf(bucket));
		return found !== undefined && found.count > 0 ? found : null;
	}
}

function nameOf({ kind, currency, from, to }: Bucket): string {
	return `${kind} ${currency} ${from} ${to}`;
}

/** The bucket of an entry; null for one without a date. */
export function bucketOf({
	kind,
	currency,
	dateFrom,
	dateTo
}: Omit<Taken, 'activity' | 'amount'>): Bucket | null {
	if (dateFrom === null) return null;
	const to = dateTo ?? dateFrom;
	const year = dateFrom.slice(0, 4);
	return year === to.slice(0, 4)
		? { kind, currency, from: `${year}-01-01`, to: `${year}-12-31` }
		: { kind, currency, from: dateFrom, to };
}

/** In SQL, the same bucket of two dates. */
const bucket = (from: string, to: string) => ({
	from: sql.raw(
		`case when left(${from}, 4) = left(${to}, 4) then left(${from}, 4) || '-01-01' else ${from} end`
	),
	to: sql.raw(`case when left(${from}, 4) = left(${to}, 4) then left(${from}, 4) || '-12-31' else ${to} end`)
});

/**
 * Sums of the members of families: of an activity that the file states, what the file has; of others, what the books have
 * with the file's entries added and `taken` taken away.
 */
export async function sumFamilies(
	db: Kysely<DB>,
	scope: FileScope,
	members: ReadonlySet<string>,
	taken: readonly Taken[]
): Promise<FamilySums> {
	const sums = new FamilySums();
	if (members.size === 0) return sums;
	const staged = bucket(`record->>'dateFrom'`, `coalesce(record->>'dateTo', record->>'dateFrom')`);
	const inFile = await sql<{ activity: string } & BucketSum>`
		select record->>'activity' as activity, record->>'entryKind' as kind, record->>'currency' as currency,
			${staged.from} as "from", ${staged.to} as "to", count(*)::integer as count,
			sum((record->>'amount')::numeric)::text as sum
		from staged_record
		where import_id = ${scope.importId}::bigint and kind = 'ledger_entry' and record->>'dateFrom' is not null
			and record->>'activity' = any(${[...members]}::text[])
		group by 1, 2, 3, 4, 5`.execute(db);
	for (const { activity, ...part } of inFile.rows) sums.add(activity, part);
	const others = [...members].filter((activity) => !scope.stated.has(activity));
	if (others.length > 0 && scope.reporterIds.length > 0) {
		const booked = bucket('e.date_from::text', 'e.date_to::text');
		const { rows } = await sql<{ activity: string } & BucketSum>`
			select activity.key as activity, e.kind, e.currency::text as currency, ${booked.from} as "from", ${booked.to} as "to",
				count(*)::integer as count, sum(e.amount)::text as sum
			from activity join ledger_entry e using (activity_id)
			where activity.nature = ${scope.nature} and activity.key = any(${others}::text[]) and e.nature = ${scope.nature}
				and e.reporting_organisation_id = any(${scope.reporterIds}::bigint[]) and e.date_from is not null and ${isInForce}
			group by 1, 2, 3, 4, 5`.execute(db);
		for (const { activity, ...part } of rows) sums.add(activity, part);
		for (const { activity, amount, ...entry } of taken) {
			const own = bucketOf(entry);
			if (own) sums.add(activity, { ...own, count: -1, sum: negate(amount) });
		}
	}
	return sums;
}
