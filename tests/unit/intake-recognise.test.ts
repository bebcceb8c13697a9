import { describe, expect, it } from 'vitest';
import { recogniseFormat } from '#lib/server/intake/recognise.ts';

const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');

describe('a file’s format', () => {
	it.each([
		[
			'<?xml version="1.0"?>\n<!-- <iati-organisations> --><iati-activities version="2.03">',
			'iati-activities'
		],
		['<iati-activity>', 'iati-activities'],
		['\uFEFF  <iati-organisations version="2.03">', 'iati-organisations'],
		['<ns0:iati-activities xmlns:ns0="x">', 'iati-activities'],
		['<result><iati-activities>', 'iati-activities'],
		['<!DOCTYPE html><html>', 'iati-activities'],
		['', 'iati-activities'],
		['reporter,project,activity,kind,reference,date_from,amount,currency\n', 'ledger-csv'],
		['record,key,agreement\n', 'terms-csv'],
		['project_id,code,name\n', 'facts-csv'],
		['month,currency,units_per_eur,publisher\n', 'rates-csv'],
		['Date,USD,JPY,BGN,\n2024-01-02,1.0956,155.68,1.9558,\n', 'rates-ecb'],
		['Posting date;Voucher;Amount\n01/02/2017;A;1,00\n', 'ledger-sheet'],
		['PK\u0003\u0004', 'ledger-sheet'],
		['{"a": 1}', null],
		['%PDF-1.7', null],
		['\u0000\u0001', null]
	])('that begins %j is %s', (text, format) => {
		expect(recogniseFormat(Buffer.from(text), 'file')).toBe(format);
	});

	it('is told through its encoding', () => {
		expect(recogniseFormat(utf16('<?xml version="1.0"?><iati-organisations>'), 'f.xml')).toBe(
			'iati-organisations'
		);
		expect(recogniseFormat(Buffer.from('<iati-activities>', 'utf16le'), 'f.xml')).toBe('iati-activities');
	});

	it('is no workbook where a ZIP is called XML: the reader of XML says what it met', () => {
		expect(recogniseFormat(Buffer.from('PK\u0003\u0004'), 'activities.xml')).toBe('iati-activities');
		expect(recogniseFormat(Buffer.from('PK\u0003\u0004'), 'activities.xlsx')).toBe('ledger-sheet');
	});

	it('is unknown for an empty table', () => {
		expect(recogniseFormat(Buffer.from(' \n'), 'empty.csv')).toBeNull();
	});
});
