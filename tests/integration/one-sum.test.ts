import fc from 'fast-check';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { sql } from 'kysely';
import { negate, sum } from '#lib/money/decimal.ts';
import { readConfiguration } from '#lib/server/configuration.ts';
import type { Database } from '#lib/server/database/open.ts';
import { total } from '#lib/server/ledger/total.ts';
import { startRuntime, type Runtime } from '#lib/server/runtime.ts';
import { defaultSlice, writeSlice } from '#lib/slice/codec.ts';
import type { Slice, Total } from '#lib/slice/slice.ts';
import { ENTRY_COLUMNS } from '#lib/words/entry-column.ts';
import { GET as csv } from '../../src/routes/transactions.csv/+server.ts';
import { GET as json } from '../../src/routes/transactions.json/+server.ts';
import { GET as xlsx } from '../../src/routes/transactions.xlsx/+server.ts';
import { GET as xml } from '../../src/routes/transactions.xml/+server.ts';
import { load } from '../../src/routes/transactions/+page.server.ts';
import { API_ORIGIN, askApi } from '../support/api-asking.ts';
import { readCsvFile } from '../support/csv-file.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { entriesOf, readText } from '../support/iati-files.ts';
import { hasSchema, validate } from '../support/iati-schema.ts';
import { liveLedger } from '../support/ledger-life.ts';
import { plainCells, plainSum } from '../support/ledger-oracle.ts';
import { plainly, readNumbers, slicesOf, withoutZeros } from '../support/ledger-slices.ts';
import { createWorld, type World } from '../support/ledger-world.ts';
import { addressOf } from '../support/postgres-cluster.ts';
import { askElsewhere } from '../support/psql.ts';
import { askRoute } from '../support/route-asking.ts';
import { piecesOf, readAll } from '../support/sheet-reading.ts';

/** What the issue asks for: ten slices of either kind, those with rows alone counted. */
const SLICES = 10;
const SEEDS = [7, 20_191_126];

type Row = Record<string, string | null>;
type JsonFile = { rows: Row[]; row_count: number; control_total: { amount: string | null } };

const amountsOf = (rows: readonly Row[]) =>
	withoutZeros(sum(rows.map(({ amount_in_slice }) => amount_in_slice || '0')));

describeOnBothEngines('one sum', (engine, fresh) => {
	let database: Database;
	let runtime: Runtime;
	let world: World;

	beforeAll(async () => {
		database = await fresh();
		world = await createWorld(database.db);
		await liveLedger(database.db, world, 20_171_024);
		runtime = await startRuntime(
			{ ...database, close: async () => {} },
			readConfiguration({
				ORIGIN: API_ORIGIN,
				PORTFOLIO: world.portfolio,
				REPORTING_ORG: 'XX-TEST-1',
				API_REQUESTS_PER_MINUTE: '0'
			})
		);
	});
	afterAll(async () => {
		await runtime?.close();
	});

	/** The same rows summed up by PostgreSQL's own program over a connection of its own. */
	const psqlSum = async (slice: Slice) => {
		const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(database.db);
		const address = addressOf(inject('postgres')!.cluster, rows[0]!.name);
		const [amount, entries] = await askElsewhere(
			address,
			`select sum(converted), count(distinct entry_id) from (${plainCells(slice)}) cell`
		);
		return { amount: amount || null, entries };
	};

	/** What a file of IATI states: its amounts by currency, and what of each is in the slice. */
	const readIati = async (address: string) => {
		const file = await (await askRoute<Response>(xml, address)).text();
		const read = await readText(file);
		// A file of nothing holds nothing to take in, and the standard's own schema knows none.
		const isFilled = file.includes('<iati-activity ');
		expect(read.rejected).toBe(!isFilled);
		if (hasSchema && isFilled) expect(await validate(file)).toBe('');
		return {
			counted: [...file.matchAll(/own:slice-currency=/g)].length,
			inSlice: [...file.matchAll(/own:amount-in-slice="([^"]*)"/g)].map(([, amount]) => amount!),
			entries: entriesOf(read)
		};
	};
	const byCurrency = (rows: readonly { currency: string; amount: string }[]) => {
		const sums: Record<string, string> = {};
		for (const { currency, amount } of rows) sums[currency] = sum([sums[currency] ?? '0', amount]);
		return Object.fromEntries(
			Object.entries(sums).map(([currency, amount]) => [currency, withoutZeros(amount)])
		);
	};

	test.each(SEEDS)(
		'of the page, CSV, XLSX, JSON, IATI, the API, a plain SELECT and psql, for ten slices at random (seed %i)',
		async (seed) => {
			const slices = fc.sample(slicesOf(world, await readNumbers(database.db, world), ['2100-01-01']), {
				numRuns: SLICES * 4,
				seed
			});
			let filled = 0;
			let asIati = 0;
			for (const slice of slices) {
				if (filled >= SLICES) break;
				const query = writeSlice(slice, defaultSlice(world.portfolio)).toString();
				const shown = JSON.stringify(slice);
				const page = (await askRoute<{ total: Total }>(load, `/transactions?${query}`)).total;
				expect(page, shown).toEqual(await total(database.db, slice));
				expect(plainly(page), shown).toEqual(plainly(await plainSum(database.db, slice)));
				if (page.entries > 0) filled++;
				const expected = withoutZeros(page.amount ?? '0');

				if (engine === 'postgresql') {
					const psql = await psqlSum(slice);
					expect([psql.amount && withoutZeros(psql.amount), psql.entries], shown).toEqual([
						page.amount && expected,
						String(page.entries)
					]);
				}

				const response = await askRoute<Response>(csv, `/transactions.csv?${query}`);
				const lines = readCsvFile(await response.text());
				expect([lines.length, amountsOf(lines)], shown).toEqual([page.entries, expected]);
				expect(response.headers.get('x-row-count')).toBe(String(page.entries));
				expect(response.headers.get('x-control-total')).toBe(
					page.amount === null ? '' : `${slice.currency} ${page.amount}`
				);

				const document = (await (
					await askRoute<Response>(json, `/transactions.json?${query}`)
				).json()) as JsonFile;
				expect(amountsOf(document.rows), shown).toBe(expected);
				expect([document.row_count, document.control_total.amount]).toEqual([page.entries, page.amount]);
				expect(document.rows.map((row) => Object.values(row).map((value) => value ?? ''))).toEqual(
					lines.map((row) => Object.values(row))
				);

				const workbook = await readAll(
					piecesOf(
						new Uint8Array(
							await (await askRoute<Response>(xlsx, `/transactions.xlsx?${query}`)).arrayBuffer()
						)
					),
					'f.xlsx'
				);
				expect(workbook.findings).toEqual([]);
				const column = ENTRY_COLUMNS.findIndex(({ name }) => name === 'amount_in_slice') + 1;
				const data = workbook.rows.filter(({ sheet, row }) => sheet === workbook.sheets[0] && row > 1);
				const cells = data.map((row) => row.cells.find((cell) => cell.column === column)?.text ?? '0');
				expect([data.length, withoutZeros(sum(cells))], shown).toEqual([page.entries, expected]);

				const answer = (await (await askApi(`/api/v1/totals?${query}`)).json()) as {
					data: { amount: string | null; entries: number };
				};
				expect([answer.data.amount, answer.data.entries], shown).toEqual([page.amount, page.entries]);

				if (slice.nature === 'demonstration') continue;
				const iati = await readIati(`/transactions.xml?${query}`);
				expect(iati.counted, shown).toBe(page.entries);
				expect(withoutZeros(sum(iati.inSlice)), shown).toBe(expected);
				// As booked: a file of the standard has no measure, so what was taken back keeps the sign of its booking.
				const booked = lines.map((row) => ({
					currency: row.currency!,
					amount:
						slice.measure.startsWith('returned') && row.kind === '1'
							? negate(row.booked_in_slice!)
							: row.booked_in_slice!
				}));
				expect(iati.entries.length, shown).toBe(page.entries);
				expect(
					byCurrency(iati.entries.map(({ currency, amount }) => ({ currency: currency!, amount }))),
					shown
				).toEqual(byCurrency(booked));
				if (page.entries > 0) asIati++;
			}
			expect(filled).toBe(SLICES);
			expect(asIati).toBeGreaterThan(2);
		}
	);
});
