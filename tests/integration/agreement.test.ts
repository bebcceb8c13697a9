import { beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '#lib/server/database/open.ts';
import { total } from '#lib/server/ledger/total.ts';
import { readAgreementPage, type AgreementBlock, type AgreementsOf } from '#lib/server/page/agreement.ts';
import type { RuleLine } from '#lib/server/page/agreement-rules.ts';
import { readProof, type ProofQuestion } from '#lib/server/page/proof.ts';
import { add, compare, sum } from '#lib/money/decimal.ts';
import type { RuleFormulaName } from '#lib/slice/rule.ts';
import type { Slice } from '#lib/slice/slice.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import {
	aProject,
	anActivity,
	anAgreement,
	anAgreementRule,
	anEntry,
	anInstalment,
	anOrganisation,
	postRecords
} from '../support/ledger-factory.ts';
import { askedOf } from '../support/question.ts';

const asked = ({ db }: Database, slice: Partial<Slice> = {}, demonstration = true) =>
	askedOf(db, { slice, demonstration });

const only = (found: AgreementsOf | null): AgreementBlock => {
	if (found?.agreements.length !== 1) throw new Error('the project has one agreement');
	return found.agreements[0]!;
};
const moneyOf = (block: AgreementBlock, rule: string) => {
	const line = block.rules.find((candidate) => candidate.rule.rule === rule);
	if (line?.state !== 'money') throw new Error(`${rule} is measured in money`);
	return line satisfies RuleLine;
};

describeOnBothEngines('the agreement of the first portfolio', (_engine, fresh) => {
	let database: Database;
	const read = async (slice: Partial<Slice> = {}, demonstration = true) =>
		readAgreementPage(await asked(database, slice, demonstration), 'GLOACT');
	const block = async (asof: string | null) => only((await read({ asof })).demonstration);

	beforeAll(async () => {
		database = await fresh({ filled: true });
	});

	test('is as known on the day: instalments not yet received, then all', async () => {
		const [then, now] = [await block('2017-06-30'), await block(null)];
		expect(then.instalments.filter(({ received_on }) => received_on === null)).toHaveLength(3);
		expect(now.instalments.filter(({ received_on }) => received_on === null)).toHaveLength(0);
		expect(compare(sum(now.instalments.map(({ amount }) => amount)), now.agreement.amount!)).toBe(0);
		for (const { amount, received } of now.instalments)
			expect(compare(received!.total.amount!, amount)).toBe(0);
		const budgets = [then, now].map(({ agreement }) => agreement.budgets.length);
		expect(budgets).toEqual([1, 2]);
		for (const { amount, direct, indirect } of now.agreement.budgets)
			expect(compare(sum([direct, indirect]), amount)).toBe(0);
		expect(now.rules.map(({ rule }) => rule.value)).toEqual(['7', '70', '25', '180']);
	});

	test('counts only the kinds and bases that the rule allows, each with its rows', async () => {
		const { measured, rule } = moneyOf(await block('2017-06-30'), 'instalment_threshold');
		expect(rule.kinds).toEqual(['3', '4']);
		expect(measured.terms.counted.map(({ slice }) => [slice.measure, slice.basis])).toEqual([
			['disbursement', 'cash'],
			['disbursement', 'accrual'],
			['expenditure', 'cash'],
			['expenditure', 'accrual']
		]);
		const amounts = measured.terms.counted.flatMap((line) => line.total.amount ?? []);
		expect(compare(sum(amounts), measured.counted!)).toBe(0);
		// Money passed on inside the project is told beside it and never counted.
		const [transfers] = measured.terms.counted[0]!.total.notCounted;
		expect(transfers).toMatchObject({ reason: 'internal_transfer' });
	});

	test('below the threshold it says what is missing and when it is reached; both move with the day', async () => {
		const days = ['2017-06-30', '2017-09-30'];
		const lines = await Promise.all(
			days.map(async (day) => moneyOf(await block(day), 'instalment_threshold'))
		);
		for (const { measured, crossing } of lines) {
			expect(measured).toMatchObject({ before: '1200000.00', base: '2400000.00', threshold: '2880000.00' });
			expect(measured.reached).toBe(false);
			expect(add(measured.counted!, measured.distance!)).toBe(measured.threshold);
			expect(crossing?.day).toMatch(/^201[78]-/);
		}
		expect(lines[0]!.measured.distance).not.toBe(lines[1]!.measured.distance);
		expect(lines[0]!.crossing!.day).not.toBe(lines[1]!.crossing!.day);
		expect(lines[1]!.crossing!.pace).toMatchObject({ from: '2016-07-01', until: '2017-06-30', days: 365 });
	});

	test('once it is over nothing is forecast, and its last day stays on record', async () => {
		const now = await block(null);
		expect(now.ended).toBe(true);
		expect(moneyOf(now, 'instalment_threshold')).toMatchObject({ crossing: null });
		const due = now.rules.find(({ state }) => state === 'due');
		expect(due).toMatchObject({ due: '2020-01-27', days: 73 });
	});

	test('while the threshold is not reached no row is named as the one that did', async () => {
		// The fourth instalment had been asked for, and the third not yet followed by it.
		for (const day of ['2018-05-01', null]) {
			const { measured, deciding } = moneyOf(await block(day), 'instalment_threshold');
			expect(measured.reached).toBe(false);
			expect(deciding!.reachedBy).toBeNull();
		}
	});

	test('indirect costs are held against all other costs, headings against their own budget', async () => {
		const now = await block(null);
		const { measured } = moneyOf(now, 'indirect_rate');
		expect(measured).toMatchObject({ share: '7.0', counted: '633102.20', base: '9044317.21' });
		expect(compare(measured.distance!, '0')).not.toBe(-1);
		const headings = now.rules.find(({ state }) => state === 'headings');
		if (headings?.state !== 'headings') throw new Error('one rule is on headings');
		const { slice } = now;
		const spent = await total(database.db, { ...slice, measure: 'spent' });
		expect(compare(sum(headings.lines.map((line) => line.measured.counted ?? '0')), spent.amount!)).toBe(0);
		for (const line of headings.lines) expect(line.measured.before).toBe(line.measured.base);
	});

	test('each of its figures opens to a proof of the same value', async () => {
		const { measured, rule, crossing } = moneyOf(await block('2017-06-30'), 'instalment_threshold');
		const prove = async (formula: RuleFormulaName) => {
			const question = await asked(database, measured.slice);
			const fields = { claim: null, formula, agreement_rule: rule.key };
			return readProof({ ...question, fields } as ProofQuestion);
		};
		for (const formula of ['rule_counted', 'rule_threshold', 'rule_distance', 'rule_share'] as const) {
			const proof = await prove(formula);
			if (proof.kind !== 'rule') throw new Error('a rule has its own proof');
			const { counted, threshold, distance, share } = proof.measured;
			expect({ counted, threshold, distance, share }).toEqual({
				counted: measured.counted,
				threshold: measured.threshold,
				distance: measured.distance,
				share: measured.share
			});
		}
		expect(await prove('rule_crossing')).toMatchObject({ crossing: { day: crossing!.day } });
	});

	test('with the demonstration hidden only what is published is read', async () => {
		const page = await read({}, false);
		expect(page.demonstration).toBeNull();
		expect(page.published).toBeNull();
		expect(page.money.contributions).toMatchObject([{ amount: '10000000', party: 'European Union' }]);
	});

	test('before the first day of its history there is none yet, and the page says so', async () => {
		expect((await read({ asof: '2015-08-01' })).demonstration).toMatchObject({ agreements: [], later: true });
	});

	test('what cannot be asked for is refused by name', async () => {
		await expect(read({ country: 'ML' })).rejects.toMatchObject({ body: { parameter: 'country' } });
		await expect(readAgreementPage(await asked(database), 'NOTHING')).rejects.toMatchObject({ status: 404 });
		const question = await asked(database, { project: 'GLOACT', nature: 'demonstration' });
		const fields = { claim: null, formula: 'rule_distance', agreement_rule: 'X' };
		await expect(readProof({ ...question, fields } as ProofQuestion)).rejects.toMatchObject({
			body: { parameter: 'agreement' }
		});
		const slice = { ...question.slice, agreement: 'DEMO-EU-UNODC' };
		await expect(readProof({ ...question, slice, fields } as ProofQuestion)).rejects.toMatchObject({
			parameter: 'agreement_rule'
		});
	});
});

describeOnBothEngines('a published agreement', (_engine, fresh) => {
	let database: Database;
	beforeAll(async () => {
		database = await fresh();
	});

	/** A running agreement of EUR 1 000 received on 1 March 2026, with expenditure as given. */
	async function publish(key: string, spent: { on: string; amount: string; currency?: string }[]) {
		const identity = { reporter: key, activity: key, project: key };
		await postRecords(database.db, 'published', [
			anOrganisation(key),
			aProject(key),
			anActivity(key, key),
			anAgreement(key, key, { start: '2026-01-01', end: '2099-12-31' }),
			anAgreementRule(`${key}-1`, key),
			anInstalment(1, key, { receivedOn: '2026-03-01' }),
			anEntry(
				{ ...identity, reference: 'R1' },
				{ entryKind: '1', agreement: key, amount: '1000.00', dateFrom: '2026-03-01', dateTo: '2026-03-01' }
			),
			...spent.map(({ on, amount, currency = 'EUR' }, index) =>
				anEntry(
					{ ...identity, reference: `E${index}` },
					{ agreement: key, amount, currency, dateFrom: on, dateTo: on }
				)
			)
		]);
		const question = await asked(database, { portfolio: 'all' });
		return only((await readAgreementPage(question, key)).published);
	}

	describe('that runs', () => {
		test('is forecast from the latest posting, and the forecast names no day without a pace', async () => {
			const running = moneyOf(
				await publish('RUNS', [{ on: '2026-03-31', amount: '310.00' }]),
				'instalment_threshold'
			);
			// 31 days of March at EUR 10 a day: EUR 390 more take 39 days.
			expect(running.measured).toMatchObject({ distance: '390.00', share: '31.0' });
			expect(running.crossing).toMatchObject({ day: '2026-05-09', pace: { days: 31 } });
			const still = moneyOf(
				await publish('STILL', [
					{ on: '2026-03-30', amount: '10.00' },
					{ on: '2026-03-31', amount: '-10.00' }
				]),
				'instalment_threshold'
			);
			expect(still.crossing).toMatchObject({ day: null });
		});

		test('is reached with the very row', async () => {
			const line = moneyOf(
				await publish('REACHED', [
					{ on: '2026-03-10', amount: '600.00' },
					{ on: '2026-03-20', amount: '100.00' },
					{ on: '2026-03-21', amount: '5.00' }
				]),
				'instalment_threshold'
			);
			expect(line.measured).toMatchObject({ reached: true, distance: '-5.00' });
			expect(line.crossing).toBeNull();
			const { rows, reachedBy } = line.deciding!;
			expect(rows.map(({ amount_in_slice: amount }) => amount)).toEqual(['600.00', '100.00']);
			expect(rows.at(-1)!.entry).toBe(reachedBy);
		});

		test('says that nothing is exact where an amount has no rate', async () => {
			const line = moneyOf(
				await publish('NORATE', [{ on: '2026-03-10', amount: '100.00', currency: 'XOF' }]),
				'instalment_threshold'
			);
			expect(line.measured).toMatchObject({ inexact: true, counted: null, reached: null });
		});
	});

	test('of which no money came in has nothing to measure against', async () => {
		await postRecords(database.db, 'published', [
			anOrganisation('NONE'),
			aProject('NONE'),
			anAgreement('NONE', 'NONE'),
			anAgreementRule('NONE-1', 'NONE'),
			anAgreementRule('NONE-2', 'NONE', { rule: 'retention', base: null, sense: null })
		]);
		const question = await asked(database, { portfolio: 'all' });
		const block = only((await readAgreementPage(question, 'NONE')).published);
		expect(moneyOf(block, 'instalment_threshold').measured).toMatchObject({ base: null, threshold: null });
		expect(block.rules.map(({ state }) => state)).toEqual(['money', 'text']);
	});
});
