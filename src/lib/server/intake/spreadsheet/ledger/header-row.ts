import type { Finding } from '../../record.ts';
import { placeOf, type SheetRow } from '../cell.ts';
import { foldHeader } from '../headers.ts';
import { FIELDS, type Mapping } from '../mapping.ts';

/**
 * A critical finding for each mapped column whose heading is another than when the mapping was made: amounts read from
 * the wrong column are worse than a file not read.
 */
export function headerFindings(
	mapping: Mapping,
	headers: ReadonlyMap<number, string>,
	fileName: string
): Finding[] {
	return FIELDS.flatMap((field) => mapping.columns[field] ?? [])
		.filter(({ column, header }) => foldHeader(headers.get(column) ?? '') !== foldHeader(header))
		.map(({ column, header }) => ({
			kind: 'finding',
			severity: 'critical',
			rule: 'header-differs',
			place: placeOf(fileName, mapping.sheet, mapping.headerRow, column),
			// What stands there instead may be a row of data, with anybody's name in it.
			read: `not the heading ${header || 'that was blank'}`,
			done: 'file not read; map its columns anew'
		}));
}

/** Headings again further down, as printed pages repeat them: most cells say what their column's heading says. */
export function isRepeatedHeader({ cells }: SheetRow, headers: ReadonlyMap<number, string>): boolean {
	const same = cells.filter(
		({ column, text }) => text.trim() !== '' && headers.get(column) === text.trim()
	).length;
	return same >= 2 && same * 2 > cells.length;
}
