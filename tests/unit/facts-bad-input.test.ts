import { describe, expect, test } from 'vitest';
import type { Finding, IntakeRecord } from '#lib/server/intake/record.ts';
import { readers, type Format } from '#lib/server/intake/readers/index.ts';

const OBJECTIVES =
	'objective_id,project_id,number,name,lead_agency,description,valid_from,source_url,source_title,evidence,confidence';
const GOOD = 'O1,P,1,Policy,UNODC,,2016,https://example.org/,Page,Seen,high';

async function read(format: Format, chunks: (string | Uint8Array)[]) {
	async function* bytes() {
		for (const chunk of chunks) yield typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk;
	}
	const records: IntakeRecord[] = [];
	const findings: Finding[] = [];
	for await (const part of readers[format].read(bytes(), { fileName: 'f.csv', nature: 'published' })) {
		if (part.kind === 'finding') findings.push(part);
		else if (part.kind !== 'read_counts' && part.kind !== 'retraction') records.push(part);
	}
	return { records, findings, rules: findings.map(({ severity, rule, place }) => [severity, rule, place]) };
}

describe('a file cut anywhere', () => {
	test('reads the same in one piece and byte by byte', async () => {
		const text = `${OBJECTIVES}\r\n${GOOD}\r\nO2,P,2,"Law, ""new""\r\nand old",UNODC;IOM,é,2016-03,https://example.org/,Page,Seen,high\r\n`;
		const whole = await read('facts-csv', [text]);
		const pieces = [...new TextEncoder().encode(text)].map((byte) => Uint8Array.of(byte));
		expect(await read('facts-csv', pieces)).toEqual(whole);
		expect(whole.findings).toEqual([]);
		expect(whole.records).toMatchObject([
			{ key: 'O1', place: 'f.csv row 2', validFrom: '2016-01-01', validFromPrecision: 'year' },
			{ key: 'O2', place: 'f.csv row 3', name: 'Law, "new"\r\nand old', description: 'é' }
		]);
	});

	test('a byte order mark and a missing last line break change nothing', async () => {
		const { records, findings } = await read('facts-csv', [`\uFEFF${OBJECTIVES}\n${GOOD}`]);
		expect(records).toHaveLength(1);
		expect(findings).toEqual([]);
	});
});

describe('a bad row', () => {
	test('is refused with its place, and the next one is read', async () => {
		const bad = [
			'O2,P,two,Policy,UNODC,,2016,https://example.org/,Page,Seen,high',
			'O3,P,3,Policy,UNODC,,2016-13,https://example.org/,Page,Seen,high',
			'O4,P,4,Policy,UNODC,,2016,ftp://example.org/,Page,Seen,high',
			'O5,P,5,Policy,UNODC,,2016,https://example.org/,Page,Seen,certain',
			'O6,P,6,,UNODC,,2016,https://example.org/,Page,Seen,high',
			'O7,P,7'
		];
		const { records, rules } = await read('facts-csv', [[OBJECTIVES, ...bad, '', GOOD].join('\n')]);
		expect(records.map((record) => record.place)).toEqual(['f.csv row 9']);
		expect(rules).toEqual([
			['error', 'not-a-number', 'f.csv row 2'],
			['error', 'not-a-date', 'f.csv row 3'],
			['error', 'not-an-address', 'f.csv row 4'],
			['error', 'unknown-code', 'f.csv row 5'],
			['error', 'value-missing', 'f.csv row 6'],
			['error', 'row-width', 'f.csv row 7']
		]);
	});

	test('that states another nature than the import is refused', async () => {
		const { records, rules } = await read('facts-csv', [
			`${OBJECTIVES},nature\n${GOOD},demonstration\n${GOOD},published\n`
		]);
		expect(records.map((record) => record.place)).toEqual(['f.csv row 3']);
		expect(rules).toEqual([['error', 'nature-differs', 'f.csv row 2']]);
	});

	test('a more precise date than is believed is read as the vaguer one', async () => {
		const header =
			'country_iso2,country_name,project_id,region,national_launch_date,launch_precision,source_url';
		const { records, rules } = await read('facts-csv', [
			`${header}\nML,Mali,P,Africa,2017-05-31,month,https://example.org/\nNE,Niger,P,Africa,2017,day,https://example.org/\n`
		]);
		expect(records).toMatchObject([
			{ launchDate: '2017-05-31', launchPrecision: 'month' },
			{ launchDate: '2017-01-01', launchPrecision: 'year' }
		]);
		expect(rules).toEqual([['warning', 'precision-overstated', 'f.csv row 3']]);
	});
});

describe('a bad file', () => {
	test('of an unknown table is not read', async () => {
		expect((await read('facts-csv', ['colour,size\nred,1\n'])).rules).toEqual([
			['critical', 'table-unknown', 'f.csv row 1']
		]);
	});

	test('without a needed column is not read', async () => {
		const { records, rules } = await read('facts-csv', [`objective_id,project_id\nO1,P\n`]);
		expect(records).toEqual([]);
		expect(new Set(rules.map(([severity, rule]) => `${severity} ${rule}`))).toEqual(
			new Set(['critical column-missing'])
		);
		expect(rules).toHaveLength(5);
	});

	test('that is empty says so', async () => {
		expect((await read('rates-csv', [])).rules).toEqual([['critical', 'no-rows', 'f.csv']]);
	});

	test('that is not UTF-8 stops with the last row it could read', async () => {
		const { records, rules } = await read('facts-csv', [
			`${OBJECTIVES}\n${GOOD}\n`,
			Uint8Array.of(0xff, 0xfe),
			GOOD
		]);
		expect(records).toHaveLength(1);
		expect(rules).toEqual([['critical', 'not-utf-8', 'f.csv after row 2']]);
	});

	test('with a quote that is never closed stops at the row that opens it', async () => {
		const { records, rules } = await read('facts-csv', [`${OBJECTIVES}\n${GOOD}\n"O2,P,2\n${GOOD}\n`]);
		expect(records).toHaveLength(1);
		expect(rules).toEqual([['critical', 'csv-quote-unclosed', 'f.csv row 3']]);
	});

	test('of one endless row is given up instead of filling the memory', async () => {
		const { records, rules } = await read(
			'facts-csv',
			Array.from({ length: 200 }, () => 'x'.repeat(65_536))
		);
		expect(records).toEqual([]);
		expect(rules[0]).toEqual(['critical', 'row-too-long', 'f.csv row 1']);
	});
});

describe('ledger rows', () => {
	const HEADER = 'reporter,project,activity,kind,reference,date_from,date_to,amount,currency,countries';
	const row = (cells: string) => read('ledger-csv', [`${HEADER}\n${cells}\n`]);

	test('split countries, with a part that goes to none', async () => {
		const { records, findings } = await row('R,P,A,4,V1,2017-03-08,,-12.50,USD,ML 60;NE 35.5;none 4.5');
		expect(findings).toEqual([]);
		expect(records).toMatchObject([
			{
				kind: 'ledger_entry',
				nature: null,
				entryKind: '4',
				dateFrom: '2017-03-08',
				dateTo: '2017-03-08',
				datePrecision: 'day',
				amount: '-12.50',
				provider: null,
				countries: [
					{ country: 'ML', percentage: '60' },
					{ country: 'NE', percentage: '35.5' },
					{ country: null, percentage: '4.5' }
				]
			}
		]);
	});

	test.each([
		['R,P,A,4,V1,2017-03-08,,12,USD,ML 60;NE 41', 'shares-above-100'],
		['R,P,A,4,V1,2017-03-08,,12,USD,ML 60;ML 40', 'share-named-twice'],
		['R,P,A,4,V1,2017-03-08,,12,USD,ML;NE 40', 'not-a-percentage'],
		['R,P,A,4,V1,2017-03-08,,12,USD,Mali', 'unknown-code'],
		['R,P,A,E,V1,2017-03-08,,12,USD,ML', 'unknown-code'],
		['R,P,A,4,V1,2017-03-08,,"1,200",USD,ML', 'not-a-number'],
		['R,P,A,4,V1,2017-03-08,,12,euro,ML', 'not-a-currency'],
		['R,P,A,4,V1,2017-02-29,,12,EUR,ML', 'not-a-date'],
		['R,P,A,4,V1,2017-03-08,2017-03-01,12,EUR,ML', 'end-before-start'],
		['R,P,,4,V1,2017-03-08,,12,EUR,ML', 'value-missing'],
		['R,P,A,4,V1,2017-03-08,,,EUR,ML', 'value-missing']
	])('%s is refused: %s', async (cells, rule) => {
		const { records, rules } = await row(cells);
		expect(records).toEqual([]);
		expect(rules).toEqual([['error', rule, 'f.csv row 2']]);
	});

	test('a row without a date is read as not dated', async () => {
		const { records, rules } = await row('R,P,A,4,,,,12,EUR,ML');
		expect(records).toMatchObject([{ dateFrom: null, datePrecision: 'unknown', reference: null }]);
		expect(rules).toEqual([['warning', 'date-missing', 'f.csv row 2']]);
	});

	test('a withdrawal names what it takes back and why', async () => {
		const { records } = await read('ledger-csv', [
			`action,reason,${HEADER}\nwithdraw,booked twice,R,P,A,4,V1,,,,,\n`
		]);
		expect(records).toEqual([
			{
				kind: 'ledger_withdrawal',
				place: 'f.csv row 2',
				nature: null,
				reporter: 'R',
				activity: 'A',
				entryKind: '4',
				reference: 'V1',
				reason: 'booked twice'
			}
		]);
	});
});
