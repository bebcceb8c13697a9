import { createReadStream } from 'node:fs';
import { ledgerSheet } from '#lib/server/intake/readers/ledger-sheet.ts';
import { guessMapping } from '#lib/server/intake/spreadsheet/guess.ts';
import { surveySpreadsheet } from '#lib/server/intake/spreadsheet/survey.ts';

/** Surveys a workbook or reads its entries, alone in its process, and says rows, seconds and the most memory it had. */
const [work, path] = process.argv.slice(2) as ['survey' | 'read', string];
const fileName = 'benchmark.xlsx';
const survey = async () => surveySpreadsheet(createReadStream(path), fileName);
const mapping = work === 'read' ? guessMapping(await survey()).mapping : null;
if (mapping !== null) mapping.constants = { reporter: 'R', activity: 'A', kind: '4' };

const start = performance.now();
let rows = 0;
if (mapping === null) rows = (await survey()).sheets.reduce((sum, sheet) => sum + sheet.rows, 0);
else {
	const options = { fileName, nature: 'published' as const, mapping };
	for await (const item of ledgerSheet.read(createReadStream(path), options)) {
		if (item.kind === 'ledger_entry') rows++;
		else if (item.kind === 'finding' && item.severity !== 'warning') throw new Error(JSON.stringify(item));
	}
}
const seconds = (performance.now() - start) / 1000;
console.log(JSON.stringify({ rows, seconds, megabytes: process.resourceUsage().maxRSS / 1024 }));
