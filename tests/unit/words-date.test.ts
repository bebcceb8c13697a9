import { describe, expect, it } from 'vitest';
import { formatCount, formatQualified } from '#lib/words/count.ts';
import {
	formatBucket,
	formatDay,
	formatDayWithPrecision,
	formatDays,
	formatMonth,
	monthName,
	monthShort
} from '#lib/words/date.ts';

/** The same text with plain blanks. */
const plainly = (text: string) => text.replace(/[\u202f\u00a0]/g, ' ');

describe('days', () => {
	it('are written out in the language', () => {
		expect(formatDay('2017-10-24', 'en')).toBe('24 October 2017');
		expect(formatDay('2017-10-24', 'fr')).toBe('24\u00a0octobre 2017');
		expect(formatDay('2017-10-01', 'en')).toBe('1 October 2017');
		expect(plainly(formatDay('2017-10-01', 'fr'))).toBe('1er octobre 2017');
		expect(formatMonth('2018-07-31', 'en')).toBe('July 2018');
	});

	it('have months that the platform’s own names agree with', () => {
		for (let month = 1; month <= 12; month += 1) {
			const date = new Date(Date.UTC(2017, month - 1, 15));
			for (const locale of ['en', 'fr'] as const) {
				const own = new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' }).format(date);
				expect(monthName(month, locale)).toBe(own);
				expect(monthShort(month, locale).length).toBeLessThanOrEqual(6);
			}
		}
		expect(() => monthName(13, 'en')).toThrow('Not a month: 13');
	});

	it('have both names of a month in Arabic, as the United Nations write it for all its readers', () => {
		expect(formatDay('2017-10-24', 'ar')).toBe('24 تشرين الأول/أكتوبر 2017');
		expect(formatDays('2019-01-07', '2019-01-11', 'ar')).toBe('7–11 كانون الثاني/يناير 2019');
		expect(formatBucket('2017-Q1', 'ar')).toBe('الربع 1 من 2017');
		for (let month = 1; month <= 12; month += 1)
			expect(monthName(month, 'ar').endsWith(`/${monthShort(month, 'ar')}`)).toBe(true);
	});

	it('share what their ends have in common', () => {
		expect(formatDays('2019-01-07', '2019-01-11', 'en')).toBe('7–11 January 2019');
		expect(formatDays('2017-10-30', '2017-11-02', 'en')).toBe('30 October – 2 November 2017');
		expect(formatDays('2018-12-30', '2019-01-02', 'en')).toBe('30 December 2018 – 2 January 2019');
		expect(plainly(formatDays('2019-01-01', '2019-01-11', 'fr'))).toBe('du 1er au 11 janvier 2019');
		expect(plainly(formatDays('2017-10-30', '2017-11-02', 'fr'))).toBe('du 30 octobre au 2 novembre 2017');
		expect(plainly(formatDays('2018-12-30', '2019-01-02', 'fr'))).toBe(
			'du 30 décembre 2018 au 2 janvier 2019'
		);
	});
});

describe('dates no finer than their source', () => {
	it.each([
		['2018-07-01', '2018-07-31', 'month', 'July 2018', 'juillet 2018'],
		['2016-03-01', '2016-06-30', 'month', 'March–June 2016', 'mars-juin 2016'],
		['2018-12-01', '2019-02-28', 'month', 'December 2018 – February 2019', 'décembre 2018 – février 2019'],
		['2018-01-01', '2018-12-31', 'year', '2018', '2018'],
		['2018-01-01', '2024-12-31', 'year', '2018–2024', '2018-2024'],
		['2017-04-01', '2017-06-30', 'quarter', 'Q2 2017', 'T2 2017'],
		[
			'2016-01-21',
			'2016-01-21',
			'page_date',
			'on or shortly before 21 January 2016',
			'le 21 janvier 2016 ou peu avant'
		],
		['2019-01-07', '2019-01-11', 'day', '7–11 January 2019', 'du 7 au 11 janvier 2019'],
		[
			'2015-07-01',
			'2019-07-31',
			'period',
			'1 July 2015 – 31 July 2019',
			'du 1er juillet 2015 au 31 juillet 2019'
		],
		['2015-07-01', null, 'day', 'from 1 July 2015', 'à partir du 1er juillet 2015'],
		[null, '2016-04-30', 'month', 'until April 2016', 'jusqu’en avril 2016'],
		['2016-04-01', null, 'month', 'from April 2016', 'dès avril 2016'],
		['2018-01-01', null, 'year', 'from 2018', 'dès 2018'],
		[null, null, 'day', 'date not stated', 'date non précisée'],
		['2018-01-01', '2018-01-01', 'unknown', 'date not stated', 'date non précisée']
	] as const)('%s to %s by %s', (from, to, precision, en, fr) => {
		expect(formatDayWithPrecision(from, to, precision, 'en')).toBe(en);
		expect(plainly(formatDayWithPrecision(from, to, precision, 'fr'))).toBe(fr);
	});

	it('name buckets', () => {
		expect(['2017', '2017-Q1', '2017-03'].map((key) => formatBucket(key, 'en'))).toEqual([
			'2017',
			'Q1 2017',
			'March 2017'
		]);
		expect(['2017', '2017-Q1', '2017-03'].map((key) => plainly(formatBucket(key, 'fr')))).toEqual([
			'2017',
			'T1 2017',
			'mars 2017'
		]);
	});
});

describe('counts', () => {
	it('are whole numbers in groups of three', () => {
		expect(formatCount(1234567, 'en')).toBe('1\u202f234\u202f567');
		expect(formatCount('9007199254740993', 'fr')).toBe('9\u202f007\u202f199\u202f254\u202f740\u202f993');
		expect(formatCount(-5n, 'en')).toBe('\u22125');
		for (const wrong of [1.5, Number.NaN, 2 ** 53, '1.5', '', 'x'])
			expect(() => formatCount(wrong, 'en')).toThrow(RangeError);
	});

	it('are no more exact than their source', () => {
		expect(formatQualified(25, 'at_least', 'en')).toBe('at least 25');
		expect(plainly(formatQualified(25, 'at_least', 'fr'))).toBe('au moins 25');
		expect(formatQualified(40, 'approximate', 'en')).toBe('about 40');
		expect(formatQualified(40, 'at_most', 'fr').replace('\u00a0', ' ')).toBe('au plus 40');
		expect(formatQualified(40, 'exact', 'en')).toBe('40');
		expect(formatQualified(40, null, 'fr')).toBe('40');
	});
});
