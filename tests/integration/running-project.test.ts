import { beforeAll, expect, test } from 'vitest';
import type { Database } from '#lib/server/database/open.ts';
import { readDrill } from '#lib/server/page/drill.ts';
import { readProject } from '#lib/server/page/project.ts';
import { readTerms } from '#lib/server/page/proof.ts';
import { readPace } from '#lib/server/page/timing.ts';
import { add, compare, percentOf, subtract, sum } from '#lib/money/decimal.ts';
import { defaultSlice } from '#lib/slice/codec.ts';
import { FORMULAS } from '#lib/slice/formula.ts';
import { addDays, daysBetween, firstDay } from '#lib/slice/period.ts';
import type { Slice } from '#lib/slice/slice.ts';
import type { View } from '#lib/slice/view.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { anActivity, anEntry, anOrganisation, aProject, postRecords } from '../support/ledger-factory.ts';
import { askedOf } from '../support/question.ts';

const TODAY = new Date().toISOString().slice(0, 10);
/** The project began two years ago and ends a year from now, both on the first of a month. */
const START = `${String(Number.parseInt(TODAY.slice(0, 4), 10) - 2)}${TODAY.slice(4, 7)}-01`;
const END = addDays(`${String(Number.parseInt(TODAY.slice(0, 4), 10) + 1)}${TODAY.slice(4, 7)}-01`, -1);
/** The first day of each month from the start until the month before this one. */
const MONTHS = Array.from({ length: 40 }).reduce<string[]>(
	(months) => [...months, firstDay(addDays(months.at(-1)!, 31).slice(0, 7))],
	[START]
);
const PAST = MONTHS.filter((month) => month < `${TODAY.slice(0, 7)}-01`);

describeOnBothEngines('a running project with reported spending', (_engine, fresh) => {
	let database: Database;

	beforeAll(async () => {
		database = await fresh();
		const { db } = database;
		const identity = { reporter: 'RUN-REPORTER', activity: 'RUN-A', project: 'RUN' };
		const entry = (dateFrom: string, change: Parameters<typeof anEntry>[1]) =>
			anEntry(identity, { dateFrom, dateTo: dateFrom, ...change });
		await postRecords(db, 'published', [
			anOrganisation('RUN-REPORTER'),
			aProject('RUN', { start: START, startPrecision: 'day', end: END, endPrecision: 'day', status: '2' }),
			anActivity('RUN-A', 'RUN')
		]);
		await postRecords(db, 'published', [
			...PAST.map((month, index) =>
				entry(month, {
					reference: `S${index}`,
					amount: index < 12 ? '100.00' : '200.10',
					heading: index % 2 === 0 ? 'staff' : null,
					countries: [{ country: index % 3 === 0 ? 'NE' : 'ML', percentage: index % 5 === 0 ? '60' : '100' }]
				})
			),
			...(['ML', 'NE'] as const).map((code, index) =>
				entry(START, {
					reference: `B${index}`,
					entryKind: 'budget',
					amount: '6000.00',
					dateTo: END,
					datePrecision: 'period',
					countries: [{ country: code, percentage: '100' }]
				})
			)
		]);
	});

	const asked = (slice: Partial<Slice> = {}, view: Partial<View> = {}) =>
		askedOf(database.db, { home: 'all', slice, view, fields: { since: null }, demonstration: false });
	const spendingOf = async (slice: Partial<Slice> = {}, view: Partial<View> = {}) =>
		(await readProject(await asked(slice, view), 'RUN')).spending!;

	test('is compared with the day of the last posting, in points and in money', async () => {
		const { timing, formulas, totals } = await spendingOf();
		expect(timing).toMatchObject({ until: TODAY, closed: false });
		const time = percentOf(String(daysBetween(START, TODAY) + 1), String(daysBetween(START, END) + 1), 1)!;
		expect(formulas.time_share).toBe(time);
		expect(formulas.gap).toBe(subtract(percentOf(totals.spent.amount!, '12000.00', 1)!, time));
		expect(compare(formulas.gap_amount!, '0')).toBe(-1);
	});

	test('is forecast by the pace of its last twelve months, to the day, and the quarters add up to it', async () => {
		const { forecast, totals, slice } = await spendingOf();
		const recent = PAST.slice(-12);
		expect(forecast!.pace.from).toBe(recent[0]);
		expect(forecast!.recent).toBe(
			sum(recent.map((month) => (PAST.indexOf(month) < 12 ? '100.00' : '200.10')))
		);
		const expected = sum(forecast!.quarters.map(({ amount }) => amount));
		expect(compare(add(totals.spent.amount!, expected), forecast!.spent)).toBe(0);
		// The proof comes to the same, from its own reading.
		const question = await asked();
		for (const formula of ['forecast_spent', 'forecast_share', 'daily_pace', 'gap', 'gap_amount'] as const) {
			const { values } = await readTerms(question, slice, formula);
			const shown = {
				forecast_spent: forecast!.spent,
				forecast_share: forecast!.share,
				daily_pace: forecast!.daily
			}[formula as 'daily_pace'];
			expect(FORMULAS[formula].evaluate(values)).toBe(
				shown ?? (await spendingOf()).formulas[formula as 'gap']
			);
		}
		for (const { slice: part, amount } of forecast!.quarters) {
			const { values } = await readTerms(question, part, 'forecast_part');
			expect(FORMULAS.forecast_part.evaluate(values)).toBe(amount);
		}
	});

	test('the pace ends with the day that is looked at, where that day cuts its last month', async () => {
		const until = `${PAST.at(-1)!.slice(0, 8)}15`;
		const timing = { period: { from: START, to: END }, until, closed: false };
		const slice = { ...defaultSlice('all'), project: 'RUN' };
		const pace = await readPace(database.db, slice, timing);
		expect(pace).toEqual({ from: PAST.at(-12)!, to: until, start: addDays(until, 1) });
	});

	test('closed by its status, it is no longer forecast', async () => {
		const { db } = database;
		await postRecords(db, 'published', [
			aProject('RUN-CLOSED', {
				start: START,
				startPrecision: 'day',
				end: END,
				endPrecision: 'day',
				status: '4'
			}),
			anActivity('RUN-C', 'RUN-CLOSED'),
			anEntry(
				{ reporter: 'RUN-REPORTER', activity: 'RUN-C', project: 'RUN-CLOSED' },
				{ dateFrom: PAST.at(-1)!, dateTo: PAST.at(-1)! }
			)
		]);
		const { spending } = await readProject(await asked(), 'RUN-CLOSED');
		expect(spending!.timing).toMatchObject({ closed: true });
		expect(spending!.forecast).toBeNull();
	});

	test('its countries stand in the order asked for, the part left over last', async () => {
		const gaps = async (sort: string) => (await spendingOf({}, { sort })).countries.map(({ key }) => key);
		expect(await gaps('gap')).toEqual([...(await gaps('-gap')).slice(0, 2).reverse(), null]);
		await expect(spendingOf({}, { sort: 'colour' })).rejects.toMatchObject({
			status: 400,
			body: { parameter: 'sort' }
		});
	});

	test('taken apart, each step is the sum of its parts and what is left over', async () => {
		for (const slice of [{}, { country: 'ML' }, { country: 'ML', heading: 'staff' }, { heading: 'none' }]) {
			const { parts, steps, by } = await readDrill(await asked(slice), 'RUN');
			const whole = steps.at(-1)!.totals;
			for (const measure of ['spent', 'budget'] as const) {
				const added = sum(parts.flatMap((part) => part[measure]?.amount ?? []));
				expect(compare(added, whole[measure].amount ?? '0')).toBe(0);
			}
			expect(steps.map(({ field }) => field)).toEqual([
				null,
				...('country' in slice ? ['country'] : []),
				...('heading' in slice ? ['heading'] : [])
			]);
			expect(by).toBe('country' in slice ? ('heading' in slice ? 'quarter' : 'heading') : 'country');
		}
		await expect(readDrill(await asked(), 'NOTHING')).rejects.toMatchObject({ status: 404 });
		await expect(readDrill(await asked({ sector: '15160' }), 'RUN')).rejects.toMatchObject({ status: 400 });
	});
});
