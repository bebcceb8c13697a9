import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	bookEntryOf,
	fileEntryOf,
	leftoverOfBooks,
	leftoverOfFile
} from '#lib/server/intake/compare/entry-identity.ts';
import { matchEntries } from '#lib/server/intake/compare/identity.ts';
import { pairLeftovers } from '#lib/server/intake/compare/leftovers.ts';
import type { BookDetail } from '#lib/server/intake/compare/book-entries.ts';
import type { Directory } from '#lib/server/intake/directory.ts';
import { fingerprintOf } from '#lib/server/intake/entry-rows.ts';
import type { LedgerEntryRecord } from '#lib/server/intake/record.ts';
import { findReplaced } from '../support/identity-oracle.ts';
import { anEntry } from '../support/ledger-factory.ts';
import { expectAlways } from '../support/property.ts';

/** Every organisation is known, under its own key as number. */
const DIRECTORY = { findOrganisation: (key: string) => key } as Directory;
const SCOPE = { reporter: 'R', activity: 'A', project: 'P' };

function inBooks(record: LedgerEntryRecord, index: number): BookDetail {
	return {
		reporterId: record.reporter,
		activityId: record.activity,
		entryId: String(index + 1),
		kind: record.entryKind,
		key: `key ${index}`,
		fingerprint: fingerprintOf(record),
		reference: record.reference,
		dateFrom: record.dateFrom,
		dateTo: record.dateTo,
		amount: record.amount,
		currency: record.currency,
		providerId: record.provider,
		receiverId: record.receiver,
		description: record.description,
		activity: record.activity,
		datePrecision: record.datePrecision,
		heading: record.heading,
		valueDate: record.valueDate ?? record.dateFrom,
		providerActivity: record.providerActivity,
		receiverActivity: record.receiverActivity,
		budgetVersion: record.budgetVersion,
		basis: record.basis,
		state: record.state,
		place: record.place
	};
}

type Result = {
	unchanged: [number, number][];
	changed: [number, number][];
	unclear: { file: number; candidates: number[] }[];
	added: number[];
	absent: number[];
};

/** What comparing says, by positions in the file and in the books. */
function compareLists(
	books: readonly LedgerEntryRecord[],
	file: readonly LedgerEntryRecord[],
	whole: boolean
): Result {
	const rows = books.map(inBooks);
	const staged = file.map((record, index) => ({ recordNo: index + 1, record }));
	const matched = matchEntries(
		staged.map((entry) => fileEntryOf(DIRECTORY, entry, undefined, true)),
		rows.map(bookEntryOf),
		whole
	);
	const at = (id: string) => Number.parseInt(id, 10) - 1;
	const left = pairLeftovers(
		matched.file.map(({ recordNo }) => leftoverOfFile(DIRECTORY, staged[recordNo - 1]!)),
		matched.books.map(({ entryId }) => leftoverOfBooks(rows[at(entryId)]!)),
		whole
	);
	const matches = matched.matches.map(({ file: mine, book }) => ({
		pair: [mine.recordNo - 1, at(book.entryId)] as [number, number],
		isEqual: mine.fingerprint === book.fingerprint
	}));
	return {
		unchanged: matches.filter(({ isEqual }) => isEqual).map(({ pair }) => pair),
		changed: [
			...matches.filter(({ isEqual }) => !isEqual).map(({ pair }) => pair),
			...left.pairs.map(({ file: mine, book }): [number, number] => [at(mine.id), at(book.id)])
		],
		unclear: left.unclear.map(({ file: mine, candidates }) => ({
			file: at(mine.id),
			candidates: candidates.map(({ id }) => at(id))
		})),
		added: left.file.map(({ id }) => at(id)),
		absent: [...left.books, ...left.contested].map(({ id }) => at(id)).sort((a, b) => a - b)
	};
}

const entry = (change: Partial<LedgerEntryRecord> = {}, reference: string | null = null) =>
	anEntry({ ...SCOPE, reference }, change);
const on = (day: string) => ({ dateFrom: day, dateTo: day });

describe('entries that are the same movement', () => {
	test('a reference that each side has once decides, whatever else is said', () => {
		const result = compareLists(
			[entry({ amount: '1.00', ...on('2017-01-01') }, 'A')],
			[entry({ amount: '2.00', ...on('2018-02-02'), description: 'another' }, 'A')],
			false
		);
		expect(result.changed).toEqual([[0, 0]]);
	});

	test('a reference that one side has twice decides nothing: the fields do', () => {
		const books = [entry({ amount: '1.00' }, 'A'), entry({ amount: '2.00' }, 'A')];
		const result = compareLists(books, [entry({ amount: '2.0' }, 'A')], false);
		expect(result).toMatchObject({ changed: [[0, 1]], absent: [0], added: [] });
	});

	test('equal rows are as many movements as both sides have', () => {
		const result = compareLists([entry(), entry()], [entry(), entry(), entry()], false);
		expect(result).toMatchObject({
			unchanged: [expect.anything(), expect.anything()],
			added: [2],
			changed: []
		});
	});

	test('two vouchers that are alike stay two where a file only adds; one that states all has numbered anew', () => {
		const [books, file] = [[entry({}, 'A')], [entry({}, 'B')]];
		expect(compareLists(books, file, false)).toMatchObject({ added: [0], absent: [0] });
		expect(compareLists(books, file, true)).toMatchObject({ changed: [[0, 0]], absent: [] });
	});

	test('a reference given later, or no longer, contradicts nothing', () => {
		expect(compareLists([entry()], [entry({}, 'B')], false).changed).toEqual([[0, 0]]);
		expect(compareLists([entry({}, 'A')], [entry()], false).changed).toEqual([[0, 0]]);
	});
});

describe('entries that changed', () => {
	test.for<[string, Partial<LedgerEntryRecord>, boolean]>([
		['the amount', { amount: '110.00' }, true],
		['the currency', { currency: 'USD' }, false],
		['the date', on('2017-03-09'), false],
		['the text', { description: 'corrected' }, false],
		['a party', { receiver: 'R2' }, false],
		['the kind', { entryKind: '3' }, false]
	])('%s: recognised where a file states all of an activity', ([, change, alsoInAdditional]) => {
		const other = entry({ ...on('2016-01-01'), amount: '7.00' });
		const [books, file] = [
			[entry(), other],
			[entry(change), other]
		];
		expect(compareLists(books, file, true)).toMatchObject({ changed: [[0, 0]], added: [], absent: [] });
		const additional = compareLists(books, file, false);
		expect(additional.changed).toEqual(alsoInAdditional ? [[0, 0]] : []);
		expect(additional.added).toEqual(alsoInAdditional ? [] : [0]);
	});

	test('as many on both sides are paired in the order of their amounts', () => {
		const result = compareLists(
			[entry({ amount: '200' }), entry({ amount: '100' })],
			[entry({ amount: '110' }), entry({ amount: '220' })],
			false
		);
		expect(result.changed.sort()).toEqual([
			[0, 1],
			[1, 0]
		]);
	});

	test('what else is equal goes before the order', () => {
		const result = compareLists(
			[entry({ amount: '100', heading: 'staff' }), entry({ amount: '200', heading: 'travel' })],
			[entry({ amount: '110', heading: 'travel' }), entry({ amount: '220', heading: 'staff' })],
			false
		);
		expect(result.changed.sort()).toEqual([
			[0, 1],
			[1, 0]
		]);
	});

	test('one that could replace either of two is unclear, the nearest shown first', () => {
		const result = compareLists(
			[entry({ amount: '100' }), entry({ amount: '200' })],
			[entry({ amount: '190' })],
			false
		);
		expect(result).toMatchObject({
			unclear: [{ file: 0, candidates: [1, 0] }],
			changed: [],
			added: [],
			absent: [0, 1]
		});
	});

	test('two that could each replace one are unclear', () => {
		const result = compareLists(
			[entry({ amount: '100' })],
			[entry({ amount: '90' }), entry({ amount: '110' })],
			false
		);
		expect(result.unclear).toEqual([
			{ file: 0, candidates: [0] },
			{ file: 1, candidates: [0] }
		]);
	});

	test('which of several equal ones it is does not matter', () => {
		expect(compareLists([entry(), entry()], [entry({ amount: '90' })], false)).toMatchObject({
			changed: [[0, 0]],
			absent: [1],
			unclear: []
		});
		expect(compareLists([entry()], [entry({ amount: '9' }), entry({ amount: '9' })], false)).toMatchObject({
			changed: [[0, 0]],
			added: [1],
			unclear: []
		});
	});

	test('a month of equal payments is not last month corrected', () => {
		const salary = (day: string) => entry({ ...on(day), description: 'Salary', receiver: 'R1' });
		const result = compareLists([salary('2017-01-31')], [salary('2017-02-28')], false);
		expect(result).toMatchObject({ added: [0], absent: [0] });
	});
});

const few = fc.record({
	reference: fc.constantFrom(null, null, 'A', 'B'),
	change: fc.record({
		entryKind: fc.constantFrom<LedgerEntryRecord['entryKind']>('3', '4'),
		amount: fc.constantFrom('1', '1.0', '2', '3'),
		currency: fc.constantFrom('EUR', 'USD'),
		day: fc.constantFrom('2017-01-01', '2017-01-02'),
		description: fc.constantFrom(null, 'text'),
		receiver: fc.constantFrom(null, 'R1'),
		heading: fc.constantFrom(null, 'staff')
	})
});
const list = fc
	.array(few, { maxLength: 8 })
	.map((entries) =>
		entries.map(({ reference, change: { day, ...change } }) => entry({ ...change, ...on(day) }, reference))
	);

describe('for any two lists', () => {
	test('each entry is in one pair or none, and none is lost', () => {
		expectAlways(
			fc.property(list, list, fc.boolean(), (books, file, whole) => {
				const { unchanged, changed, unclear, added, absent } = compareLists(books, file, whole);
				const pairs = [...unchanged, ...changed];
				expect(
					[...pairs.map(([mine]) => mine), ...unclear.map(({ file: mine }) => mine), ...added].sort()
				).toEqual([...file.keys()]);
				expect([...pairs.map(([, theirs]) => theirs), ...absent].sort()).toEqual([...books.keys()]);
			})
		);
	});

	test('a list compared with itself is unchanged', () => {
		expectAlways(
			fc.property(list, fc.boolean(), (books, whole) => {
				expect(compareLists(books, books, whole)).toMatchObject({
					unchanged: books.map(() => expect.anything()),
					changed: [],
					unclear: [],
					added: [],
					absent: []
				});
			})
		);
	});

	test('it says what comparing each with each says', () => {
		expectAlways(
			fc.property(list, list, fc.boolean(), (books, file, whole) => {
				const { unchanged, changed } = compareLists(books, file, whole);
				const replaced = [...unchanged, ...changed].map(([, theirs]) => fingerprintOf(books[theirs]!));
				const expected = findReplaced(books, file, new Set(whole ? ['A'] : []));
				expect(replaced.sort()).toEqual([...expected].map(fingerprintOf).sort());
			}),
			3_000
		);
	});

	test('of two in a file that differ by their reference, the same one is taken whichever comes first', () => {
		const books = [entry({}, null)];
		const file = [entry({}, 'r1'), entry({}, 'r2')];
		const takenOf = (list: LedgerEntryRecord[]) =>
			compareLists(books, list, false).changed.map(([mine]) => list[mine]!.reference);
		expect(takenOf(file)).toEqual(['r1']);
		expect(takenOf([...file].reverse())).toEqual(['r1']);
	});

	test('the order of the file changes no figure', () => {
		expectAlways(
			fc.property(list, list, fc.boolean(), (books, file, whole) => {
				const forth = compareLists(books, file, whole);
				const back = compareLists(books, [...file].reverse(), whole);
				const content = (list: readonly LedgerEntryRecord[], at: number[]) =>
					at.map((index) => fingerprintOf(list[index]!)).sort();
				expect(content(books, back.absent)).toEqual(content(books, forth.absent));
				expect(back.added.length).toBe(forth.added.length);
				expect(back.changed.length).toBe(forth.changed.length);
			})
		);
	});
});
