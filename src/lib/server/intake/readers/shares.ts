import Big from 'big.js';
import type { Decimal } from '#lib/money/decimal.ts';
import type { Cells } from './cells.ts';

/** What a cell writes for the part that the source allocates to nothing. */
const UNALLOCATED = 'none';

/**
 * Shares as a cell writes them: `ML` alone is all of it, `ML 60;NE 35.5;none 4.5` are percentages. A code of the
 * wrong shape, one named twice, a percentage outside 0-100 and a sum above 100 are errors of the row.
 */
export function readShares(
	row: Cells,
	column: string,
	shape: RegExp
): { code: string | null; percentage: Decimal }[] {
	const parts = row.list(column);
	const shares = parts.map((part) => {
		const [code = '', percentage = parts.length === 1 ? '100' : ''] = part.split(/\s+/);
		if (code !== UNALLOCATED && !shape.test(code)) fail(row, 'unknown-code', column, part);
		if (!/^\d+(\.\d+)?$/.test(percentage)) fail(row, 'not-a-percentage', column, part);
		return { code: code === UNALLOCATED ? null : code, percentage };
	});
	if (row.refused) return shares;
	const sum = shares.reduce((total, share) => total.plus(share.percentage), new Big(0));
	if (sum.gt(100)) fail(row, 'shares-above-100', column, `${parts.join(';')} is ${sum.toFixed()} per cent`);
	const codes = new Set(shares.map((share) => share.code));
	if (codes.size < shares.length) fail(row, 'share-named-twice', column, parts.join(';'));
	return shares;
}

function fail(row: Cells, rule: string, column: string, read: string): void {
	row.note('error', rule, `${column}: ${read}`, 'row not read');
}
