import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { compare, sum } from '#lib/money/decimal.ts';
import type { Plan } from '#lib/sample/plan.ts';
import type { Database } from '#lib/server/database/open.ts';
import { listChecks } from '#lib/server/ledger/checks/list.ts';
import { total } from '#lib/server/ledger/total.ts';
import { openAudit, readSample, type Audit } from '#lib/server/outlet/audit/audit.ts';
import { hashPack, writeAuditPack } from '#lib/server/outlet/audit/pack.ts';
import { writeSampleCsv } from '#lib/server/outlet/audit/sample-csv.ts';
import { readAudit } from '#lib/server/page/audit.ts';
import { readTransactions } from '#lib/server/page/transactions.ts';
import { defaultSlice } from '#lib/slice/codec.ts';
import type { Slice } from '#lib/slice/slice.ts';
import type { PageFields } from '#lib/slice/view.ts';
import { accept } from '../support/comparing.ts';
import { readCsvFile } from '../support/csv-file.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { anEntry, postRecords } from '../support/ledger-factory.ts';
import { recordsOf, steps } from '../support/ledger-generator.ts';
import { readNumbers, slicesOf, wholeOf, withoutZeros } from '../support/ledger-slices.ts';
import { createWorld, type World } from '../support/ledger-world.ts';
import { askedOf } from '../support/question.ts';
import { putIntoFolder, readArchive, runVerify } from '../support/unpack.ts';

const SITE = { origin: 'https://portfolio.example.org', portfolio: 'gloact' };
const ADDRESS = `${SITE.origin}/audit`;
const INVENTED: Slice = { ...defaultSlice('gloact'), nature: 'demonstration' };
const SEED = '2019-07-31 4-6-1';
const PLANS: Plan[] = [
	{ seed: SEED, method: 'random', size: 20 },
	{ seed: SEED, method: 'stratified', size: 30, by: 'country' },
	{ seed: SEED, method: 'stratified', size: 3, by: 'provider' },
	{ seed: SEED, method: 'monetary', size: 25, interval: null },
	{ seed: SEED, method: 'monetary', size: null, interval: '250000.00' }
];
const FIELDS = { method: 'random', size: 25, interval: null, strata: null, seed: null, hash: null } as const;

const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const packOf = async (audit: Audit) =>
	Buffer.from(await (await writeAuditPack(audit, ADDRESS)).arrayBuffer());
const failed = (lines: readonly string[]) => lines.filter((line) => line.startsWith('FAIL'));

/** What one engine drew and packed, for the other to compare itself with. */
const earlier = new Map<string, string>();

describeOnBothEngines('the auditor’s desk', (_engine, fresh) => {
	let database: Database;
	const auditOf = (plan: Plan, slice: Slice = INVENTED) => openAudit(database.db, slice, plan, SITE);
	const page = async (
		fields: Partial<Pick<PageFields, keyof typeof FIELDS>> = {},
		slice: Partial<Slice> = { nature: 'demonstration' }
	) => readAudit(await askedOf(database.db, { slice, fields: { ...FIELDS, ...fields } }));

	beforeAll(async () => {
		database = await fresh({ filled: true });
	});

	test('has the population of the list of transactions: its count and control total', async () => {
		for (const slice of [{}, { country: 'ML' }, { measure: 'received' as const }, { heading: 'travel' }]) {
			const asked = { nature: 'demonstration' as const, ...slice };
			const { total: population } = await page({}, asked);
			const list = await readTransactions(
				await askedOf(database.db, { slice: asked, fields: { open: null } })
			);
			expect(population).toEqual(list.total);
			const files = readArchive(await packOf(await auditOf(PLANS[0]!, { ...INVENTED, ...slice })));
			const rows = readCsvFile(files.get('population.csv')!.toString());
			expect(rows.length).toBe(list.total.entries);
			expect(withoutZeros(sum(rows.map((row) => row.amount_in_slice!)))).toBe(
				withoutZeros(list.total.amount!)
			);
			expect(list.rows.every((row) => rows.some(({ entry }) => entry!.endsWith(`-${row.entry_id}`)))).toBe(
				true
			);
		}
	});

	test('draws nothing without a seed, and nothing of what is not published', async () => {
		expect((await page()).sample).toBeNull();
		const published = await page({ seed: SEED }, {});
		expect([published.sample, published.empty]).toEqual([null, 'nothing_published']);
	});

	test('draws the same again, and on the other engine', async () => {
		for (const plan of PLANS) {
			const keysOf = async () => (await readSample(await auditOf(plan), false)).map(({ key }) => key);
			const keys = (await keysOf()).join();
			expect(await keysOf()).toEqual(keys.split(','));
			const name = JSON.stringify(plan);
			expect(keys).toBe(earlier.get(name) ?? keys);
			earlier.set(name, keys);
		}
	});

	test('shows the rows that it drew, in the order of the population, with their sum', async () => {
		const { sample } = await page({ seed: SEED, method: 'monetary', size: 40 });
		expect(sample!.items.length).toBe(40);
		const numbers = sample!.items.map(({ number }) => number);
		expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
		expect(sum(sample!.items.map(({ row }) => row.amount_in_slice!))).toBe(sample!.total.amount);
		const { money } = sample!.design;
		for (const { chosen, row } of sample!.items)
			expect(compare(row.amount_in_slice!, money!.interval!) >= 0).toBe(chosen.how === 'top');
		expect(sum([money!.whole.amount, money!.rest])).toBe(money!.positive.amount);
	});

	test('gives a pack that its own script verifies with nothing but Node, whatever the method', async () => {
		for (const plan of PLANS) {
			const files = readArchive(await packOf(await auditOf(plan)));
			const { code, lines } = await runVerify(putIntoFolder(files));
			expect(failed(lines), JSON.stringify(plan)).toEqual([]);
			expect(lines.filter((line) => line.startsWith('PASS')).length).toBeGreaterThan(18);
			expect(code).toBe(0);
		}
	});

	test(
		'gives a pack of which every change of a byte or a row is found and named',
		{ tags: 'nightly' },
		async () => {
			const files = readArchive(await packOf(await auditOf(PLANS[3]!)));
			const changed = async (name: string, change: (text: string) => string) => {
				const text = files.get(name)!.toString();
				expect(change(text)).not.toBe(text);
				const { code, lines } = await runVerify(
					putIntoFolder(new Map(files).set(name, Buffer.from(change(text))))
				);
				expect(code).toBe(1);
				return failed(lines);
			};
			for (const name of files.keys()) {
				if (name === 'manifest.json' || name === 'verify.mjs') continue;
				const found = await changed(name, (text) => `${text.slice(0, -3)}x${text.slice(-2)}`);
				expect(found[0], name).toContain(`${name}: SHA-256 is `);
			}
			const line = (text: string, number: number) => text.split('\r\n')[number]!;
			const without = (number: number) => (text: string) => text.replace(`${line(text, number)}\r\n`, '');
			const lost = await changed('population.csv', without(7));
			expect(lost.join('\n')).toMatch(/numbered from 1.*row 7\n/);
			expect(lost.join('\n')).toContain('items, ');
			expect(lost.join('\n')).toContain('control total');
			const unsampled = await changed('sample.csv', without(3));
			expect(unsampled.join('\n')).toMatch(/FAIL {2}sample\.csv: the items that the seed .*row 3 is item/);
			const renamed = await changed('sources.csv', (text) =>
				text.replace(/\b[0-9a-f]{64}\b/, '0'.repeat(64))
			);
			expect(renamed.join('\n')).toContain('sources.csv: what the rows of the population refer to: ');
			const undescribed = await changed('dictionary.csv', (text) =>
				text.replace('population.csv,entry,', 'population.csv,other,')
			);
			expect(undescribed.join('\n')).toContain('what every column means: entry of population.csv');
			const seeded = await changed('manifest.json', (text) => text.replace(SEED, 'another'));
			expect(seeded.join('\n')).toContain('the items that the seed "another" draws');
			const gone = new Map(files);
			gone.delete('rates.csv');
			expect((await runVerify(putIntoFolder(gone))).lines).toContain('FAIL  all files are there: rates.csv');
		}
	);

	test(
		'gives the same bytes in ten runs and on both engines, with the hash that it shows',
		{ tags: 'nightly' },
		async () => {
			// What is published is known since it was loaded here: only the invented books have a history of their own.
			const slice = { ...INVENTED, country: 'ML', asof: '2018-12-31' };
			const hashes = new Set<string>();
			for (let run = 0; run < 10; run++) {
				const response = await writeAuditPack(await auditOf(PLANS[1]!, slice), ADDRESS);
				const hash = createHash('sha256');
				for await (const chunk of response.body!) {
					hash.update(chunk);
					if (run % 4 === 0) await new Promise((resolve) => setTimeout(resolve, 2));
				}
				hashes.add(hash.digest('hex'));
				const digest = Buffer.from([...hashes][0]!, 'hex').toString('base64');
				expect(response.headers.get('repr-digest')).toBe(`sha-256=:${digest}:`);
			}
			expect(hashes.size).toBe(1);
			const [only] = hashes;
			expect(only).toBe(earlier.get('pack') ?? only);
			earlier.set('pack', only!);
			expect((await hashPack(await auditOf(PLANS[1]!, slice), ADDRESS)).sha256).toBe(only);
		}
	);

	test('says of the pack what it is of, and marks invented rows everywhere', async () => {
		const audit = await auditOf(PLANS[0]!);
		const response = await writeAuditPack(audit, ADDRESS);
		expect(response.headers.get('content-disposition')).toContain('filename="DEMONSTRATION-audit-spent.zip"');
		expect(response.headers.get('x-robots-tag')).toBe('noindex');
		const bytes = Buffer.from(await response.arrayBuffer());
		expect(response.headers.get('content-length')).toBe(String(bytes.length));
		const files = readArchive(bytes);
		const manifest = JSON.parse(files.get('manifest.json')!.toString()) as Record<string, unknown> & {
			files: { name: string; sha256: string; bytes: number }[];
			sampling: { amount: string };
		};
		expect(Object.keys(manifest)[0]).toBe('DEMONSTRATION');
		expect(files.get('README.txt')!.toString()).toMatch(/^DEMONSTRATION: /);
		const { entries, amount } = await total(database.db, INVENTED);
		expect(manifest).toMatchObject({
			address: ADDRESS,
			slice_currency: 'EUR',
			population: { nature: 'demonstration', items: entries, control_total: amount, unconverted: [] },
			sampling: { method: 'random', seed: SEED, size: 20, drawn: 20 }
		});
		expect(manifest.files.map(({ name }) => name)).toEqual(
			[...files.keys()].filter((name) => name !== 'manifest.json')
		);
		for (const { name, sha256, bytes: size } of manifest.files)
			expect([name, sha256, size]).toEqual([name, hashOf(files.get(name)!), files.get(name)!.length]);

		const csv = await writeSampleCsv(audit).text();
		expect(csv).toBe(files.get('sample.csv')!.toString());
		expect(withoutZeros(sum(readCsvFile(csv).map((row) => row.amount_in_slice!)))).toBe(
			withoutZeros(manifest.sampling.amount)
		);
		const checks = readCsvFile(files.get('checks.csv')!.toString());
		expect(checks.length).toBe((await listChecks(database.db, INVENTED)).length);
	});

	test('refuses what would be no sample, naming the parameter', async () => {
		const refused = (parameter: string, reason: string) =>
			expect.objectContaining({ status: 400, body: expect.objectContaining({ parameter, reason }) });
		await expect(
			readAudit(await askedOf(database.db, { view: { sort: 'amount' }, fields: FIELDS }))
		).rejects.toEqual(refused('sort', 'unknown'));
		const some = await total(database.db, INVENTED);
		if (some.entries > 5000)
			await expect(page({ seed: SEED, method: 'monetary', interval: '0.01' })).rejects.toEqual(
				refused('interval', 'too_large')
			);
		expect(some.entries).toBeGreaterThan(100);
	});

	test('an error breaks the transfer of a pack, and a reader that goes away ends it', async () => {
		const audit = await auditOf(PLANS[0]!);
		let ended = 0;
		const watched = (fails: boolean): Audit => ({
			...audit,
			extract: {
				...audit.extract,
				// More than a small population, so that nothing is packed before it is sent.
				pinned: { ...audit.extract.pinned, total: { ...audit.extract.pinned.total, entries: 1_000_000 } },
				async *lines(more) {
					try {
						for await (const batch of audit.extract.lines(more)) {
							yield batch;
							if (fails) throw new Error('the database has gone');
						}
					} finally {
						ended++;
					}
				}
			}
		});
		const broken = await writeAuditPack(watched(true), ADDRESS);
		expect(broken.headers.get('repr-digest')).toBeNull();
		await expect(broken.arrayBuffer()).rejects.toThrow('the database has gone');
		const reader = (await writeAuditPack(watched(false), ADDRESS)).body!.getReader();
		await reader.read();
		await reader.read();
		await reader.cancel();
		await expect.poll(() => ended).toBe(2);
	});
});

describeOnBothEngines('packs of books at random', (_engine, fresh) => {
	let database: Database;
	let world: World;

	beforeAll(async () => {
		database = await fresh();
		world = await createWorld(database.db);
		const [lived] = fc.sample(steps, { numRuns: 1, seed: 20_190_731 });
		for (const step of lived!) {
			await accept(database.db, 'published', recordsOf(world, step), (_, changes) => ({
				pairs: Object.fromEntries(
					changes.filter(({ change }) => change === 'unclear').map(({ changeNo }) => [changeNo, null])
				)
			}));
		}
		// Texts that a CSV file could take for something else, and amounts that nothing converts.
		const at = {
			reporter: world.reporters[0]!,
			activity: world.activities[1]!.key,
			project: world.projects[0]!
		};
		await postRecords(
			database.db,
			'published',
			['=1+1', '+a, "b"', "'c\r\nd", '@e', '-f', '\u062b'].map((description, index) =>
				anEntry(
					{ ...at, reference: `strange-${index}` },
					{ description, dateFrom: '2017-03-04', dateTo: '2017-03-04', amount: `${index - 2}.125` }
				)
			)
		);
	});

	test('verify for slices and methods of every kind', { tags: 'nightly' }, async () => {
		const slices = fc.sample(slicesOf(world, await readNumbers(database.db, world), ['2100-01-01']), {
			numRuns: 60,
			seed: 11
		});
		const whole = [wholeOf(world), wholeOf(world, { country: 'ML,NE' }), wholeOf(world, { currency: 'USD' })];
		let filled = 0;
		for (const slice of [...whole, ...slices]) {
			if (filled === 10) break;
			const page = await total(database.db, slice);
			if (page.entries === 0) continue;
			const plan = PLANS[filled++ % PLANS.length]!;
			const audit = await openAudit(
				database.db,
				slice,
				{ ...plan, ...(plan.size ? { size: 4 } : {}) } as Plan,
				SITE
			);
			const files = readArchive(await packOf(audit));
			const rows = readCsvFile(files.get('population.csv')!.toString());
			const shown = JSON.stringify([slice, plan]);
			expect(rows.length, shown).toBe(page.entries);
			const { lines } = await runVerify(putIntoFolder(files));
			expect(failed(lines), shown).toEqual([]);
		}
		expect(filled).toBe(10);
	});

	test('an empty population is a whole pack with nothing in it', async () => {
		const slice = wholeOf(world, { from: '1990-01-01', to: '1990-12-31' });
		for (const plan of PLANS) {
			const files = readArchive(await packOf(await openAudit(database.db, slice, plan, SITE)));
			expect(readCsvFile(files.get('population.csv')!.toString())).toEqual([]);
			expect(failed((await runVerify(putIntoFolder(files))).lines)).toEqual([]);
		}
	});
});
