import { readUnderHeader } from './rates/header.ts';
import { findUnColumns } from './rates/recognise.ts';
import { RATE_PUBLISHERS, RateList, refusal } from './rates/table.ts';
import { readDay, readUnits } from './rates/values.ts';
import type { Reader } from './reader.ts';

/**
 * The United Nations operational rates of exchange (UN Treasury): units for one US dollar, by country, each effective
 * from a day until a newer one. A month's list names every currency; one inside the month only those that changed.
 */
export const ratesUn: Reader = {
	name: 'rates-un',
	version: '1',
	async *read(bytes, { fileName }) {
		const list = new RateList({ publisher: RATE_PUBLISHERS.un, series: 'standing', base: 'USD' });
		const layout = 'currency code, rate and effective date, as the UN Treasury heads its columns';
		for await (const part of readUnderHeader(bytes, fileName, layout, findUnColumns)) {
			if (part.kind === 'finding') {
				yield part;
				continue;
			}
			const { row, columns } = part;
			const [code = '', rate = '', date = ''] = [columns.code, columns.units, columns.date].map(
				(column) => row.cells[column]
			);
			// Notes stand under the list, in its first cell.
			if (rate === '' && date === '') continue;
			const validFrom = readDay(date);
			const units = readUnits(rate, row.decimalComma);
			if (validFrom === null) yield refusal(row.at(columns.date), 'not-a-day', date, 'row not read');
			else if (units === null) yield refusal(row.at(columns.units), 'not-a-rate', rate, 'row not read');
			else yield* list.read({ place: row.at(columns.units), currency: code, validFrom, units });
		}
	}
};
