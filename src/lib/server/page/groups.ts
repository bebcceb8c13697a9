import type { Kysely } from 'kysely';
import { compare } from '#lib/money/decimal.ts';
import type { Question } from '#lib/server/answer.ts';
import type { DB } from '#lib/server/database/schema.ts';
import { labelsOf } from '#lib/server/facts/names.ts';
import { breakdown } from '#lib/server/ledger/breakdown.ts';
import { CursorError, rows, type LedgerRow } from '#lib/server/ledger/rows.ts';
import { canNarrowBy, narrowBy } from '#lib/slice/narrow.ts';
import { NONE } from '#lib/slice/parameter.ts';
import { DIMENSIONS, type BreakdownRow, type Dimension, type Slice, type Sum } from '#lib/slice/slice.ts';
import { formatBucket } from '#lib/words/date.ts';
import { noneLabel } from '#lib/words/dimension.ts';
import { basisLabel, countingLabel, kindLabel, stateLabel } from '#lib/words/ledger.ts';
import { refuse } from './refuse.ts';

/** One subtotal: its key in the address, its name, and the slice that its figure is the total of. */
export type Group = { key: string; label: string; sum: Sum; slice: Slice };

export type Groups = {
	dimension: Dimension;
	groups: Group[];
	/** How many there are in all. */
	count: number;
	sort: GroupSort;
	/** The group whose rows are shown beneath it, the first of them. */
	opened: { key: string; rows: LedgerRow[]; more: boolean } | null;
	/** Cursor of the next page of groups. */
	next: string | null;
};

const GROUP_SORTS = ['group', '-group', 'amount', '-amount'] as const;
export type GroupSort = (typeof GROUP_SORTS)[number];

const PAGE_GROUPS = 100;
const OPENED_ROWS = 20;
const TIME: readonly Dimension[] = ['year', 'quarter', 'month'];
const CURSOR = /^g([1-9][0-9]{0,7})$/;

/** What the rows of a slice can be grouped by: each group opens as a slice, and all add up to the total. */
export function groupableBy(slice: Slice): Dimension[] {
	return DIMENSIONS.filter((dimension) => dimension !== 'counting' && canNarrowBy(slice, dimension));
}

/**
 * Subtotals of a slice, a page of them; they add up to its total. The group named in the address is opened.
 * @throws CursorError for a place that no such list has
 */
export async function readGroups(
	{ db, slice, view, fields }: Question<'open'>,
	dimension: Dimension
): Promise<Groups> {
	if (!groupableBy(slice).includes(dimension)) refuse('group', dimension, 'not_one_of');
	const sort = sortOf(view.sort, dimension);
	const from = startOf(view.after);
	const all = await breakdown(db, slice, [dimension]);
	const byName = sort.endsWith('group') ? await namesOfGroups(db, dimension, all) : null;
	const sorted = sortGroups(all, sort, byName);
	const shown = sorted.slice(from, from + PAGE_GROUPS);
	if (from > 0 && shown.length === 0) throw new CursorError(`${view.after} is no place in the list`);
	const names = byName ?? (await namesOfGroups(db, dimension, shown));
	const groups = shown.map(({ keys, ...sum }): Group => {
		const key = keys[0] ?? null;
		return {
			key: key ?? NONE,
			label: groupName(dimension, key, names),
			sum,
			// Checked above: every group opens.
			slice: narrowBy(slice, dimension, key)!
		};
	});
	const open = groups.find(({ key }) => key === fields.open);
	const page = open && (await rows(db, open.slice, { after: null, limit: OPENED_ROWS }));
	return {
		dimension,
		groups,
		count: all.length,
		sort,
		opened: open && page ? { key: open.key, rows: page.rows, more: page.next !== null } : null,
		next: from + PAGE_GROUPS < all.length ? `g${from + PAGE_GROUPS}` : null
	};
}

function sortOf(sort: string | null, dimension: Dimension): GroupSort {
	if (sort === null) return TIME.includes(dimension) ? 'group' : '-amount';
	return GROUP_SORTS.find((known) => known === sort) ?? refuse('sort', sort, 'not_one_of');
}

function startOf(after: string | null): number {
	if (after === null) return 0;
	const match = CURSOR.exec(after);
	if (!match) throw new CursorError(`${after} is no place in the list`);
	return Number(match[1]);
}

/** What belongs to no group stands last, in either direction; so does what has no amount in the slice's currency. */
function sortGroups(
	all: readonly BreakdownRow[],
	sort: GroupSort,
	names: Map<string, string> | null
): BreakdownRow[] {
	const direction = sort.startsWith('-') ? -1 : 1;
	const nameOfRow = ({ keys }: BreakdownRow) => names?.get(keys[0]!) ?? keys[0]!;
	return [...all].sort((a, b) => {
		if (a.keys[0] === null || b.keys[0] === null) return a.keys[0] === null ? 1 : -1;
		if (names) return direction * nameOfRow(a).localeCompare(nameOfRow(b));
		if (a.amount === null || b.amount === null) return a.amount === b.amount ? 0 : a.amount === null ? 1 : -1;
		return direction * compare(a.amount, b.amount);
	});
}

async function namesOfGroups(
	db: Kysely<DB>,
	dimension: Dimension,
	groups: readonly BreakdownRow[]
): Promise<Map<string, string>> {
	// Buckets are in order as they are written.
	if (TIME.includes(dimension)) return new Map();
	return labelsOf(
		db,
		dimension,
		groups.map(({ keys }) => keys[0] ?? null)
	);
}

/** What a key of a dimension is called in the visitor's language; `names` holds those that stand in the books. */
export function groupName(
	dimension: Dimension,
	key: string | null,
	names: ReadonlyMap<string, string>
): string {
	if (key === null) return noneLabel(dimension);
	switch (dimension) {
		case 'kind':
			return kindLabel(key as Parameters<typeof kindLabel>[0]);
		case 'counting':
			return countingLabel(key as Parameters<typeof countingLabel>[0]);
		case 'basis':
			return basisLabel(key as Parameters<typeof basisLabel>[0]);
		case 'state':
			return stateLabel(key as Parameters<typeof stateLabel>[0]);
		case 'year':
		case 'quarter':
		case 'month':
			return formatBucket(key);
		default:
			return names.get(key) ?? key;
	}
}
