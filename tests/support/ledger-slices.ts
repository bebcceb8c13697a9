import fc from 'fast-check';
import type { Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import {
	DIMENSIONS,
	STATES,
	BASES,
	COUNTINGS,
	NATURES,
	type BreakdownRow,
	type Dimension,
	type Nature,
	type Slice,
	type Sum
} from '#lib/slice/slice.ts';
import { joinValues } from '#lib/slice/parameter.ts';
import { narrowBy } from '#lib/slice/narrow.ts';
import { ASKED_MEASURES } from './ledger-oracle.ts';
import type { World } from './ledger-world.ts';

/** Numbers of a world's activities and organisations: slices name these by number. */
export type WorldNumbers = { activities: Record<Slice['nature'], string[]>; organisations: string[] };

/** The numbers that a world's activities and organisations got in the books. */
export async function readNumbers(db: Kysely<DB>, world: World): Promise<WorldNumbers> {
	const keys = world.activities.map(({ key }) => key);
	const activities = await db
		.selectFrom('activity')
		.select(['activity_id', 'nature'])
		.where('key', 'in', keys)
		.execute();
	const organisations = await db
		.selectFrom('organisation')
		.select('organisation_id')
		.where('key', 'in', [...world.reporters, ...world.parties])
		.execute();
	const of = (nature: string) =>
		activities.filter((row) => row.nature === nature).map((row) => row.activity_id);
	return {
		activities: { published: of('published'), demonstration: of('demonstration') },
		organisations: organisations.map((row) => row.organisation_id)
	};
}

/** Everything that was spent of a portfolio, by default of all, and what the change makes of it. */
export function sliceOf(change: Partial<Slice> = {}): Slice {
	return {
		portfolio: 'all',
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
		version: null,
		currency: 'EUR',
		...change
	};
}

/** The slice of everything that was spent in a world. */
export function wholeOf(world: World, change: Partial<Slice> = {}): Slice {
	return sliceOf({ portfolio: world.portfolio, ...change });
}

/** Each field with the values that a slice of this world may ask it for. */
function fieldsOf(
	world: World,
	numbers: WorldNumbers,
	nature: Nature
): Partial<Record<keyof Slice, (string | null)[]>> {
	return {
		project: world.projects,
		activity: [...numbers.activities[nature], joinValues(numbers.activities[nature].slice(1))],
		country: ['ML', 'NE', 'BR', 'none', 'FR', 'ML,NE', 'BR,ML,PK,none'],
		allocation: ['measured', 'apportioned', 'unallocated'],
		organisation: [
			...numbers.organisations,
			'none',
			joinValues([...numbers.organisations.slice(0, 2), 'none'])
		],
		receiver: [...numbers.organisations, 'none', joinValues(numbers.organisations.slice(0, 2))],
		sector: ['15130', '16010', 'none', '15130,16010', '15130,none'],
		heading: ['staff', 'travel', 'none'],
		objective: [...world.objectives, 'none'],
		agreement: [...world.agreements, 'none'],
		counting: [...COUNTINGS],
		basis: [...BASES],
		state: [...STATES],
		booked: ['USD', 'GBP,XOF'],
		from: ['2016-01-01', '2017-01-01', '2017-02-01', '2016-07-01', '2017-03-08'],
		to: ['2016-12-31', '2018-12-31', '2017-06-30', '2017-02-28', '2017-10-24'],
		undated: ['year', 'quarter', 'month']
	};
}

/** Any slice of a world: of one measure and nature, restricted in up to three ways. Days of the second clock are given. */
export function slicesOf(world: World, numbers: WorldNumbers, days: readonly string[]): fc.Arbitrary<Slice> {
	const frame = fc.record({
		nature: fc.constantFrom(...NATURES),
		measure: fc.oneof(fc.constant('spent' as const), fc.constantFrom(...ASKED_MEASURES)),
		part: fc.constantFrom('provider' as const, 'receiver' as const, 'reporter' as const),
		asof: fc.option(fc.constantFrom(...days), { freq: 2 }),
		currency: fc.constantFrom('EUR' as const, 'USD' as const)
	});
	return frame.chain((frame) => {
		const fields = fieldsOf(world, numbers, frame.nature);
		const names = Object.keys(fields) as (keyof Slice)[];
		return fc.subarray(names, { maxLength: 3 }).chain((chosen) =>
			fc
				.record(Object.fromEntries(chosen.map((name) => [name, fc.constantFrom(...fields[name]!)])))
				.map((restriction) => {
					const slice = wholeOf(world, { ...frame, ...restriction });
					// A reporter is always stated.
					return slice.organisation?.includes('none') && slice.part === 'reporter'
						? { ...slice, part: 'receiver' }
						: slice;
				})
		);
	});
}

export const dimensionPairs: fc.Arbitrary<[Dimension] | [Dimension, Dimension]> = fc
	.uniqueArray(fc.constantFrom(...DIMENSIONS), { minLength: 1, maxLength: 2 })
	.map((chosen) => chosen as [Dimension] | [Dimension, Dimension]);

/** The slice that a row of a breakdown opens as; null where a slice has no field for it. */
export function narrow(slice: Slice, by: readonly Dimension[], row: BreakdownRow): Slice | null {
	let narrowed: Slice | null = slice;
	for (const [index, dimension] of by.entries()) {
		narrowed = narrowed && narrowBy(narrowed, dimension, row.keys[index]!);
	}
	return narrowed;
}

/** The same sum however it is written: trailing zeros say nothing. */
export function plainly({ amount, entries, unconverted }: Sum): Sum {
	return {
		amount: amount === null ? null : withoutZeros(amount),
		entries,
		unconverted: unconverted.map((part) => ({ ...part, amount: withoutZeros(part.amount) }))
	};
}

export function withoutZeros(amount: string): string {
	return amount.includes('.') ? amount.replace(/\.?0+$/, '') || '0' : amount;
}
