import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { Decimal } from '#lib/money/decimal.ts';
import type { Kind } from '#lib/slice/slice.ts';
import type { PartSum, ReporterSeen } from '../preview.ts';
import type { Directory } from '../directory.ts';
import type { FileScope } from './scope.ts';
import { KindSums, byCurrencyAndKind } from './sums.ts';

export type FileTotals = { sums: KindSums; byMonth: PartSum[]; byHeading: PartSum[] };

/** Sums of all staged entries: by kind and currency, and these by month and by heading. */
export async function sumStaged(db: Kysely<DB>, importId: string): Promise<FileTotals> {
	const { rows } = await sql<{
		set: number;
		part: string | null;
		kind: Kind;
		currency: string;
		count: number;
		sum: Decimal;
	}>`
		with entry as (
			select record->>'entryKind' as kind, record->>'currency' as currency, (record->>'amount')::numeric as amount,
				case when left(record->>'dateFrom', 7) = left(coalesce(record->>'dateTo', record->>'dateFrom'), 7)
					then left(record->>'dateFrom', 7) end as month,
				record->>'heading' as heading
			from staged_record where import_id = ${importId}::bigint and kind = 'ledger_entry'
		)
		select grouping(month, heading) as set, case when grouping(month) = 0 then month else heading end as part,
			kind, currency, count(*)::integer as count, sum(amount)::text as sum
		from entry group by grouping sets ((kind, currency, month), (kind, currency, heading), (kind, currency))`.execute(
		db
	);
	const sums = new KindSums();
	const byMonth: PartSum[] = [];
	const byHeading: PartSum[] = [];
	for (const { set, part, ...sum } of rows) {
		if (set === BY_MONTH) byMonth.push({ part, ...sum });
		else if (set === BY_HEADING) byHeading.push({ part, ...sum });
		else sums.add(sum);
	}
	return { sums, byMonth: byMonth.sort(byPart), byHeading: byHeading.sort(byPart) };
}

/** What `grouping(month, heading)` says: a bit is set where the column is not grouped by. */
const BY_MONTH = 1;
const BY_HEADING = 2;

/** In order, what has no part last. */
function byPart(a: PartSum, b: PartSum): number {
	if (a.part === b.part) return byCurrencyAndKind(a, b);
	if (a.part === null || b.part === null) return a.part === null ? 1 : -1;
	return a.part < b.part ? -1 : 1;
}

/** All that some reporters have in the books, by kind and currency, however it counts. */
export async function sumBooks(
	db: Kysely<DB>,
	{ nature, reporterIds }: Pick<FileScope, 'nature' | 'reporterIds'>
): Promise<KindSums> {
	const sums = new KindSums();
	const { rows } = await sql<{ kind: Kind; currency: string; count: number; sum: Decimal }>`
		select kind, currency::text as currency, sum(entries)::integer as count, sum(booked)::text as sum
		from ledger_current_month
		where nature = ${nature} and reporting_organisation_id = any(${reporterIds}::bigint[]) group by 1, 2`.execute(
		db
	);
	for (const row of rows) sums.add(row);
	return sums;
}

/** Who reports in a staged file, and of how many activities; how many of these the books hold from someone else. */
export async function listReporters(
	db: Kysely<DB>,
	directory: Directory,
	scope: FileScope
): Promise<ReporterSeen[]> {
	const { rows } = await sql<{ key: string; activities: number; name: Record<string, string> | null }>`
		select reporter.key, reporter.activities, own.name from (
			select key, count(*)::integer as activities from (
				select distinct record->>'reporter' as key, coalesce(record->>'activity', record->>'key') as activity
				from staged_record where import_id = ${scope.importId}::bigint and kind in ('ledger_entry', 'iati_activity')
			) named group by key
		) reporter left join (
			select distinct on (record->>'key') record->>'key' as key, nullif(record->'name', 'null') as name from staged_record
			where import_id = ${scope.importId}::bigint and kind = 'iati_organisation' order by 1, record_no
		) own using (key)
		order by reporter.key collate "C"`.execute(db);
	const known = await readNames(
		db,
		rows.flatMap(({ key }) => directory.findOrganisation(key) ?? [])
	);
	const foreign = new Map<string, number>();
	for (const key of scope.foreign) {
		const { reporter } = scope.stated.get(key)!;
		foreign.set(reporter, (foreign.get(reporter) ?? 0) + 1);
	}
	return rows.map(({ key, activities, name }) => ({
		key,
		name:
			(name && (name.en ?? Object.values(name)[0])) ??
			known.get(directory.findOrganisation(key) ?? '') ??
			null,
		activities,
		foreign: foreign.get(key) ?? 0
	}));
}

async function readNames(db: Kysely<DB>, ids: readonly string[]): Promise<Map<string, string>> {
	const { rows } = await sql<{ id: string; name: string }>`
		select distinct on (organisation_id) organisation_id as id, name from organisation_version
		where organisation_id = any(${ids}::bigint[])
		order by organisation_id, nature = 'published' desc, posting_no desc`.execute(db);
	return new Map(rows.map(({ id, name }) => [id, name]));
}
