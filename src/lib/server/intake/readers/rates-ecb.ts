import { isCurrency } from '#lib/money/currency.ts';
import { readUnderHeader } from './rates/header.ts';
import { findEcbColumns } from './rates/recognise.ts';
import { RATE_PUBLISHERS, refusal } from './rates/table.ts';
import { readDay, readUnits } from './rates/values.ts';
import type { Reader } from './reader.ts';

const MISSING = new Set(['', 'N/A']);

/**
 * The European Central Bank's reference rates (`eurofxref-hist.csv`, `eurofxref.csv`): a row a day, a column a currency,
 * units for one euro, `N/A` where there is none. Daily: a day without rates is a day on which none were set.
 */
export const ratesEcb: Reader = {
	name: 'rates-ecb',
	version: '1',
	async *read(bytes, { fileName }) {
		const layout = 'Date and then currencies, as the European Central Bank heads its columns';
		const days = new Set<string>();
		let headed = false;
		for await (const part of readUnderHeader(bytes, fileName, layout, findEcbColumns)) {
			if (part.kind === 'finding') {
				yield part;
				continue;
			}
			const { row, header } = part;
			const currencies = part.columns.currencies.filter(
				({ currency }, index, all) =>
					isCurrency(currency) && all.findIndex((other) => other.currency === currency) === index
			);
			if (!headed) {
				headed = true;
				for (const { column, currency } of part.columns.currencies) {
					if (currencies.some((known) => known.column === column)) continue;
					const rule = isCurrency(currency) ? 'named-twice' : 'not-a-currency';
					yield refusal(header.at(column), rule, currency, 'column not read');
				}
			}
			const day = readDay(row.cells[0] ?? '');
			if (day === null) {
				yield refusal(row.at(0), 'not-a-day', row.cells[0] ?? '', 'row not read');
				continue;
			}
			if (days.has(day)) {
				yield refusal(row.at(0), 'named-twice', day, 'row not read');
				continue;
			}
			days.add(day);
			for (const { column, currency } of currencies) {
				const text = row.cells[column] ?? '';
				if (MISSING.has(text)) continue;
				const units = readUnits(text, row.decimalComma);
				if (units === null) yield refusal(row.at(column), 'not-a-rate', `${currency}: ${text}`);
				else {
					yield {
						kind: 'exchange_rate',
						place: row.at(column),
						publisher: RATE_PUBLISHERS.ecb,
						series: 'daily',
						currency,
						validFrom: day,
						unitsPerEur: units,
						unitsPerUsd: null,
						evidence: null
					};
				}
			}
		}
	}
};
