import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CURRENCY_CODES } from '#lib/money/currency.ts';
import { compare } from '#lib/money/decimal.ts';
import type { ExchangeRateRecord, Finding } from '#lib/server/intake/record.ts';
import { readers, type Format } from '#lib/server/intake/readers/index.ts';
import { recogniseRates, recogniseRatesText } from '#lib/server/intake/readers/rates/recognise.ts';
import {
	monthOfName,
	monthsIn,
	plainNumber,
	readDay,
	readUnits
} from '#lib/server/intake/readers/rates/values.ts';
import { expectAlways } from '../support/property.ts';

type Read = { rates: ExchangeRateRecord[]; findings: Finding[] };

/** Reads a text as a file that arrives in pieces of so many bytes. */
async function read(format: Format, text: string | Uint8Array, fileName = 'f.csv', piece = 7): Promise<Read> {
	const bytes = Buffer.from(text as string);
	async function* pieces() {
		for (let start = 0; start < bytes.length; start += piece) yield bytes.subarray(start, start + piece);
	}
	const found: Read = { rates: [], findings: [] };
	for await (const part of readers[format].read(pieces(), { fileName, nature: 'published' })) {
		if (part.kind === 'finding') found.findings.push(part);
		else if (part.kind === 'exchange_rate') found.rates.push(part);
		else throw new Error(`a ${part.kind} among rates`);
	}
	return found;
}

const short = ({ currency, validFrom, unitsPerEur, unitsPerUsd }: ExchangeRateRecord) =>
	`${validFrom} ${currency} ${unitsPerEur ?? '-'} ${unitsPerUsd ?? '-'}`;
const said = ({ severity, rule, place, read: what }: Finding) => [severity, rule, place, what];

describe('our own layout', () => {
	test('is monthly by month and daily by date, for one euro, one dollar or both', async () => {
		const monthly = await read(
			'rates-csv',
			'month,currency,units_per_eur,units_per_usd,publisher\n2017-03,USD,1.0582,,A bank\n2017-03,ZMW,10.31,9.74,A bank\n'
		);
		expect(monthly.findings).toEqual([]);
		expect(monthly.rates.map(short)).toEqual(['2017-03-01 USD 1.0582 -', '2017-03-01 ZMW 10.31 9.74']);
		expect(monthly.rates[0]).toEqual({
			kind: 'exchange_rate',
			place: 'f.csv row 2',
			publisher: 'A bank',
			series: 'monthly',
			currency: 'USD',
			validFrom: '2017-03-01',
			unitsPerEur: '1.0582',
			unitsPerUsd: null,
			evidence: null
		});
		const daily = await read(
			'rates-csv',
			'date,currency,units_per_eur,publisher\n2017-03-08,USD,1.0556,A bank\n'
		);
		expect(daily.rates.map(({ series, validFrom }) => [series, validFrom])).toEqual([
			['daily', '2017-03-08']
		]);
		const standing = await read(
			'rates-csv',
			'date,series,currency,units_per_usd,publisher\n2016-02-15,standing,KGS,75.8,UN operational rates\n'
		);
		expect(standing.rates[0]!.series).toBe('standing');
	});

	test('refuses a row for what is wrong in it, and a file without what it needs', async () => {
		const { rates, findings } = await read(
			'rates-csv',
			[
				'date,currency,units_per_eur,publisher',
				'2017-03,USD,1,P',
				'2017-02-29,USD,1,P',
				'2017-03-08,US$,1,P',
				'2017-03-08,USD,"1,05",P',
				'2017-03-08,USD,0,P',
				'2017-03-08,USD,,P',
				'2017-03-08,USD,1.05,',
				'2017-03-08,BYN,2.0,P'
			].join('\n')
		);
		expect(rates.map(short)).toEqual(['2017-03-08 BYN 2.0 -']);
		expect(findings.map(({ rule, place }) => `${rule} ${place}`)).toEqual([
			'not-a-day f.csv row 2',
			'not-a-day f.csv row 3',
			'not-a-currency f.csv row 4',
			'not-a-number f.csv row 5',
			'value-missing f.csv row 5',
			'not-a-rate f.csv row 6',
			'value-missing f.csv row 7',
			'value-missing f.csv row 8'
		]);
		const headless = await read('rates-csv', 'currency,publisher\nUSD,P\n');
		expect(headless.findings.map(said)).toEqual([
			['critical', 'column-missing', 'f.csv row 1', 'no column month or date'],
			['critical', 'column-missing', 'f.csv row 1', 'no column units_per_eur or units_per_usd']
		]);
	});
});

describe('the European Central Bank', () => {
	const FILE = [
		'Date,USD,JPY,ROL,TRL,LTL,',
		'2026-11-24,1.1523,180.21,N/A,N/A,N/A,',
		'2004-12-31,1.3621,139.65,39390,1836200,3.4528,',
		''
	].join('\r\n');

	test('has a row a day and a column a currency, each with its own code', async () => {
		const { rates, findings } = await read('rates-ecb', FILE, 'eurofxref-hist.csv');
		expect(findings).toEqual([]);
		expect(rates.map(short)).toEqual([
			'2026-11-24 USD 1.1523 -',
			'2026-11-24 JPY 180.21 -',
			'2004-12-31 USD 1.3621 -',
			'2004-12-31 JPY 139.65 -',
			'2004-12-31 ROL 39390 -',
			'2004-12-31 TRL 1836200 -',
			'2004-12-31 LTL 3.4528 -'
		]);
		expect(rates.at(-1)).toMatchObject({
			publisher: 'European Central Bank',
			series: 'daily',
			place: 'eurofxref-hist.csv row 3 column F'
		});
	});

	test('of one day has its date in words', async () => {
		const { rates } = await read('rates-ecb', 'Date, USD, JPY, \n25 November 2026, 1.1570, 181.02, \n');
		expect(rates.map(short)).toEqual(['2026-11-25 USD 1.1570 -', '2026-11-25 JPY 181.02 -']);
	});

	test('that was damaged says where, and gives the rest', async () => {
		const { rates, findings } = await read(
			'rates-ecb',
			'Date,USD,QQQ,USD\n2017-03-08,1.05,3,1.05\n2017-03-08,1.06,,\n2017-13-01,1,1,\n2017-03-07,-1,1,1\n2017-03-06,1.04\n'
		);
		expect(rates.map(short)).toEqual(['2017-03-08 USD 1.05 -', '2017-03-06 USD 1.04 -']);
		expect(findings.map(said)).toEqual([
			['error', 'not-a-currency', 'f.csv row 1 column C', 'QQQ'],
			['error', 'named-twice', 'f.csv row 1 column D', 'USD'],
			['error', 'named-twice', 'f.csv row 3 column A', '2017-03-08'],
			['error', 'not-a-day', 'f.csv row 4 column A', '2017-13-01'],
			['error', 'not-a-rate', 'f.csv row 5 column B', 'USD: -1']
		]);
	});
});

describe('InforEuro', () => {
	const ROWS = [
		'Austria,Euro,EUR,1',
		'Benin,CFA Franc,XOF,655.957',
		'Mali,CFA Franc,XOF,655.957',
		'Zambia,Kwacha,ZMW,10.2915'
	];
	const MARCH = ['2017-03-01 XOF 655.957 -', '2017-03-01 ZMW 10.2915 -'];

	test.each([
		['in the heading', 'Country,Currency,ISO code,Amount of currency for 1 euro / 2017-03', 'rates.csv'],
		['in a title', 'InforEuro: March 2017\n\nCountry,Currency,ISO code,Amount for 1 EUR', 'rates.csv'],
		['in French', 'InforEuro mars 2017\nPays,Devise,Code ISO,Montant pour 1 euro', 'rates.csv'],
		['in the name', 'Country,Currency,ISO code,Value', 'InforEuro_2017-03.csv'],
		['in the name, joined', 'Country,Currency,ISO code,Value', 'rates201703.csv']
	])('states its month once, %s', async (_where, header, fileName) => {
		const { rates, findings } = await read('rates-inforeuro', [header, ...ROWS].join('\n'), fileName);
		expect(findings).toEqual([]);
		expect(rates.map(short)).toEqual(MARCH);
		expect(rates[0]).toMatchObject({ publisher: 'InforEuro', series: 'monthly' });
	});

	test('is read with semicolons, decimal commas, and in the letters of Windows', async () => {
		const text =
			'Country;Currency;ISO code;Units per 1 EUR\nCôte d’Ivoire;Franc;XOF;655,957\nIran;Rial;IRR;35.230,5\n';
		const { rates, findings } = await read(
			'rates-inforeuro',
			Buffer.from(text.replace('’', "'"), 'latin1'),
			'2017-03.csv'
		);
		expect(rates.map(short)).toEqual(['2017-03-01 XOF 655.957 -', '2017-03-01 IRR 35230.5 -']);
		expect(findings.map(({ severity, rule }) => [severity, rule])).toEqual([['warning', 'encoding-guessed']]);
	});

	test('is read with a month and year in each row', async () => {
		const { rates } = await read(
			'rates-inforeuro',
			'Country,Currency,ISO code,Year,Month,Amount\nZambia,Kwacha,ZMW,2017,3,10.2\nZambia,Kwacha,ZMW,2017,04,10.3\n'
		);
		expect(rates.map(short)).toEqual(['2017-03-01 ZMW 10.2 -', '2017-04-01 ZMW 10.3 -']);
	});

	test('without a month, or with two, is not read; one that its name contradicts is', async () => {
		const header = 'Country,Currency,ISO code,Amount for 1 euro';
		const none = await read('rates-inforeuro', [header, ...ROWS].join('\n'), 'rates.csv');
		expect(none.rates).toEqual([]);
		expect(none.findings.map(({ severity, rule }) => [severity, rule])).toEqual([
			['critical', 'month-missing']
		]);
		expect(none.findings[0]!.done).toContain('inforeuro-2017-03.csv');
		const two = await read('rates-inforeuro', ['March 2017 and April 2017', header, ...ROWS].join('\n'));
		expect(two.findings.map(said)).toEqual([
			['critical', 'month-unclear', 'f.csv row 2', 'several months: 2017-03, 2017-04']
		]);
		const other = await read('rates-inforeuro', ['March 2017', header, ...ROWS].join('\n'), '2017-04.csv');
		expect(other.rates.map(short)).toEqual(MARCH);
		expect(other.findings.map(({ severity, rule }) => [severity, rule])).toEqual([
			['warning', 'month-differs']
		]);
	});

	test('tells a currency that two countries have at two rates, and a euro that is not one', async () => {
		const { rates, findings } = await read(
			'rates-inforeuro',
			`Country,Currency,ISO code,Amount for 1 euro 2017-03\nBenin,Franc,XOF,655.957\nMali,Franc,XOF,656\nSpain,Euro,EUR,1.1\nX,Y,ZZZ,2\nZambia,Kwacha,ZMW,n/a\n`
		);
		expect(rates.map(short)).toEqual(['2017-03-01 XOF 655.957 -']);
		expect(findings.map(said)).toEqual([
			[
				'error',
				'rates-differ',
				'f.csv row 3 column D',
				'XOF 2017-03-01: 656 here, 655.957 at f.csv row 2 column D'
			],
			['error', 'base-not-one', 'f.csv row 4 column D', '1.1 EUR for one EUR'],
			['error', 'not-a-currency', 'f.csv row 5 column D', 'ZZZ'],
			['error', 'not-a-rate', 'f.csv row 6 column D', 'n/a']
		]);
	});

	test('as JSON keeps every digit, and takes the month from the name', async () => {
		const list = `[{"country":"Mali","currency":"Franc","isoA3Code":"XOF","isoA2Code":"ML","value":655.957,"comment":null},
			{"country":"X","currency":"Bolivar","isoA3Code":"VEF","isoA2Code":"VE","value":1.20450001E7,"comment":null},
			{"country":"Spain","currency":"Euro","isoA3Code":"EUR","isoA2Code":"ES","value":1,"comment":null}]`;
		const { rates, findings } = await read(
			'rates-inforeuro',
			list,
			'monthly-rates?lang=EN&year=2017&month=3'
		);
		expect(findings).toEqual([]);
		expect(rates.map(short)).toEqual(['2017-03-01 XOF 655.957 -', '2017-03-01 VEF 12045000.1 -']);
		expect(rates[1]!.place).toBe('monthly-rates?lang=EN&year=2017&month=3 item 2');
		const nameless = await read('rates-inforeuro', list, 'monthly-rates.json');
		expect(nameless.findings.map(({ rule }) => rule)).toEqual(['month-missing']);
	});

	const HISTORY = [
		['GBP', 'EUR', '0.86333', '01/10/2023', '31/10/2023'],
		['GBP', 'EUR', '0.85', '01/07/2023', '31/08/2023'],
		['GBP', 'XEU', '0.7', '01/11/1998', '30/11/1998'],
		['GBP', 'EUR', '0.7', '02/11/2003', '30/11/2003'],
		['GBP', 'EUR', '0.7', '01/01/1990', '31/12/2029']
	];
	const OF_HISTORY = ['2023-10-01 GBP 0.86333 -', '2023-07-01 GBP 0.85 -', '2023-08-01 GBP 0.85 -'];

	test('as the history of a currency gives each month of a period', async () => {
		const csv = [
			'currencyIso,refCurrencyIso,amount,dateStart,dateEnd',
			...HISTORY.map((row) => row.join())
		].join('\n');
		const table = await read('rates-inforeuro', csv);
		expect(table.rates.map(short)).toEqual(OF_HISTORY);
		expect(table.findings.map(({ rule, place }) => `${rule} ${place}`)).toEqual([
			'other-base f.csv row 4 column C',
			'not-a-month f.csv row 5 column C',
			'period-too-long f.csv row 6 column C'
		]);
		const json = `[${HISTORY.map(
			([iso, ref, amount, from, to]) =>
				`{"currencyIso":"${iso}","refCurrencyIso":"${ref}","amount":${amount},"dateStart":"${from}","dateEnd":"${to}"}`
		).join()}]`;
		const interfaced = await read('rates-inforeuro', json, 'GBP.json');
		expect(interfaced.rates.map(short)).toEqual(OF_HISTORY);
		expect(interfaced.findings.map(({ rule }) => rule)).toEqual(table.findings.map(({ rule }) => rule));
	});

	test.each(['[', '{"code":5,"message":"No rates published"}', '[1]', '[]', '['.repeat(200_000)])(
		'as JSON that is none of it is not read: %.20s',
		async (text) => {
			const { rates, findings } = await read('rates-inforeuro', text, 'x.json', 65_536);
			expect(rates).toEqual([]);
			expect(findings.map(({ severity }) => severity)).toEqual(['critical']);
		}
	);
});

describe('the United Nations', () => {
	const HEADER = 'Country or Territory\tCurrency\tCurrency Code\tEffective Date\tOperational Rate';
	const ROWS = [
		'Belarus\tNew Belarusian Ruble\tBYN\t01 Jul 2016\t2.006',
		'Belarus\tBelarusian Ruble\tBYR\t01 Jul 2016\t20,060.00',
		'Benin\tCFA Franc\tXOF\t01 Jul 2016\t590.5',
		'Mali\tCFA Franc\tXOF\t01 Jul 2016\t590.5',
		'Ecuador\tUS Dollar\tUSD\t01 Jul 2016\t1',
		'Ukraine\tHryvnia\tUAH\t15 Jul 2016\t24.8'
	];

	test('has a rate from its effective date until a newer one, old and new currency each under its code', async () => {
		const text = ['UN Operational Rates of Exchange', '', HEADER, ...ROWS, '', 'For internal use.'].join(
			'\r\n'
		);
		const { rates, findings } = await read('rates-un', text, 'un-daily.xls');
		expect(findings).toEqual([]);
		expect(rates.map(short)).toEqual([
			'2016-07-01 BYN - 2.006',
			'2016-07-01 BYR - 20060.00',
			'2016-07-01 XOF - 590.5',
			'2016-07-15 UAH - 24.8'
		]);
		expect(rates[0]).toMatchObject({
			publisher: 'UN operational rates',
			series: 'standing',
			place: 'un-daily.xls row 4 column E'
		});
	});

	test.each([
		['abbrv_name,curr_name,curr_code,eff_date,rate', 'Mali,CFA Franc,XOF,31 Dec 2015,600.1'],
		[
			'Country,Currency Name,Currency Code,Operational Rate,Effective Date',
			'Mali,CFA Franc,XOF,600.1,31-Dec-2015'
		],
		['Country,Currency,Rate / US$1,Effective Date', 'Mali,XOF,600.1,2015-12-31']
	])('is known by any of its headings: %s', async (header, row) => {
		const { rates, findings } = await read('rates-un', `${header}\n${row}\n`);
		expect(findings).toEqual([]);
		expect(rates.map(short)).toEqual(['2015-12-31 XOF - 600.1']);
	});

	const XML = `<?xml version="1.0"?><UN_OPERATIONAL_RATES_DATASET>
		<UN_OPERATIONAL_RATES><f_curr_code>XOF\t</f_curr_code><eff_date>01 Jul 2016</eff_date><rate>590.5\t</rate></UN_OPERATIONAL_RATES>
		<UN_OPERATIONAL_RATES><f_curr_code>UAH</f_curr_code><eff_date>32 Jul 2016</eff_date><rate>24.8</rate></UN_OPERATIONAL_RATES>
		<UN_OPERATIONAL_RATES><f_curr_code>BYN</f_curr_code><eff_date>15 Jul 2016</eff_date><rate>2.006</rate></UN_OPERATIONAL_RATES>`;

	test('is read from its XML, by paths', async () => {
		const { rates, findings } = await read('rates-un', `${XML}</UN_OPERATIONAL_RATES_DATASET>`, 'un.xml');
		expect(rates.map(short)).toEqual(['2016-07-01 XOF - 590.5', '2016-07-15 BYN - 2.006']);
		const second = '/UN_OPERATIONAL_RATES_DATASET/UN_OPERATIONAL_RATES[2]';
		expect(findings.map(said)).toEqual([['error', 'not-a-day', `un.xml ${second}/eff_date`, '32 Jul 2016']]);
	});

	test('is not read from XML that is cut off', async () => {
		const { findings } = await read('rates-un', XML, 'un.xml');
		expect(findings.some(({ severity }) => severity === 'critical')).toBe(true);
	});

	test('with days and rates that can mean two things does not guess', async () => {
		const { rates, findings } = await read(
			'rates-un',
			[
				HEADER,
				'Mali\tFranc\tXOF\t03/04/2016\t600',
				'Mali\tFranc\tXOF\t01 Apr 2016\t1,234',
				'Mali\tFranc\tXOF\t\t600'
			].join('\n')
		);
		expect(rates).toEqual([]);
		expect(findings.map(said)).toEqual([
			['error', 'not-a-day', 'f.csv row 2 column D', '03/04/2016'],
			['error', 'not-a-rate', 'f.csv row 3 column E', '1,234'],
			['error', 'not-a-day', 'f.csv row 4 column D', '']
		]);
	});
});

describe('a list of rates', () => {
	test.each(['rates-ecb', 'rates-inforeuro', 'rates-un'] as const)(
		'%s of another layout or empty says so',
		async (format) => {
			expect((await read(format, '')).findings.map(({ rule }) => rule)).toEqual(['no-rows']);
			const other = await read(format, 'voucher,amount\nA,1\n');
			expect(other.findings.map(({ severity, rule }) => [severity, rule])).toEqual([
				['critical', 'header-missing']
			]);
		}
	);

	test('is recognised by its header, and a ledger is not', () => {
		expect(recogniseRates([['month', 'currency', 'units_per_usd', 'publisher']])).toBe('rates-csv');
		expect(recogniseRates([['Date', 'USD', 'JPY', '']])).toBe('rates-ecb');
		expect(
			recogniseRates([['InforEuro'], [''], ['Country', 'Currency', 'ISO code', 'Amount for 1 euro']])
		).toBe('rates-inforeuro');
		expect(recogniseRates([['Country', 'Currency Code', 'Rate', 'Effective Date']])).toBe('rates-un');
		expect(recogniseRates([['Date', 'Code', 'Description', 'Amount', 'Currency', 'Rate']])).toBeNull();
		expect(recogniseRates([['Date', 'EUR amount', 'USD amount']])).toBeNull();
		expect(recogniseRates([['Country', 'ISO code', 'Donor', 'Amount']])).toBeNull();
		expect(recogniseRates([])).toBeNull();
	});

	test('is recognised in a text with any delimiter, in JSON and in XML', () => {
		expect(recogniseRatesText('\uFEFFDate,USD,JPY,\n2017-03-08,1,2,\n')).toBe('rates-ecb');
		expect(recogniseRatesText('"Country";"Currency";"ISO code";"Amount for 1 euro"')).toBe('rates-inforeuro');
		expect(recogniseRatesText('Title\n\nCountry\tCurrency Code\tEffective Date\tRate\n')).toBe('rates-un');
		expect(recogniseRatesText('[{"currencyIso":"GBP","refCurrencyIso":"EUR"')).toBe('rates-inforeuro');
		expect(recogniseRatesText('[ {"country":"Mali","currency":"Franc","isoA3Code":"XOF"')).toBe(
			'rates-inforeuro'
		);
		expect(recogniseRatesText('<?xml version="1.0"?>\n<UN_OPERATIONAL_RATES_DATASET>')).toBe('rates-un');
		expect(recogniseRatesText('<iati-activities version="2.03">')).toBeNull();
		expect(recogniseRatesText('a,b\n1,2\n')).toBeNull();
	});
});

describe('numbers, days and months of lists', () => {
	test.each([
		['0.9093', false, '0.9093'],
		['1,523.25', false, '1523.25'],
		['1.523,25', false, '1523.25'],
		['1,523', false, null],
		['1,523', true, '1.523'],
		['0,91', false, '0.91'],
		['1 523.5', false, '1523.5'],
		['0', false, null],
		['-1', false, null],
		['N/A', false, null],
		['1e5', false, null],
		['9'.repeat(61), false, null]
	])('%j is the rate', (text, decimalComma, units) => {
		expect(readUnits(text, decimalComma)).toBe(units);
	});

	test.each([
		['01 Nov 2023', '2023-11-01'],
		['1 août 2023', '2023-08-01'],
		['29-Feb-2024', '2024-02-29'],
		['29 Feb 2023', null],
		['2023-11-01T00:00:00', '2023-11-01'],
		['01/11/2023', null],
		['32 Jan 2023', null],
		['1 Brumaire 2023', null]
	])('%j is the day %j', (text, day) => {
		expect(readDay(text)).toBe(day);
	});

	test.each([
		['rates 03/2017', ['2017-03']],
		['March 2017 (2017-03)', ['2017-03']],
		['décembre 2016', ['2016-12']],
		['Marks 2017, 13/2017', []]
	])('%j names %j', (text, months) => {
		expect(monthsIn(text)).toEqual(months);
	});

	test('the name of a file names at most one month', () => {
		expect(monthOfName('inforeuro-2017-03.csv')).toBe('2017-03');
		expect(monthOfName('Infor Euro March_2017.xlsx')).toBe('2017-03');
		expect(monthOfName('export.03-2017.csv')).toBe('2017-03');
		expect(monthOfName('2017-03 and 2017-04.csv')).toBeNull();
		expect(monthOfName('rates.csv')).toBeNull();
	});

	test('JSON numbers keep their digits', () => {
		expect(['1.0E-4', '12.5e3', '0.86333', '7', '1E2', '-1', 'x'].map(plainNumber)).toEqual([
			'0.00010',
			'12500',
			'0.86333',
			'7',
			'100',
			null,
			null
		]);
	});
});

describe('written and read again', () => {
	const units = fc
		.tuple(fc.bigInt({ min: 1n, max: 10n ** 14n }), fc.integer({ min: 0, max: 8 }))
		.map(([digits, scale]) => {
			const text = digits.toString().padStart(scale + 1, '0');
			return scale === 0 ? text : `${text.slice(0, -scale)}.${text.slice(-scale)}`;
		});
	const others = CURRENCY_CODES.filter((code) => code !== 'EUR' && code !== 'USD');
	const day = fc
		.integer({ min: 0, max: 9_000 })
		.map((number) => new Date(Date.UTC(1999, 0, 4 + number)).toISOString().slice(0, 10));

	test('a table of days and currencies is what it was', async () => {
		const table = fc.record({
			currencies: fc.uniqueArray(fc.constantFrom(...others), { minLength: 1, maxLength: 6 }),
			days: fc.uniqueArray(day, { minLength: 1, maxLength: 6 }),
			cells: fc.array(fc.option(units, { nil: 'N/A' }), { minLength: 36, maxLength: 36 }),
			piece: fc.integer({ min: 1, max: 90 })
		});
		for (const { currencies, days, cells, piece } of fc.sample(table, 200)) {
			const at = (row: number, column: number) => cells[row * 6 + column]!;
			const text = [
				['Date', ...currencies, ''].join(),
				...days.map((date, row) => [date, ...currencies.map((_, column) => at(row, column)), ''].join()),
				''
			].join('\n');
			const expected = days.flatMap((date, row) =>
				currencies.flatMap((currency, column) =>
					at(row, column) === 'N/A' ? [] : [`${date} ${currency} ${at(row, column)} -`]
				)
			);
			const { rates, findings } = await read('rates-ecb', text, 'f.csv', piece);
			expect(findings).toEqual([]);
			expect(rates.map(short)).toEqual(expected);
		}
	});

	test('a list is what it was, in our layout, the Commission’s and the UN’s', async () => {
		const list = fc.uniqueArray(fc.tuple(fc.constantFrom(...others), units), {
			minLength: 1,
			maxLength: 30,
			selector: ([code]) => code
		});
		for (const rows of fc.sample(list, 100)) {
			const own = await read(
				'rates-csv',
				[
					'month,currency,units_per_eur,publisher',
					...rows.map(([code, rate]) => `2017-03,${code},${rate},P`)
				].join('\n')
			);
			const commission = await read(
				'rates-inforeuro',
				[
					'Country,Currency,ISO code,Amount for 1 euro',
					...rows.map(([code, rate]) => `"A, B",C,${code},${rate}`)
				].join('\n'),
				'2017-03.csv'
			);
			const un = await read(
				'rates-un',
				[
					'Country\tCode\tEffective date\tRate',
					...rows.map(([code, rate]) => `A\t${code}\t01 Mar 2017\t${rate}`)
				].join('\n')
			);
			const expected = rows.map(([code, rate]) => `${code} ${rate}`);
			for (const { rates, findings } of [own, commission, un]) {
				expect(findings).toEqual([]);
				expect(rates.every(({ validFrom }) => validFrom === '2017-03-01')).toBe(true);
				expect(rates.map((rate) => `${rate.currency} ${rate.unitsPerEur ?? rate.unitsPerUsd}`)).toEqual(
					expected
				);
			}
		}
	});

	test('units in any notation are the same units', () => {
		expectAlways(
			fc.property(units, (rate) => {
				const [whole = '', fraction] = rate.split('.');
				const grouped = whole.replaceAll(/\B(?=(\d{3})+(?!\d))/g, ',');
				const english = fraction === undefined ? rate : `${grouped}.${fraction}`;
				const french = fraction === undefined ? rate : `${grouped.replaceAll(',', '\u202f')},${fraction}`;
				const value = readUnits(rate, false)!;
				return (
					compare(value, rate) === 0 &&
					readUnits(english, false) === value &&
					readUnits(french, true) === value &&
					plainNumber(rate) === value
				);
			})
		);
	});

	test('whatever the bytes, nothing is thrown', async () => {
		const formats = ['rates-csv', 'rates-ecb', 'rates-inforeuro', 'rates-un'] as const;
		const heads = [
			'Date,USD,\n',
			'Country,Currency,ISO code,Value\n',
			'[{"currencyIso":',
			'Code,Rate,Effective date\n',
			''
		];
		const input = fc.tuple(
			fc.constantFrom(...heads),
			fc.uint8Array({ maxLength: 80 }),
			fc.constantFrom(...formats)
		);
		for (const [head, bytes, format] of fc.sample(input, 400)) {
			const { rates, findings } = await read(
				format,
				Buffer.concat([Buffer.from(head), bytes]),
				'2017-03.csv',
				13
			);
			expect(rates.every(({ currency }) => CURRENCY_CODES.includes(currency))).toBe(true);
			expect(findings.every(({ place, read: what }) => place !== '' && typeof what === 'string')).toBe(true);
		}
	});
});

// The reference series is not part of the project; where it lies beside the checkout all of it is read.
const reference = '../shared/data/rates/monthly-average-per-usd.csv';
test.skipIf(!existsSync(reference))('the reference series is read to its last digit', async () => {
	const [header, ...lines] = readFileSync(reference, 'utf8').trim().split(/\r?\n/);
	expect(header).toBe('month,currency,units_per_usd');
	const text = [`${header},publisher`, ...lines.map((line) => `${line},H.10`)].join('\n');
	const { rates, findings } = await read('rates-csv', text, 'reference.csv', 65_536);
	expect(findings).toEqual([]);
	expect(
		rates.map(({ validFrom, currency, unitsPerUsd }) => `${validFrom.slice(0, 7)},${currency},${unitsPerUsd}`)
	).toEqual(lines);
});
