import fc from 'fast-check';
import type { CountingRuleRecord, IntakeRecord, LedgerEntryRecord } from '#lib/server/intake/record.ts';
import { BASES, COUNTINGS, STATES, type Kind } from '#lib/slice/slice.ts';
import { lastDay } from '#lib/slice/period.ts';
import { aCountingRule, aWithdrawal, anEntry } from './ledger-factory.ts';
import type { World } from './ledger-world.ts';

/** What one posting brings, without a world's keys: numbers choose among what the world holds. */
export type Step = { movements: Movement[]; rules: Rule[]; days: number };

type Movement = {
	withdraw: boolean;
	reporter: number;
	activity: number;
	reference: number | null;
	change: Partial<LedgerEntryRecord>;
	provider: number | null;
	receiver: number | null;
	agreement: number | null;
	objective: boolean;
	/** An earlier movement, of which only the amount is another now. */
	amends: number | null;
};
type Rule = {
	key: number;
	reporter: number;
	counting: CountingRuleRecord['counting'];
	entryKind: Kind | null;
	receiver: number | null;
	from: string | null;
};

const KINDS: Kind[] = ['1', '2', '3', '4', '7', '11', 'budget', 'planned_disbursement'];
const day = fc
	.tuple(
		fc.integer({ min: 2016, max: 2018 }),
		fc.integer({ min: 1, max: 12 }),
		fc.integer({ min: 1, max: 28 })
	)
	.map((parts) => parts.map((part) => String(part).padStart(2, '0')).join('-'));
const bucket = fc.oneof(
	day.map((text) => ({ text: text.slice(0, 7), precision: 'month' as const })),
	day.map((text) => ({ text: text.slice(0, 4), precision: 'year' as const })),
	fc
		.tuple(fc.integer({ min: 2016, max: 2018 }), fc.integer({ min: 1, max: 4 }))
		.map(([year, quarter]) => ({ text: `${year}-Q${quarter}`, precision: 'quarter' as const }))
);

/** Dates of every precision, with the day that rates are looked up by. */
const dates: fc.Arbitrary<Partial<LedgerEntryRecord>> = fc.oneof(
	{ weight: 4, arbitrary: day.map((on) => ({ dateFrom: on, dateTo: on, datePrecision: 'day' as const })) },
	{
		weight: 2,
		arbitrary: bucket.map(({ text, precision }) => ({
			dateFrom: firstOf(text),
			dateTo: lastDay(text),
			datePrecision: precision
		}))
	},
	{
		weight: 1,
		arbitrary: fc.tuple(day, day).map(([one, other]) => ({
			dateFrom: one < other ? one : other,
			dateTo: one < other ? other : one,
			datePrecision: 'period' as const
		}))
	},
	{
		weight: 1,
		arbitrary: fc
			.option(day)
			.map((valueDate) => ({ dateFrom: null, dateTo: null, datePrecision: 'unknown' as const, valueDate }))
	}
);

function firstOf(text: string): string {
	const quarter = /-Q(\d)$/.exec(text);
	if (quarter) return `${text.slice(0, 4)}-${String(Number(quarter[1]) * 3 - 2).padStart(2, '0')}-01`;
	return text.length === 4 ? `${text}-01-01` : `${text}-01`;
}

const amount = fc
	.tuple(
		fc.oneof(
			fc.bigInt({ min: -300_000n, max: 1_000_000n }),
			fc.constantFrom(0n, 1n, -1n, 2n, 3n, 99_999_999_999_999n)
		),
		fc.constantFrom(0, 1, 2, 2, 2, 3)
	)
	.map(([units, scale]) => {
		const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
		const at = digits.length - scale;
		return (
			(units < 0n && /[1-9]/.test(digits) ? '-' : '') +
			digits.slice(0, at) +
			(scale ? `.${digits.slice(at)}` : '')
		);
	});

type CodeShare = { code: string | null; percentage: string };

/** Percentages over some of the codes: all of it, a part of it with the rest unallocated, or explicitly nothing. */
function shares(codes: readonly string[]): fc.Arbitrary<CodeShare[]> {
	const some = fc.tuple(
		fc.shuffledSubarray([...codes], { minLength: 1 }),
		fc.boolean(),
		fc.infiniteStream(fc.integer({ min: 1, max: 250 }))
	);
	return fc.oneof(
		fc.constant<CodeShare[]>([]),
		fc.constant<CodeShare[]>([{ code: null, percentage: '100' }]),
		fc.constantFrom(...codes).map((code): CodeShare[] => [{ code, percentage: '100' }]),
		some.map(([chosen, whole, stream]): CodeShare[] => {
			const tenths = chosen.map(() => stream.next().value);
			if (whole) tenths[0] = 1000 - tenths.slice(1).reduce((sum, value) => sum + value, 0);
			return chosen.map((code, index) => ({ code, percentage: tenth(tenths[index]!) }));
		})
	);
}

const tenth = (tenths: number) => `${Math.trunc(tenths / 10)}.${tenths % 10}`;

const change: fc.Arbitrary<Partial<LedgerEntryRecord>> = fc
	.record({
		dates,
		amount,
		entryKind: fc.constantFrom<Kind>(...KINDS, '1', '3', '4', '4', '4'),
		currency: fc.constantFrom('EUR', 'EUR', 'EUR', 'USD', 'GBP', 'JPY', 'TND', 'XOF'),
		heading: fc.constantFrom(null, 'staff', 'travel'),
		description: fc.constantFrom(null, 'first', 'second'),
		basis: fc.constantFrom(...BASES),
		state: fc.constantFrom(...STATES),
		countries: shares(['BR', 'ML', 'NE', 'PK']),
		countryBasis: fc.constantFrom('measured' as const, 'apportioned' as const),
		sectors: shares(['15130', '15160', '16010'])
	})
	.map(({ dates, countries, ...rest }) => ({
		...rest,
		...dates,
		countries: countries.map(({ code, percentage }) => ({ country: code, percentage }))
	}));

const movement: fc.Arbitrary<Movement> = fc.record({
	withdraw: fc.integer({ min: 0, max: 6 }).map((chance) => chance === 0),
	reporter: fc.nat({ max: 1 }),
	activity: fc.nat({ max: 2 }),
	reference: fc.oneof(
		{ weight: 3, arbitrary: fc.nat({ max: 3 }) },
		{ weight: 1, arbitrary: fc.constant(null) }
	),
	change,
	provider: fc.option(fc.nat({ max: 1 })),
	receiver: fc.option(fc.nat({ max: 1 })),
	agreement: fc.option(fc.nat({ max: 1 }), { freq: 3 }),
	objective: fc.boolean(),
	amends: fc.option(fc.nat({ max: 1000 }), { freq: 2 })
});

const rule: fc.Arbitrary<Rule> = fc.record({
	key: fc.nat({ max: 2 }),
	reporter: fc.nat({ max: 1 }),
	counting: fc.constantFrom(...COUNTINGS),
	entryKind: fc.option(fc.constantFrom(...KINDS)),
	receiver: fc.option(fc.nat({ max: 1 })),
	from: fc.option(day)
});

/** A ledger's life: postings that add, correct, withdraw and recount, some days apart. */
export const steps: fc.Arbitrary<Step[]> = fc
	.array(
		fc.record({
			movements: fc.array(movement, { minLength: 2, maxLength: 12, size: 'max' }),
			rules: fc.uniqueArray(rule, { maxLength: 2, selector: ({ key }) => key }),
			days: fc.nat({ max: 2 })
		}),
		{ minLength: 5, maxLength: 9, size: 'max' }
	)
	.map(withAmendments);

function withAmendments(drawn: Step[]): Step[] {
	const earlier: Movement[] = [];
	return drawn.map((step) => {
		const movements = step.movements.map((movement) => {
			const { amends, change } = movement;
			if (amends === null || earlier.length === 0) return movement;
			const original = earlier[amends % earlier.length]!;
			return { ...original, withdraw: false, change: { ...original.change, amount: change.amount } };
		});
		earlier.push(...movements);
		return { ...step, movements };
	});
}

/** A step as the records of one file, named in a world. */
export function recordsOf(world: World, step: Step): IntakeRecord[] {
	const pick = (list: readonly string[], index: number | null) => (index === null ? null : list[index]!);
	const movements = step.movements.map((movement): IntakeRecord => {
		const activity = world.activities[movement.activity]!;
		const identity = {
			reporter: world.reporters[movement.reporter]!,
			activity: activity.key,
			project: activity.project,
			reference: movement.reference === null ? null : `V${movement.reference}`
		};
		const { reference } = identity;
		if (movement.withdraw && reference !== null) {
			return aWithdrawal({ ...identity, reference }, movement.change.entryKind);
		}
		return anEntry(identity, {
			...movement.change,
			provider: pick(world.parties, movement.provider),
			receiver: pick(world.parties, movement.receiver),
			agreement: pick(world.agreements, movement.agreement),
			objective: movement.objective ? world.objectives[0]! : null
		});
	});
	const rules = step.rules.map((rule) =>
		aCountingRule(`rule ${rule.key} of ${world.portfolio}`, world.reporters[rule.reporter]!, rule.counting, {
			entryKind: rule.entryKind,
			receiver: pick(world.parties, rule.receiver),
			from: rule.from
		})
	);
	return [...rules, ...movements];
}
