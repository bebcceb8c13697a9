import { sql, type RawBuilder } from 'kysely';
import {
	relationOf,
	type CheckCode,
	type CheckLine,
	type CheckOrigin,
	type Touch
} from '#lib/slice/check.ts';
import { termsOf } from '#lib/slice/measure.ts';
import { MOST_VALUES, valuesOf } from '#lib/slice/parameter.ts';
import { MEASURES, type Measure, type Nature, type Slice } from '#lib/slice/slice.ts';

/** The posting that is being checked, and the import behind it if there is one. */
export type Scope = { nature: Nature; postingNo: number; importId: string | null };

/**
 * What a check found of one subject, as a row of SQL. `fault` where the sides alone do not decide; `missing`: why nothing can be
 * compared, which a fault outweighs; `gone`: nothing to show (yet).
 */
export type Outcome = {
	project_id: string;
	subject: string;
	left_side: string | null;
	right_side: string | null;
	unit: string;
	tolerance: string;
	fault: boolean | null;
	missing: string | null;
	about: About;
	gone: boolean;
};

/** What a result keeps of its terms: decimals as text, keys, numbers as text. */
export type About = Readonly<Record<string, unknown>>;

/** A result as its check's own words about it are made from: `slice` is its project's, in its unit. */
export type Kept = { subject: string; about: About; slice: Slice };

/** One reconciliation check: what it asks of the books, and what its two sides are made of. */
export type Check = {
	code: CheckCode;
	/** Reads the projects of `checked_project`, a table of the posting's transaction. */
	outcomes: (scope: Scope) => RawBuilder<Outcome>;
	sides: (kept: Kept) => { left: CheckLine[]; right: CheckLine[] };
	/** Whose figures a failure casts doubt on. */
	touches: (kept: Kept) => { money: Touch[]; parties?: string[] };
	/** The rows that decide, where a slice says which. */
	deciding?: (kept: Kept) => Slice;
};

/** Measures that share no entries: every entry counts towards one of them. */
const WHOLE_MEASURES = MEASURES.filter(
	(measure) => !['disbursement', 'expenditure', 'returned_receipts', 'paid_back'].includes(measure)
);

/** Which measure an entry counts towards and with which sign: `measured(measure, kind, returned, sign)`. */
export function measured(measures: readonly Measure[] = WHOLE_MEASURES): RawBuilder<unknown> {
	const rows = measures.flatMap((measure) =>
		termsOf(measure).flatMap(({ kinds, returned, sign }) =>
			kinds.map(
				(kind) => sql`(${sql.lit(measure)}, ${sql.lit(kind)}, ${sql.lit(returned)}, ${sql.lit(sign)})`
			)
		)
	);
	return sql`(values ${sql.join(rows)}) as measured(measure, kind, returned, sign)`;
}

/** Rows of a table with the columns of a summary or an entry, aliased `e`, of the projects that are checked. */
export const ofChecked = ({ nature }: Scope): RawBuilder<unknown> =>
	sql`e.nature = ${sql.lit(nature)} and e.project_id in (select project_id from checked_project)`;

/** The latest results of a check for the projects that are checked, hidden ones too, each subject once. */
export const earlierResults = ({ nature }: Scope, code: CheckCode): RawBuilder<unknown> => sql`
	select distinct on (project_id, subject) * from check_run
	where nature = ${sql.lit(nature)} and check_code = ${sql.lit(code)} and project_id in (select project_id from checked_project)
	order by project_id, subject, posting_no desc`;

/** The same for what is carried from posting to posting: not of projects all of whose entries are read anew. */
export const carriedResults = (scope: Scope, code: CheckCode): RawBuilder<unknown> => sql`
	select * from (${earlierResults(scope, code)}) result join checked_project using (project_id) where not anew`;

/** Whether a result passes: what is at fault does not, what lacks something is open, else its sides decide. `isHeld` says the same. */
export function passes(code: CheckCode): RawBuilder<boolean | null> {
	const agrees =
		relationOf(code) === 'at_most'
			? sql`left_side - right_side <= tolerance`
			: sql`abs(left_side - right_side) <= tolerance`;
	return sql`case when gone then null when fault then false when missing is not null then null when fault is not null then not fault else ${agrees} end`;
}

/** A text of `about`; null where it has none. */
export function textOf(about: About, name: string): string | null {
	const value = about[name];
	return typeof value === 'string' ? value : null;
}

/** A list of `about`; empty where it has none. */
export function listOf<T>(about: About, name: string): T[] {
	const value = about[name];
	return Array.isArray(value) ? (value as T[]) : [];
}

/** Adds a line where there is an amount: what the books hold nothing of is no term. */
export const lineOf = (line: CheckLine): CheckLine[] => (line.amount === null ? [] : [line]);

/** A line whose amount is a slice's. */
export const sliceLine = (
	term: CheckLine['term'],
	sign: 1 | -1,
	about: About,
	key: string,
	slice: Slice,
	name?: string
): CheckLine[] =>
	lineOf({
		term,
		sign,
		amount: textOf(about, key),
		origin: { kind: 'slice', slice },
		...(name === undefined ? {} : { name })
	});

/** The same line; where its slice names more than an address takes, it opens as the result itself, which names its terms. */
export function openable(line: CheckLine, own: CheckOrigin): CheckLine {
	if (line.origin.kind !== 'slice') return line;
	const { country, organisation, receiver } = line.origin.slice;
	const isTaken = [country, organisation, receiver].every((values) => valuesOf(values).length <= MOST_VALUES);
	return isTaken ? line : { ...line, origin: own };
}

export const counted = (...measures: Measure[]): Touch[] =>
	measures.map((measure) => ({ measure, counting: 'counted' }));
