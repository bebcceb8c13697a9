import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChild } from '../support/child.ts';
import { workbookOf, type SheetCell } from '../support/workbook-file.ts';

const ROWS = 200_000;
const AIM = { rows: 10_000, megabytes: 400 };
const PROGRAM = 'tests/support/programs/read-workbook.ts';

/** A workbook of 200 000 rows and twelve columns, looked over and read, each in a process of its own. */
export async function measureSpreadsheet(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'dashboard-bench-'));
	try {
		const file = join(folder, 'ledger.xlsx');
		writeFileSync(file, workbookOf({ sheets: [{ name: 'Ledger', rows: ledger() }] }));
		for (const work of ['survey', 'read'] as const) {
			const child = startChild(PROGRAM, [work, file]);
			const { rows, seconds, megabytes } = JSON.parse(await child.line(/^\{/)) as {
				rows: number;
				seconds: number;
				megabytes: number;
			};
			child.finish();
			await child.ended;
			const perSecond = rows / seconds;
			const reached = perSecond >= AIM.rows && megabytes <= AIM.megabytes;
			console.log(
				`\nWorkbook, ${work}: ${rows} rows in ${seconds.toFixed(1)} s, ${perSecond.toFixed(0)} a second, ${megabytes.toFixed(0)} MB (aim ${AIM.rows} and <= ${AIM.megabytes} MB: ${reached ? 'reached' : 'MISSED'})`
			);
		}
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

const HEADER = [
	'Posting date',
	'Voucher no',
	'Account',
	'Budget line',
	'Description',
	'Country',
	'Currency',
	'Amount',
	'Amount (EUR)',
	'Donor',
	'Vendor',
	'Cost centre'
];
const HEADINGS = ['Staff', 'Travel', 'Equipment', 'Supplies'];
const COUNTRIES = ['Mali', 'Niger', 'Pakistan', 'Nepal'];

function ledger(): SheetCell[][] {
	const rows: SheetCell[][] = [['Extract of the general ledger'], HEADER];
	for (let row = 0; row < ROWS; row++) {
		const amount = { number: `${((row * 7919) % 50_000) - 5_000}.${String(row % 100).padStart(2, '0')}` };
		rows.push([
			{ date: `2017-${twoDigits((row % 12) + 1)}-${twoDigits((row % 28) + 1)}` },
			`JV-${100_000 + row}`,
			{ number: String(6_000 + (row % 50)) },
			HEADINGS[row % 4]!,
			`Line ${row} for a workshop`,
			COUNTRIES[row % 4]!,
			'USD',
			amount,
			amount,
			'EU',
			'A company',
			'CC1'
		]);
	}
	return rows;
}

function twoDigits(number: number): string {
	return String(number).padStart(2, '0');
}
