import { sql, type RawBuilder } from 'kysely';
import { termsOf } from '#lib/slice/measure.ts';
import { NONE, valuesOf } from '#lib/slice/parameter.ts';
import type { Dimension, Measure, Nature, Slice } from '#lib/slice/slice.ts';
import type { ResolvedSlice } from './resolve.ts';

type Condition = RawBuilder<unknown>;
/** Where the columns are read: a summary keeps "none" as empty text or 0, the entries as null. */
export type Place = 'summary' | 'entries';

/** All of these hold; `true` when there are none. */
export function every(conditions: readonly Condition[]): Condition {
	return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
}

/**
 * Conditions on what money it is: nature, kinds of the measure, projects, parties and every other dimension but time.
 * @param measures any of which it may be of, where that is not the slice's own
 */
export function dimensionConditions(
	resolved: ResolvedSlice,
	place: Place,
	measures: readonly Measure[] = [resolved.slice.measure]
): Condition[] {
	const { slice } = resolved;
	const conditions = [sql`e.nature = ${slice.nature}`, measureCondition(measures)];
	if (resolved.projects !== null) conditions.push(sql`e.project_id = any(${resolved.projects}::bigint[])`);
	if (slice.activity !== null) conditions.push(idCondition('e.activity_id', valuesOf(slice.activity), place));
	if (slice.organisation !== null)
		conditions.push(idCondition(partColumn(slice), valuesOf(slice.organisation), place));
	if (slice.receiver !== null) conditions.push(idCondition('e.receiver_id', valuesOf(slice.receiver), place));
	if (resolved.objective !== null)
		conditions.push(idCondition('e.objective_id', [resolved.objective], place));
	if (resolved.agreement !== null)
		conditions.push(idCondition('e.agreement_id', [resolved.agreement], place));
	if (slice.heading !== null) conditions.push(textCondition('e.heading', [slice.heading], place));
	if (slice.state !== null) conditions.push(sql`e.state = ${slice.state}`);
	if (slice.basis !== null) conditions.push(sql`e.basis = ${slice.basis}`);
	if (slice.booked !== null) conditions.push(sql`e.currency = any(${valuesOf(slice.booked)}::text[])`);
	return conditions;
}

/** Whether a slice counts cells of entries and not whole ones. */
export function isOfCells({ country, sector, allocation }: Slice): boolean {
	return country !== null || sector !== null || allocation != null;
}

/** Conditions on the cell: which country and how it was got, which sector. */
export function cellConditions(slice: Slice, place: Place): Condition[] {
	const alias = place === 'summary' ? 'e' : 's';
	const conditions: Condition[] = [];
	if (slice.country !== null)
		conditions.push(textCondition(`${alias}.country`, valuesOf(slice.country), place));
	if (slice.sector !== null) conditions.push(textCondition(`${alias}.sector`, valuesOf(slice.sector), place));
	// Held by no summary: such a slice is answered from the entries.
	if (slice.allocation != null) conditions.push(sql`s.country_basis = ${slice.allocation}`);
	return conditions;
}

/** A flow belongs to a span of days only when it lies wholly inside; one of unknown date never does. */
export function timeConditions(slice: Slice, place: Place): Condition[] {
	const from = place === 'summary' ? sql`e.period_from` : sql`e.date_from`;
	const to = place === 'summary' ? sql`e.period_to` : sql`e.date_to`;
	const conditions: Condition[] = [];
	if (slice.from !== null) conditions.push(sql`${from} >= ${slice.from}::date`);
	if (slice.to !== null) conditions.push(sql`${to} <= ${slice.to}::date`);
	if (slice.undated !== null) conditions.push(sql`${sql.raw(bucketStart(slice.undated))} is null`);
	return conditions;
}

/** Which entries a slice counts, of whatever cells: of its money and time, in force at its posting, counted as it says. */
export function countedConditions(resolved: ResolvedSlice): Condition[] {
	return [
		...dimensionConditions(resolved, 'entries'),
		...timeConditions(resolved.slice, 'entries'),
		...versionConditions(resolved),
		sql`e.counting = ${resolved.slice.counting}`
	];
}

/** The same, and that some cell of the entry is one of the slice's. */
export function matchingConditions(resolved: ResolvedSlice): Condition[] {
	const cells = cellConditions(resolved.slice, 'entries');
	const matching = sql`exists (select from entry_share s where s.reporting_organisation_id = e.reporting_organisation_id and s.entry_id = e.entry_id and ${every(cells)})`;
	return [...countedConditions(resolved), ...(cells.length === 0 ? [] : [matching])];
}

/** The versions in force at a posting. */
export function versionConditions({ slice, posting, latest, change }: ResolvedSlice): Condition[] {
	if (change !== null) return changeConditions(slice.nature, change, posting!);
	const retired = sql`select from ledger_retirement r where r.reporting_organisation_id = e.reporting_organisation_id and r.entry_id = e.entry_id`;
	return latest
		? [sql`not exists (${retired})`]
		: [
				sql`e.added_by <= ${posting}::integer`,
				sql`not exists (${retired} and r.posting_no <= ${posting}::integer)`
			];
}

/**
 * Entries in force at one posting of which versions lead to one in force at a later posting, as (reporter, first, last).
 * @param columns which of these, joined by commas
 */
export function versionPairs(
	nature: Nature,
	{ since, posting }: { since: number; posting: number },
	columns: string
): RawBuilder<unknown> {
	return sql`
		with recursive version as (
			select r.reporting_organisation_id as reporter, r.entry_id as first, r.replaced_by as last
			from ledger_retirement r join ledger_entry f using (reporting_organisation_id, entry_id)
			where r.nature = ${nature} and r.posting_no > ${since}::integer and r.posting_no <= ${posting}::integer
				and f.added_by <= ${since}::integer
			union all
			select v.reporter, v.first, r.replaced_by from version v
			join ledger_retirement r on r.reporting_organisation_id = v.reporter and r.entry_id = v.last
			where r.posting_no <= ${posting}::integer
		)
		select distinct ${sql.raw(columns)} from version v where last is not null and not exists (
			select from ledger_retirement r
			where r.reporting_organisation_id = v.reporter and r.entry_id = v.last and r.posting_no <= ${posting}::integer)`;
}

/**
 * Entries that a change between two postings is about. An entry is changed where versions lead from one in force at the
 * first to one in force at the last; however many there were between them.
 */
function changeConditions(
	nature: Nature,
	{ kind, since }: NonNullable<ResolvedSlice['change']>,
	posting: number
): Condition[] {
	const pairs = (columns: string) => versionPairs(nature, { since, posting }, columns);
	// As arrays they are found once and lead to the entries by their key; a number of an entry is never given twice.
	const isOneOf = (end: 'first' | 'last') =>
		sql`e.reporting_organisation_id = any(array(${pairs('reporter')})) and e.entry_id = any(array(${pairs(end)}))`;
	// And this way they are looked up in a table made once, for each of the many entries that are none of them.
	const isNoneOf = (end: 'first' | 'last') =>
		sql`(e.reporting_organisation_id, e.entry_id) not in (${pairs(`reporter, ${end}`)})`;
	const retired = sql`exists (
		select from ledger_retirement r where r.reporting_organisation_id = e.reporting_organisation_id
			and r.entry_id = e.entry_id and r.posting_no > ${since}::integer and r.posting_no <= ${posting}::integer)`;
	switch (kind) {
		case 'added':
			return [
				sql`e.added_by > ${since}::integer and e.added_by <= ${posting}::integer`,
				sql`not ${retired}`,
				isNoneOf('last')
			];
		case 'replacement':
			return [isOneOf('last')];
		case 'replaced':
			return [isOneOf('first')];
		case 'withdrawn':
			return [sql`e.added_by <= ${since}::integer`, retired, isNoneOf('first')];
	}
}

/** An amount as a measure counts it: some of its terms are booked with the opposite sign (money returned by the funder's account). */
export function signed(measure: Measure, amount: string): RawBuilder<string> {
	const negative = termsOf(measure).filter(({ sign }) => sign === -1);
	if (negative.length === 0) return sql.raw(amount);
	return sql`case when ${sql.join(negative.map(termCondition), sql` or `)} then -${sql.raw(amount)} else ${sql.raw(amount)} end`;
}

function measureCondition(measures: readonly Measure[]): Condition {
	return sql`(${sql.join(measures.flatMap(termsOf).map(termCondition), sql` or `)})`;
}

function termCondition({ kinds, returned }: { kinds: readonly string[]; returned: boolean }): Condition {
	return sql`(e.kind = any(${kinds}::text[]) and e.returned = ${returned})`;
}

function partColumn({ part }: Slice): string {
	return part === 'reporter' ? 'e.reporting_organisation_id' : `e.${part}_id`;
}

/** A number, one of several, or none: what "none" is in a summary is 0 in a column of numbers. */
function idCondition(column: string, ids: readonly string[], place: Place): Condition {
	return anyOf(sql.raw(column), ids, sql`bigint`, place === 'summary' ? sql`= 0` : sql`is null`);
}

function textCondition(column: string, values: readonly string[], place: Place): Condition {
	return anyOf(sql.raw(column), values, sql`text`, place === 'summary' ? sql`= ''` : sql`is null`);
}

function anyOf(column: Condition, values: readonly string[], type: Condition, left: Condition): Condition {
	const named = values.filter((value) => value !== NONE);
	const conditions: Condition[] = [];
	// Said plainly for one, which is nearly always: the planner knows how common a value is.
	if (named.length === 1) conditions.push(sql`${column} = ${named[0]}::${type}`);
	else if (named.length > 1) conditions.push(sql`${column} = any(${named}::${type}[])`);
	if (named.length < values.length) conditions.push(sql`${column} ${left}`);
	return conditions.length === 1 ? conditions[0]! : sql`(${sql.join(conditions, sql` or `)})`;
}

/**
 * What the rows of one key of a breakdown have in common, as it is kept: to put numbers and days together is far quicker than
 * to write each out first and put the texts together.
 */
export function groupExpression(dimension: Dimension, place: Place): string {
	const cell = place === 'summary' ? 'e' : 's';
	switch (dimension) {
		case 'project':
		case 'activity':
		case 'objective':
		case 'agreement':
		case 'provider':
		case 'receiver':
			return `e.${dimension}_id`;
		case 'reporter':
			return 'e.reporting_organisation_id';
		case 'country':
		case 'sector':
			return `${cell}.${dimension}`;
		case 'booked_currency':
			return 'e.currency';
		case 'year':
		case 'quarter':
		case 'month':
			return bucketStart(dimension);
		default:
			return `e.${dimension}`;
	}
}

/** The key of a breakdown as text; null is the unallocated, not stated or not-dated-this-finely part. */
export function keyExpression(dimension: Dimension, place: Place): RawBuilder<string | null> {
	const group = groupExpression(dimension, place);
	switch (dimension) {
		case 'objective':
		case 'agreement':
		case 'provider':
		case 'receiver':
			return sql.raw(place === 'summary' ? `nullif(${group}, 0)::text` : `${group}::text`);
		case 'country':
		case 'sector':
		case 'heading':
			return sql.raw(`nullif(${group}, '')`);
		case 'year':
		case 'quarter':
		case 'month':
			return sql.raw(`to_char(${group}, '${BUCKET_FORMAT[dimension]}')`);
		default:
			return sql.raw(`${group}::text`);
	}
}

type Bucket = 'year' | 'quarter' | 'month';
const BUCKET_FORMAT = { year: 'YYYY', quarter: 'YYYY-"Q"Q', month: 'YYYY-MM' } as const;

/** The first day of the calendar bucket that a period lies wholly inside, else null. Infinite ends fall into none. */
function bucketStart(unit: Bucket): string {
	const start = (day: string) => `date_trunc('${unit}', ${day}::timestamp)`;
	return `case when isfinite(e.period_from) and ${start('e.period_from')} = ${start('e.period_to')} then ${start('e.period_from')} end`;
}
