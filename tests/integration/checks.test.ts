import { beforeAll, expect, test } from 'vitest';
import { sql, type Kysely, type RawBuilder } from 'kysely';
import { compare, negate, sum } from '#lib/money/decimal.ts';
import type { DB } from '#lib/server/database/schema.ts';
import { listPostingDays, resolveFactsAt } from '#lib/server/facts/posting.ts';
import { CHECKS } from '#lib/server/ledger/checks/all.ts';
import { listChecks, listFailedChecks, type CheckResult } from '#lib/server/ledger/checks/list.ts';
import { recheck } from '#lib/server/ledger/checks/recheck.ts';
import { runChecks } from '#lib/server/ledger/checks/run.ts';
import { addToSummaries } from '#lib/server/ledger/sums.ts';
import { compare as compareImport } from '#lib/server/intake/compare.ts';
import { post } from '#lib/server/intake/post.ts';
import { undo } from '#lib/server/intake/undo.ts';
import { total } from '#lib/server/ledger/total.ts';
import { readTerms } from '#lib/server/page/proof.ts';
import { FORMULAS } from '#lib/slice/formula.ts';
import { CHECK_CODES, isHeld, type CheckCode, type CheckLine } from '#lib/slice/check.ts';
import type { Currency, Nature, Slice } from '#lib/slice/slice.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { entriesOf, readText } from '../support/iati-files.ts';
import { exportActivities } from '../support/iati-export.ts';
import {
	aProject,
	aWithdrawal,
	anActivity,
	anAgreement,
	anInstalment,
	stageRecords
} from '../support/ledger-factory.ts';
import { sliceOf } from '../support/ledger-slices.ts';
import { aSoundProject, type SoundProject } from '../support/sound-project.ts';

const equal = (a: string | null, b: string | null) => a !== null && b !== null && compare(a, b) === 0;
const signedSum = (lines: readonly CheckLine[]) =>
	sum(lines.map(({ sign, amount }) => (sign === 1 ? amount! : negate(amount!))));
const failing = (results: readonly CheckResult[]) =>
	[...new Set(results.filter(({ passed }) => passed === false).map(({ code }) => code))].sort();

describeOnBothEngines('the checks of the first portfolio', (_engine, fresh) => {
	let db: Kysely<DB>;
	const invented: Slice = sliceOf({ portfolio: 'gloact', nature: 'demonstration' });

	beforeAll(async () => {
		({ db } = await fresh({ filled: true }));
	}, 300_000);

	test('hold for the demonstration as generated, on every day of its history', async () => {
		const days = await listPostingDays(db, 'demonstration');
		expect(days.length).toBe(9);
		for (const asof of days) {
			const results = await listChecks(db, { ...invented, asof });
			expect(results.length).toBeGreaterThan(20);
			expect(
				results.filter(({ passed }) => passed === false),
				asof
			).toEqual([]);
			expect(await listFailedChecks(db, { ...invented, asof })).toEqual([]);
		}
		const results = await listChecks(db, invented);
		const held = new Set(results.filter(({ passed }) => passed).map(({ code }) => code));
		// Nobody but one side reports the transfers; no file states totals; nothing invented leaves as IATI.
		const without: CheckCode[] = ['sent_equals_received', 'rows_equal_stated', 'iati_equals_entries'];
		expect([...held].sort()).toEqual(CHECK_CODES.filter((code) => !without.includes(code)).sort());
		const open = results.filter(({ passed }) => passed === null);
		expect(open.map(({ code, missing }) => `${code} ${missing}`).sort()).toEqual([
			'sent_equals_received receiver',
			'sent_equals_received receiver',
			'sent_equals_received sender'
		]);
	});

	test.each([null, '2017-06-30'])('open to the very amounts that they compare, as of %s', async (asof) => {
		const results = await listChecks(db, { ...invented, asof });
		let opened = 0;
		for (const { code, project, subject, about, unit, left, right } of results) {
			const slice: Slice = { ...invented, project, asof, currency: unit as Currency };
			const sides = CHECKS[code].sides({ subject, about, slice });
			for (const [side, lines] of [
				[left, sides.left],
				[right, sides.right]
			] as const) {
				if (side === null) continue;
				expect(equal(signedSum(lines), side), `${code} ${subject}`).toBe(true);
				for (const line of lines.flatMap((whole) => [whole, ...(whole.of ?? [])])) {
					if (line.of) expect(equal(signedSum(line.of), line.amount)).toBe(true);
					const { origin } = line;
					const found =
						origin.kind === 'slice'
							? (await total(db, origin.slice)).amount
							: origin.kind === 'formula'
								? FORMULAS[origin.formula].evaluate(
										(
											await readTerms(
												{ db, at: (await resolveFactsAt(db, null))! },
												origin.slice,
												origin.formula
											)
										).values
									)
								: line.amount;
					expect(equal(found, line.amount), `${code} ${subject} ${line.term}`).toBe(true);
					opened += origin.kind === 'check' || origin.kind === 'place' ? 0 : 1;
				}
			}
		}
		expect(opened).toBeGreaterThan(50);
	});

	test('say nothing of what is published, because no money of it is', async () => {
		expect(await listChecks(db, sliceOf({ portfolio: 'gloact' }))).toEqual([]);
	});
});

describeOnBothEngines('checks', (_engine, fresh) => {
	let db: Kysely<DB>;

	beforeAll(async () => {
		({ db } = await fresh());
	});

	const resultsOf = ({ key, nature }: SoundProject, change: Partial<Slice> = {}) =>
		listChecks(db, sliceOf({ portfolio: 'all', project: key, nature, ...change }));

	test('hold for a sound project, in each nature by itself', async () => {
		for (const nature of ['published', 'demonstration'] as Nature[]) {
			const project = await aSoundProject(db, nature);
			await project.post([project.entry('more', { amount: '1.00' })]);
			const results = await resultsOf(project);
			expect(
				results.filter(({ passed }) => passed !== true).map(({ code, missing }) => `${code} ${missing}`)
			).toEqual([
				// The funder has not said what it sent.
				'sent_equals_received sender'
			]);
			expect(CHECK_CODES.filter((code) => !results.some((result) => result.code === code))).toEqual([
				'rows_equal_stated',
				...(nature === 'demonstration' ? ['iati_equals_entries'] : [])
			]);
		}
	});

	/** What makes exactly one check fail (a sum that is wrong for both of two checks: both), and how it comes into the books. */
	type Fault = { fails: CheckCode[]; plant: (project: SoundProject) => Promise<unknown> };
	const FAULTS: Record<string, Fault> = {
		'spending of someone who was given nothing': {
			fails: ['receipts_accounted_for'],
			plant: ({ entry, funder, post }) => post([entry('stranger', { provider: funder, amount: '10.00' })])
		},
		'a partner that received less than was sent': {
			fails: ['sent_equals_received'],
			plant: ({ entry, partner, post }) =>
				post([entry('arrived', { entryKind: '1', receiver: partner, heading: null, amount: '280.00' })])
		},
		'a sum by country that lost some': {
			fails: ['countries_equal_whole', 'summary_equals_entries'],
			plant: (project) =>
				tamper(
					project,
					sql`ledger_current_country_heading set eur = eur - 1 where country = 'ML' and kind = '4'`
				)
		},
		'a budget line too many': {
			fails: ['headings_equal_budget'],
			plant: ({ entry, post }) =>
				post([
					entry('budget supplies', {
						entryKind: 'budget',
						heading: 'supplies',
						amount: '10.00',
						provider: null
					})
				])
		},
		'an agreement of less than its budget': {
			fails: ['budget_equals_agreements'],
			plant: ({ key, agreement, post }) =>
				post([anAgreement(agreement, key, { amount: '900.00', start: '2017-01-01', end: '2017-12-31' })])
		},
		'an instalment that is said to have come': {
			fails: ['instalments_equal_receipts'],
			plant: ({ agreement, post }) =>
				post([anInstalment(2, agreement, { amount: '50.00', receivedOn: '2017-06-01' })])
		},
		'a file whose total is not that of its rows': {
			fails: ['rows_equal_stated'],
			plant: (project) => postStated(project, '120.00')
		},
		'an amount that is not the booked one at its rate': {
			fails: ['converted_at_rates'],
			plant: (project) =>
				insertEntry(project, { amount: '11.00', currency: 'USD', amount_eur: '10.02', rate_eur: '1.1' })
		},
		'more spent than received': {
			fails: ['spent_within_received'],
			plant: ({ entry, post }) => post([entry('too much', { amount: '500.00' })])
		},
		'a partner that spent more than it was advanced': {
			fails: ['spent_within_advances'],
			plant: ({ entry, partner, post }) => post([entry('too much', { provider: partner, amount: '150.00' })])
		},
		'spending after the end': {
			fails: ['nothing_outside_period'],
			plant: ({ entry, post }) =>
				post([entry('late', { dateFrom: '2018-02-01', dateTo: '2018-02-01', amount: '10.00' })])
		},
		'spending that begins in time and ends after it': {
			fails: ['nothing_outside_period'],
			plant: ({ entry, post }) =>
				post([
					entry('across', {
						dateFrom: '2017-12-20',
						dateTo: '2018-01-10',
						datePrecision: 'period',
						amount: '10.00'
					})
				])
		},
		'a month of today’s sums that moved': {
			fails: ['closing_equals_opening'],
			plant: (project) =>
				tamper(
					project,
					sql`ledger_current_month set period_to = '2017-12-31', period_from = '2017-12-01' where kind = '4' and currency = 'USD'`
				)
		},
		'a sum by sector that is not that of its entries': {
			fails: ['summary_equals_entries'],
			plant: (project) =>
				tamper(
					project,
					sql`ledger_current_sector_year set usd = usd + 1 where kind = '4' and currency = 'USD'`
				)
		},
		'rows of an activity that went to another project without them': {
			fails: ['iati_equals_entries'],
			plant: leaveBehind
		}
	};

	test.each(Object.entries(FAULTS))('find %s, and nothing else', async (_name, { fails, plant }) => {
		const project = await aSoundProject(db);
		const before = await resultsOf(project);
		expect(failing(before)).toEqual([]);
		await plant(project);
		const results = await resultsOf(project);
		expect(failing(results)).toEqual([...fails].sort());
		const marked = await listFailedChecks(db, sliceOf({ portfolio: 'all', project: project.key }));
		expect([...new Set(marked.map(({ code }) => code))].sort()).toEqual([...fails].sort());
		for (const { touches } of marked) expect(touches.length).toBeGreaterThan(0);
		// What SQL decided by its sides, `isHeld` decides alike.
		for (const { code, left, right, tolerance, passed } of results.filter(
			({ missing }) => missing === null
		)) {
			if (isHeld(code, left, right, tolerance) === false) expect(passed, code).toBe(false);
		}
	});

	test('name the rows that an IATI file would lack, and the file that is written lacks just these', async () => {
		const project = await aSoundProject(db);
		const rowsOf = async () => {
			const read = await readText(await exportActivities(db, 'XX-TEST-1', project.key));
			return entriesOf(read).map(({ reference }) => reference);
		};
		const sound = await rowsOf();
		await leaveBehind(project);
		const failed = (await resultsOf(project)).filter(({ passed }) => passed === false);
		expect(failed).toMatchObject([
			{
				code: 'iati_equals_entries',
				subject: 'spent counted USD',
				left: '100.00',
				right: '110.00',
				about: { count: '1', rows: '1' }
			}
		]);
		const [named] = failed[0]!.about.entries as string[];
		const { rows } = await sql<{ voucher: string }>`
			select voucher from ledger_entry where reporting_organisation_id || '-' || entry_id = ${named}`.execute(db);
		expect(rows).toEqual([{ voucher: 'left behind' }]);
		// Of the last posting there is one row more, and not the one left behind.
		expect((await rowsOf()).sort()).toEqual([...sound, 'on'].sort());
	});

	test('are found again from all entries, by who carries nothing over', async () => {
		const known = await listChecks(db, sliceOf({ portfolio: 'all' }));
		const again = await recheck(db, 'published');
		// What a file stated is compared once; what was moved behind the ledger's back is by now the closing of the last posting.
		const told = (results: readonly { code: CheckCode; project: string; subject: string }[]) =>
			results
				.filter(({ code }) => code !== 'rows_equal_stated' && code !== 'closing_equals_opening')
				.map(({ code, project, subject }) => `${project} ${code} ${subject}`)
				.sort();
		const faulty = told(known.filter(({ passed }) => passed === false));
		expect(faulty.length).toBeGreaterThan(10);
		expect(told(again.filter(({ state }) => state === 'fails'))).toEqual(faulty);
		expect(told(again)).toEqual(told(known));
	});

	test('that fail do so until it is put right, and on the days between for ever', async () => {
		const at = (day: string) => ({ simulatedKnownAt: `${day}T12:00:00Z` });
		const project = await aSoundProject(db, 'demonstration', at('2118-01-01'));
		const { entry, funder, post, reporter, activity } = project;
		await post([entry('stranger', { provider: funder, amount: '10.00' })], at('2118-02-01'));
		await post([aWithdrawal({ reporter, activity, reference: 'stranger' })], at('2118-03-01'));
		const on = async (asof: string) => failing(await resultsOf(project, { asof }));
		expect([await on('2118-01-31'), await on('2118-02-28'), await on('2118-03-01')]).toEqual([
			[],
			['receipts_accounted_for'],
			[]
		]);
		const closing = (await resultsOf(project)).find(
			({ code, subject }) => code === 'closing_equals_opening' && subject === 'spent'
		);
		expect(closing).toMatchObject({
			passed: true,
			about: { closing: '845.00', corrected: '-10.00', opening: '835.00' }
		});
	});

	test('that fail go with the posting that is undone', async () => {
		const project = await aSoundProject(db);
		const { postingNo } = await postStated(project, '120.00');
		expect(failing(await resultsOf(project))).toEqual(['rows_equal_stated']);
		await undo(db, 'published', postingNo, 'it was the wrong file');
		const results = await resultsOf(project);
		expect(failing(results)).toEqual([]);
		expect(results.some(({ code }) => code === 'rows_equal_stated')).toBe(false);
	});

	test('of what a file states stand until the same is stated again for all of its time', async () => {
		const project = await aSoundProject(db);
		await postStated(project, '120.00');
		await postStated(project, '130.00', 'another', 'Total travel');
		const stated = async () =>
			(await resultsOf(project))
				.filter(({ code }) => code === 'rows_equal_stated')
				.map(({ about, passed }) => `${about.what as string} ${passed}`)
				.sort();
		expect(await stated()).toEqual(['Total false', 'Total travel false']);
		await postStated(project, '100.00', 'stated again');
		expect(await stated()).toEqual(['Total travel false', 'Total true']);
	});

	/** Moves an activity to another project behind the ledger's back, so that its row in dollars stays where it was. */
	async function leaveBehind({ key, entry, post, nature }: SoundProject) {
		const [activity, other] = [`moved from ${key}`, `other than ${key}`];
		await post([aProject(other), anActivity(activity, key)]);
		await post([{ ...entry('left behind', { amount: '11.00', currency: 'USD' }), activity, project: key }]);
		await db.transaction().execute(async (transaction) => {
			const { rows } = await sql<{ posting_no: number }>`
				insert into posting (nature, posting_no, known_at, cause, explanation)
				values (${nature}, null, now(), 'rule', 'a test moves an activity') returning posting_no`.execute(
				transaction
			);
			const postingNo = rows[0]!.posting_no;
			await sql`
				insert into project_activity (activity_id, nature, posting_no, project_id, reason)
				select activity_id, nature, ${postingNo}::integer, (select project_id from project where key = ${other}), 'a test moves it'
				from activity where key = ${activity} and nature = ${nature}`.execute(transaction);
			await addToSummaries(transaction, nature, postingNo);
		});
		await post([entry('on', { amount: '1.00' })]);
	}

	/** Changes today's sums behind the ledger's back, and has the project checked again. */
	async function tamper({ key, entry, post }: SoundProject, change: RawBuilder<unknown>) {
		await sql`update ${change} and project_id = (select project_id from project where key = ${key})`.execute(
			db
		);
		await post([entry('on', { amount: '1.00' })]);
	}

	/** A file of one row of EUR 100 that states another total. */
	async function postStated({ entry }: SoundProject, stated: string, reference = 'stated', what = 'Total') {
		const importId = await stageRecords(db, 'published', [entry(reference, { amount: '100.00' })]);
		await compareImport(db, importId);
		await sql`
			update import set preview = preview || ${JSON.stringify({
				stated: [{ what, stated, found: '100.00', currency: 'EUR', place: 'made.csv row 2' }]
			})}::jsonb where import_id = ${importId}::bigint`.execute(db);
		return post(db, importId, { explanation: 'made by a test' });
	}

	/** Writes an entry past the code that converts. */
	async function insertEntry({ key, nature }: SoundProject, change: Record<string, string>) {
		await db.transaction().execute(async (transaction) => {
			const { rows } = await sql<{ posting_no: number }>`
				insert into posting (nature, posting_no, known_at, cause, explanation)
				values (${nature}, null, now(), 'rule', 'a test writes') returning posting_no`.execute(transaction);
			const postingNo = rows[0]!.posting_no;
			const values = Object.entries(change);
			const { rows: added } = await sql<{ reporter: string; entry_id: string }>`
				insert into ledger_entry (reporting_organisation_id, nature, added_by, entry_key, fingerprint, project_id, activity_id, kind, date_from, date_to,
					date_precision, period_from, period_to, provider_id, source_id, place, ${sql.join(values.map(([name]) => sql.ref(name)))})
				select reporting_organisation_id, nature, ${postingNo}::integer, 'written', 'written', project_id, activity_id, kind, date_from, date_to,
					date_precision, period_from, period_to, provider_id, source_id, place, ${sql.join(values.map(([, value]) => sql`${value}`))}
				from ledger_entry where nature = ${nature} and voucher = 'travel' and project_id = (select project_id from project where key = ${key})
				returning reporting_organisation_id as reporter, entry_id`.execute(transaction);
			await sql`
				insert into entry_share (reporting_organisation_id, entry_id, cell_no, amount, amount_eur, country_basis, sector_basis, sort_date)
				select reporting_organisation_id, entry_id, 1, amount, amount_eur, 'unallocated', 'unallocated', sort_date
				from ledger_entry where reporting_organisation_id = ${added[0]!.reporter}::bigint and entry_id = ${added[0]!.entry_id}::bigint`.execute(
				transaction
			);
			await addToSummaries(transaction, nature, postingNo);
			await runChecks(transaction, { nature, postingNo, importId: null });
		});
	}
});
