import { beforeAll, expect, test } from 'vitest';
import { add, compare, subtract, sum } from '#lib/money/decimal.ts';
import type { Database } from '#lib/server/database/open.ts';
import { breakdown } from '#lib/server/ledger/breakdown.ts';
import { rows } from '#lib/server/ledger/rows.ts';
import { total } from '#lib/server/ledger/total.ts';
import { readChangesSince } from '#lib/server/page/since.ts';
import type { ChangeKind } from '#lib/slice/change.ts';
import type { Slice } from '#lib/slice/slice.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import {
	anActivity,
	anEntry,
	anOrganisation,
	aProject,
	aWithdrawal,
	postRecords
} from '../support/ledger-factory.ts';
import { sliceOf } from '../support/ledger-slices.ts';

describeOnBothEngines('what changed since', (_engine, fresh) => {
	let database: Database;
	const of = async (slice: Slice, kind: ChangeKind, since: string) =>
		total(database.db, { ...slice, change: `${kind}:${since}` });

	beforeAll(async () => {
		database = await fresh({ filled: true });
	});

	test('an entry added, one changed twice, one withdrawn: each in its line, and the lines are the difference', async () => {
		const { db } = database;
		const identity = { reporter: 'SINCE-REPORTER', activity: 'SINCE-A', project: 'SINCE' };
		const entry = (reference: string, amount: string, country = 'ML') =>
			anEntry({ ...identity, reference }, { amount, countries: [{ country, percentage: '100' }] });
		await postRecords(db, 'published', [
			anOrganisation('SINCE-REPORTER'),
			aProject('SINCE'),
			anActivity('SINCE-A', 'SINCE')
		]);
		const first = await postRecords(db, 'published', [
			entry('1', '100.00'),
			entry('2', '200.00'),
			entry('3', '300.00')
		]);
		await postRecords(db, 'published', [entry('2', '210.00')]);
		await postRecords(db, 'published', [
			entry('2', '220.00', 'NE'),
			entry('4', '40.00'),
			aWithdrawal({ reporter: 'SINCE-REPORTER', activity: 'SINCE-A', reference: '3' })
		]);
		const since = String(first.postingNo);
		const slice = sliceOf({ project: 'SINCE' });
		const amounts = async (asked: Slice) =>
			Object.fromEntries(
				await Promise.all(
					(['known', 'added', 'replaced', 'replacement', 'withdrawn'] as const).map(
						async (kind) => [kind, (await of(asked, kind, since)).amount] as const
					)
				)
			);
		expect(await amounts(slice)).toEqual({
			known: '600.00',
			added: '40.00',
			replaced: '200.00',
			replacement: '220.00',
			withdrawn: '300.00'
		});
		// What moved to another country leaves this one, and the lines still add up.
		expect(await amounts({ ...slice, country: 'ML' })).toEqual({
			known: '600.00',
			added: '40.00',
			replaced: '200.00',
			replacement: null,
			withdrawn: '300.00'
		});
		const { measures } = await readChangesSince(db, slice, since);
		expect(measures[0]).toMatchObject({ measure: 'spent', difference: '-240.00' });
		// Rows and cuts of a change are those of any slice, also of what is no longer in force.
		const gone = await rows(db, { ...slice, change: `withdrawn:${since}` }, { after: null, limit: 5 });
		expect(gone.rows.map(({ amount_in_slice }) => amount_in_slice)).toEqual(['300.00']);
		const cut = await breakdown(db, { ...slice, change: `replacement:${since}` }, ['country']);
		expect(cut.map(({ keys, amount }) => [keys[0], amount])).toEqual([['NE', '220.00']]);
	});

	test.each(['2015-08-01', '2016-06-30', '2017-12-31', '2019-08-31', '2026-01-01'])(
		'since %s every measure of the demonstration is explained to the cent',
		async (since) => {
			const { db } = database;
			const slice = sliceOf({ project: 'GLOACT', nature: 'demonstration' });
			const { measures } = await readChangesSince(db, slice, since);
			for (const { measure, lines, now, difference } of measures) {
				const then = await total(db, { ...slice, measure, asof: since });
				expect(lines.known.total).toEqual(then);
				expect(now.total).toEqual(await total(db, { ...slice, measure }));
				const of = (kind: keyof typeof lines) => lines[kind].total.amount ?? '0';
				expect(compare(subtract(now.total.amount ?? '0', then.amount ?? '0'), difference)).toBe(0);
				const explained = sum([of('known'), of('added'), of('replacement')]);
				const left = add(of('replaced'), of('withdrawn'));
				expect(compare(subtract(explained, left), now.total.amount ?? '0')).toBe(0);
			}
		}
	);

	test('between two days of the past, and never backwards', async () => {
		const slice = sliceOf({ project: 'GLOACT', nature: 'demonstration', asof: '2018-06-30' });
		const added = await of(slice, 'added', '2017-06-30');
		const [then, now] = await Promise.all([
			total(database.db, { ...slice, asof: '2017-06-30' }),
			total(database.db, slice)
		]);
		expect(added.entries).toBeGreaterThan(0);
		const { measures } = await readChangesSince(database.db, slice, '2017-06-30');
		expect(compare(measures[0]!.difference, subtract(now.amount!, then.amount!))).toBe(0);
		// A day after the one looked at: nothing can have changed since.
		const later = await readChangesSince(database.db, slice, '2019-01-31');
		expect(later.measures.map(({ difference }) => difference)).toEqual(['0', '0', '0']);
		expect(later.measures[0]!.lines.known.total.amount).toBe(now.amount);
	});
});
