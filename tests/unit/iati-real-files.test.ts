import { readFileSync, readdirSync } from 'node:fs';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { add, sum } from '#lib/money/decimal.ts';
import {
	SHARED_IATI,
	activitiesOf,
	entriesOf,
	hasSharedIati,
	readShared,
	type ReadFile
} from '../support/iati-files.ts';

/** Sums by currency and transaction type, without zeros at the end, as the truths have them. */
type Sums = Record<string, Record<string, string>>;

type Truth = {
	n_activities: number;
	n_transactions: number;
	not_decimal: unknown[];
	transactions: Record<string, Record<string, { count: number; sum: string }>>;
	budgets: Record<string, Record<string, { count: number; sum: string }>>;
	planned_disbursements: Record<string, Record<string, { count: number; sum: string }>>;
};

/** What there is to warn of lies outside of what one file can tell. */
const NOTHING_TO_SAY = ['g07-reporting-org-not-the-uploader.xml', 'h04-version-1.05-valid.xml'];

const real = hasSharedIati ? readdirSync(`${SHARED_IATI}/real`).filter((name) => name.endsWith('.xml')) : [];
const hostile = hasSharedIati ? expectedOutcomes() : [];

describe.skipIf(!hasSharedIati)('published files, against sums worked out by two other programs', () => {
	test('all 82 of them', () => {
		expect(real).toHaveLength(82);
	});

	test.each(real)('%s', async (name) => {
		const truth = JSON.parse(readFileSync(`${SHARED_IATI}/truth/${name}.json`, 'utf8')) as Truth;
		const read = await readShared('real', name);
		const counts = read.counts?.counts ?? { activities: 0, transactions: 0, sums: [] };
		expect(counts.activities).toBe(truth.n_activities);
		expect(counts.transactions).toBe(truth.n_transactions);
		const sums: Truth['transactions'] = {};
		for (const { currency, kind, count, sum } of counts.sums) (sums[currency] ??= {})[kind] = { count, sum };
		expect(sums).toEqual(truth.transactions);
		expectWhole(read);
		if (read.rejected || read.counts!.refused.length > 0) return;
		// Nothing was refused: the entries are all that the file states.
		expect(plansOf(read, 'budget')).toEqual(byCurrency(truth.budgets));
		expect(plansOf(read, 'planned_disbursement')).toEqual(byCurrency(truth.planned_disbursements));
		expect(entriesOf(read).filter(({ entryKind }) => /^\d+$/.test(entryKind))).toHaveLength(
			truth.n_transactions
		);
	});
});

describe.skipIf(!hasSharedIati)('hostile files, as the list beside them says', () => {
	test('all 81 of them', () => {
		expect(hostile).toHaveLength(81);
	});

	test.each(hostile)('$file: $what', { timeout: 10_000 }, async (expected) => {
		const read = await readShared('hostile', expected.file);
		const accepted = activitiesOf(read).map(({ key }) => key);
		expectWhole(read);
		if (expected.rejected && !UNWRAPPED.includes(expected.file)) {
			expect(read.rejected).toBe(true);
			expect(accepted).toEqual([]);
			return;
		}
		expect(accepted.toSorted()).toEqual(expected.rejected ? [GOOD] : expected.accepted.toSorted());
		expect((read.counts?.refused ?? []).filter((key) => !ALSO_REFUSED.includes(key)).toSorted()).toEqual(
			expected.refused.toSorted()
		);
		if (expected.sums !== null) expect(sumsOf(read)).toEqual(expected.sums);
		if (expected.warned) expect(read.findings.length).toBeGreaterThan(0);
	});
});

const GOOD = 'XM-DAC-99999-GOOD';
/** The list allows to look through a wrapper or a second root, with a warning. */
const UNWRAPPED = ['h15-nested-root.xml', 'h20-datastore-result-wrapper.xml'];
/** Days before our era and after the year 9999: the list allows either. */
const ALSO_REFUSED = ['XM-DAC-99999-D22', 'XM-DAC-99999-D23'];

/** Every activity is there whole or named as refused; whatever is refused has an error that says why. */
function expectWhole(read: ReadFile): void {
	const activities = activitiesOf(read).map(({ key }) => key);
	const keys = new Set(activities);
	expect(keys.size).toBe(activities.length);
	expect(entriesOf(read).filter(({ activity }) => !keys.has(activity))).toEqual([]);
	const errors = read.findings.filter(({ severity }) => severity === 'error').map(({ place }) => place);
	for (const refused of read.counts?.refused ?? []) {
		expect(keys.has(refused)).toBe(false);
		expect(errors.some((place) => place.includes(refused) || place.startsWith(refused))).toBe(true);
	}
}

function sumsOf(read: ReadFile): Sums {
	const sums: Sums = {};
	for (const { entryKind, currency, amount } of entriesOf(read)) {
		if (entryKind === 'budget' || entryKind === 'planned_disbursement') continue;
		const ofCurrency = (sums[currency] ??= {});
		ofCurrency[entryKind] = add(ofCurrency[entryKind] ?? '0', amount);
	}
	for (const ofCurrency of Object.values(sums)) {
		for (const [kind, sum] of Object.entries(ofCurrency)) ofCurrency[kind] = shortest(sum);
	}
	return sums;
}

/** Sums of a kind by currency, of all types and states. */
function plansOf(read: ReadFile, kind: 'budget' | 'planned_disbursement'): Record<string, string> {
	const plans = entriesOf(read).filter(({ entryKind }) => entryKind === kind);
	return Object.fromEntries(
		[...new Set(plans.map(({ currency }) => currency))]
			.sort()
			.map((currency) => [
				currency,
				shortest(sum(plans.filter((plan) => plan.currency === currency).map(({ amount }) => amount)))
			])
	);
}

function byCurrency(sums: Truth['budgets']): Record<string, string> {
	return Object.fromEntries(
		Object.entries(sums).map(([currency, types]) => [
			currency,
			shortest(sum(Object.values(types).map((type) => type.sum)))
		])
	);
}

function shortest(sum: string): string {
	return sum.includes('.') ? sum.replace(/\.?0+$/, '') : sum;
}

function expectedOutcomes() {
	const csv = readFileSync(`${SHARED_IATI}/hostile/expected.csv`, 'utf8');
	const { data } = Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true });
	return data.map((row) => ({
		file: row.file!,
		what: row.what_is_wrong!,
		rejected: row.good_importer_does === 'reject whole file',
		warned: row.good_importer_does === 'accept with warning' && !NOTHING_TO_SAY.includes(row.file!),
		accepted: JSON.parse(row.identifiers_accepted_json!) as string[],
		refused: JSON.parse(row.identifiers_rejected_json!) as string[],
		sums:
			row.sum_of_accepted_transactions_json === ''
				? null
				: (JSON.parse(row.sum_of_accepted_transactions_json!) as Sums)
	}));
}
