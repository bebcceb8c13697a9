import type { View } from '#lib/slice/view.ts';
import { refuse } from './refuse.ts';

/**
 * The order that an address asks a table for: a column of the page, the largest first where a minus leads. Answers 400
 * naming `sort` for a column that the page does not sort by.
 */
export function readSort<Column extends string>(
	{ sort }: Pick<View, 'sort'>,
	columns: readonly Column[],
	usual: { column: Column; descending: boolean }
): { column: Column; descending: boolean } {
	if (sort === null) return usual;
	const descending = sort.startsWith('-');
	const name = descending ? sort.slice(1) : sort;
	const column = columns.find((known) => known === name);
	return { column: column ?? refuse('sort', sort, 'not_one_of'), descending };
}
