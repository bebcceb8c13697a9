import { sql, type RawBuilder } from 'kysely';

/** Whether the row `posting` of a query is undone: by a later one that is not undone itself. */
export const isUndone: RawBuilder<boolean> = sql<boolean>`(
	with recursive line as (
		select posting.posting_no as no
		union all
		select later.posting_no from posting later join line on later.undoes = line.no where later.nature = posting.nature
	) select count(*) % 2 = 0 from line)`;
