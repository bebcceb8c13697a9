import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '#lib/slice/period.ts';
import { ordersOf, readDate, readMonth } from '#lib/server/intake/spreadsheet/read-date.ts';
import { dayOfSerial } from '#lib/server/intake/spreadsheet/serial-day.ts';
import { expectAlways } from '../support/property.ts';

const days = fc.integer({ min: 0, max: 35_000 }).map((count) => addDays('1970-01-01', count));

describe('dates in text', () => {
	test.each([
		['2017-03-08', '2017-03-08', 'day'],
		['2017-03-08T23:59:59+02:00', '2017-03-08', 'day'],
		['2017-03-08 00:00:00', '2017-03-08', 'day'],
		['8/3/2017 11:15 PM', '2017-03-08', 'day'],
		['08/03/2017', '2017-03-08', 'day'],
		['8.3.17', '2017-03-08', 'day'],
		['08-03-2017', '2017-03-08', 'day'],
		['2017/03/08', '2017-03-08', 'day'],
		['20170308', '2017-03-08', 'day'],
		['8 March 2017', '2017-03-08', 'day'],
		['March 8th, 2017', '2017-03-08', 'day'],
		['08-Mar-17', '2017-03-08', 'day'],
		['1er octobre 2017', '2017-10-01', 'day'],
		['8 de marzo de 2017', '2017-03-08', 'day'],
		['15 août 2017', '2017-08-15', 'day'],
		['3 out 2017', '2017-10-03', 'day'],
		['mars 2017', '2017-03-01', 'month'],
		['Mar-17', '2017-03-01', 'month'],
		['déc. 2017', '2017-12-01', 'month'],
		['03/2017', '2017-03-01', 'month'],
		['2017-03', '2017-03-01', 'month'],
		['2017-Q2', '2017-04-01', 'quarter'],
		['2017', '2017-01-01', 'year']
	])('%s', (text, from, precision) => {
		expect(readDate(text, { order: 'dmy' })).toMatchObject({ from, precision });
	});

	test.each([
		'30/02/2017',
		'29/02/2017',
		'31/04/2017',
		'13/13/2017',
		'0017-03-08',
		'8/3/017',
		'2017-13-01',
		'jui 2017',
		'V-2017/03',
		'1/2',
		'12',
		'May',
		'3 May',
		'8 March April 2017',
		'43101',
		''
	])('%s is none', (text) => {
		expect(readDate(text, { order: 'dmy' })).toBeNull();
	});

	test('the order decides between day and month, and only where both are possible', () => {
		expect(readDate('03/04/2017', { order: 'dmy' })?.from).toBe('2017-04-03');
		expect(readDate('03/04/2017', { order: 'mdy' })?.from).toBe('2017-03-04');
		expect(readDate('25/04/2017', { order: 'mdy' })).toBeNull();
		expect(readDate('17/04/03', { order: 'ymd' })?.from).toBe('2017-04-03');
		expect(ordersOf('03/04/2017')).toEqual(['dmy', 'mdy']);
		expect(ordersOf('25/04/2017')).toEqual(['dmy']);
		expect(ordersOf('04/25/2017')).toEqual(['mdy']);
		expect(ordersOf('2017-04-25')).toBeNull();
		expect(ordersOf('2017/04/25')).toBeNull();
	});

	test('a day written in a style is read back in it', () => {
		const separators = fc.constantFrom('/', '-', '.', ' ');
		expectAlways(
			fc.property(
				days,
				separators,
				fc.constantFrom('dmy', 'mdy', 'ymd'),
				fc.boolean(),
				fc.boolean(),
				(day, mark, order, padded, short) => {
					const [year, month, date] = day.split('-') as [string, string, string];
					const bare = (text: string) => (padded ? text : text.replace(/^0/, ''));
					const parts = { d: bare(date), m: bare(month), y: short && year < '2070' ? year.slice(2) : year };
					const text = [...order].map((part) => parts[part as 'd' | 'm' | 'y']).join(mark);
					return readDate(text, { order })?.from === day;
				}
			),
			5_000
		);
	});

	test('a day with its month in words is the same in every style', () => {
		const locales = fc.constantFrom('en-GB', 'en-US', 'fr', 'es', 'pt');
		const formats = new Map<string, Intl.DateTimeFormat>();
		expectAlways(
			fc.property(days, locales, fc.constantFrom('dmy', 'mdy', 'ymd'), (day, locale, order) => {
				const format =
					formats.get(locale) ?? new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
				formats.set(locale, format);
				return readDate(format.format(new Date(day)), { order })?.from === day;
			})
		);
	});

	test('any text is a date that exists or none, and never an error', () => {
		const text = fc.string({
			unit: fc.constantFrom('0', '1', '2', '3', '9', '/', '-', '.', ' ', 'M', 'a', 'r', 'T', ':'),
			maxLength: 24
		});
		expectAlways(
			fc.property(text, fc.constantFrom('dmy', 'mdy', 'ymd', 'serial'), (given, order) => {
				const read = readDate(given, { order });
				return read === null || (/^\d{4}-\d\d-\d\d$/.test(read.from) && read.from <= read.to);
			}),
			5_000
		);
	});

	test('months of stated totals', () => {
		expect(
			['2017-03', 'March 2017', '01/03/2017', '31/03/2017', '15/03/2017', 'x'].map((text) =>
				readMonth(text, { order: 'dmy' })
			)
		).toEqual(['2017-03', '2017-03', '2017-03', '2017-03', null, null]);
	});
});

describe('days that a workbook counts', () => {
	test.each([
		['0', null, '1904-01-01'],
		['1', '1900-01-01', '1904-01-02'],
		['59', '1900-02-28', '1904-02-29'],
		['60', null, '1904-03-01'],
		['61', '1900-03-01', '1904-03-02'],
		['43101', '2018-01-01', '2022-01-02'],
		['43101.99', '2018-01-01', '2022-01-02'],
		['2958465', '9999-12-31', null],
		['2958466', null, null],
		['-1', null, null]
	])('%s', (serial, in1900, in1904) => {
		expect([dayOfSerial(serial, '1900'), dayOfSerial(serial, '1904')]).toEqual([in1900, in1904]);
	});

	test('the two counts lie 1462 days apart, and each day follows the last', () => {
		expectAlways(
			fc.property(fc.integer({ min: 1462, max: 2_900_000 }), (count) => {
				const day = dayOfSerial(String(count), '1900')!;
				return (
					day === dayOfSerial(String(count - 1462), '1904') &&
					addDays(day, 1) === dayOfSerial(String(count + 1), '1900')
				);
			})
		);
	});
});
