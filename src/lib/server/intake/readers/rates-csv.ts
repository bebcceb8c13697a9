import { isCurrency } from '#lib/money/currency.ts';
import { isDecimal, sign, type Decimal } from '#lib/money/decimal.ts';
import { RATE_SERIES, type Evidence, type Finding } from '../record.ts';
import type { Cells } from './cells.ts';
import { readDateSpan } from './dates.ts';
import type { Reader } from './reader.ts';
import { missingColumns, readTable, type Header } from './table.ts';

const NEEDED = ['currency', 'publisher'];
const UNITS = ['units_per_eur', 'units_per_usd'];
const DATES = ['month', 'date'];

/**
 * Rates in our own simple layout: `month` (a monthly series) or `date` (a daily one, unless `series` says otherwise),
 * `currency`, `units_per_eur` or `units_per_usd` or both, `publisher`. Each holds from the day, or from the first day of
 * its month; what is missing stays missing.
 */
export const ratesCsv: Reader = {
	name: 'rates-csv',
	version: '2',
	async *read(bytes, options) {
		let dated: 'month' | 'date' = 'month';
		for await (const row of readTable(bytes, options)) {
			if (row.kind === 'finding') yield row;
			else if (row.kind === 'header') {
				const findings = findProblems(row, options.fileName);
				yield* findings;
				if (findings.length > 0) return;
				dated = row.columns.includes('date') ? 'date' : 'month';
			} else {
				const validFrom = readValidFrom(row, dated);
				const currency = row.needed('currency');
				if (!isCurrency(currency)) row.note('error', 'not-a-currency', currency, 'row not read');
				const [unitsPerEur, unitsPerUsd] = UNITS.map((column) => readRate(row, column)) as [
					Decimal | null,
					Decimal | null
				];
				if (unitsPerEur === null && unitsPerUsd === null)
					row.note('error', 'value-missing', 'no rate', 'row not read');
				const evidence: Evidence | null = row.text('source_url') === null ? null : row.evidence();
				const publisher = row.needed('publisher');
				const series = row.oneOf('series', RATE_SERIES) ?? (dated === 'month' ? 'monthly' : 'daily');
				yield* row.findings;
				if (row.refused || validFrom === null) continue;
				yield {
					kind: 'exchange_rate',
					place: row.place,
					publisher,
					series,
					currency,
					validFrom,
					unitsPerEur,
					unitsPerUsd,
					evidence
				};
			}
		}
	}
};

/** A day of `date`, or the first day of `month`; null with a finding for anything else. */
function readValidFrom(row: Cells, column: 'month' | 'date'): string | null {
	const text = row.needed(column);
	const span = readDateSpan(text);
	const precision = column === 'month' ? 'month' : 'day';
	if (span?.precision === precision) return span.first;
	if (text !== '') row.note('error', `not-a-${precision}`, text, 'row not read');
	return null;
}

function readRate(row: Cells, column: string): Decimal | null {
	const units = row.decimal(column);
	if (units !== null && isDecimal(units) && sign(units) <= 0)
		row.note('error', 'not-a-rate', units, 'row not read');
	return units;
}

/** Columns that are missing, and a base for which one of two would do. */
function findProblems(header: Header, fileName: string): Finding[] {
	const findings = missingColumns(header, NEEDED, fileName);
	for (const alternatives of [DATES, UNITS]) {
		if (alternatives.some((column) => header.columns.includes(column))) continue;
		findings.push(...missingColumns({ kind: 'header', columns: [] }, [alternatives.join(' or ')], fileName));
	}
	return findings;
}
