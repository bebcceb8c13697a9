import fc from 'fast-check';
import { CHANGE_KINDS } from '#lib/slice/change.ts';
import { joinValues } from '#lib/slice/parameter.ts';
import {
	ALLOCATIONS,
	BASES,
	COUNTINGS,
	CURRENCIES,
	MEASURES,
	NATURES,
	PARTS,
	STATES,
	type Slice
} from '#lib/slice/slice.ts';

export const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 2 });
export const anyKey = fc
	.stringMatching(/^[A-Za-z0-9éЖم][A-Za-z0-9éЖم ._:/+()&,'’-]{0,60}$/u)
	.map((text) => text.trim());
export const anyId = fc.bigInt({ min: 1n, max: 10n ** 18n - 1n }).map(String);
export const anyDay = fc
	.record({
		year: fc.integer({ min: 1, max: 9999 }),
		month: fc.integer({ min: 1, max: 12 }),
		day: fc.integer({ min: 1, max: 28 })
	})
	.map(({ year, month, day }) => [String(year).padStart(4, '0'), pad(month), pad(day)].join('-'));
/** Numbers of postings of both natures. */
export const anyVersion = fc
	.tuple(fc.integer({ min: 1, max: 999_999_999 }), fc.nat({ max: 999_999 }))
	.map(([published, demonstration]) => `${published}.${demonstration}`);
const none = fc.constant('none');
/** One or several values, as addresses write them. */
const several = (value: fc.Arbitrary<string>) =>
	fc.array(fc.oneof(value, none), { minLength: 1, maxLength: 4 }).map((values) => joinValues(values));

/** Any slice that an address can ask for. */
export const anySlice: fc.Arbitrary<Slice> = fc
	.record({
		portfolio: anyKey,
		measure: fc.constantFrom(...MEASURES),
		nature: fc.constantFrom(...NATURES),
		project: maybe(anyKey),
		activity: maybe(several(anyId)),
		country: maybe(several(fc.stringMatching(/^[A-Z]{2}$/))),
		allocation: maybe(fc.constantFrom(...ALLOCATIONS)),
		organisation: maybe(several(anyId)),
		part: fc.constantFrom(...PARTS),
		receiver: maybe(several(anyId)),
		sector: maybe(several(fc.stringMatching(/^[0-9]{5}$/))),
		heading: maybe(fc.oneof(anyKey, none)),
		objective: maybe(anyKey),
		agreement: maybe(anyKey),
		counting: fc.constantFrom(...COUNTINGS),
		basis: maybe(fc.constantFrom(...BASES)),
		state: maybe(fc.constantFrom(...STATES)),
		booked: maybe(fc.constantFrom('EUR', 'EUR,XOF')),
		from: maybe(anyDay),
		to: maybe(anyDay),
		undated: maybe(fc.constantFrom('year' as const, 'quarter' as const, 'month' as const)),
		change: maybe(
			fc
				.tuple(
					fc.constantFrom(...CHANGE_KINDS),
					fc.oneof(anyDay, fc.integer({ min: 1, max: 99_999_999 }).map(String))
				)
				.map(([kind, since]) => `${kind}:${since}` as const)
		),
		asof: maybe(anyDay),
		version: maybe(anyVersion),
		currency: fc.constantFrom(...CURRENCIES)
	})
	.map((slice) => {
		const backwards = slice.from !== null && slice.to !== null && slice.from > slice.to;
		return backwards ? { ...slice, from: slice.to, to: slice.from } : slice;
	});

function pad(number: number): string {
	return String(number).padStart(2, '0');
}
