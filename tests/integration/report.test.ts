import { afterEach, beforeAll, expect, test } from 'vitest';
import { compare, divideHalfEven, multiply, roundHalfEven, sum } from '#lib/money/decimal.ts';
import { formatExact } from '#lib/money/format.ts';
import { getLocale, overwriteGetLocale } from '#lib/paraglide/runtime.js';
import type { Database } from '#lib/server/database/open.ts';
import { readOverview } from '#lib/server/page/overview.ts';
import type { SpendingPart } from '#lib/server/page/spending.ts';
import type { Manifest } from '#lib/server/outlet/report/manifest.ts';
import { writeReport } from '#lib/server/outlet/report/write-report.ts';
import { readFunderMoney } from '#lib/server/page/statement.ts';
import { total } from '#lib/server/ledger/total.ts';
import { readTransactions } from '#lib/server/page/transactions.ts';
import { readReference } from '#lib/slice/citation/citation.ts';
import { defaultSlice, readAddress } from '#lib/slice/codec.ts';
import type { Slice } from '#lib/slice/slice.ts';
import { valuesIn } from '#lib/slice/values.ts';
import { ISO_CODES } from '#lib/words/country-data.ts';
import { makeReport, type Drafting } from '../../src/routes/report/answer-report.ts';
import { draftOverview, draftProject } from '../../src/routes/report/brief.ts';
import { draftCountry } from '../../src/routes/report/country-brief.ts';
import { draftStatement } from '../../src/routes/report/statement.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { anActivity, anEntry, anOrganisation, aProject, postRecords } from '../support/ledger-factory.ts';
import { readPdf, squeeze } from '../support/pdf-file.ts';
import { askedOf } from '../support/question.ts';

const MARK = 'DEMONSTRATION';
const number = (amount: string) => squeeze(formatExact(amount, 'en', 2));

describeOnBothEngines('reports', (_engine, fresh) => {
	let database: Database;
	beforeAll(async () => {
		database = await fresh({ filled: true });
	});
	const before = getLocale;
	afterEach(() => overwriteGetLocale(before));

	async function questionOf(slice: Partial<Slice> = {}, demonstration = true, db = database.db) {
		const question = await askedOf(db, { slice, demonstration, fields: { since: null, status: null } });
		question.view.demonstration = demonstration ? 'on' : 'off';
		question.runtime.configuration.origin = 'https://portfolio.example.org';
		return question;
	}

	async function read(draft: Drafting, slice: Partial<Slice> = {}, demonstration = true, db = database.db) {
		const made = await makeReport(await questionOf(slice, demonstration, db), draft);
		const response = writeReport(made);
		const bytes = new Uint8Array(await response.arrayBuffer());
		const pdf = await readPdf(bytes);
		const manifest = JSON.parse(pdf.attachments['manifest.json']!) as Manifest;
		return { made, response, bytes, ...pdf, text: pdf.pages.join(' '), manifest };
	}

	const amounts = (parts: SpendingPart[]) => parts.flatMap(({ spent }) => spent?.amount ?? []);

	test('the brief is two accessible pages with the figures of the overview', async () => {
		const overview = await readOverview(await questionOf());
		if (overview.kind !== 'project') throw new Error('the portfolio has one project');
		const { totals, countries, providers, headings } = overview.spending!;
		const brief = await read(draftOverview);
		expect(brief).toMatchObject({ title: 'GLO.ACT: Steering committee brief', language: 'en' });
		expect(brief).toMatchObject({ tagged: true, accessible: true });
		expect(brief.pages).toHaveLength(2);
		brief.pages.forEach((page, index) => {
			expect(page).toContain(`Page ${index + 1} of 2`);
			expect(page).toContain(brief.response.headers.get('x-manifest-sha256'));
			expect(page).toContain(brief.made.reference);
			expect(page).toContain(MARK);
		});
		for (const amount of [
			...Object.values(totals).map((total) => total.amount!),
			...amounts(countries),
			...amounts(providers),
			...amounts(headings)
		])
			expect(brief.text).toContain(number(amount));
		expect(brief.text).toContain('By the end date, 31 July 2019, 100.0% of the time had passed');
		expect(brief.text).toContain('do not imply official endorsement or acceptance by the United Nations');
		expect(brief.text).toContain('not published');
		expect(brief.alternatives).toHaveLength(2);
		expect(brief.alternatives.join(' ')).toMatch(/Pakistan: \d+ activities/);
		expect(brief.alternatives.join(' ')).toContain('97.1% of the budget was spent');
		expect(brief.response.headers.get('content-disposition')).toContain('DEMONSTRATION-GLOACT-brief.pdf');
		expect(brief.response.headers.get('x-robots-tag')).toBe('noindex');
	});

	test('the report of a project shows on a map what was spent where, told from what was only shared out', async () => {
		const report = await read((question, stated) => draftProject(question, 'GLOACT', stated));
		expect(report).toMatchObject({ tagged: true, accessible: true });
		expect(report.alternatives).toHaveLength(3);
		const [map] = report.alternatives.filter((text) => text.includes('Spending by country'));
		expect(map).toMatch(/^DEMONSTRATION: .*Colombia: [^;]+, with a part that was apportioned by a key/);
		expect(report.text).toContain('UN Geodata, simplified');
		const formula = 'do not imply official endorsement or acceptance by the United Nations';
		expect(report.text.split(formula)).toHaveLength(3);
		for (const words of ['no project', 'lines over the colour: a part was apportioned by a key'])
			expect(report.text).toContain(words);
		const without = await read((question, stated) => draftProject(question, 'GLOACT', stated), {}, false);
		expect(without.alternatives).toHaveLength(1);
	});

	test('one state of the books gives the same bytes, also when its address names that state', async () => {
		const [first, second] = [await read(draftOverview), await read(draftOverview)];
		expect(Buffer.from(second.bytes).equals(Buffer.from(first.bytes))).toBe(true);
		const named = await read(draftOverview, { version: first.manifest.data_version });
		expect(Buffer.from(named.bytes).equals(Buffer.from(first.bytes))).toBe(true);
		expect(new URL(first.manifest.address).searchParams.get('version')).toBe(first.manifest.data_version);
	});

	test('every figure of the manifest has a proof at its data version, and none is of both natures', async () => {
		const { manifest } = await read(draftOverview);
		expect(manifest.figures.length).toBeGreaterThan(60);
		for (const { proof, nature } of manifest.figures) {
			const { slice, fields } = readReference(/\/c\/(.+)$/.exec(proof!)![1]!)!;
			expect(slice.version).toBe(manifest.data_version);
			if (fields.claim === null) expect(slice.nature).toBe(nature);
			else expect(nature).toBe('published');
		}
		const ofCountries = manifest.figures.filter(
			({ proof, label, unit }) =>
				unit === 'EUR' &&
				label.endsWith(': Spent') &&
				readReference(/\/c\/(.+)$/.exec(proof!)![1]!)!.slice.country !== null
		);
		const whole = manifest.figures.find(({ label }) => label === 'Total: Spent')!;
		expect(compare(sum(ofCountries.map(({ value }) => value!)), whole.value!)).toBe(0);
		expect(manifest.sources.every(({ sha256 }) => /^[0-9a-f]{64}$/.test(sha256))).toBe(true);
		expect(manifest.rate_publishers).toEqual(['Federal Reserve H.10 monthly average']);
	});

	test('as of a day it says what was known then, and before anything was known that nothing was', async () => {
		const then = await read(draftOverview, { asof: '2017-06-30' });
		expect(then.pages[0]).toContain('30 June 2017');
		expect(then.text).toContain('By 30 June 2017, 49.0% of the time had passed');
		expect(then.text).toContain('not loaded here before');
		expect(then.manifest.as_of).toBe('2017-06-30');
		const before = await read(draftOverview, { asof: '2015-08-01' });
		expect(before).toMatchObject({ accessible: true });
		expect(before.text).toContain('no demonstration entry');
	});

	test('without the demonstration nothing of it is on the paper', async () => {
		const brief = await read(draftOverview, {}, false);
		expect(brief.text).not.toContain(MARK);
		expect(brief.manifest.figures.every(({ nature }) => nature === 'published')).toBe(true);
		expect(brief.text).toContain('No spending has been published for GLO.ACT');
		expect(brief.response.headers.get('content-disposition')).toBe('attachment; filename="GLOACT-brief.pdf"');
		expect(brief.response.headers.get('x-robots-tag')).toBeNull();
	});

	test('in French it is French', async () => {
		overwriteGetLocale(() => 'fr');
		const brief = await read(draftOverview);
		expect(brief).toMatchObject({ language: 'fr', title: 'GLO.ACT: Note au comité de pilotage' });
		expect(brief.pages).toHaveLength(2);
		expect(brief.pages[1]).toContain('Page 2 sur 2');
		expect(brief.text).toContain('11 000 000,00 EUR');
		expect(brief.text).toContain('DÉMONSTRATION');
		expect(brief.manifest.address).toContain('/fr/brief.pdf');
	});

	test('the brief of all projects lists them without a total', async () => {
		const brief = await read(draftOverview, { portfolio: 'all' });
		expect(brief.text).toContain('There is no total');
		expect(brief.text).toContain('CAD 2 901 786.00');
		expect(brief.text).not.toContain(MARK);
	});

	test('a country: who did what, and its money by year, heading and partner', async () => {
		const brief = await read((question, stated) => draftCountry(question, 'ML', stated));
		expect(brief.title).toBe('Mali: Country brief, GLO.ACT');
		for (const words of ['Who does what', 'Measured', 'Apportioned', 'Bamako'])
			expect(brief.text + brief.alternatives.join(' ')).toContain(words);
		const outside = await read((question, stated) => draftCountry(question, 'AT', stated));
		expect(outside.text).toContain('Austria is not one of the countries');
		const refused = read((question, stated) => draftCountry(question, 'XX', stated));
		await expect(refused).rejects.toMatchObject({ status: 404 });
	});

	async function statementOfUnion() {
		const { organisation_id: id } = await database.db
			.selectFrom('organisation_version')
			.select('organisation_id')
			.where('name', '=', 'European Union')
			.executeTakeFirstOrThrow();
		const url = new URL(`https://portfolio.example.org/organisations/${id}.pdf`);
		const draft: Drafting = (question, stated) => draftStatement(question, { id, url }, stated);
		return { id, url, draft };
	}

	test('a funder: what it gave, what it paid for to the cent, on which basis, and a specimen to sign', async () => {
		const { id, url, draft } = await statementOfUnion();
		const statement = await read(draft);
		expect(statement.title).toBe('European Union: Contribution statement');
		const [line] = (await readFunderMoney(await questionOf(), id, 'demonstration')).contributions;
		for (const { amount } of Object.values(line!.sums)) expect(statement.text).toContain(number(amount!));
		for (const parts of [line!.paidFor.countries, line!.paidFor.headings]) {
			for (const amount of amounts(parts)) expect(statement.text).toContain(number(amount));
			expect(compare(sum(amounts(parts)), line!.sums.spent!.amount!)).toBe(0);
		}
		// Whoever signs has the amounts on the same sheet.
		expect(statement.pages[0]).toContain('Place and date');
		for (const words of [
			'Accrual basis',
			'State not stated',
			'Federal Reserve H.10 monthly average',
			'Place and date',
			'amounts that are invented must not be signed for'
		])
			expect(statement.text).toContain(words);
		const gone = read((question, stated) => draftStatement(question, { id: '999999', url }, stated));
		await expect(gone).rejects.toMatchObject({ status: 404 });
	});

	test('in euro and in dollars two statements agree through the rates that both show, and the exchange line', async () => {
		const { id, draft } = await statementOfUnion();
		const [euro, dollars] = [await read(draft), await read(draft, { currency: 'USD' })];
		expect(dollars.text).toContain('amounts in USD');
		expect(euro.text).toMatch(new RegExp(`/ ?organisations/${id}\\.pdf\\?version=[\\d.]+&currency=USD`));
		const [line] = (await readFunderMoney(await questionOf(), id, 'demonstration')).contributions;
		for (const statement of [euro, dollars]) {
			const { figures } = statement.manifest;
			const stated = (label: string) => figures.find((figure) => figure.label === label)!.value!;
			for (const [name, measure] of [
				['Committed', 'contribution_committed'],
				['Received', 'received'],
				['Used', 'spent'],
				['Returned', 'returned']
			] as const) {
				// As a reader does it with the paper: each amount in euro at the rate beside it, to the cent.
				const atRates = figures.flatMap(({ label, value }) => {
					const rate = new RegExp(`^${name}: .+, 1 (EUR|USD) = ([\\d.]+) (?:EUR|USD)$`).exec(label);
					return rate ? [{ euro: value!, base: rate[1]!, units: rate[2]! }] : [];
				});
				const converted = atRates.map(({ euro: amount, base, units }) =>
					base === 'USD' ? divideHalfEven(amount, units, 2) : roundHalfEven(multiply(amount, units), 2)
				);
				const eur = await total(database.db, { ...line!.slice, measure });
				const usd = await total(database.db, { ...line!.slice, measure, currency: 'USD' });
				expect(atRates.length, name).toBeGreaterThan(0);
				expect(compare(sum(atRates.map(({ euro: amount }) => amount)), eur.amount!), name).toBe(0);
				expect([stated(`${name}: EUR`), stated(`${name}: USD`)]).toEqual([eur.amount, usd.amount]);
				expect(stated(`${name}: At the rates below`)).toBe(sum(converted));
				const exchange = stated(`${name}: Exchange line`);
				expect(compare(sum([...converted, exchange]), usd.amount!), name).toBe(0);
				// Cents of rounding, not a way to hide what is missing.
				expect(compare(exchange.replace('-', ''), '5')).toBe(-1);
				for (const amount of [eur.amount!, usd.amount!, exchange])
					expect(statement.text).toContain(number(amount));
			}
			const balance = ['At the rates below', 'Exchange line'].map((part) => stated(`Balance: ${part}`));
			expect(compare(sum(balance), stated('Balance: USD'))).toBe(0);
			expect(balance[0]).toBe(divideHalfEven(stated('Balance: EUR'), '0.892', 2));
			expect(statement.text).toContain('1 USD = 0.9093 EUR');
			expect(statement.text).toContain('1 USD = 0.8980 EUR');
			expect(statement.text).toContain('Published by: Federal Reserve H.10 monthly average');
			expect(statement.text).toContain('1 July 2015');
			expect(statement.pages[0]).toContain('Place and date');
		}
	});

	test('a running project whose spending is published is judged, carries no mark, and any name is only a name', async () => {
		const { db } = await fresh();
		const year = new Date().getUTCFullYear();
		const [start, end] = [`${year - 2}-01-01`, `${year + 1}-12-31`];
		const name = '#import "x": * $ \\ <b> = مرحبا';
		const identity = { reporter: 'PDF-REPORTER', activity: 'PDF-A', project: 'PDF' };
		const entry = (change: Parameters<typeof anEntry>[1]) =>
			anEntry(identity, { dateFrom: start, dateTo: start, ...change });
		await postRecords(db, 'published', [
			anOrganisation('PDF-REPORTER'),
			aProject('PDF', {
				name,
				shortName: name,
				start,
				startPrecision: 'day',
				end,
				endPrecision: 'day',
				status: '2'
			}),
			anActivity('PDF-A', 'PDF')
		]);
		// More headings and countries than have room: the rest stands in one row.
		const countries = (ISO_CODES.match(/[A-Z]{5}/g) ?? []).map((codes) => codes.slice(3));
		await postRecords(db, 'published', [
			entry({ reference: 'B', entryKind: 'budget', amount: '9000.00', dateTo: end, datePrecision: 'period' }),
			...Array.from({ length: 70 }, (_, index) =>
				entry({
					reference: `S${index}`,
					amount: '1.01',
					heading: `heading-${index}`,
					countries: [{ country: countries[index]!, percentage: '100' }]
				})
			)
		]);
		const draft: Drafting = (question, stated) => draftProject(question, 'PDF', stated);
		const brief = await read(draft, { portfolio: 'all' }, true, db);
		expect(brief.title).toContain('#import "x": * $ \\ <b> =');
		expect(brief.text).not.toContain(MARK);
		expect(brief.text).toContain('Spending runs behind time.');
		expect(brief.text).toContain('70.70');
		expect(brief.text).toContain('10 others 10.10');
		// Booked for each country itself: nothing on the map is said to be apportioned, and nothing is marked.
		expect(brief.alternatives.some((text) => text.startsWith('Spending by country'))).toBe(true);
		expect(brief.text).not.toContain('apportioned by a key');
		// What has no room opens as well: the countries as one slice, the headings as a table that has them all.
		const others = brief.manifest.figures.filter(({ label }) => label.includes('10 others: Spent'));
		const [ofCountries, ofHeadings] = others;
		expect(others.map(({ value, unit }) => [value, unit])).toEqual([
			['10.10', 'EUR'],
			['10.10', 'EUR']
		]);
		const { slice } = readReference(/\/c\/(.+)$/.exec(ofCountries!.proof!)![1]!)!;
		expect(valuesIn(slice, 'country')).toHaveLength(10);
		expect(await total(db, slice)).toMatchObject({ amount: '10.10', entries: 10 });
		const { pathname, searchParams } = new URL(ofHeadings!.proof!);
		const address = readAddress(searchParams, defaultSlice('gloact'), ['open']);
		if ('error' in address) throw new Error(address.error.parameter);
		expect(pathname).toBe('/transactions');
		const { grouped } = await readTransactions({
			...(await askedOf(db, { fields: { open: null } })),
			...address
		});
		expect(grouped).toMatchObject({ dimension: 'heading', count: 70, next: null });
		expect(sum(grouped!.groups.map(({ sum: one }) => one.amount!))).toBe('70.70');
		for (const { proof } of brief.manifest.figures) expect(proof).not.toBeNull();
		const gone: Drafting = (question, stated) => draftProject(question, 'NOPE', stated);
		await expect(read(gone, {}, true, db)).rejects.toMatchObject({ status: 404 });
	});
});
