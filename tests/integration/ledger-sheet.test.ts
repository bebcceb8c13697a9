import type { Kysely } from 'kysely';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { DB } from '#lib/server/database/schema.ts';
import { compare } from '#lib/server/intake/compare.ts';
import { post } from '#lib/server/intake/post.ts';
import { receive } from '#lib/server/intake/receive.ts';
import { guessMapping } from '#lib/server/intake/spreadsheet/guess.ts';
import { findMapping, saveMapping } from '#lib/server/intake/spreadsheet/remembered.ts';
import { surveySpreadsheet } from '#lib/server/intake/spreadsheet/survey.ts';
import { stage } from '#lib/server/intake/stage.ts';
import { total } from '#lib/server/ledger/total.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { plainly, wholeOf } from '../support/ledger-slices.ts';
import { createWorld, type World } from '../support/ledger-world.ts';
import { piecesOf } from '../support/sheet-reading.ts';
import { workbookOf, type SheetCell } from '../support/workbook-file.ts';

const HEADER = ['Posting date', 'Voucher', 'Payee', 'Budget line', 'Amount'];
const row = (day: string, voucher: string, heading: string, amount: string): SheetCell[] => [
	{ date: day },
	voucher,
	'Somebody',
	heading,
	{ number: amount }
];
const monthOf = (...rows: SheetCell[][]) =>
	workbookOf({ sheets: [{ name: 'GL', rows: [['Ledger'], ['Currency: EUR'], HEADER, ...rows] }] });

describeOnBothEngines("a partner's workbook", (_engine, fresh) => {
	let db: Kysely<DB>;
	let world: World;
	beforeAll(async () => {
		({ db } = await fresh());
	});
	beforeEach(async () => {
		world = await createWorld(db);
	});

	/** Guesses how a workbook is read, adds what a person must say the first time, and stages it. */
	async function take(bytes: Buffer) {
		const reporter = world.reporters[0]!;
		const { mapping } = guessMapping(
			await surveySpreadsheet(piecesOf(bytes), 'gl.xlsx'),
			await findMapping(db, reporter)
		);
		const activity = world.activities[1]!;
		mapping.constants = {
			...mapping.constants,
			reporter,
			activity: activity.key,
			project: activity.project,
			kind: '4'
		};
		await saveMapping(db, reporter, mapping);
		const source = await receive(db, {
			name: 'gl.xlsx',
			mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
			bytes: piecesOf(bytes),
			receivedBy: 'upload',
			released: false
		});
		const staged = await stage(db, {
			sourceId: source.sourceId,
			nature: 'published',
			format: 'ledger-sheet',
			coverage: { complete: false },
			options: { fileName: 'gl.xlsx', nature: 'published', mapping }
		});
		return { ...staged, preview: await compare(db, staged.importId) };
	}

	test('in its own layout is guessed, previewed with its stated total, and posted', async () => {
		const { importId, preview, counts } = await take(
			monthOf(
				row('2017-03-08', 'V1', 'Staff', '10.01'),
				row('2017-03-09', 'V2', 'Travel', '-3.5'),
				row('2017-03-09', 'V2', 'Travel', '1'),
				['Total', null, null, null, { number: '7.51' }]
			)
		);
		expect(counts.findings).toEqual({ critical: 0, error: 0, warning: 1 });
		expect(preview.stated).toMatchObject([{ what: 'Total', stated: '7.51', found: '7.51', currency: 'EUR' }]);
		expect(preview.changes).toMatchObject({ added: 3, changed: 0 });
		await post(db, importId, { explanation: 'March' });
		expect(plainly(await total(db, wholeOf(world)))).toMatchObject({ amount: '7.51', entries: 3 });
		const rows = await db
			.selectFrom('ledger_entry')
			.select(['place', 'voucher', 'heading'])
			.where('voucher', '=', 'V1')
			.execute();
		expect(rows).toContainEqual({ place: 'gl.xlsx sheet GL row 4', voucher: 'V1', heading: 'Staff' });
	});

	test('that is corrected changes what it corrects; its layout was remembered', async () => {
		const first = await take(
			monthOf(row('2017-03-08', 'V1', 'Staff', '10'), row('2017-03-09', 'V2', 'Travel', '5'))
		);
		await post(db, first.importId, { explanation: 'first' });
		const second = await take(
			monthOf(row('2017-03-08', 'V1', 'Staff', '11'), row('2017-03-09', 'V2', 'Travel', '5'))
		);
		expect(second.preview.changes).toMatchObject({ added: 0, changed: 1, unchanged: 1 });
		await post(db, second.importId, { explanation: 'second' });
		expect(plainly(await total(db, wholeOf(world)))).toMatchObject({ amount: '16', entries: 2 });
	});

	test('whose rows are wrong is previewed with their places, and its good rows alone are posted', async () => {
		const { importId, counts, preview } = await take(
			monthOf(row('2017-03-08', 'V1', 'Staff', '10'), [
				{ date: '60' },
				'V2',
				'Somebody',
				'Travel',
				{ number: '5' }
			])
		);
		expect(counts.findings).toEqual({ critical: 0, error: 1, warning: 0 });
		expect(preview.refused).toEqual(['gl.xlsx sheet GL row 5']);
		const findings = await db
			.selectFrom('finding')
			.select(['severity', 'rule', 'place', 'was_read'])
			.where('import_id', '=', importId)
			.execute();
		expect(findings).toEqual([
			{ severity: 'error', rule: 'not-a-date', place: 'gl.xlsx sheet GL row 5 column A', was_read: '60' }
		]);
		await post(db, importId, { explanation: 'what is right' });
		expect(plainly(await total(db, wholeOf(world)))).toMatchObject({ amount: '10', entries: 1 });
	});

	test('leaves no trace of masked columns in the database', async () => {
		const { importId } = await take(monthOf(row('2017-03-08', 'V1', 'Staff', '10')));
		const staged = await db
			.selectFrom('staged_record')
			.selectAll()
			.where('import_id', '=', importId)
			.execute();
		const findings = await db.selectFrom('finding').selectAll().where('import_id', '=', importId).execute();
		expect(staged).toHaveLength(1);
		expect(JSON.stringify([staged, findings])).not.toContain('Somebody');
	});
});
