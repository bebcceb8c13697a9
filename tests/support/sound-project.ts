import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { BudgetVersionRecord } from '#lib/server/intake/record-terms.ts';
import type { IntakeRecord, LedgerEntryRecord } from '#lib/server/intake/record.ts';
import type { PostOptions } from '#lib/server/intake/post.ts';
import type { Nature } from '#lib/slice/slice.ts';
import {
	aCountingRule,
	aProject,
	aRate,
	anActivity,
	anAgreement,
	anEntry,
	anInstalment,
	anOrganisation,
	postRecords
} from './ledger-factory.ts';

/** A project whose books agree in every way that is checked, with what it takes to add to them. */
export type SoundProject = {
	key: string;
	nature: Nature;
	activity: string;
	agreement: string;
	reporter: string;
	funder: string;
	partner: string;
	/** An expenditure of EUR 100 of the reporter's on a day within the period; everything else by `change`. */
	entry: (reference: string, change?: Partial<LedgerEntryRecord>) => LedgerEntryRecord;
	budget: (amounts: { direct: string; indirect: string; amount: string }) => BudgetVersionRecord;
	post: (records: readonly IntakeRecord[], options?: Partial<PostOptions>) => Promise<number>;
};

/**
 * EUR 1 000 agreed, budgeted and received in one instalment; 300 sent on to a partner, which says so too; spent: 500 staff, USD
 * 110 on travel at 1.1, 35 indirect costs, and 200 by the partner.
 */
export async function aSoundProject(
	db: Kysely<DB>,
	nature: Nature = 'published',
	options: Partial<PostOptions> = {}
): Promise<SoundProject> {
	const mark = randomBytes(4).toString('hex');
	const names = {
		key: `sound ${mark}`,
		activity: `activity ${mark}`,
		agreement: `agreement ${mark}`,
		reporter: `lead ${mark}`,
		funder: `funder ${mark}`,
		partner: `partner ${mark}`
	};
	const { key, activity, agreement, reporter, funder, partner } = names;
	const publisher = `rates ${mark}`;
	const entry: SoundProject['entry'] = (reference, change = {}) =>
		anEntry(
			{ reporter, activity, project: key, reference },
			{ provider: reporter, rateHint: publisher, heading: 'staff', ...change }
		);
	const budget: SoundProject['budget'] = (amounts) => ({
		kind: 'budget_version',
		place: 'made.csv row 1',
		key: `budget ${mark}`,
		agreement,
		number: 1,
		validFrom: '2017-01-01',
		approvedOn: null,
		...amounts,
		currency: 'EUR',
		replaces: null,
		note: null
	});
	const post: SoundProject['post'] = async (records, more = options) =>
		(await postRecords(db, nature, records, more)).postingNo;
	const period = { start: '2017-01-01', end: '2017-12-31' };
	await post([
		...[reporter, funder, partner].map((name) => anOrganisation(name)),
		aProject(key, { ...period, startPrecision: 'day', endPrecision: 'day' }),
		anActivity(activity, key),
		anAgreement(agreement, key, { ...period, amount: '1000.00' }),
		anInstalment(1, agreement, { receivedOn: '2017-02-01' }),
		budget({ amount: '1000.00', direct: '965.00', indirect: '35.00' }),
		...['2017-03-01', '2017-04-01', '2017-05-01'].map((day) => aRate(publisher, 'USD', day, { eur: '1.1' })),
		aCountingRule(`sent ${mark}`, reporter, 'internal_transfer', { entryKind: '3', receiver: partner }),
		aCountingRule(`arrived ${mark}`, reporter, 'internal_transfer', { entryKind: '1', receiver: partner }),
		...[
			['staff', '700.00'],
			['travel', '265.00'],
			['indirect', '35.00']
		].map(([heading, amount]) =>
			entry(`budget ${heading}`, { entryKind: 'budget', heading: heading!, amount: amount!, provider: null })
		),
		entry('receipt', {
			entryKind: '1',
			provider: funder,
			receiver: reporter,
			agreement,
			heading: null,
			amount: '1000.00'
		}),
		entry('sent', { entryKind: '3', receiver: partner, heading: null, amount: '300.00' }),
		entry('arrived', { entryKind: '1', receiver: partner, heading: null, amount: '300.00' }),
		entry('staff', {
			amount: '500.00',
			countries: [
				{ country: 'ML', percentage: '33.33' },
				{ country: 'NE', percentage: '33.33' }
			]
		}),
		entry('travel', { amount: '110.00', currency: 'USD', heading: 'travel' }),
		entry('indirect', { amount: '35.00', heading: 'indirect' }),
		entry('partner', { amount: '200.00', provider: partner })
	] as IntakeRecord[]);
	return { ...names, nature, entry, budget, post };
}
