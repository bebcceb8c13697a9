import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { compare, sum } from '#lib/money/decimal.ts';
import { formatExact } from '#lib/money/format.ts';
import { getLocale, overwriteGetLocale } from '#lib/paraglide/runtime.js';
import type { Database } from '#lib/server/database/open.ts';
import { writeAnnexCsv } from '#lib/server/outlet/annex/annex-csv.ts';
import { writeAnnexXlsx } from '#lib/server/outlet/annex/annex-xlsx.ts';
import { openAnnex } from '#lib/server/outlet/annex/annex.ts';
import type { Manifest } from '#lib/server/outlet/report/manifest.ts';
import { writeReport } from '#lib/server/outlet/report/write-report.ts';
import { readAgreementPage } from '#lib/server/page/agreement.ts';
import { fixQuestion } from '#lib/server/page/report.ts';
import { readReference } from '#lib/slice/citation/citation.ts';
import type { Slice } from '#lib/slice/slice.ts';
import { draftAnnex } from '../../src/routes/report/annex.ts';
import { makeReport } from '../../src/routes/report/answer-report.ts';
import { readCsvFile } from '../support/csv-file.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import {
	anActivity,
	anAgreement,
	anAgreementRule,
	anEntry,
	anInstalment,
	anOrganisation,
	aProject,
	postRecords
} from '../support/ledger-factory.ts';
import { readPdf, squeeze } from '../support/pdf-file.ts';
import { askedOf } from '../support/question.ts';
import { piecesOf, readAll } from '../support/sheet-reading.ts';

const ORIGIN = 'https://portfolio.example.org';
const RULE = 'DEMO-EU-UNODC-2';
const MARK = 'DEMONSTRATION';
const number = (amount: string) => squeeze(formatExact(amount, 'en', 2));

type Asking = { slice?: Partial<Slice>; demonstration?: boolean; key?: string };

describeOnBothEngines('the annex to a request for payment', (_engine, fresh) => {
	let database: Database;
	beforeAll(async () => {
		database = await fresh({ filled: true });
	});
	const before = getLocale;
	afterEach(() => overwriteGetLocale(before));

	async function questionOf({ slice = {}, demonstration = true }: Asking) {
		const question = await askedOf(database.db, { slice, demonstration });
		question.view.demonstration = demonstration ? 'on' : 'off';
		question.runtime.configuration.origin = ORIGIN;
		return question;
	}
	const pageOf = async (asking: Asking) =>
		readAgreementPage(await questionOf(asking), asking.key ?? 'GLOACT');

	async function annexOf(asking: Asking) {
		const { question, state } = await fixQuestion(await questionOf(asking));
		const site = { origin: ORIGIN, portfolio: 'gloact' };
		return openAnnex(database.db, question, { key: asking.key ?? 'GLOACT', state, site });
	}
	async function csvOf(asking: Asking) {
		const response = writeAnnexCsv(await annexOf(asking));
		const text = await response.text();
		return { headers: response.headers, text, rows: readCsvFile(text) };
	}
	/** Each sheet as records by the names in its first row. */
	async function workbookOf(asking: Asking) {
		const response = writeAnnexXlsx(await annexOf(asking));
		const bytes = new Uint8Array(await response.arrayBuffer());
		const { sheets } = await readAll(piecesOf(bytes), 'f.xlsx');
		const records: Record<string, Record<string, string>[]> = {};
		for (const name of sheets) {
			const { texts, findings } = await readAll(piecesOf(bytes), 'f.xlsx', [name]);
			expect(findings).toEqual([]);
			const [head = [], ...rows] = texts;
			records[name] = rows.map((row) => Object.fromEntries(head.map((key, at) => [key, row[at] ?? ''])));
		}
		return { headers: response.headers, sheets, records };
	}
	async function pdfOf(asking: Asking) {
		const made = await makeReport(await questionOf(asking), (question, stated) =>
			draftAnnex(question, asking.key ?? 'GLOACT', stated)
		);
		const response = writeReport(made);
		const pdf = await readPdf(new Uint8Array(await response.arrayBuffer()));
		const manifest = JSON.parse(pdf.attachments['manifest.json']!) as Manifest;
		return { made, response, ...pdf, text: pdf.pages.join(' '), manifest };
	}
	const add = (amounts: (string | undefined)[]) => sum(amounts.map((amount) => amount!));

	test.each([null, '2017-06-30', '2018-05-01'])(
		'its rows add up to the page, in every format, as of %s',
		{ tags: 'nightly' },
		async (asof) => {
			const asking = { slice: { asof } };
			const { paymentRules } = await pageOf(asking);
			expect(paymentRules.map(({ rule }) => rule.key)).toEqual([RULE]);
			const { measured, rule } = paymentRules[0]!;
			const counted = measured.counted!;

			const csv = await csvOf(asking);
			expect(compare(add(csv.rows.map((row) => row.amount_in_slice)), counted)).toBe(0);
			expect(csv.headers.get('x-control-total')).toBe(`EUR ${counted}`);
			expect(csv.headers.get('x-row-count')).toBe(String(csv.rows.length));
			expect(new Set(csv.rows.map((row) => row.entry)).size).toBe(csv.rows.length);
			for (const row of csv.rows) {
				expect(row).toMatchObject({ nature: 'demonstration', agreement_rule: RULE, counting: 'counted' });
				expect(rule.kinds as string[]).toContain(row.kind);
				expect(row.source_sha256).toMatch(/^[0-9a-f]{64}$/);
			}
			for (const { slice, total } of measured.terms.counted) {
				const own = csv.rows.filter(({ kind, basis }) => kind === kindOf(slice) && basis === slice.basis);
				expect(own).toHaveLength(total.entries);
				expect(compare(add(['0', ...own.map((row) => row.amount_in_slice)]), total.amount ?? '0')).toBe(0);
			}

			const { records, sheets } = await workbookOf(asking);
			expect(sheets.slice(0, 3)).toEqual([`${MARK} data`, 'rules', 'filters and totals']);
			const data = records[`${MARK} data`]!;
			expect(data).toHaveLength(csv.rows.length);
			expect(compare(add(data.map((row) => row.amount_in_slice)), counted)).toBe(0);
			const figures = records.rules!.filter((row) => row.agreement_rule === RULE);
			const figure = (name: string) => figures.find((row) => row.figure === name)!.value!;
			for (const name of ['counted', 'threshold', 'distance', 'base', 'share'] as const)
				expect(compare(figure(name), measured[name]!)).toBe(0);
			const parts = figures.filter((row) => row.figure === 'counted_part' && row.value !== '');
			expect(compare(add(parts.map((row) => row.value)), counted)).toBe(0);
			const control = records['filters and totals']!.find(({ What }) => What?.includes(RULE))!;
			expect(compare(control.Number!, counted)).toBe(0);

			const pdf = await pdfOf(asking);
			for (const amount of [counted, measured.threshold!, measured.base!])
				expect(pdf.text).toContain(number(amount));
			expect(pdf.text).toContain(number(measured.distance!.replace('-', '')));
			const stated = pdf.manifest.figures.filter(({ proof }) => proofOf(proof)?.formula === 'rule_counted');
			const own = stated.filter(({ proof }) => proofOf(proof)?.rule === RULE);
			expect(own.map(({ value }) => value)).toEqual([counted, counted]);
		}
	);

	test('it is an accessible paper with its reference, manifest and number on each page', async () => {
		const pdf = await pdfOf({ slice: { asof: '2017-06-30' } });
		expect(pdf).toMatchObject({ title: 'GLO.ACT: Annex to the request for payment', tagged: true });
		expect(pdf).toMatchObject({ accessible: true, language: 'en' });
		pdf.pages.forEach((page, index) => {
			expect(page).toContain(`Page ${index + 1} of ${pdf.pages.length}`);
			expect(page).toContain(pdf.made.reference!);
			expect(page).toContain(pdf.response.headers.get('x-manifest-sha256')!);
			expect(page).toContain(MARK);
		});
		const reference = readReference(pdf.made.reference!.split('/c/')[1]!)!;
		expect(reference.fields).toMatchObject({ formula: 'rule_counted', agreement_rule: RULE });
		expect(reference.slice.version).toBe(pdf.manifest.data_version);
		for (const words of [
			'DEMO-EU-UNODC',
			'Demonstration article 2',
			'all earlier instalments + 70% of the last instalment',
			'The next instalment, not received by that day: no. 3, EUR 2 600 000.00',
			'The threshold is reached on 26 April 2018',
			'Method: what counted in the last twelve months',
			'The latest rows that count',
			'Transferred inside the project',
			'must not be signed for'
		])
			expect(pdf.text.toLowerCase()).toContain(words.toLowerCase());
		expect(pdf.manifest.figures).toContainEqual(
			expect.objectContaining({ unit: 'date', value: '2018-04-26' })
		);
		for (const { proof } of pdf.manifest.figures)
			expect(proof).toMatch(
				/^https:\/\/portfolio\.example\.org\/(c\/|transactions\/\d+-\d+|sources\/[0-9a-f]{64})/
			);
		expect(pdf.response.headers.get('content-disposition')).toContain('DEMONSTRATION-GLOACT-annex.pdf');
	});

	test('one state of the books gives the same bytes', async () => {
		const [first, second] = [await csvOf({}), await csvOf({})];
		expect(second.text).toBe(first.text);
		const version = first.headers.get('x-data-version')!;
		expect((await csvOf({ slice: { version } })).text).toBe(first.text);
		expect(first.headers.get('x-slice')).toBe(`${ORIGIN}/projects/GLOACT/agreement?version=${version}`);
	});

	test('with the demonstration hidden there are heads without rows, and the paper says what is not published', async () => {
		const asking = { demonstration: false };
		expect((await pageOf(asking)).paymentRules).toEqual([]);
		const csv = await csvOf(asking);
		expect(csv.rows).toEqual([]);
		expect(csv.text).toMatch(/^agreement_rule,rule,rule_article,reached_with,nature,.*\r\n$/);
		expect(csv.headers.get('x-row-count')).toBe('0');
		expect(csv.headers.get('x-control-total')).toBe('');
		expect(csv.headers.get('content-disposition')).toBe('attachment; filename="GLOACT-annex.csv"');
		expect(csv.headers.get('x-robots-tag')).toBeNull();
		const { records, sheets } = await workbookOf(asking);
		expect(sheets.join()).not.toContain(MARK);
		expect([records.data, records.rules]).toEqual([[], []]);
		const pdf = await pdfOf(asking);
		expect(pdf.text).not.toContain(MARK);
		expect(pdf.text).toContain('Not published: no page read holds the agreement');
		expect(pdf.text).toContain('EUR 10 million');
	});

	test('before its agreement was known it says so, and holds no row', async () => {
		const asking = { slice: { asof: '2015-08-01' } };
		expect((await csvOf(asking)).rows).toEqual([]);
		expect((await pdfOf(asking)).text).toContain('On 1 August 2015 no agreement was known here yet');
	});

	test('in French it is French; a project that is not known is not found', async () => {
		overwriteGetLocale(() => 'fr');
		const pdf = await pdfOf({ slice: { asof: '2017-06-30' } });
		expect(pdf.title).toBe('GLO.ACT: Annexe à la demande de paiement');
		expect(pdf.text).toContain('le seuil est atteint le 26 avril 2018');
		expect(pdf.manifest.address).toContain('/fr/projects/GLOACT/agreement.pdf?');
		await expect(pdfOf({ key: 'NOPE' })).rejects.toMatchObject({ status: 404 });
		await expect(annexOf({ key: 'NOPE' })).rejects.toMatchObject({ status: 404 });
	});

	describe('of a published agreement', () => {
		const key = 'ANNEX';
		const asking = { key, slice: { portfolio: 'all' } };
		beforeAll(async () => {
			const identity = { reporter: key, activity: key, project: key };
			const spent = (on: string, amount: string, currency = 'EUR') =>
				anEntry(
					{ ...identity, reference: `${on} ${amount}` },
					{ agreement: key, amount, currency, dateFrom: on, dateTo: on }
				);
			await postRecords(database.db, 'published', [
				anOrganisation(key),
				aProject(key),
				anActivity(key, key),
				anAgreement(key, key, { start: '2026-01-01', end: '2099-12-31' }),
				anAgreementRule(`=${key}`, key, { article: '=HYPERLINK("x"), "quoted"' }),
				anAgreementRule(`${key}-2`, key, { base: 'agreement', value: '0.05' }),
				anInstalment(1, key, { receivedOn: '2026-03-01' }),
				anEntry(
					{ ...identity, reference: 'R1' },
					{ entryKind: '1', agreement: key, amount: '1000.00', dateFrom: '2026-03-01', dateTo: '2026-03-01' }
				),
				spent('2026-03-10', '600.00'),
				spent('2026-03-20', '100.00'),
				spent('2026-03-21', '5.01'),
				spent('2026-03-22', '7.00', 'XOF')
			]);
		});

		test('names the row with which the threshold was reached, once for each rule, and adds no two rules', async () => {
			const { rows, headers, text } = await csvOf(asking);
			const { paymentRules } = await pageOf(asking);
			expect(paymentRules).toHaveLength(2);
			for (const { rule, measured, deciding } of paymentRules) {
				const own = rows.filter((row) => row.agreement_rule === rule.key);
				const amounts = own.map((row) => row.amount_in_slice).filter((amount) => amount !== '');
				expect(compare(add(amounts), measured.counted!)).toBe(0);
				expect(own.filter((row) => row.reached_with === 'yes').map(({ entry }) => entry)).toEqual([
					deciding!.reachedBy
				]);
			}
			expect(headers.get('x-control-total')).toBe('EUR 705.01, EUR 705.01');
			expect(headers.get('x-unconverted')).toBe('XOF 7.00, XOF 7.00');
			expect(text).toContain(`'=${key},instalment_threshold,"'=HYPERLINK(""x""), ""quoted""",`);
			const { sheets, records } = await workbookOf(asking);
			expect(sheets[0]).toBe('data');
			expect(records.data).toHaveLength(rows.length);
		});

		test('stands on paper without a mark of the demonstration, with a place to sign', async () => {
			const pdf = await pdfOf(asking);
			expect(pdf.text).not.toContain(MARK);
			expect(pdf.text).toContain('=HYPERLINK("x"), "quoted"');
			expect(pdf.text).toContain('The rows that decided');
			expect(pdf.text).toContain('With this row the threshold was reached');
			expect(pdf.text).toContain('It becomes part of a request for payment when it is signed');
			expect(pdf.manifest.figures.every(({ nature }) => nature === 'published')).toBe(true);
		});
	});
});

const kindOf = (slice: Slice) => (slice.measure === 'disbursement' ? '3' : '4');

function proofOf(proof: string | null) {
	const reference = proof?.split('/c/')[1];
	const read = reference === undefined ? null : readReference(reference);
	return read && { formula: read.fields.formula, rule: read.fields.agreement_rule };
}
