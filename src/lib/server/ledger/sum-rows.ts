import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { termsOf } from '#lib/slice/measure.ts';
import type { Dimension, Measure } from '#lib/slice/slice.ts';
import {
	cellConditions,
	dimensionConditions,
	every,
	groupExpression,
	isOfCells,
	keyExpression,
	signed,
	timeConditions,
	versionConditions
} from './conditions.ts';
import { pickSummary } from './need.ts';
import type { ResolvedSlice } from './resolve.ts';
import { CHECKPOINT_EVERY, type Summary } from './summaries.ts';

/** One group of a measure in one booked currency: converted and unconverted parts side by side. Decimals as text. */
export type SumRow = {
	measure: Measure;
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

type Asked = { measures: readonly Measure[]; by: readonly Dimension[] };

/**
 * Sums of a slice over its groups, for each of the measures and in every counting, from the smallest summary that holds
 * its dimensions, else from the entries. `way` forces one of them. The slice's own measure does not matter.
 */
export async function sumRows(
	db: Kysely<DB>,
	resolved: ResolvedSlice,
	asked: Asked,
	way?: Way
): Promise<SumRow[]> {
	if (resolved.posting === null) return [];
	const summary = way === 'entries' ? null : pickSummary(resolved.slice, asked.by);
	if (summary === null && way === 'summary') throw new Error('no summary holds these dimensions');
	const query = summary ? fromSummary(summary, resolved, asked) : fromEntries(resolved, asked);
	return (await query.execute(db)).rows;
}

function keysExpression(by: readonly Dimension[], place: 'summary' | 'entries') {
	if (by.length === 0) return sql`array[]::text[]`;
	return sql`array[${sql.join(by.map((dimension) => keyExpression(dimension, place)))}]`;
}

/** Which measure a row counts for, how its amounts count for it, and what is to be joined to the entries or sums `e` for that. */
function measured(measures: readonly Measure[]) {
	const [first] = measures;
	if (measures.length === 1)
		return {
			measure: sql`${first}::text`,
			counted: (amount: string) => signed(first!, amount),
			terms: sql``,
			group: []
		};
	// An entry may be of several of them: money that came back is of what was returned, and of the receipts returned.
	const terms = measures.flatMap((measure) =>
		termsOf(measure).map(
			({ kinds, returned, sign }) =>
				sql`(${measure}::text, ${kinds}::text[], ${returned}::boolean, ${sign}::integer)`
		)
	);
	return {
		measure: sql`term.measure`,
		counted: (amount: string) => sql`term.sign * ${sql.raw(amount)}`,
		group: [sql`term.measure`],
		terms: sql`join (values ${sql.join(terms)}) term (measure, kinds, returned, sign)
			on e.kind = any(term.kinds) and e.returned = term.returned`
	};
}

function fromSummary(summary: Summary, resolved: ResolvedSlice, { measures, by }: Asked): RawBuilder<SumRow> {
	const { slice } = resolved;
	const { measure, counted, terms, group } = measured(measures);
	const target = slice.currency.toLowerCase();
	const groups = [...group, ...by.map((dimension) => sql.raw(groupExpression(dimension, 'summary')))];
	const conditions = [
		...dimensionConditions(resolved, 'summary', measures),
		...cellConditions(slice, 'summary'),
		...timeConditions(slice, 'summary')
	];
	return sql<SumRow>`
		select ${measure} as measure, ${keysExpression(by, 'summary')} as keys, e.counting, e.currency::text as currency,
			sum(${counted(`e.${target}`)}) as converted, sum(${counted(`e.booked_without_${target}`)}) as unconverted,
			sum(e.entries) as entries, sum(e.${sql.raw(`entries_without_${target}`)}) as unconverted_entries
		from ${versionsOf(summary, resolved)} e ${terms}
		where ${every(conditions)}
		group by ${sql.join([...groups, sql`e.counting`, sql`e.currency`])}
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

function fromEntries(resolved: ResolvedSlice, { measures, by }: Asked): RawBuilder<SumRow> {
	const { slice } = resolved;
	const { measure, counted, terms } = measured(measures);
	const cells = isOfCells(slice) || by.some((dimension) => CELL_DIMENSIONS.includes(dimension));
	const amounts = cells ? 's' : 'e';
	const target = `amount_${slice.currency.toLowerCase()}`;
	const conditions = [
		...dimensionConditions(resolved, 'entries', measures),
		...cellConditions(slice, 'entries'),
		...timeConditions(slice, 'entries'),
		...versionConditions(resolved)
	];
	// One row per entry and key first: an entry with two cells in a group counts once.
	return sql<SumRow>`
		select measure, keys, counting, currency, coalesce(sum(converted), 0) as converted, coalesce(sum(booked) filter (where converted is null), 0) as unconverted,
			count(*) as entries, count(*) filter (where converted is null) as unconverted_entries
		from (
			select ${measure} as measure, ${keysExpression(by, 'entries')} as keys, e.counting, e.currency::text as currency,
				sum(${counted(`${amounts}.amount`)}) as booked, sum(${counted(`${amounts}.${target}`)}) as converted
			from ledger_entry e ${cells ? sql`join entry_share s using (reporting_organisation_id, entry_id)` : sql``} ${terms}
			where ${every(conditions)}
			group by 1, 2, 3, 4, reporting_organisation_id, entry_id
		) entry
		group by 1, 2, 3, 4`;
}
