import { activityXml, fileXml, transactionXml } from './iati-activity.ts';
import { workbookOf, type SheetCell } from './workbook-file.ts';

/** A partner of a test's own: its organisation, one activity, and files about it. Nothing of it is anybody's. */
export type Partner = { key: string; activity: string };

/** @param code letters and digits that no other test uses */
export function aPartner(code: string): Partner {
	const key = `XM-DAC-41999-${code}`;
	return { key, activity: `${key}-LEDGER` };
}

/** An IATI file with the partner's activity and one expenditure of 1 000 euro. */
export function activityFile({ key, activity }: Partner, { value = '1000.00' } = {}): Buffer {
	const xml = fileXml(
		activityXml({
			id: activity,
			transactions: transactionXml({
				value: `<value currency="EUR" value-date="2017-01-31">${value}</value>`
			})
		})
	);
	return Buffer.from(xml.replaceAll('"XM-DAC-41128"', `"${key}"`).replaceAll('Reporter', `Partner ${key}`));
}

/** The same file with a document type, as an attack on parsers has it. */
export function hostileFile(partner: Partner): Buffer {
	const text = activityFile(partner).toString();
	return Buffer.from(text.replace('?>', '?>\n<!DOCTYPE iati-activities [<!ENTITY a "b">]>'));
}

export type LedgerRow = {
	date: string;
	voucher: string;
	line: string;
	details: string;
	/** As the sheet writes it: `1.234,56`. */
	debit?: string;
	credit?: string;
};

/** Three months of a ledger; each is sound. Debits 3 434.56, credits 100.00. */
export const LEDGER_ROWS: readonly LedgerRow[] = [
	{
		date: '13/01/2017',
		voucher: 'GL-0001',
		line: '1.1 Salaries',
		details: 'Project staff, January',
		debit: '1.234,56'
	},
	{
		date: '28/01/2017',
		voucher: 'GL-0002',
		line: '3.2 Air tickets',
		details: 'Regional workshop',
		debit: '700,00'
	},
	{
		date: '14/02/2017',
		voucher: 'GL-0003',
		line: '1.1 Salaries',
		details: 'Project staff, February',
		debit: '1.250,00'
	},
	{
		date: '27/02/2017',
		voucher: 'GL-0004',
		line: '3.2 Air tickets',
		details: 'Unused ticket refunded',
		credit: '100,00'
	},
	{
		date: '15/03/2017',
		voucher: 'GL-0005',
		line: '1.1 Salaries',
		details: 'Project staff, March',
		debit: '250,00'
	}
];

/** What stands in the column of payees: never read, kept or shown where the column is masked. */
export const PAYEE = 'payee-not-to-be-shown';

/**
 * A workbook as a partner's accounting program prints one: a cover sheet; a title over two rows, headings in row 4, amounts
 * as text with a decimal comma, debit and credit, a column of payees, a total at the end.
 */
export function ledgerWorkbook(
	rows: readonly LedgerRow[] = LEDGER_ROWS,
	{ debit = '3.434,56', credit = '100,00' } = {}
): Buffer {
	const blank: SheetCell[] = [];
	const header = ['Booking date', 'Voucher', 'Payee', 'Budget line', 'Details', 'Debit', 'Credit'];
	return workbookOf({
		sheets: [
			{ name: 'Read me', rows: [['Quarterly extract of the general ledger'], ['All amounts in euro']] },
			{
				name: 'GL extract',
				rows: [
					['General ledger extract, first quarter of 2017'],
					['Currency: EUR'],
					blank,
					header,
					...rows.map((row): SheetCell[] => [
						row.date,
						row.voucher,
						PAYEE,
						row.line,
						row.details,
						row.debit ?? null,
						row.credit ?? null
					]),
					['Total', null, null, null, null, debit, credit]
				]
			}
		]
	});
}
