import type { ExchangeRateRecord, Finding } from '../../record.ts';
import type { Decimal } from '#lib/money/decimal.ts';
import { RATE_PUBLISHERS, RateList, refusal, stop } from './table.ts';
import { monthOfName, readDayFirst } from './values.ts';

/** More months than this under one rate is a mistake in the file. */
const LONGEST_SPAN = 120;

/** An InforEuro rate is the month's; the list of a month and the history of a currency give the same records. */
export function createInforEuroList(): RateList {
	return new RateList({ publisher: RATE_PUBLISHERS.inforEuro, series: 'monthly', base: 'EUR' });
}

export type HistoryRow = {
	place: string;
	currency: string;
	base: string;
	from: string;
	to: string;
	units: Decimal;
};

/** A rate of a currency's history, which holds for each month from its first day to its last. */
export function* readHistoryRow(list: RateList, row: HistoryRow): Generator<ExchangeRateRecord | Finding> {
	const { place, currency, base, units } = row;
	// Before 1999 rates are for one ecu, which is another unit of account.
	if (base !== '' && base !== 'EUR')
		return yield refusal(place, 'other-base', `for one ${base}`, 'row not read');
	const from = readDayFirst(row.from);
	const to = row.to === '' ? from : readDayFirst(row.to);
	if (from === null || to === null || to < from || !from.endsWith('-01'))
		return yield refusal(place, 'not-a-month', `${row.from} to ${row.to}`, 'row not read');
	const months = listMonths(from.slice(0, 7), to.slice(0, 7));
	if (months.length > LONGEST_SPAN)
		return yield refusal(place, 'period-too-long', `${row.from} to ${row.to}`, 'row not read');
	for (const month of months) yield* list.read({ place, currency, validFrom: `${month}-01`, units });
}

/**
 * The month of a list: the one that its title or heading states, else the one in the file's name. A list that states none
 * or several is not read.
 */
export function decideMonth(
	stated: readonly string[],
	fileName: string,
	place: string
): { month: string; warning: Finding | null } | Finding {
	const named = monthOfName(fileName);
	const months = [...new Set(stated)];
	if (months.length > 1) return stop(place, 'month-unclear', `several months: ${months.join(', ')}`);
	const month = months[0] ?? named;
	if (month === null) {
		const done = 'file not read: give it a name with its month, such as inforeuro-2017-03.csv';
		return stop(place, 'month-missing', 'no month in title, heading or file name', done);
	}
	const warning: Finding | null =
		named === null || named === month
			? null
			: {
					kind: 'finding',
					severity: 'warning',
					rule: 'month-differs',
					place,
					read: `${month} inside, ${named} in the name of the file`,
					done: `read as ${month}`
				};
	return { month, warning };
}

function listMonths(first: string, last: string): string[] {
	const months: string[] = [];
	let [year, month] = first.split('-').map((part) => Number.parseInt(part, 10)) as [number, number];
	for (let name = first; name <= last && months.length <= LONGEST_SPAN;) {
		months.push(name);
		month = month === 12 ? 1 : month + 1;
		if (month === 1) year += 1;
		name = `${year}-${String(month).padStart(2, '0')}`;
	}
	return months;
}
