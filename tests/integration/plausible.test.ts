import type { Kysely } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { DB } from '#lib/server/database/schema.ts';
import { findAgreementPeriods } from '#lib/server/intake/plausible/agreements.ts';
import { receive } from '#lib/server/intake/receive.ts';
import { stage } from '#lib/server/intake/stage.ts';
import { describeOnBothEngines } from '../support/databases.ts';
import { aProject, anAgreement, anOrganisation, bytesOf, postRecords } from '../support/ledger-factory.ts';

describeOnBothEngines('what is hard to believe', (_engine, fresh) => {
	let db: Kysely<DB>;
	const period = { start: '2015-07-23', end: '2019-07-31' };

	beforeAll(async () => {
		({ db } = await fresh());
		await postRecords(db, 'published', [
			anOrganisation('O-1'),
			aProject('P-1'),
			anAgreement('AG-1', 'P-1', { start: '2010-01-01', end: '2010-12-31' })
		]);
		await postRecords(db, 'published', [anAgreement('AG-1', 'P-1', period), anAgreement('AG-2', 'P-1')]);
		await postRecords(db, 'demonstration', [aProject('P-1'), anAgreement('AG-1', 'P-1')]);
	});

	test('is judged by the agreements as last posted, each nature by its own', async () => {
		expect(Object.fromEntries(await findAgreementPeriods(db, 'published'))).toEqual({
			'AG-1': period,
			'AG-2': { start: null, end: null }
		});
		expect([...(await findAgreementPeriods(db, 'demonstration')).keys()]).toEqual(['AG-1']);
	});

	test('goes through with a warning in the preview', async () => {
		const row = (reference: string, day: string, amount: string) =>
			`O-1,P-1,A-1,4,${reference},${day},${amount},EUR,AG-1`;
		const text = [
			'reporter,project,activity,kind,reference,date_from,amount,currency,agreement',
			...Array.from({ length: 20 }, (_, index) => row(`V-${index}`, '2017-03-08', '100.00')),
			row('V-20', '2019-08-01', '10000.01')
		].join('\n');
		const source = await receive(db, {
			name: 'report.csv',
			mediaType: 'text/csv',
			bytes: bytesOf(text),
			receivedBy: 'upload',
			released: false
		});
		const { importId, counts, state } = await stage(db, {
			sourceId: source.sourceId,
			nature: 'published',
			format: 'ledger-csv',
			coverage: { complete: false },
			options: { fileName: 'report.csv', nature: 'published' }
		});
		const findings = await db
			.selectFrom('finding')
			.where('import_id', '=', importId)
			.select(['severity', 'rule', 'place', 'was_read'])
			.orderBy('rule')
			.execute();
		expect(state).toBe('staged');
		expect(counts.records).toEqual({ ledger_entry: 21 });
		expect(findings).toEqual([
			{
				severity: 'warning',
				rule: 'amount-unusual',
				place: 'report.csv row 22',
				was_read: "10000.01 EUR; half of the reporter's amounts of kind 4 are 100 EUR or less"
			},
			{
				severity: 'warning',
				rule: 'date-outside-agreement',
				place: 'report.csv row 22',
				was_read: '2019-08-01, kind 4; agreement AG-1: 2015-07-23 to 2019-07-31'
			}
		]);
	});
});
