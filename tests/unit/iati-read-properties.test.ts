import { readFileSync, readdirSync, statSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { IntakeRecord } from '#lib/server/intake/record.ts';
import { activityFile } from '../support/iati-arbitrary.ts';
import {
	SHARED_IATI,
	hasSharedIati,
	inPieces,
	readActivityFile,
	readText,
	type ReadFile
} from '../support/iati-files.ts';
import { writeActivities } from '../support/iati-writer.ts';

const withoutPlace = ({ place: _place, ...record }: IntakeRecord) => record;

const MARKUP = [
	'<',
	'>',
	'&',
	'"',
	'</iati-activity>',
	'<transaction>',
	'<value>1,0</value>',
	'iso-date="x"',
	' code=""'
];

/** Pieces cut out of a file and put into it, anywhere. */
const damages = fc.array(
	fc.record({
		at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
		cut: fc.integer({ min: 0, max: 30 }),
		put: fc.oneof(
			fc.uint8Array({ maxLength: 4 }),
			fc.constantFrom(...MARKUP).map((text) => Buffer.from(text))
		)
	}),
	{ minLength: 1, maxLength: 4 }
);

type Damage = { at: number; cut: number; put: Uint8Array };

function damaged(bytes: Buffer, all: readonly Damage[]): Buffer {
	return all.reduce((whole, { at, cut, put }) => {
		const start = Math.floor(at * whole.length);
		return Buffer.concat([whole.subarray(0, start), put, whole.subarray(start + cut)]);
	}, bytes);
}

describe('any valid activities', () => {
	test('written as XML and read back are the same', async () => {
		await fc.assert(
			fc.asyncProperty(activityFile, async ({ organisations, activities }) => {
				const read = await readText(writeActivities(activities, organisations));
				expect(read.findings.filter(({ severity }) => severity !== 'warning')).toEqual([]);
				const records = read.records.filter(({ kind }) => kind !== 'iati_organisation');
				expect(records.map(withoutPlace)).toEqual(
					activities
						.flatMap(({ activity, results, entries }) => [activity, ...results, ...entries])
						.map(withoutPlace)
				);
				for (const record of read.records) {
					if (record.kind !== 'iati_organisation') continue;
					const written = organisations.find(({ key }) => key === record.key);
					const reports = activities.some(({ activity }) => activity.reporter === record.key);
					expect(withoutPlace(record)).toEqual({ ...withoutPlace(written!), reports });
				}
			}),
			{ numRuns: 100 }
		);
	});

	test('read the same however the bytes are cut', async () => {
		await fc.assert(
			fc.asyncProperty(activityFile, fc.integer({ min: 1, max: 40 }), async (file, length) => {
				const bytes = Buffer.from(writeActivities(file.activities, file.organisations));
				expect(await readActivityFile(inPieces(bytes, length))).toEqual(
					await readActivityFile(inPieces(bytes))
				);
			}),
			{ numRuns: 20 }
		);
	});
});

describe('any damage to a file', () => {
	test('ends in findings, never in an exception or half an activity', async () => {
		await fc.assert(
			fc.asyncProperty(activityFile, damages, async (file, all) => {
				const bytes = Buffer.from(writeActivities(file.activities, file.organisations));
				expectWhole(await readActivityFile(inPieces(damaged(bytes, all))));
			}),
			{ numRuns: 150 }
		);
	});

	test('random bytes are no file', async () => {
		await fc.assert(
			fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
				const read = await readActivityFile(inPieces(bytes));
				expect(read.rejected).toBe(true);
				expect(read.records).toEqual([]);
			}),
			{ numRuns: 300 }
		);
	});
});

describe.skipIf(!hasSharedIati)('any damage to a published file', () => {
	test('ends in findings, never in an exception or half an activity', async () => {
		const names = readdirSync(`${SHARED_IATI}/real`).filter((name) => name.endsWith('.xml'));
		const small = names.filter((name) => statSync(`${SHARED_IATI}/real/${name}`).size < 100_000);
		await fc.assert(
			fc.asyncProperty(fc.constantFrom(...small), damages, async (name, all) => {
				const bytes = readFileSync(`${SHARED_IATI}/real/${name}`);
				expectWhole(await readActivityFile(inPieces(damaged(bytes, all))));
			}),
			{ numRuns: 60 }
		);
	});
});

function expectWhole({ records, counts, findings, rejected }: ReadFile): void {
	const keys = new Set(records.flatMap((record) => (record.kind === 'iati_activity' ? [record.key] : [])));
	for (const record of records) {
		if (record.kind === 'ledger_entry' || record.kind === 'iati_result')
			expect(keys).toContain(record.activity);
	}
	if (rejected) expect(records).toEqual([]);
	else {
		const refused = counts!.refused.filter((name) => !keys.has(name));
		expect(refused).toEqual(counts!.refused);
		const named = keys.size + refused.length;
		const repeated = findings.some(({ rule }) => rule === 'identifier-repeated');
		if (repeated) expect(counts!.counts.activities).toBeGreaterThan(named);
		else expect(counts!.counts.activities).toBe(named);
	}
}
