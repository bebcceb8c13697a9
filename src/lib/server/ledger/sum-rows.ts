import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { Dimension } from '#lib/slice/slice.ts';
import {
	cellConditions,
	dimensionConditions,
	dimensionExpression,
	every,
	isOfCells,
	signExpression,
	timeConditions,
	versionConditions
} from './conditions.ts';
import { pickSummary } from './need.ts';
import type { ResolvedSlice } from './resolve.ts';
import { CHECKPOINT_EVERY, type Summary } from './summaries.ts';

/** One group in one booked currency: converted and unconverted parts side by side. Decimals as text. */
export type SumRow = {
	keys: (string | null)[];
	counting: string;
	currency: string;
	converted: string;
	unconverted: string;
	entries: string;
	unconverted_entries: string;
};

/** Which way a question was answered; tests ask for each and compare. */
export type Way = 'summary' | 'entries';

/**
 * Sums of a slice over its groups, in every counting, from the smallest summary that holds its dimensions, else from
 * the entries. `way` forces one of them.
 */
export async function sumRows(
	db: Kysely<DB>,
	resolved: ResolvedSlice,
	by: readonly Dimension[],
	way?: Way
): Promise<SumRow[]> {
	if (resolved.posting === null) return [];
	const summary = way === 'entries' ? null : pickSummary(resolved.slice, by);
	if (summary === null && way === 'summary') throw new Error('no summary holds these dimensions');
	const query = summary ? fromSummary(summary, resolved, by) : fromEntries(resolved, by);
	return (await query.execute(db)).rows;
}

function keysExpression(by: readonly Dimension[], place: 'summary' | 'entries') {
	if (by.length === 0) return sql`array[]::text[]`;
	return sql`array[${sql.join(by.map((dimension) => dimensionExpression(dimension, place)))}]`;
}

function fromSummary(
	summary: Summary,
	resolved: ResolvedSlice,
	by: readonly Dimension[]
): RawBuilder<SumRow> {
	const { slice } = resolved;
	const target = sql.raw(slice.currency.toLowerCase());
	const without = sql.raw(`without_${slice.currency.toLowerCase()}`);
	const sign = signExpression(slice);
	const conditions = [
		...dimensionConditions(resolved, 'summary'),
		...cellConditions(slice, 'summary'),
		...timeConditions(slice, 'summary')
	];
	return sql<SumRow>`
		select ${keysExpression(by, 'summary')} as keys, e.counting, e.currency::text as currency,
			sum(${sign} * e.${target}) as converted, sum(${sign} * e.booked_${without}) as unconverted,
			sum(e.entries) as entries, sum(e.entries_${without}) as unconverted_entries
		from ${versionsOf(summary, resolved)} e
		where ${every(conditions)}
		group by 1, 2, 3
		having sum(e.entries) <> 0`;
}

/** Today's rows, or for an earlier posting the latest checkpoint with the deltas since. */
function versionsOf(summary: Summary, { slice, posting, latest }: ResolvedSlice): RawBuilder<unknown> {
	if (latest) return sql.table(`ledger_current_${summary.name}`);
	const checkpoint = Math.floor(posting! / CHECKPOINT_EVERY) * CHECKPOINT_EVERY;
	const delta = sql.table(`ledger_delta_${summary.name}`);
	return sql`(
		select * from ${delta} where nature = ${slice.nature} and checkpoint and posting_no = ${checkpoint}::integer
		union all
		select * from ${delta} where nature = ${slice.nature} and not checkpoint
			and posting_no > ${checkpoint}::integer and posting_no <= ${posting}::integer)`;
}

const CELL_DIMENSIONS: readonly Dimension[] = ['country', 'sector'];

function fromEntries(resolved: ResolvedSlice, by: readonly Dimension[]): RawBuilder<SumRow> {
	const { slice } = resolved;
	const cells = isOfCells(slice) || by.some((dimension) => CELL_DIMENSIONS.includes(dimension));
	const amounts = sql.raw(cells ? 's' : 'e');
	const target = sql.raw(`amount_${slice.currency.toLowerCase()}`);
	const sign = signExpression(slice);
	const conditions = [
		...dimensionConditions(resolved, 'entries'),
		...cellConditions(slice, 'entries'),
		...timeConditions(slice, 'entries'),
		...versionConditions(resolved)
	];
	// One row per entry and key first: an entry with two cells in a group counts once.
	return sql<SumRow>`
		select keys, counting, currency, coalesce(sum(converted), 0) as converted, coalesce(sum(booked) filter (where converted is null), 0) as unconverted,
			count(*) as entries, count(*) filter (where converted is null) as unconverted_entries
		from (
			select ${keysExpression(by, 'entries')} as keys, e.counting, e.currency::text as currency,
				sum(${sign} * ${amounts}.amount) as booked, sum(${sign} * ${amounts}.${target}) as converted
			from ledger_entry e ${cells ? sql`join entry_share s using (reporting_organisation_id, entry_id)` : sql``}
			where ${every(conditions)}
			group by 1, 2, 3, reporting_organisation_id, entry_id
		) entry
		group by 1, 2, 3`;
}
