import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readReference, writeReference, type Citation } from '#lib/slice/citation/citation.ts';
import * as codeBook from '#lib/slice/citation/code-book.ts';
import { LETTERS } from '#lib/slice/citation/letters.ts';
import { defaultSlice, SLICE_FIELDS } from '#lib/slice/codec.ts';
import { FORMULA_NAMES } from '#lib/slice/formula.ts';
import { RULE_FORMULA_NAMES } from '#lib/slice/rule.ts';
import { anyId, anyKey, anySlice, anyVersion, maybe } from '../support/any-slice.ts';
import { expectAlways } from '../support/property.ts';

const NO_FIELDS = { claim: null, formula: null, agreement_rule: null };

const citations: fc.Arbitrary<Citation> = fc
	.record({
		slice: anySlice,
		version: anyVersion,
		formula: maybe(fc.constantFrom(...FORMULA_NAMES, ...RULE_FORMULA_NAMES)),
		agreement_rule: maybe(anyKey)
	})
	.map(({ slice, version, formula, agreement_rule }) => ({
		slice: { ...slice, version },
		fields: { claim: null, formula, agreement_rule }
	}));

/** What references leave out, as it was when the first were printed. */
const LEFT_OUT: Omit<Citation['slice'], 'version'> = {
	portfolio: 'gloact',
	measure: 'spent',
	nature: 'published',
	project: null,
	activity: null,
	country: null,
	allocation: null,
	organisation: null,
	part: 'provider',
	receiver: null,
	sector: null,
	heading: null,
	objective: null,
	agreement: null,
	counting: 'counted',
	basis: null,
	state: null,
	booked: null,
	from: null,
	to: null,
	undated: null,
	change: null,
	asof: null,
	currency: 'EUR'
};

function citationOf(slice: Partial<Citation['slice']>, version = '27.5'): Citation {
	return { slice: { ...LEFT_OUT, ...slice, version }, fields: NO_FIELDS };
}

/*
 * Printed on paper: these must never read as anything else, whatever the code book comes to hold.
 */
const PRINTED: [string, Citation][] = [
	['4AS8-0D1', citationOf({})],
	['4ASF-1366-BE02-KTFD', citationOf({ nature: 'demonstration', project: 'GLOACT' })],
	[
		'4ASF-7BN4-CRSD-R0AC-SH65-G6VZ',
		citationOf({
			nature: 'demonstration',
			project: 'GLOACT',
			country: 'ML',
			from: '2017-01-01',
			to: '2017-12-31'
		})
	],
	// No word stands for this measure: it is spelt out for good.
	['4AS8-MD8H-10R1-A4A8-8C23-ACJ2-7', citationOf({ measure: 'reimbursement' })],
	['0W8V-0SBD-48Z0-A84J-N', citationOf({ change: 'added:7', heading: 'staff', currency: 'USD' }, '3.19')],
	[
		'4AS8-8N2A-CR90-REMJ-YRJ5-96CP-32CH-CDSQ-PWSA-89BJ-GY3F-X3',
		citationOf({
			portfolio: 'all',
			project: 'a é/b',
			asof: '2017-06-30',
			organisation: '3,12,none',
			part: 'receiver'
		})
	]
];

describe('the reference of a figure', () => {
	it('leads back to the same figure, whatever was asked', () => {
		expectAlways(
			fc.property(citations, (citation) => {
				expect(readReference(writeReference(citation))).toEqual(citation);
			}),
			500
		);
	});

	it('is of a claim and its data version alone, in whatever slice that was looked at', () => {
		expectAlways(
			fc.property(citations, anyId, ({ slice, fields }, claim) => {
				const read = readReference(writeReference({ slice, fields: { ...fields, claim } }));
				expect(read).toEqual({
					slice: { ...defaultSlice('gloact'), asof: slice.asof, version: slice.version },
					fields: { ...NO_FIELDS, claim }
				});
			}),
			300
		);
	});

	it('is short enough to be typed: a project’s total has 16 letters at most, a year of a country in it 24', () => {
		const lettersOf = (slice: Partial<Citation['slice']>) =>
			writeReference(citationOf(slice)).replaceAll('-', '').length;
		expect(lettersOf({})).toBeLessThanOrEqual(8);
		expect(lettersOf({ nature: 'demonstration', project: 'GLOACT' })).toBeLessThanOrEqual(16);
		const year = { from: '2017-01-01', to: '2017-12-31' };
		expect(
			lettersOf({ nature: 'demonstration', project: 'GLOACT', country: 'ML', ...year })
		).toBeLessThanOrEqual(24);
	});

	it.each(PRINTED)('%s stays what it is', (reference, citation) => {
		expect(writeReference(citation)).toBe(reference);
		expect(readReference(reference)).toEqual(citation);
	});

	it('is read as people write: small letters, without hyphens, with letters that look like digits', () => {
		expectAlways(
			fc.property(citations, (citation) => {
				const reference = writeReference(citation);
				const typed = reference.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
				expect(readReference(typed)).toEqual(citation);
				expect(readReference(reference.replaceAll('-', ''))).toEqual(citation);
			}),
			300
		);
	});
});

describe('a mistake in a reference', () => {
	it('of any single letter is found', () => {
		expectAlways(
			fc.property(citations, (citation) => {
				const letters = writeReference(citation).replaceAll('-', '');
				for (let at = 0; at < letters.length; at++) {
					for (const other of `${LETTERS}U`) {
						if (other === letters[at]) continue;
						expect(readReference(letters.slice(0, at) + other + letters.slice(at + 1))).toBeNull();
					}
				}
			}),
			12
		);
	});

	it('of two neighbours that changed places is found', () => {
		expectAlways(
			fc.property(citations, (citation) => {
				const letters = writeReference(citation).replaceAll('-', '');
				for (let at = 0; at + 1 < letters.length; at++) {
					const [first, second] = [letters[at]!, letters[at + 1]!];
					if (first === second) continue;
					expect(readReference(letters.slice(0, at) + second + first + letters.slice(at + 2))).toBeNull();
				}
			}),
			200
		);
	});

	it('of a letter left out or written twice is found, but for one in so many', () => {
		let wrong = 0;
		let found = 0;
		for (const citation of fc.sample(citations, { numRuns: 60, seed: 5 })) {
			const letters = writeReference(citation).replaceAll('-', '');
			for (let at = 0; at < letters.length; at++) {
				const shorter = letters.slice(0, at) + letters.slice(at + 1);
				const longer = letters.slice(0, at) + letters[at]! + letters.slice(at);
				for (const text of [shorter, longer]) {
					wrong++;
					if (readReference(text) === null) found++;
				}
			}
		}
		expect(found / wrong).toBeGreaterThan(0.999);
	});

	it('never ends in anything but a figure or a refusal', () => {
		const letters = fc.string({ unit: fc.constantFrom(...LETTERS), maxLength: 40 });
		expectAlways(
			fc.property(fc.oneof(letters, fc.string(), fc.string({ unit: 'binary' })), (text) => {
				const read = readReference(text);
				// What reads at all is written so again.
				expect(read === null || readReference(writeReference(read)) !== null).toBe(true);
			}),
			1_000
		);
	});
});

describe('the code book', () => {
	it('says today what it said when the first references were printed', () => {
		const { FORMAT, NAMES, DEMONSTRATION, WHOLE_YEAR, FIRST_YEAR, WORDS, CAPITALS, PLAIN, FORMS } = codeBook;
		const printed = [FORMAT, NAMES.slice(0, 27), DEMONSTRATION, WHOLE_YEAR, FIRST_YEAR];
		const spelt = [WORDS.slice(0, 58), CAPITALS, PLAIN, FORMS.slice(0, 7)];
		const digest = createHash('sha256')
			.update(JSON.stringify([...printed, ...spelt]))
			.digest('hex');
		expect(digest).toBe('d6b8bb67852aed9e8ef7cf32d772ed6eade68d428a342c01bfc76ca279ca6a29');
	});

	it('names each parameter and word once, every field of a slice, and fits its bits', () => {
		const { NAMES, DEMONSTRATION, WORDS, FORMS } = codeBook;
		expect(new Set(NAMES).size).toBe(NAMES.length);
		expect(new Set(WORDS).size).toBe(WORDS.length);
		// A field that is named nowhere would be left out of what is cited; the data version stands before all of them.
		expect(SLICE_FIELDS.filter((field) => !(NAMES as readonly string[]).includes(field))).toEqual([
			'version'
		]);
		expect(NAMES.length).toBeLessThan(DEMONSTRATION);
		expect(WORDS.length).toBeLessThanOrEqual(64);
		expect(FORMS.length).toBeLessThanOrEqual(8);
	});
});
