import type { Decimal } from '#lib/money/decimal.ts';

/** How a workbook counts its days: from 1 January 1900 with a 29 February that never was, or from 1 January 1904. */
export type DateSystem = '1900' | '1904';

const DAY_MILLISECONDS = 86_400_000;
/** Day 0 of each count, as days since 1970. From day 61 on 1900's is one off, for its false leap day. */
const EPOCH_1900 = -25_569;
const EPOCH_1904 = -24_107;
/** 31 December 9999, the last day that a spreadsheet knows. */
const LAST_DAY = 2_958_465;
const FALSE_LEAP_DAY = 60;

/**
 * The day of a spreadsheet's serial number, ISO; the time of day is cut off. Null for what is no day: below 1 in the 1900
 * count, its 60 (29 February 1900), and beyond the year 9999.
 */
export function dayOfSerial(serial: Decimal, system: DateSystem): string | null {
	if (!/^\d{1,7}(\.\d+)?$/.test(serial)) return null;
	const count = Number.parseInt(serial, 10);
	if (system === '1904') return count + 1462 > LAST_DAY ? null : isoDay(count + EPOCH_1904);
	if (count < 1 || count === FALSE_LEAP_DAY || count > LAST_DAY) return null;
	return isoDay(count + EPOCH_1900 + (count < FALSE_LEAP_DAY ? 1 : 0));
}

function isoDay(sinceEpoch: number): string {
	return new Date(sinceEpoch * DAY_MILLISECONDS).toISOString().slice(0, 10);
}
