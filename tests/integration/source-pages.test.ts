import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { Database } from '#lib/server/database/open.ts';
import { findSource } from '#lib/server/facts/sources.ts';
import type { IntakeDesk, Taken } from '#lib/server/intake/desk.ts';
import { UNDECIDED } from '#lib/server/intake/decided.ts';
import { openDesk } from '#lib/server/intake/desk/open-desk.ts';
import { emptyMapping } from '#lib/server/intake/spreadsheet/guess.ts';
import { mappingOf, readDraft } from '#lib/server/intake/spreadsheet/mapping-form.ts';
import { surveySource } from '#lib/server/intake/spreadsheet/survey-source.ts';
import { writeFindingsCsv } from '#lib/server/outlet/findings-csv.ts';
import { listEntries, type EntryFilter } from '#lib/server/ledger/entries-of-file.ts';
import { listImports, readImport } from '#lib/server/page/import.ts';
import { readMapping } from '#lib/server/page/mapping.ts';
import { listSources, setReleased } from '#lib/server/page/sources.ts';
import { sum } from '#lib/money/decimal.ts';
import { readCsvFile } from '../support/csv-file.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { bytesOf } from '../support/ledger-factory.ts';
import { LEDGER_ROWS, ledgerWorkbook, PAYEE } from '../support/partner-files.ts';
import { createReporter, type Reporter } from '../support/reports.ts';
import { piecesOf } from '../support/sheet-reading.ts';

const EVERYTHING: EntryFilter = {
	kind: null,
	booked: null,
	heading: null,
	from: null,
	to: null,
	undated: null
};
const NOTHING_ASKED = { sheet: null, row: null, reporter: null };

describeOnBothEngines('the pages of intake', (_engine, fresh) => {
	let database: Database;
	let desk: IntakeDesk;
	let reporter: Reporter;
	let run = 0;

	beforeAll(async () => {
		database = await fresh();
		desk = await openDesk(database, { dataDir: 'memory://', maxBytes: 3_000_000, takesUp: false });
		return () => desk.close();
	});
	beforeEach(async () => {
		reporter = await createReporter(database.db);
		run++;
	});

	const workbook = (rows = LEDGER_ROWS) => ({
		name: 'ledger.xlsx',
		mediaType: 'application/octet-stream',
		bytes: piecesOf(ledgerWorkbook(rows.map((row) => ({ ...row, voucher: `${run}-${row.voucher}` })))),
		receivedBy: 'upload' as const,
		released: false
	});
	const sourceOf = async ({ outcome, ...taken }: Taken) => {
		if (!('sha256' in taken)) throw new Error(outcome);
		return (await findSource(database.db, taken.sha256))!;
	};
	/** Reads a workbook as the mapping page's form says when it is sent as it is offered, with what it cannot know. */
	const map = async (source: Awaited<ReturnType<typeof sourceOf>>) => {
		const { draft } = await readMapping(database.db, source, NOTHING_ASKED, null);
		const form = new FormData();
		for (const [name, text] of Object.entries(draft)) if (typeof text === 'string') form.set(name, text);
		for (const [column, use] of Object.entries(draft.columns)) form.set(`column:${column}`, use);
		// Where most of its days are none, a column is not taken for one of days.
		form.set('column:1', 'date');
		for (const [field, text] of Object.entries({
			...draft.constants,
			reporter: reporter.key,
			activity: reporter.key,
			kind: '4'
		}))
			form.set(`constant:${field}`, text);
		const survey = await surveySource(database.db, source);
		const read = mappingOf(
			readDraft(form),
			survey.sheets.find(({ name }) => name === draft.sheet)!
		);
		if (!('mapping' in read)) throw new Error(JSON.stringify(read));
		const taken = await desk.read(source.source_id, {
			format: 'ledger-sheet',
			options: { mapping: read.mapping }
		});
		if (!('importId' in taken)) throw new Error(taken.outcome);
		await desk.settled(taken.importId);
		return { importId: taken.importId, outcome: taken.outcome, mapping: read.mapping };
	};

	test('a workbook is looked over once for all who ask, and forgotten when its bytes are gone', async () => {
		const source = await sourceOf(await desk.take(workbook()));
		const [first, other] = await Promise.all([
			surveySource(database.db, source),
			surveySource(database.db, source)
		]);
		expect(first.sheets.map(({ name }) => name)).toContain('GL extract');
		expect(other).toBe(first);
		expect(await surveySource(database.db, source)).toBe(first);
		await database.db.deleteFrom('source_chunk').where('source_id', '=', source.source_id).execute();
		expect((await surveySource(database.db, source)).sheets).toEqual([]);
	});

	test('a workbook is offered with its columns and examples, without those of a masked one', async () => {
		const source = await sourceOf(await desk.take(workbook()));
		const shown = await readMapping(database.db, source, NOTHING_ASKED, null);
		expect(shown.sheets.map(({ name }) => name)).toEqual(['Read me', 'GL extract']);
		expect(shown.draft).toMatchObject({ sheet: 'GL extract', headerRow: '4', numberStyle: 'comma point' });
		expect(shown.columns[2]).toEqual({ column: 3, letters: 'C', header: 'Payee', examples: [] });
		expect(shown.columns[5]!.examples).toEqual(['1.234,56', '700,00', '1.250,00']);
		expect(shown.problems.map(({ field }) => field)).toEqual(['reporter', 'activity', 'kind']);
		expect(JSON.stringify(shown)).not.toContain(PAYEE);
		expect(shown.activities.map(({ key }) => key)).toContain(reporter.key);
	});

	test('another row of headings, or another sheet, is looked at when it is asked for', async () => {
		const source = await sourceOf(await desk.take(workbook()));
		const row = await readMapping(database.db, source, { ...NOTHING_ASKED, row: '1' }, null);
		expect(row.draft.headerRow).toBe('1');
		expect(row.columns[0]!.header).toContain('General ledger extract');
		const sheet = await readMapping(database.db, source, { ...NOTHING_ASKED, sheet: 'Read me' }, null);
		expect(sheet.draft.sheet).toBe('Read me');
		const none = await readMapping(database.db, source, { ...NOTHING_ASKED, row: '900' }, null);
		expect(none.problems.map(({ code }) => code)).toContain('no-such-row');
	});

	test('the same file is read again as it was last; a mapped one that comes again is identical', async () => {
		const source = await sourceOf(await desk.take(workbook()));
		const first = await map(source);
		const again = await readMapping(database.db, source, NOTHING_ASKED, first.mapping);
		expect(again.draft.constants).toMatchObject({ reporter: reporter.key, kind: '4' });
		expect(again.questions).toEqual([]);
		const known = { outcome: 'identical', importId: first.importId };
		expect(await desk.take(workbook())).toMatchObject(known);
		await desk.accept(first.importId, UNDECIDED);
		expect(await desk.settled(first.importId)).toBe('posted');
		expect(await desk.take(workbook())).toMatchObject(known);
		expect((await map(source)).outcome).toBe('identical');
		expect(await desk.reject(first.importId, 'posted ones cannot be')).not.toBeNull();
		const other = { ...emptyMapping('GL extract'), constants: { reporter: reporter.key } };
		expect(
			await desk.read(source.source_id, { format: 'ledger-sheet', options: { mapping: other } })
		).toMatchObject({ outcome: 'reading' });
	});

	test('a rejected reading is none to be identical to', async () => {
		const source = await sourceOf(await desk.take(workbook()));
		const { importId } = await map(source);
		await desk.reject(importId, 'not ours');
		expect(await desk.take(workbook())).toMatchObject({ outcome: 'stored', reason: 'mapping-needed' });
	});

	test('each part of a preview and of a posted file is made of entries that add up to it', async () => {
		const source = await sourceOf(await desk.take(workbook()));
		const { importId } = await map(source);
		const read = async () => {
			const [line] = await listImports(database.db, source.source_id);
			return readImport(database.db, line!, { severity: null, rule: null }, null, null);
		};
		const checkParts = async () => {
			const shown = await read();
			const { byMonth, byHeading } = shown.preview!;
			expect([byMonth.length, byHeading.length]).toEqual([3, 2]);
			for (const part of byMonth) {
				const month = { from: `${part.part}-01`, to: `${part.part}-28` };
				const { entries } = await listEntries(
					database.db,
					shown,
					{ ...EVERYTHING, ...month, kind: part.kind, booked: part.currency },
					{ after: null, limit: 50 }
				);
				expect([entries.length, sum(entries.map(({ amount }) => amount))]).toEqual([part.count, part.sum]);
			}
			for (const part of byHeading) {
				const { entries } = await listEntries(
					database.db,
					shown,
					{ ...EVERYTHING, heading: part.part },
					{ after: null, limit: 50 }
				);
				expect(sum(entries.map(({ amount }) => amount))).toBe(part.sum);
			}
			return shown;
		};
		expect((await checkParts()).posting_no).toBeNull();
		await desk.accept(importId, UNDECIDED);
		await desk.settled(importId);
		const posted = await checkParts();
		expect(posted).toMatchObject({ state: 'posted', undone_by: null });
		const page = (after: string | null) => listEntries(database.db, posted, EVERYTHING, { after, limit: 2 });
		const first = await page(null);
		const second = await page(first.next);
		const third = await page(second.next);
		expect([first, second, third].map(({ entries }) => entries.length)).toEqual([2, 2, 1]);
		expect(third.next).toBeNull();
		for (const { entry } of first.entries) expect(entry).toMatch(/^\d+-\d+$/);
		const undated = { ...EVERYTHING, undated: 'month' as const };
		expect((await listEntries(database.db, posted, undated, { after: null, limit: 9 })).entries).toEqual([]);
	});

	test('findings are written as a table that no program runs, and that gives back what was read', async () => {
		const dangerous = ['=1+1', '+1', '-1-1', '@SUM(1)', "'quoted", 'a "b", c'];
		const rows = dangerous.map((date, index) => ({ ...LEDGER_ROWS[0]!, voucher: `F${index}`, date }));
		const source = await sourceOf(await desk.take(workbook([LEDGER_ROWS[0]!, LEDGER_ROWS[1]!, ...rows])));
		const { importId } = await map(source);
		const response = writeFindingsCsv(database.exports, importId, 'ledger "of" ours.xlsx');
		expect(response.headers.get('content-disposition')).toBe(
			'attachment; filename="findings-ledger_of_ours.xlsx.csv"'
		);
		const text = await response.text();
		expect(text).not.toContain(PAYEE);
		for (const cell of text.split(/,|\r\n/)) expect(cell).not.toMatch(/^"?[=+@-]/);
		const read = readCsvFile(text).filter(({ rule }) => rule === 'not-a-date');
		expect(read.map(({ read: what }) => what)).toEqual(dangerous);
	});

	test('files are listed to who may see them, the latest first', async () => {
		const taken = await desk.take({ ...reporter.file('mine.csv', 2), bytes: bytesOf(reporter.text(2)) });
		const source = await sourceOf(taken);
		if ('importId' in taken) await desk.settled(taken.importId);
		const list = (all: boolean) => listSources(database.db, { all, demonstration: true, after: null });
		const isListed = async (all: boolean) =>
			(await list(all)).sources.some(({ sha256 }) => sha256 === source.sha256);
		expect([await isListed(true), await isListed(false)]).toEqual([true, false]);
		expect((await list(true)).sources[0]!.sha256).toBe(source.sha256);
		await setReleased(database.db, source.sha256, true);
		expect(await isListed(false)).toBe(true);
		await setReleased(database.db, source.sha256, false);
		expect(await isListed(false)).toBe(false);
	});
});
