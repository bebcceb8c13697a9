import { spread } from './cents.ts';
import { draft, whole, type Draft, type Split } from './draft.ts';
import {
	AGREEMENT,
	COUNTRIES,
	DIRECT_COSTS,
	DIRECT_HEADINGS,
	IOM,
	MONTHS,
	PROGRAMME,
	UNICEF,
	UNODC,
	postingOf,
	type Country,
	type DirectHeading,
	type Spender
} from './frame.ts';
import { lastOfMonth } from '#lib/server/intake/readers/dates.ts';
import type { Random } from './random.ts';
import { HEADQUARTERS, pickRegion } from './regions.ts';
import { pickObjective, sectorsOf } from './subject.ts';

/** How often a month brings a cost under each heading, and how large it is beside the others. */
type Habit = Partial<Record<DirectHeading, readonly [chance: number, size: number]>>;
const IN_COUNTRIES: Record<Spender, Habit> = {
	[UNODC]: {
		staff: [1, 5.2],
		supplies: [0.15, 1.5],
		equipment: [0.07, 4],
		contractual: [0.35, 4.5],
		travel: [0.45, 3],
		operating: [0.5, 1.3]
	},
	[IOM]: {
		staff: [0.35, 5],
		supplies: [0.08, 2],
		equipment: [0.03, 4],
		contractual: [0.2, 5],
		travel: [0.18, 3],
		operating: [0.15, 1.5]
	},
	[UNICEF]: {
		staff: [0.3, 4],
		supplies: [0.08, 2],
		equipment: [0.02, 3],
		contractual: [0.16, 4.5],
		travel: [0.12, 2.5],
		operating: [0.1, 1.2]
	}
};
const AT_HEADQUARTERS: Habit = {
	staff: [1, 30],
	travel: [0.4, 6],
	contractual: [0.3, 8],
	operating: [0.5, 3]
};
const IN_REGIONS: Habit = { travel: [0.5, 14], contractual: [0.35, 10] };

const UNICEF_COUNTRIES: readonly Country[] = ['BY', 'CO', 'EG', 'LA', 'MA', 'NP', 'UA', 'ZA'];
/** Whole months are what offices report staff and running costs by; everything else has a day. */
const MONTHLY: readonly string[] = ['staff', 'operating'];
const POOLED_CHANCE = 0.137;

type Planned = { entry: Draft; weight: number };

/** All direct costs of the project, in euro, adding up to `DIRECT_COSTS` pool by pool. */
export function planSpending(random: Random): Draft[] {
	const planned = [...planCountries(random), ...planProgramme(random)];
	for (const { spender, agreement, direct } of DIRECT_COSTS) {
		const own = planned.filter(({ entry }) => entry.provider === spender && entry.agreement === agreement);
		const amounts = spread(
			direct,
			own.map(({ weight }) => weight)
		);
		for (const [index, { entry }] of own.entries()) {
			entry.amount = amounts[index]!;
			entry.eur = amounts[index]!;
		}
	}
	return planned.map(({ entry }) => entry);
}

function planCountries(random: Random): Planned[] {
	const planned: Planned[] = [];
	for (const country of COUNTRIES) {
		const size = 0.7 + random.next() * 0.6;
		const start = random.integer(8, 14);
		for (let month = start; month < MONTHS.length; month += 1) {
			for (const spender of [UNODC, IOM, UNICEF] as const) {
				if (spender === UNICEF && !UNICEF_COUNTRIES.includes(country)) continue;
				const pace = size * paceOf(month, start);
				planned.push(
					...planMonth(random, IN_COUNTRIES[spender], spender, month, pace, country, () => whole(country))
				);
			}
		}
	}
	return planned;
}

function planProgramme(random: Random): Planned[] {
	return MONTHS.flatMap((_, month) => [
		...planMonth(random, AT_HEADQUARTERS, UNODC, month, month < 6 ? 0.6 : 1, PROGRAMME, (heading) =>
			heading === 'staff' ? HEADQUARTERS : { shares: 'none', basis: 'measured', key: '' }
		),
		...(month < 10
			? []
			: planMonth(
					random,
					IN_REGIONS,
					random.chance(0.75) ? UNODC : IOM,
					month,
					paceOf(month, 10),
					PROGRAMME,
					() => pickRegion(random)
				))
	]);
}

/** Work builds up over a year, holds, and runs out in the last months. */
function paceOf(month: number, start: number): number {
	const building = Math.min(1, 0.35 + (month - start) * 0.055);
	const ending = month > 42 ? 1 - (month - 42) * 0.09 : 1;
	return building * ending;
}

function planMonth(
	random: Random,
	habit: Habit,
	spender: Spender,
	month: number,
	pace: number,
	where: string,
	countriesOf: (heading: DirectHeading) => Split
): Planned[] {
	return DIRECT_HEADINGS.flatMap((heading) => {
		const [chance, size] = habit[heading] ?? [0, 0];
		if (!random.chance(chance)) return [];
		const objective = pickObjective(random, spender);
		const name = MONTHS[month]!;
		const monthly = MONTHLY.includes(heading);
		const day = monthly ? '01' : String(random.integer(2, 28)).padStart(2, '0');
		const entry = draft({
			kind: '4',
			activity: `DEMO-${where}-${heading}`,
			from: `${name}-${day}`,
			to: monthly ? lastOfMonth(name) : `${name}-${day}`,
			precision: monthly ? 'month' : 'day',
			amount: 0n,
			provider: spender,
			agreement: spender === UNODC && random.chance(POOLED_CHANCE) ? null : AGREEMENT,
			heading,
			objective,
			countries: countriesOf(heading),
			sectors: sectorsOf(objective),
			known: postingOf(month)
		});
		return [{ entry, weight: size * pace * (0.6 + random.next() * 0.8) }];
	});
}
