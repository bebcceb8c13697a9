import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fingerprintOf } from '#lib/server/intake/entry-rows.ts';
import type { LedgerEntryRecord } from '#lib/server/intake/record.ts';
import { entryOf, stagedJson } from '#lib/server/intake/staged-form.ts';
import { anEntry } from '../support/ledger-factory.ts';

const optional = (name: string) => fc.option(fc.string(), { nil: null }).map((value) => ({ [name]: value }));
const NULLABLE = [
	'nature',
	'reference',
	'dateFrom',
	'dateTo',
	'valueDate',
	'provider',
	'heading',
	'description'
];

const COUNTRIES: LedgerEntryRecord['countries'][] = [
	[],
	[{ country: null, percentage: '100' }],
	[{ country: 'ML', region: null, percentage: '50' }]
];

/** Entries of which some fields say nothing, and with optional fields absent, null or there. */
const entries = fc
	.tuple(
		fc.tuple(...NULLABLE.map(optional)).map((parts) => Object.assign({}, ...parts) as object),
		fc.constantFrom({}, { rateHint: null }, { rateHint: 'InforEuro' }),
		fc.constantFrom({}, { codes: null }, { codes: {} }, { codes: { flowType: '10' } }),
		fc.constantFrom(...COUNTRIES),
		fc.boolean()
	)
	.map(([fields, hint, codes, countries, exchangeDifference]): LedgerEntryRecord =>
		anEntry(
			{ reporter: 'R', activity: 'A', project: 'P' },
			{ ...fields, ...hint, ...codes, countries, exchangeDifference }
		)
	);

test('an entry comes back from staging with the fields it had, and the same fingerprint', () => {
	fc.assert(
		fc.property(entries, (entry) => {
			const record = JSON.parse(stagedJson(entry)) as object;
			const back = entryOf({ place: entry.place, record });
			expect(back).toStrictEqual(entry);
			expect(fingerprintOf(back)).toBe(fingerprintOf(entry));
		})
	);
});

test('fields that say nothing are not staged', () => {
	const staged = JSON.parse(stagedJson(anEntry({ reporter: 'R', activity: 'A', project: 'P' }))) as object;
	expect(Object.values(staged)).not.toContain(null);
	expect(staged).not.toHaveProperty('countries');
	expect(staged).toMatchObject({ reporter: 'R', amount: '100.00', exchangeDifference: false });
});
