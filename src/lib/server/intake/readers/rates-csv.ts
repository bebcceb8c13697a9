import { isDecimal, sign } from '#lib/money/decimal.ts';
import type { Evidence } from '../record.ts';
import { readDateSpan } from './dates.ts';
import type { Reader } from './reader.ts';
import { missingColumns, readTable } from './table.ts';

const NEEDED = ['month', 'currency', 'units_per_usd', 'publisher'];

/**
 * Monthly averages in units of a currency for one US dollar, as the publisher prints them. Each holds from the
 * first day of its month; a month that is missing stays missing.
 */
export const ratesCsv: Reader = {
	name: 'rates-csv',
	version: '1',
	async *read(bytes, options) {
		for await (const row of readTable(bytes, options)) {
			if (row.kind === 'finding') yield row;
			else if (row.kind === 'header') {
				const findings = missingColumns(row, NEEDED, options.fileName);
				yield* findings;
				if (findings.length > 0) return;
			} else {
				const month = row.needed('month');
				const span = readDateSpan(month);
				if (span?.precision !== 'month') row.note('error', 'not-a-month', month, 'row not read');
				const currency = row.needed('currency');
				if (!/^[A-Z]{3}$/.test(currency)) row.note('error', 'not-a-currency', currency, 'row not read');
				const units = row.neededDecimal('units_per_usd');
				if (isDecimal(units) && sign(units) <= 0) row.note('error', 'not-a-rate', units, 'row not read');
				const evidence: Evidence | null = row.text('source_url') === null ? null : row.evidence();
				const publisher = row.needed('publisher');
				yield* row.findings;
				if (row.refused || !span) continue;
				yield {
					kind: 'exchange_rate',
					place: row.place,
					publisher,
					series: 'monthly',
					currency,
					validFrom: span.first,
					unitsPerEur: null,
					unitsPerUsd: units,
					evidence
				};
			}
		}
	}
};
