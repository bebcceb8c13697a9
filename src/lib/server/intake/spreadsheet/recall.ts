import { foldHeader } from './headers.ts';
import { FIELDS, type Field, type Mapping } from './mapping.ts';

export type Recalled = {
	columns: Partial<Record<Field, number>>;
	masked: number[];
	kept: Pick<Mapping, 'constants' | 'translations' | 'sign'>;
};

/**
 * A remembered mapping laid over this month's headings: each column by its heading, the one at its old place first. Null
 * when half of the headings are gone, as it then is another layout. The period and totals were last month's: left out.
 */
export function recall(remembered: Mapping, headers: ReadonlyMap<number, string>): Recalled | null {
	const find = ({ column, header }: { column: number; header: string }): number | null => {
		const wanted = foldHeader(header);
		if (foldHeader(headers.get(column) ?? '') === wanted) return column;
		if (wanted === '') return null;
		for (const [other, text] of headers) if (foldHeader(text) === wanted) return other;
		return null;
	};
	const columns: Recalled['columns'] = {};
	let known = 0;
	for (const field of FIELDS) {
		const mapped = remembered.columns[field];
		if (mapped === undefined) continue;
		known++;
		const column = find(mapped);
		if (column !== null) columns[field] = column;
	}
	if (Object.keys(columns).length * 2 < known) return null;
	const { dateFrom: _from, dateTo: _to, ...constants } = remembered.constants;
	return {
		columns,
		masked: remembered.masked.flatMap((mapped) => find(mapped) ?? []),
		kept: { constants, translations: remembered.translations, sign: remembered.sign }
	};
}
