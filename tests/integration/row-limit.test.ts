import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAccess } from '#lib/server/access/access.ts';
import { readConfiguration } from '#lib/server/configuration.ts';
import type { Database } from '#lib/server/database/open.ts';
import { startRuntime, type Runtime } from '#lib/server/runtime.ts';
import { GET as activitiesXml } from '../../src/routes/activities.xml/+server.ts';
import { GET as auditCsv } from '../../src/routes/audit.csv/+server.ts';
import { GET as auditZip } from '../../src/routes/audit.zip/+server.ts';
import { GET as changesCsv } from '../../src/routes/changes.csv/+server.ts';
import { GET as agreementCsv } from '../../src/routes/projects/[id]/agreement.csv/+server.ts';
import { GET as agreementXlsx } from '../../src/routes/projects/[id]/agreement.xlsx/+server.ts';
import { GET as projectXml } from '../../src/routes/projects/[id].xml/+server.ts';
import { GET as metadata } from '../../src/routes/transactions.csv-metadata.json/+server.ts';
import { GET as csv } from '../../src/routes/transactions.csv/+server.ts';
import { GET as json } from '../../src/routes/transactions.json/+server.ts';
import { GET as xlsx } from '../../src/routes/transactions.xlsx/+server.ts';
import { GET as xml } from '../../src/routes/transactions.xml/+server.ts';
import { API_ORIGIN, askApi } from '../support/api-asking.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { anAgreementRule, anEntry, postRecords } from '../support/ledger-factory.ts';
import { createWorld, type World } from '../support/ledger-world.ts';
import { askRoute } from '../support/route-asking.ts';

const TOKEN = 'a-token-that-only-the-test-has';
const MOST = 5;
const BEARER = { authorization: `Bearer ${TOKEN}` };

type Headers = Record<string, string>;

describeOnBothEngines('more rows than anyone may take away', (_engine, fresh) => {
	let database: Database;
	let runtime: Runtime;
	let world: World;
	/** Seven entries, of which four were posted first: three were added since. */
	const all = () => `portfolio=${world.portfolio}&measure=spent`;
	const some = () => `${all()}&to=2017-03-04`;

	const start = async (most: number) =>
		startRuntime(
			{ ...database, close: async () => {} },
			readConfiguration({
				ORIGIN: API_ORIGIN,
				API_REQUESTS_PER_MINUTE: '0',
				PORTFOLIO: world.portfolio,
				REPORTING_ORG: 'XX-TEST-1',
				EXPORT_MAX_ROWS: String(most)
			}),
			{ access: createAccess(TOKEN, API_ORIGIN) }
		);
	beforeAll(async () => {
		database = await fresh();
		world = await createWorld(database.db);
		const entry = (day: number) =>
			anEntry(
				{
					reporter: world.reporters[0]!,
					activity: world.activities[0]!.key,
					project: world.projects[0]!,
					reference: `V${day}`
				},
				{
					agreement: world.agreements[0]!,
					dateFrom: `2017-03-0${day}`,
					dateTo: `2017-03-0${day}`
				}
			);
		const rule = anAgreementRule('A rule', world.agreements[0]!, { base: 'agreement' });
		await postRecords(database.db, 'published', [rule, ...[1, 2, 3, 4].map(entry)]);
		await postRecords(database.db, 'published', [5, 6, 7].map(entry));
		runtime = await start(MOST);
	});
	afterAll(async () => {
		await runtime?.close();
	});

	const ask = (get: unknown, address: string, headers: Headers = {}, params: Record<string, string> = {}) =>
		askRoute<Response>(get, address, { headers, params, visitor: '192.0.2.7' });
	const files = () =>
		[
			['/transactions.csv', csv, all(), {}],
			['/transactions.xlsx', xlsx, all(), {}],
			['/transactions.json', json, all(), {}],
			['/transactions.xml', xml, all(), {}],
			['/audit.zip', auditZip, `${all()}&seed=1&size=3`, {}],
			['/audit.csv', auditCsv, `${all()}&seed=1&size=7`, {}],
			['/changes.csv', changesCsv, `${all()}&since=1`, {}],
			['/activities.xml', activitiesXml, `portfolio=${world.portfolio}`, {}],
			[`/projects/P.xml`, projectXml, '', { id: world.projects[0]! }],
			[`/projects/P/agreement.csv`, agreementCsv, '', { id: world.projects[0]! }],
			[`/projects/P/agreement.xlsx`, agreementXlsx, '', { id: world.projects[0]! }]
		] as const;

	test('every download of them is refused with the limit, their number and what to do', async () => {
		for (const [path, get, query, params] of files()) {
			const response = await ask(get, `${path}?${query}`, {}, params);
			expect(response.status, path).toBe(403);
			expect(response.headers.get('cache-control'), path).toBe('private, no-store');
			const { error } = (await response.json()) as { error: Record<string, string> };
			expect(error.code, path).toBe('too_many_rows');
			expect(error.message, path).toBe(
				`7 rows were asked for. Without the token of this installation at most ${MOST} are given.`
			);
			expect(error.what_to_do, path).toMatch(/Narrow the question.*Authorization: Bearer/);
		}
	});

	test('whoever gives the token has them all, and no cache keeps them', async () => {
		for (const [path, get, query, params] of files()) {
			const response = await ask(get, `${path}?${query}`, BEARER, params);
			expect(response.status, path).toBe(200);
			expect(response.headers.get('cache-control'), path).toBe('private, no-store');
			await response.arrayBuffer();
		}
		const pass = runtime.access.exchange(TOKEN, '192.0.2.7');
		if ('refused' in pass) throw new Error(pass.refused);
		const { name, value } = pass.cookie;
		const cookie = `${name}=${value}`;
		const address = `/transactions.csv?${all()}`;
		const own = await ask(csv, address, { cookie, 'sec-fetch-site': 'same-origin' });
		expect([own.status, own.headers.get('x-row-count')]).toEqual([200, '7']);
		expect((await own.text()).trimEnd().split('\r\n')).toHaveLength(8);
		expect((await ask(csv, address, { cookie, 'sec-fetch-site': 'cross-site' })).status).toBe(403);
		expect((await ask(csv, address, { authorization: 'Bearer wrong' })).status).toBe(403);
	});

	test('as many rows as the limit, and what is told without rows, are for anyone', async () => {
		for (const [get, address] of [
			[csv, `/transactions.csv?${some()}`],
			[changesCsv, `/changes.csv?${all()}&since=2`],
			[auditCsv, `/audit.csv?${all()}&seed=1&size=5`],
			[metadata, `/transactions.csv-metadata.json?${all()}`]
		] as const) {
			const response = await ask(get, address);
			expect(response.status, address).toBe(200);
			expect(response.headers.get('cache-control'), address).toBeNull();
			await response.arrayBuffer();
		}
		const exactly = await ask(csv, `/transactions.csv?${all()}&to=2017-03-05`);
		expect([exactly.status, exactly.headers.get('x-row-count')]).toEqual([200, String(MOST)]);
	});

	test('a browser gets a page in the language of the address, with the way to the same question and to the token', async () => {
		for (const [prefix, lang, dir, words] of [
			['', 'en', 'ltr', 'at most 5 are given'],
			['/fr', 'fr', 'ltr', '5 au plus sont données'],
			['/ar', 'ar', 'rtl', 'لا يُعطى أكثر من']
		] as const) {
			const address = `${prefix}/transactions.csv?${all()}`;
			const response = await ask(csv, address, { accept: 'text/html,*/*' });
			expect([response.status, response.headers.get('content-type')]).toEqual([
				403,
				'text/html; charset=utf-8'
			]);
			const page = await response.text();
			expect(page).toContain(`<html lang="${lang}" dir="${dir}">`);
			expect(page).toContain(words);
			expect(page).not.toContain('Bearer');
			expect(page).toContain(`href="${prefix}/transactions?${all().replaceAll('&', '&#38;')}"`);
			expect(page).toContain(`href="${prefix}/sources"`);
		}
	});

	test('an address cannot put anything into that page', async () => {
		const response = await ask(csv, `/transactions.csv?${all()}&asof=2100-01-01&country=%22%3E%3Cscript%3E`, {
			accept: 'text/html'
		}).catch((error: unknown) => error as { status: number });
		expect(response.status).toBe(400);
		const page = await (
			await ask(csv, `/transactions.csv?${all()}&heading=none#"><script>`, { accept: 'text/html' })
		).text();
		expect(page).not.toContain('<script');
	});

	test('programs are told in the shape of every error, and are answered with the token', async () => {
		const address = `/api/v1/rows?${all()}&limit=2`;
		const refused = await askApi(address);
		expect([refused.status, refused.headers.get('cache-control')]).toEqual([403, 'no-store']);
		expect(await refused.json()).toEqual({
			error: {
				code: 'too_many_rows',
				message: `7 rows were asked for. Without the token of this installation at most ${MOST} are given.`,
				what_to_do: expect.stringContaining('Authorization: Bearer') as string
			}
		});
		const given = await askApi(address, { headers: BEARER });
		expect([given.status, given.headers.get('cache-control')]).toEqual([200, 'private, no-store']);
		const few = await askApi(`/api/v1/rows?${some()}&limit=2`);
		expect([few.status, few.headers.get('cache-control')]).toEqual([200, 'no-cache']);
		expect((await askApi(`/api/v1/totals?${all()}`)).status).toBe(200);
	});

	test('too many wrong tokens are told to wait', async () => {
		const address = `/transactions.csv?${all()}`;
		for (let tries = 0; tries < 10; tries++)
			await ask(csv, address, { authorization: `Bearer wrong-${tries}` });
		const response = await ask(csv, address, BEARER);
		expect(response.status).toBe(429);
		expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
		expect(await response.json()).toMatchObject({ error: { code: 'too_many_wrong_tokens' } });
		const program = await askApi(`/api/v1/rows?${all()}`, { headers: BEARER, visitor: '192.0.2.7' });
		expect([program.status, program.headers.get('retry-after')]).toEqual([
			429,
			response.headers.get('retry-after')
		]);
	});

	test('without the setting nobody is refused', async () => {
		const unlimited = await start(0);
		try {
			for (const [path, get, query, params] of files()) {
				const response = await ask(get, `${path}?${query}`, {}, params);
				expect([path, response.status]).toEqual([path, 200]);
				await response.arrayBuffer();
			}
			expect((await askApi(`/api/v1/rows?${all()}`)).status).toBe(200);
		} finally {
			await unlimited.close();
			runtime = await start(MOST);
		}
	});
});
