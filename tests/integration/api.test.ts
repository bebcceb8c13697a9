import { safeParse } from 'valibot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sum } from '#lib/money/decimal.ts';
import { ENDPOINTS } from '#lib/server/api/endpoints.ts';
import { examplesOf } from '#lib/server/api/openapi.ts';
import { ANSWERS, answerName, INDEX, REFUSAL } from '#lib/server/api/schema.ts';
import { readConfiguration } from '#lib/server/configuration.ts';
import type { Database } from '#lib/server/database/open.ts';
import { breakdown } from '#lib/server/ledger/breakdown.ts';
import { total } from '#lib/server/ledger/total.ts';
import { writeAnnexCsv } from '#lib/server/outlet/annex/annex-csv.ts';
import { openAnnex } from '#lib/server/outlet/annex/annex.ts';
import { openChanges, writeChangesCsv } from '#lib/server/outlet/changes-csv.ts';
import { listDictionary, writeDictionaryCsv } from '#lib/server/outlet/dictionary.ts';
import { openExtract } from '#lib/server/outlet/extract.ts';
import { writeTransactionsCsv } from '#lib/server/outlet/transactions-csv.ts';
import { writeTransactionsJson } from '#lib/server/outlet/transactions-json.ts';
import { setReleased } from '#lib/server/page/sources.ts';
import { startRuntime, type Runtime } from '#lib/server/runtime.ts';
import { defaultSlice } from '#lib/slice/codec.ts';
import { againstDocument, API_ORIGIN, askApi } from '../support/api-asking.ts';
import { readCsvFile } from '../support/csv-file.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { askedOf } from '../support/question.ts';

const SITE = { origin: API_ORIGIN, portfolio: 'gloact' };
const SLICE = { ...defaultSlice('gloact'), nature: 'demonstration' } as const;

type Answer = {
	demonstration?: true;
	data: Record<string, unknown>[];
	next: { after: string; address: string } | null;
	nature: string;
	data_version: string;
	error: { code: string; parameter?: string; value?: string; what_to_do: string };
};
const read = async (response: Response) => (await response.json()) as Answer;

describeOnBothEngines('what programs are answered', (_engine, fresh) => {
	let database: Database;
	let runtime: Runtime;
	let document: Awaited<ReturnType<typeof againstDocument>>;
	const settings = (more: Record<string, string> = {}) =>
		readConfiguration({ ORIGIN: API_ORIGIN, API_REQUESTS_PER_MINUTE: '0', ...more });

	beforeAll(async () => {
		database = await fresh({ filled: true });
		// The database is closed by who opened it.
		runtime = await startRuntime({ ...database, close: async () => {} }, settings());
		document = await againstDocument();
	});
	afterAll(async () => {
		await runtime?.close();
		document?.close();
	});
	/** The same with other settings, for one test. */
	const withSettings = async (more: Record<string, string>, ask: () => Promise<void>) => {
		const other = await startRuntime({ ...database, close: async () => {} }, settings(more));
		try {
			await ask();
		} finally {
			await other.close();
			runtime = await startRuntime({ ...database, close: async () => {} }, settings());
		}
	};

	const examples = ENDPOINTS.flatMap((endpoint) =>
		examplesOf(endpoint, true).map((address) => [address, endpoint.name] as const)
	);
	test.each(examples)('%s is answered as the document says', async (address, name) => {
		const response = await askApi(address);
		const answer = await read(response);
		expect(response.status, JSON.stringify(answer).slice(0, 400)).toBe(200);
		const { issues } = safeParse(ANSWERS[name], answer);
		expect(
			issues?.map(({ message, path }) => `${path?.map(({ key }) => String(key)).join('.')}: ${message}`)
		).toBeUndefined();
		expect(await document.fits(answerName(name), answer)).toBe(true);
		const isInvented = address.includes('nature=demonstration');
		expect(Object.keys(answer)[0]).toBe(isInvented ? 'demonstration' : 'slice');
		expect(answer.nature).toBe(isInvented ? 'demonstration' : 'published');
		expect(response.headers.get('x-robots-tag')).toBe(isInvented ? 'noindex' : null);
		expect(response.headers.get('access-control-allow-origin')).toBe('*');
		expect(response.headers.get('access-control-allow-credentials')).toBeNull();
	});

	test('the list of addresses, and the document, are answered', async () => {
		const index = await (await askApi('/api/v1')).json();
		expect(safeParse(INDEX, index).success).toBe(true);
		expect(await document.fits('Index', index)).toBe(true);
		const openapi = (await (await askApi('/api/v1/openapi.json')).json()) as { openapi: string };
		expect(openapi.openapi).toBe('3.1.0');
	});

	test('a figure and its parts are those of the pages', async () => {
		const figure = await total(database.db, SLICE);
		const totals = await read(await askApi('/api/v1/totals?nature=demonstration'));
		expect(totals.data).toMatchObject({ amount: figure.amount, entries: figure.entries, currency: 'EUR' });
		const parts = await breakdown(database.db, SLICE, ['country', 'year']);
		const cut = await read(
			await askApi('/api/v1/breakdowns?nature=demonstration&by=country,year&limit=1000')
		);
		expect(cut.data.map(({ amount }) => amount)).toEqual(parts.map(({ amount }) => amount));
		expect(sum(cut.data.map(({ amount }) => (amount as string | null) ?? '0'))).toBe(figure.amount);
	});

	test('rows come page by page, each once, and are those of the download', async () => {
		const query = 'nature=demonstration&country=ML';
		const found: Record<string, unknown>[] = [];
		let address: string | undefined = `/api/v1/rows?${query}&limit=37`;
		while (address !== undefined) {
			const page: Answer = await read(await askApi(address));
			found.push(...page.data);
			address = page.next?.address;
		}
		const download = (await writeTransactionsJson(
			await openExtract(database.db, { ...SLICE, country: 'ML' }, SITE)
		).json()) as { rows: Record<string, string | null>[] };
		expect(found.length).toBeGreaterThan(37);
		expect(found.map(({ proof: _, ...row }) => row)).toEqual(download.rows);
		expect(found[0]!.proof).toBe(`${API_ORIGIN}/transactions/${String(found[0]!.entry)}`);
	});

	test.each(['activities', 'organisations', 'results', 'sources'])(
		'%s come page by page, each once',
		async (name) => {
			const nature = name === 'sources' ? 'nature=demonstration&' : '';
			const keysOf = async (limit: number) => {
				const keys: string[] = [];
				let address: string | undefined = `/api/v1/${name}?${nature}limit=${limit}`;
				while (address !== undefined) {
					const page: Answer = await read(await askApi(address));
					keys.push(...page.data.map((row) => JSON.stringify(row)));
					address = page.next?.address;
				}
				return keys;
			};
			const whole = await keysOf(1000);
			expect(whole.length).toBeGreaterThan(1);
			expect(await keysOf(Math.ceil(whole.length / 3))).toEqual(whole);
			expect(new Set(whole).size).toBe(whole.length);
		}
	);

	test('an answer that is held still is answered 304 without being made', async () => {
		for (const address of [
			'/api/v1/totals',
			'/api/v1/rates?nature=demonstration',
			'/api/v1/sources',
			'/api/v1'
		]) {
			const first = await askApi(address);
			const etag = first.headers.get('etag')!;
			const again = await askApi(address, { headers: { 'if-none-match': etag } });
			expect([again.status, await again.text()], address).toEqual([304, '']);
			// A cache in front marks what it compressed.
			const marked = etag.replace(/"$/, '-br"');
			expect((await askApi(address, { headers: { 'if-none-match': marked } })).status).toBe(304);
		}
		const [one, other] = await Promise.all(
			['/api/v1/totals', '/api/v1/totals?country=ML'].map((address) => askApi(address))
		);
		expect(one!.headers.get('etag')).not.toBe(other!.headers.get('etag'));
		expect(one!.headers.get('etag')).toContain(runtime.dataVersion());
	});

	test.each([
		['/api/v1/totals?country=mali', 400, 'parameter_not_a_country', 'country'],
		['/api/v1/totals?colour=red', 400, 'parameter_unknown', 'colour'],
		['/api/v1/totals?sort=amount', 400, 'parameter_unknown', 'sort'],
		['/api/v1/totals?limit=3', 400, 'parameter_unknown', 'limit'],
		['/api/v1/rows?limit=1001', 400, 'parameter_too_long_a_page', 'limit'],
		['/api/v1/rows?after=2017', 400, 'parameter_not_a_cursor', 'after'],
		['/api/v1/breakdowns', 400, 'parameter_empty', 'by'],
		['/api/v1/breakdowns?by=week', 400, 'parameter_not_one_of', 'by'],
		['/api/v1/breakdowns?by=year&after=g9999', 400, 'parameter_not_a_cursor', 'after'],
		['/api/v1/sources?after=x', 400, 'parameter_not_a_cursor', 'after'],
		['/api/v1/activities?measure=budget', 400, 'parameter_unknown', 'measure'],
		['/api/v1/activities?nature=demonstration', 400, 'published_only', 'nature'],
		['/api/v1/countries?country=ML', 400, 'parameter_unknown', 'country'],
		['/api/v1/openapi.json?x=1', 400, 'parameter_unknown', 'x'],
		['/api/v1/rows?project=NOTHING', 404, 'unknown_key', 'project'],
		['/api/v1/activities?organisation=99999999', 404, 'unknown_key', 'organisation'],
		['/api/v1/totals?portfolio=nothing', 404, 'unknown_key', 'portfolio'],
		['/api/v1/totals?nature=demonstration&demonstration=off', 404, 'demonstration_off', 'nature'],
		['/api/v1/nowhere', 404, 'unknown_address', undefined],
		['/api/v1/totals/deeper', 404, 'unknown_address', undefined],
		['/api/v1/__proto__', 404, 'unknown_address', undefined]
	])('%s is refused with %i %s', async (address, status, code, parameter) => {
		const response = await askApi(address);
		const refusal = await read(response);
		expect([response.status, refusal.error.code, refusal.error.parameter]).toEqual([status, code, parameter]);
		expect(safeParse(REFUSAL, refusal).success).toBe(true);
		expect(await document.fits('Refusal', refusal)).toBe(true);
		expect(refusal.error.what_to_do).not.toBe('');
		expect(response.headers.get('access-control-allow-origin')).toBe('*');
	});

	test('nothing can be written, and browsers are told so beforehand', async () => {
		for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
			const response = await askApi('/api/v1/totals', { method });
			expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
			expect(await document.fits('Refusal', await response.json())).toBe(true);
		}
		const preflight = await askApi('/api/v1/totals', { method: 'OPTIONS' });
		expect([preflight.status, preflight.headers.get('access-control-allow-methods')]).toEqual([
			204,
			'GET, HEAD, OPTIONS'
		]);
		expect((await askApi('/api/v1/totals', { method: 'HEAD' })).status).toBe(200);
	});

	test('who asks too often is told when to come back; others are answered', async () => {
		await withSettings({ API_REQUESTS_PER_MINUTE: '2' }, async () => {
			const statuses = [];
			for (let time = 0; time < 2; time++) statuses.push((await askApi('/api/v1')).status);
			const refused = await askApi('/api/v1');
			statuses.push(refused.status, (await askApi('/api/v1', { visitor: '10.0.0.1' })).status);
			expect(statuses).toEqual([200, 200, 429, 200]);
			expect(refused.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
			const refusal = await read(refused);
			expect(refusal.error.code).toBe('too_many_requests');
			expect(await document.fits('Refusal', refusal)).toBe(true);
		});
	});

	test('a demonstration that is switched off is never answered, and no file of it is named', async () => {
		await withSettings({ DEMONSTRATION: 'off' }, async () => {
			for (const name of ['totals', 'rows', 'checks', 'sources', 'rates']) {
				const response = await askApi(`/api/v1/${name}?nature=demonstration`);
				expect([response.status, (await read(response)).error.code], name).toEqual([
					404,
					'demonstration_off'
				]);
			}
			const { data } = await read(await askApi('/api/v1/sources'));
			expect(data.filter(({ nature }) => nature === 'demonstration')).toEqual([]);
		});
	});

	test('a private file is not named, at once and without a posting', async () => {
		const names = async () => (await read(await askApi('/api/v1/sources'))).data.map(({ sha256 }) => sha256);
		const [first] = await names();
		await setReleased(database.db, String(first), false);
		expect(await names()).not.toContain(first);
		await setReleased(database.db, String(first), true);
		expect(await names()).toContain(first);
	});

	test('books that hold nothing are told as such, with when to come back', async () => {
		const empty = await fresh();
		const other = await startRuntime({ ...empty, close: async () => {} }, settings());
		const response = await askApi('/api/v1/totals');
		await other.close();
		runtime = await startRuntime({ ...database, close: async () => {} }, settings());
		const refusal = await read(response);
		expect([response.status, refusal.error.code, response.headers.get('retry-after')]).toEqual([
			503,
			'nothing_loaded',
			'5'
		]);
		expect(await document.fits('Refusal', refusal)).toBe(true);
	});

	describe('the data dictionary', () => {
		test('has a line for every column of the database, each with its meaning', async () => {
			const tables = await listDictionary(database.db);
			const own = tables.filter(({ part }) => part === 'database');
			expect(own.length).toBeGreaterThan(60);
			expect(own.filter(({ note }) => note === '').map(({ title }) => title)).toEqual([]);
			const bare = tables.flatMap(({ title, lines }) =>
				lines
					.filter(({ meaning, type }) => meaning === '' || type === '')
					.map(({ name }) => `${title}.${name}`)
			);
			expect(bare).toEqual([]);
		});

		test('has a line for every column of the files of rows, in their order', async () => {
			const tables = await listDictionary(database.db);
			const files = {
				transactions: writeTransactionsCsv(await openExtract(database.db, SLICE, SITE)),
				changes: writeChangesCsv(await openChanges(database.db, SLICE, '1', SITE)),
				annex: writeAnnexCsv(
					await openAnnex(database.db, await askedOf(database.db), {
						key: 'GLOACT',
						state: { version: null, knownAt: null },
						site: SITE
					})
				)
			};
			for (const [id, file] of Object.entries(files)) {
				const head = (await file.text()).split('\r\n', 1)[0]!;
				const { lines } = tables.find((table) => table.id === id)!;
				expect(lines.map(({ name }) => name).join(','), id).toBe(head);
				expect(lines.filter(({ origin, absence }) => origin === '' || absence === '')).toEqual([]);
			}
		});

		test('is a file as well, of the same lines', async () => {
			const lines = readCsvFile(await (await writeDictionaryCsv(database.db)).text());
			const tables = await listDictionary(database.db);
			expect(lines.length).toBe(tables.reduce((count, { lines: own }) => count + own.length, 0));
			expect(lines.find(({ column }) => column === 'amount_in_slice')).toMatchObject({
				part: 'download',
				unit: 'slice_currency'
			});
		});
	});
});
