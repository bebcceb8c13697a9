import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { sum } from '#lib/money/decimal.ts';
import { breakdown, breakdowns, totalsBy } from '#lib/server/ledger/breakdown.ts';
import { pickSummary } from '#lib/server/ledger/need.ts';
import { rows, type LedgerRow } from '#lib/server/ledger/rows.ts';
import { CHECKPOINT_EVERY, SUMMARIES } from '#lib/server/ledger/summaries.ts';
import { total, totals } from '#lib/server/ledger/total.ts';
import type { Database } from '#lib/server/database/open.ts';
import { NATURES, type Dimension, type Slice, type Sum, type Total } from '#lib/slice/slice.ts';
import { narrowBy } from '#lib/slice/narrow.ts';
import { addDays } from '#lib/slice/period.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { accept } from '../support/comparing.ts';
import { reachInstant } from '../support/ledger-factory.ts';
import { recordsOf, steps, type Step } from '../support/ledger-generator.ts';
import { Model, plainSum } from '../support/ledger-oracle.ts';
import {
	dimensionPairs,
	narrow,
	plainly,
	readNumbers,
	slicesOf,
	withoutZeros,
	wholeOf,
	type WorldNumbers
} from '../support/ledger-slices.ts';
import { createWorld, type World } from '../support/ledger-world.ts';

// A checkpoint at every third posting, so that short lives have many. The files of one worker share what they import: this one
// begins with modules of its own, and leaves none of them behind.
vi.hoisted(() => vi.resetModules());
afterAll(() => {
	vi.doUnmock('#lib/server/ledger/summaries.ts');
	vi.resetModules();
});
vi.mock('#lib/server/ledger/summaries.ts', async (original) => ({
	...(await original<typeof import('#lib/server/ledger/summaries.ts')>()),
	CHECKPOINT_EVERY: 3
}));

const LEDGERS = 3;
/** PGlite runs the same SQL, more slowly. */
const SLICES = { postgresql: 60, pglite: 20 };
const FIRST_DAY = '2100-01-01';

type Life = {
	world: World;
	numbers: WorldNumbers;
	days: string[];
	models: Record<Slice['nature'], Model>;
	remembered: { slice: Slice; sum: Sum }[];
};

describeOnBothEngines('a generated ledger', (engine, fresh) => {
	let database: Database;
	let today = FIRST_DAY;
	const lives: Life[] = [];

	beforeAll(async () => {
		database = await fresh();
		const lived = fc.sample(fc.tuple(steps, steps), { numRuns: LEDGERS, seed: 20_171_024 });
		for (const [published, demonstration] of lived) lives.push(await live(published, demonstration));
	});

	async function live(published: Step[], demonstration: Step[]): Promise<Life> {
		const { db } = database;
		const world = await createWorld(db);
		const life: Life = {
			world,
			numbers: await readNumbers(db, world),
			days: [],
			remembered: [],
			models: { published: new Model(), demonstration: new Model() }
		};
		for (let index = 0; index < Math.max(published.length, demonstration.length); index++) {
			for (const [nature, step] of [
				['published', published[index]],
				['demonstration', demonstration[index]]
			] as const) {
				if (!step) continue;
				const records = recordsOf(world, step);
				if (life.days.at(-1) !== today) await reachInstant(db, nature, `${today}T12:00:00Z`);
				await accept(db, nature, records, (_, changes) => ({
					pairs: Object.fromEntries(
						changes.filter(({ change }) => change === 'unclear').map(({ changeNo }) => [changeNo, null])
					)
				}));
				life.models[nature].post(records);
			}
			if (life.days.at(-1) !== today) life.days.push(today);
			const days = published[index]?.days ?? 0;
			// Some days have more than one posting.
			if (days === 0) continue;
			for (const nature of NATURES) {
				for (const country of [null, 'ML', 'none']) {
					const slice = wholeOf(world, { nature, country, asof: today });
					life.remembered.push({ slice, sum: plainly(await total(db, { ...slice, asof: null })) });
				}
			}
			today = addDays(today, days);
		}
		today = addDays(today, 1);
		return life;
	}

	/** Checks something for slices of every life, the same ones in every run. */
	async function always(check: (slice: Slice, by: [Dimension] | [Dimension, Dimension]) => Promise<void>) {
		for (const [index, { world, numbers, days }] of lives.entries()) {
			const slices = fc.sample(fc.tuple(slicesOf(world, numbers, days), dimensionPairs), {
				numRuns: SLICES[engine],
				seed: index + 1
			});
			for (const [slice, by] of slices) await check(slice, by);
		}
	}

	test('has a checkpoint at every third posting', async () => {
		expect(CHECKPOINT_EVERY).toBe(3);
		for (const { name } of SUMMARIES) {
			const { rows } = await sql<{ kept: boolean; postings: number }>`
				select posting_no % 3 = 0 as kept, count(distinct posting_no)::integer as postings
				from ${sql.table(`ledger_delta_${name}`)} where checkpoint group by 1`.execute(database.db);
			expect(rows, name).toEqual([{ kept: true, postings: expect.any(Number) as number }]);
		}
	});

	test('holds what its files say, each movement once and as it counts', async () => {
		for (const { world, models } of lives) {
			for (const nature of NATURES) {
				const held = models[nature]
					.held()
					.map(({ record, counting }) =>
						[
							record.reporter,
							record.activity,
							record.entryKind,
							record.reference,
							withoutZeros(record.amount),
							record.currency,
							record.dateFrom,
							record.dateTo,
							counting
						].join('|')
					);
				const { rows: booked } = await sql<{ line: string }>`
					select concat_ws('|', o.key, a.key, e.kind, coalesce(e.voucher, ''), trim_scale(e.amount), e.currency, coalesce(e.date_from::text, ''), coalesce(e.date_to::text, ''), e.counting) as line
					from ledger_entry e join organisation o on o.organisation_id = e.reporting_organisation_id join activity a using (activity_id)
					where e.nature = ${nature} and a.key = any(${world.activities.map(({ key }) => key)}::text[])
						and not exists (select from ledger_retirement r where r.entry_id = e.entry_id)`.execute(database.db);
				expect(booked.map(({ line }) => line).sort()).toEqual(held.sort());
			}
		}
	});

	test('gives one total by every way, the one of a plain SELECT', async () => {
		let filled = 0;
		await always(async (slice) => {
			const expected = plainly(await plainSum(database.db, slice));
			const shown = JSON.stringify(slice);
			if (expected.entries > 0) filled++;
			expect(plainly(await total(database.db, slice)), shown).toEqual(expected);
			expect(plainly(await total(database.db, slice, 'entries')), shown).toEqual(expected);
			if (pickSummary(slice, []))
				expect(plainly(await total(database.db, slice, 'summary')), shown).toEqual(expected);
		});
		expect(filled, 'slices that hold something').toBeGreaterThan((LEDGERS * SLICES[engine]) / 3);
	});

	test('says beside the total what is not counted, with its amount', async () => {
		await always(async (given) => {
			const slice: Slice = { ...given, counting: 'counted' };
			const { notCounted } = await total(database.db, slice);
			for (const { reason, ...part } of notCounted) {
				expect(plainly(part), JSON.stringify(slice)).toEqual(
					plainly(await plainSum(database.db, { ...slice, counting: reason }))
				);
			}
			const entries = notCounted.reduce((count, part) => count + part.entries, 0);
			const reasons = [
				'internal_transfer',
				'reported_by_children',
				'secondary',
				'superseded_budget'
			] as const;
			const each = await Promise.all(
				reasons.map((reason) => plainSum(database.db, { ...slice, counting: reason }))
			);
			expect(entries).toBe(each.reduce((count, part) => count + part.entries, 0));
		});
	});

	test('breaks down into parts that add up, each the total of its own slice', async () => {
		await always(async (slice, by) => {
			const shown = `${JSON.stringify(slice)} by ${by.join()}`;
			const parts = await breakdown(database.db, slice, by);
			expect(
				parts.map((part) => ({ keys: part.keys, ...plainly(part) })),
				shown
			).toEqual(
				(await breakdown(database.db, slice, by, 'entries')).map((part) => ({
					keys: part.keys,
					...plainly(part)
				}))
			);
			const own = by.includes('counting')
				? parts.filter(({ keys }) => keys[by.indexOf('counting')] === slice.counting)
				: parts;
			const whole = plainly(await total(database.db, slice));
			expect(plainly(addUp(own)).amount, shown).toBe(whole.amount);
			expect(bookedOf(addUp(own)), shown).toEqual(bookedOf(whole));
			if (!by.includes('country') && !by.includes('sector')) {
				expect(
					own.reduce((count, { entries }) => count + entries, 0),
					shown
				).toBe(whole.entries);
			}
			for (const part of parts) {
				const narrowed = narrow(slice, by, part);
				if (narrowed)
					expect(plainly(part), `${shown} ${part.keys.join()}`).toEqual(
						plainly(await plainSum(database.db, narrowed))
					);
			}
		});
	});

	test(
		'answers several measures in one question as each alone, and each part with what is not counted of it',
		{ tags: 'nightly' },
		async () => {
			const measures = ['spent', 'returned', 'received', 'returned_receipts', 'budget'] as const;
			const plainTotal = (sum: Total) => ({ ...plainly(sum), notCounted: sum.notCounted.map(plainly) });
			await always(async (slice, by) => {
				const shown = `${JSON.stringify(slice)} by ${by.join()}`;
				const [sums, parts] = await Promise.all([
					totals(database.db, slice, measures),
					breakdowns(database.db, slice, measures, by)
				]);
				for (const measure of measures) {
					const alone = { ...slice, measure };
					expect(plainTotal(sums[measure]), shown).toEqual(plainTotal(await total(database.db, alone)));
					expect(parts[measure].map(plainly), shown).toEqual(
						(await breakdown(database.db, alone, by)).map(plainly)
					);
				}
				for (const [key, sum] of await totalsBy(database.db, slice, by[0])) {
					const narrowed = narrowBy(slice, by[0], key);
					if (narrowed)
						expect(plainTotal(sum), `${shown} ${key}`).toEqual(
							plainTotal(await total(database.db, narrowed))
						);
				}
			});
		}
	);

	test('lists rows that add up to the total, unknown dates last', async () => {
		await always(async (slice) => {
			const listed = await readAll(slice, 7);
			expect(plainly(sumOf(listed)), JSON.stringify(slice)).toEqual(plainly(await total(database.db, slice)));
			const order = listed.map(({ sort_date }) => sort_date);
			expect(order).toEqual([...order].sort());
			for (const row of listed) expect(row.sort_date).toBe(row.date_from ?? 'infinity');
		});
	});

	test('pages as it streams, whatever the sizes of the pages', async () => {
		const sizes = fc.sample(fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 }), {
			numRuns: LEDGERS,
			seed: 5
		});
		for (const [index, { world }] of lives.entries()) {
			const slice = wholeOf(world, { country: index % 2 ? 'ML' : null });
			const paged: LedgerRow[] = [];
			let after: string | null = null;
			let turn = 0;
			do {
				const limit = sizes[index]![turn++ % sizes[index]!.length]!;
				const page = await rows(database.db, slice, { after, limit });
				expect(page.rows.length).toBeLessThanOrEqual(limit);
				if (page.next !== null) expect(page.rows).toHaveLength(limit);
				paged.push(...page.rows);
				after = page.next;
			} while (after !== null);
			expect(paged).toEqual(await readAll(slice, 1000));
		}
	});

	test('answers a day for ever as it did that day', async () => {
		for (const { remembered } of lives) {
			for (const { slice, sum: then } of remembered) {
				expect(plainly(await total(database.db, slice)), JSON.stringify(slice)).toEqual(then);
			}
		}
	});

	test('knows nothing before its first posting', async () => {
		const slice = wholeOf(lives[0]!.world, { asof: '2001-01-01' });
		expect(await total(database.db, slice)).toEqual({
			amount: null,
			entries: 0,
			unconverted: [],
			notCounted: [],
			currency: 'EUR'
		});
		expect(await rows(database.db, slice, { after: null, limit: 10 })).toEqual({ rows: [], next: null });
		expect(await breakdown(database.db, slice, ['country'])).toEqual([]);
	});

	async function readAll(slice: Slice, batch: number): Promise<LedgerRow[]> {
		const all: LedgerRow[] = [];
		let after: string | null = null;
		do {
			const page = await rows(database.db, slice, { after, limit: batch });
			all.push(...page.rows);
			after = page.next;
		} while (after !== null);
		return all;
	}
});

function addUp(parts: readonly Sum[]): Sum {
	const amounts = parts.flatMap(({ amount }) => amount ?? []);
	const currencies = [
		...new Set(parts.flatMap(({ unconverted }) => unconverted.map(({ currency }) => currency)))
	].sort();
	return {
		amount: amounts.length === 0 ? null : sum(amounts),
		entries: 0,
		unconverted: currencies.map((currency) => {
			const own = parts.flatMap(({ unconverted }) =>
				unconverted.filter((part) => part.currency === currency)
			);
			return { currency, amount: sum(own.map(({ amount }) => amount)), entries: 0 };
		})
	};
}

const bookedOf = (sums: Sum) =>
	plainly(sums).unconverted.map(({ currency, amount }) => ({ currency, amount }));

function sumOf(listed: readonly LedgerRow[]): Sum {
	const converted = listed.flatMap(({ amount_in_slice }) => amount_in_slice ?? []);
	const left = listed.filter(({ amount_in_slice }) => amount_in_slice === null);
	const currencies = [...new Set(left.map(({ currency }) => currency))].sort();
	return {
		amount: converted.length === 0 ? null : sum(converted),
		entries: listed.length,
		unconverted: currencies.map((currency) => {
			const own = left.filter((row) => row.currency === currency);
			return {
				currency,
				amount: sum(own.map(({ booked_in_slice }) => booked_in_slice)),
				entries: own.length
			};
		})
	};
}
