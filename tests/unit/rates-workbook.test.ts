import { expect, test } from 'vitest';
import type { ExchangeRateRecord, Finding } from '#lib/server/intake/record.ts';
import { readers, type Format } from '#lib/server/intake/readers/index.ts';
import { recogniseRatesWorkbook } from '#lib/server/intake/readers/rates/recognise.ts';
import { workbookOf, type SheetCell } from '../support/workbook-file.ts';

async function* inPieces(bytes: Buffer, piece = 500) {
	for (let start = 0; start < bytes.length; start += piece) yield bytes.subarray(start, start + piece);
}

async function read(format: Format, fileName: string, rows: readonly (readonly SheetCell[])[]) {
	const bytes = workbookOf({ sheets: [{ name: 'Rates', rows }] });
	const rates: ExchangeRateRecord[] = [];
	const findings: Finding[] = [];
	for await (const part of readers[format].read(inPieces(bytes), { fileName, nature: 'published' })) {
		if (part.kind === 'finding') findings.push(part);
		else if (part.kind === 'exchange_rate') rates.push(part);
	}
	return { rates, findings, recognised: await recogniseRatesWorkbook(inPieces(bytes), fileName) };
}

test('the UN list as a workbook has days as dates and rates as numbers', async () => {
	const { rates, findings, recognised } = await read('rates-un', 'un.xlsx', [
		['UN Operational Rates of Exchange'],
		['Country', 'Currency', 'Currency Code', 'Effective Date', 'Rate'],
		['Mali', 'CFA Franc', 'XOF', { date: '2016-07-01' }, { number: '590.5' }],
		['Ukraine', 'Hryvnia', 'UAH', { date: '2016-07-15' }, { number: '24.800000000000001' }],
		['Kyrgyzstan', 'Som', 'KGS', 'soon', { number: '67' }]
	]);
	expect(recognised).toBe('rates-un');
	expect(rates.map(({ currency, validFrom, unitsPerUsd }) => [currency, validFrom, unitsPerUsd])).toEqual([
		['XOF', '2016-07-01', '590.5'],
		// What binary arithmetic left in the file is no digit of the rate.
		['UAH', '2016-07-15', '24.8']
	]);
	expect(rates[0]!.place).toBe('un.xlsx sheet Rates row 3 column E');
	expect(findings.map(({ rule, place }) => [rule, place])).toEqual([
		['not-a-day', 'un.xlsx sheet Rates row 5 column D']
	]);
});

test('InforEuro as a workbook has its month in the name', async () => {
	const { rates, findings, recognised } = await read('rates-inforeuro', 'InforEuro 2017-03.xlsx', [
		['Country', 'Currency', 'ISO code', 'Amount for 1 euro'],
		['Zambia', 'Kwacha', 'ZMW', { number: '10.2915' }]
	]);
	expect(recognised).toBe('rates-inforeuro');
	expect(findings).toEqual([]);
	expect(rates.map(({ currency, validFrom, unitsPerEur }) => [currency, validFrom, unitsPerEur])).toEqual([
		['ZMW', '2017-03-01', '10.2915']
	]);
});

test('a ledger in a workbook is no list of rates', async () => {
	const { recognised } = await read('rates-un', 'ledger.xlsx', [
		['Date', 'Voucher', 'Amount', 'Currency'],
		[{ date: '2016-07-01' }, 'A1', { number: '5' }, 'EUR']
	]);
	expect(recognised).toBeNull();
	expect(await recogniseRatesWorkbook(inPieces(Buffer.from('PK\u0003\u0004 broken')), 'x.xlsx')).toBeNull();
});
