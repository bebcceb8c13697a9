import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type {
	AgreementRecord,
	Finding,
	IatiActivityRecord,
	LedgerEntryRecord
} from '#lib/server/intake/record.ts';
import { Plausibility, type Period } from '#lib/server/intake/plausible.ts';
import { expectAlways } from '../support/property.ts';

function entry(over: Partial<LedgerEntryRecord>): LedgerEntryRecord {
	return {
		kind: 'ledger_entry',
		place: 'ledger.csv row 1',
		reporter: 'XM-DAC-1',
		activity: 'A',
		entryKind: '4',
		amount: '100.00',
		currency: 'EUR',
		dateFrom: null,
		dateTo: null,
		agreement: null,
		...over
	} as LedgerEntryRecord;
}

const on = (day: string, over: Partial<LedgerEntryRecord> = {}) =>
	entry({ dateFrom: day, dateTo: day, ...over });

const activity = (key: string, dates: Partial<IatiActivityRecord>) =>
	({
		kind: 'iati_activity',
		key,
		plannedStart: null,
		actualStart: null,
		plannedEnd: null,
		actualEnd: null,
		...dates
	}) as IatiActivityRecord;

function findings(
	records: (LedgerEntryRecord | IatiActivityRecord | AgreementRecord)[],
	agreements?: Map<string, Period>
): Finding[] {
	const plausibility = new Plausibility(agreements);
	const during = records.flatMap((record) => plausibility.look(record));
	return [...during, ...plausibility.rest()];
}

const amounts = (...values: string[]) =>
	values.map((amount, index) => entry({ amount, place: `ledger.csv row ${index + 1}` }));
const twenty = (amount: string) => Array.from({ length: 20 }, () => amount);

describe('an amount far beyond the usual', () => {
	it('is named with what is usual, wherever in the file it stands', () => {
		const [found, ...others] = findings(amounts('-12345.68', ...twenty('123.4500')));
		expect(others).toEqual([]);
		expect(found).toEqual({
			kind: 'finding',
			severity: 'warning',
			rule: 'amount-unusual',
			place: 'ledger.csv row 1',
			read: "-12345.68 EUR; half of the reporter's amounts of kind 4 are 123.45 EUR or less",
			done: 'read; ask the reporter whether the amount and its currency are right'
		});
	});

	it('is more than a hundred times the middle one, to the last digit', () => {
		expect(findings(amounts(...twenty('0.10'), '10.00'))).toEqual([]);
		expect(findings(amounts(...twenty('0.10'), '10.000001'))).toHaveLength(1);
	});

	it('is no wonder where one in nine is as large', () => {
		const mixed = [...twenty('1'), ...twenty('1'), '1000', '1000', '1000', '1000', '1000', '5000'];
		expect(findings(amounts(...mixed))).toEqual([]);
	});

	it('cannot be told from fewer than twenty', () => {
		expect(findings(amounts(...twenty('1').slice(1), '0', '0.00', '9')).length).toBe(0);
		expect(findings(amounts(...twenty('1').slice(2), '1000000'))).toEqual([]);
		expect(findings(amounts(...twenty('1').slice(1), '1000000'))).toHaveLength(1);
	});

	it.each([
		['reporter', { reporter: 'XM-DAC-2' }],
		['kind', { entryKind: '2' }],
		['currency', { currency: 'XOF' }]
	] as const)('is compared with those of the same %s only', (_what, other) => {
		const others = twenty('1').map((amount) => entry({ amount }));
		expect(findings([...others, entry({ amount: '1000000', ...other })])).toEqual([]);
	});

	it('takes numbers longer than a computer counts with', () => {
		const long = `${'9'.repeat(60)}.${'9'.repeat(60)}`;
		expect(findings(amounts(...twenty('1'), long))[0]!.read).toContain(long);
	});

	it('names the ten largest of many', () => {
		const found = findings(
			amounts(...twenty('1'), ...Array.from({ length: 2000 }, () => '1'), ...twenty('5000'))
		);
		expect(found).toHaveLength(10);
	});

	it('is the same whatever the order', () => {
		expectAlways(
			fc.property(
				fc.array(fc.integer({ min: 1, max: 200_000 }), { minLength: 15, maxLength: 120 }),
				(cents) => {
					const texts = cents.map(
						(value) => `${Math.trunc(value / 100)}.${String(value % 100).padStart(2, '0')}`
					);
					const reads = (values: string[]) =>
						findings(amounts(...values))
							.map(({ read }) => read)
							.sort();
					expect(reads([...texts].reverse())).toEqual(reads(texts));
					const sorted = [...cents].sort((a, b) => a - b);
					const middle = sorted[Math.floor((sorted.length - 1) / 2)]!;
					const upper = sorted[Math.floor(((sorted.length - 1) * 90) / 100)]!;
					const expected = cents.filter((value) => value > 100 * middle && value > 10 * upper);
					expect(reads(texts)).toHaveLength(cents.length < 20 ? 0 : Math.min(10, expected.length));
				}
			),
			200
		);
	});
});

describe("a date outside the activity's own", () => {
	const dates = { plannedStart: '2020-06-01', actualStart: '2020-03-01', plannedEnd: '2021-12-31' };

	it.each([
		['a payment in the year after the end', on('2022-12-31'), null],
		['a payment later', on('2023-01-01'), '2023-01-01, kind 4; the activity: 2020-03-01 to 2021-12-31'],
		['an advance in the year before', on('2019-03-01', { entryKind: '3' }), null],
		['an advance earlier', on('2019-02-28', { entryKind: '3' }), '2019-02-28, kind 3'],
		['a commitment made long before', on('2010-01-01', { entryKind: '2' }), null],
		['a commitment long after', on('2030-01-01', { entryKind: '2' }), '2030-01-01, kind 2'],
		['a loan paid back for decades', on('2050-01-01', { entryKind: '6' }), null],
		['a budget that reaches into it', entry({ dateFrom: '2015-01-01', dateTo: '2020-12-31' }), null],
		[
			'a budget before it',
			entry({ dateFrom: '2015-01-01', dateTo: '2015-12-31' }),
			'2015-01-01 to 2015-12-31'
		],
		['no date', entry({}), null],
		['an entry of another activity', on('1990-01-01', { activity: 'B' }), null]
	])('%s', (_what, record, read) => {
		const found = findings([activity('A', dates), record]);
		expect(found.map(({ rule }) => rule)).toEqual(read === null ? [] : ['date-outside-activity']);
		expect(found[0]?.read ?? null).toEqual(read === null ? null : expect.stringContaining(read));
	});

	it('says nothing where the activity has none', () => {
		expect(findings([activity('A', {}), on('1900-01-01')])).toEqual([]);
	});

	it('names three, counts the rest, and is done with an activity when the next begins', () => {
		const plausibility = new Plausibility();
		plausibility.look(activity('A', dates));
		for (let times = 0; times < 5; times++) plausibility.look(on('2030-01-01'));
		const found = plausibility.look(activity('B', dates));
		expect(found.map(({ done }) => done)).toEqual(['read', 'read', 'read; 2 more like this in it']);
		expect(plausibility.rest()).toEqual([]);
	});
});

describe("a date outside the agreement's", () => {
	const agreements = new Map([['EU-1', { start: '2015-07-23', end: '2019-07-31' }]]);

	it.each([
		['a cost on its last day', on('2019-07-31', { agreement: 'EU-1' }), 0],
		['a cost a day later', on('2019-08-01', { agreement: 'EU-1' }), 1],
		['a cost a day too early', on('2015-07-22', { agreement: 'EU-1' }), 1],
		['the last instalment', on('2020-03-01', { agreement: 'EU-1', entryKind: '1' }), 0],
		['an instalment years later', on('2021-03-01', { agreement: 'EU-1', entryKind: '1' }), 1],
		['another agreement', on('2030-01-01', { agreement: 'EU-2' }), 0]
	])('%s', (_what, record, times) => {
		expect(findings([record], agreements).map(({ rule }) => rule)).toEqual(
			Array.from({ length: times }, () => 'date-outside-agreement')
		);
	});

	it('goes by what the file itself says of the agreement', () => {
		const said = { kind: 'agreement', key: 'EU-1', start: '2010-01-01', end: null } as AgreementRecord;
		expect(findings([said, on('2030-01-01', { agreement: 'EU-1' })], agreements)).toEqual([]);
	});
});
