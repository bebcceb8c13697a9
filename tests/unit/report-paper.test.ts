import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '#lib/server/outlet/report/manifest.ts';
import type { Report, ReportPart } from '#lib/server/outlet/report/report.ts';
import { writeReport, type MadeReport } from '#lib/server/outlet/report/write-report.ts';
import { readPdf, squeeze } from '../support/pdf-file.ts';

/** Texts that a typesetter could take for orders, or that no paper holds. */
const HOSTILE = [
	'#import "x": *',
	'#panic("no")',
	'$ sum_(i=1) $ and $x',
	'*strong* _emphasis_ `code` ~ @reference <label>',
	'= Heading',
	'- list / term: / \\ line',
	'#{ let a = 1 }',
	'"quoted", [bracket] (round) //comment',
	'https://example.org/#read("file")'
];

const table = (rows: string[][]): ReportPart => ({
	kind: 'table',
	title: 'By country',
	note: null,
	columns: [
		{ title: 'Country', unit: null, numeric: false, narrow: false },
		{ title: 'Spent', unit: 'EUR', numeric: true, narrow: false }
	],
	rows,
	total: ['Sum', '1.00']
});

const given = (parts: ReportPart[], change: Partial<Report> = {}): MadeReport => ({
	name: 'a-report',
	reference: 'https://example.org/c/AAAA-BBBB',
	report: {
		kind: 'Brief',
		title: 'A project',
		language: 'en',
		about: [
			{ term: 'As of', text: 'today' },
			{ term: 'Filter', text: 'all' }
		],
		mark: null,
		sections: [{ nature: 'published', heading: 'Published', explanation: null, parts }],
		...change
	},
	manifest: {
		kind: 'Brief',
		title: 'A project',
		language: 'en',
		address: 'https://example.org/brief.pdf',
		filter: 'all',
		as_of: null,
		data_version: '3.0',
		known_at: '2026-03-04T05:06:07.000Z',
		terms: '',
		figures: [],
		sources: [],
		rate_publishers: []
	}
});

const bytesOf = async (made: MadeReport) => new Uint8Array(await writeReport(made).arrayBuffer());
const read = async (made: MadeReport) => readPdf(await bytesOf(made));

describe('a report on paper', () => {
	test('is tagged, titled, in its language, dated by its data, and holds its manifest', async () => {
		const made = given([{ kind: 'text', text: 'Words.' }], { language: 'fr' });
		const response = writeReport(made);
		expect(response.headers.get('content-type')).toBe('application/pdf');
		expect(response.headers.get('content-language')).toBe('fr');
		const pdf = await readPdf(new Uint8Array(await response.arrayBuffer()));
		expect(pdf).toMatchObject({ title: 'A project: Brief', language: 'fr', tagged: true, accessible: true });
		expect(pdf.created).toContain('20260304');
		const manifest = pdf.attachments['manifest.json']!;
		expect(manifest).toBe(canonicalJson(made.manifest));
		const hash = createHash('sha256').update(manifest).digest('hex');
		expect(response.headers.get('x-manifest-sha256')).toBe(hash);
		expect(pdf.pages[0]).toContain(hash);
		expect(pdf.pages[0]).toContain('https://example.org/c/AAAA-BBBB');
		expect(pdf.pages[0]).toContain('Page 1 of 1');
	});

	test('is the same bytes from the same texts, whatever was set between, and 304 to who has them', async () => {
		const made = given([table([['Mali', '1.00']])]);
		const first = await bytesOf(made);
		await bytesOf(given([{ kind: 'text', text: 'another' }]));
		expect(Buffer.from(await bytesOf(made)).equals(Buffer.from(first))).toBe(true);
		const etag = writeReport(made).headers.get('etag')!;
		const again = new Request('https://example.org/', { headers: { 'if-none-match': etag } });
		expect(writeReport(made, again).status).toBe(304);
		const other = writeReport(given([{ kind: 'text', text: 'another' }]), again);
		expect(other.status).toBe(200);
	});

	test('takes every text as text', async () => {
		const parts: ReportPart[] = [
			table(HOSTILE.map((text) => [text, '1.00'])),
			{ kind: 'text', text: HOSTILE.join(' ') },
			{ kind: 'terms', heading: HOSTILE[0]!, terms: HOSTILE.map((text) => ({ term: text, text })) },
			{ kind: 'list', heading: HOSTILE[1]!, entries: HOSTILE.map((name) => ({ name, detail: name })) },
			{
				kind: 'figures',
				figures: HOSTILE.map((text) => ({ term: text, value: text, exact: text, note: text, form: 'words' }))
			}
		];
		const pdf = await read(given(parts, { title: HOSTILE[0]!, kind: HOSTILE[2]! }));
		expect(pdf.title).toBe(`${HOSTILE[0]}: ${HOSTILE[2]}`);
		const whole = pdf.pages.join(' ').replaceAll(' ', '');
		for (const text of HOSTILE) {
			const times = whole.split(text.replaceAll(' ', '')).length - 1;
			expect(times, text).toBeGreaterThan(5);
		}
	});

	test('holds halves of letters, control characters, other scripts and pictures of words without failing', async () => {
		const strange = ['a\ud800b', 'nul\u0000 and \u0007', 'مرحبا', '北京', 'x\u202ey', '\u{1f600}', ''];
		const pdf = await read(given([table(strange.map((text) => [text, '1.00']))], { title: '北京' }));
		expect(pdf).toMatchObject({ title: '北京: Brief', tagged: true });
		expect(pdf.pages[0]).toContain('nul and');
	});

	test('breaks a long table between rows, repeats its head, and marks each page where anything is invented', async () => {
		const rows = Array.from({ length: 180 }, (_, index) => [`Country number ${index}`, `${index}.00`]);
		const mark = { word: 'DEMONSTRATION', sentence: 'contains invented amounts' };
		const pdf = await read(
			given([], {
				mark,
				sections: [{ nature: 'demonstration', heading: 'Invented', explanation: null, parts: [table(rows)] }]
			})
		);
		expect(pdf.pages.length).toBeGreaterThan(2);
		pdf.pages.forEach((page, index) => {
			expect(page).toContain('DEMONSTRATION');
			expect(page).toContain(`Page ${index + 1} of ${pdf.pages.length}`);
			expect(page).toContain('Country Spent EUR'.split(' ')[1]!);
		});
		for (const [name, amount] of rows) {
			const holding = pdf.pages.filter((page) => page.includes(squeeze(`${name} ${amount}`)));
			expect(holding, name).toHaveLength(1);
		}
		expect(pdf.roles).toMatchObject({ TH: expect.any(Number) as number });
	});

	test('is valid with nothing in it', async () => {
		const empty = given([], { sections: [] });
		empty.reference = null;
		empty.manifest.data_version = null;
		empty.manifest.known_at = null;
		expect(await read(empty)).toMatchObject({
			accessible: true,
			pages: [expect.stringContaining('Page 1 of 1')]
		});
	});
});
