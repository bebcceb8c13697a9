import { IOM, UNICEF, UNODC, type Spender } from './frame.ts';
import { whole, type Split } from './draft.ts';
import type { Random } from './random.ts';

/** Objectives of GLO.ACT that an invented cost is put under, by who spends: key and weight in per cent. */
const OBJECTIVES: Record<Spender, readonly (readonly [objective: string, weight: number])[]> = {
	[UNODC]: [
		['O1', 20],
		['O2', 15],
		['O3', 35],
		['O4', 15],
		['management', 15]
	],
	[IOM]: [
		['O5', 80],
		['O4', 10],
		['management', 10]
	],
	[UNICEF]: [
		['O6', 80],
		['O2', 10],
		['management', 10]
	]
};

export function pickObjective(random: Random, spender: Spender): string {
	let left = random.next() * 100;
	for (const [objective, weight] of OBJECTIVES[spender]) {
		left -= weight;
		if (left < 0) return objective;
	}
	return 'management';
}

/** DAC purpose codes that fit each objective. */
const SECTORS: Record<string, Split> = {
	O1: whole('15190'),
	O2: whole('15130'),
	O3: { shares: '15130 40;15132 35;15134 25', basis: 'measured', key: '' },
	O4: { shares: '15190 60;15132 40', basis: 'measured', key: '' },
	O5: { shares: '15160 50;15190 50', basis: 'apportioned', key: 'equal shares' },
	O6: whole('15160'),
	management: whole('91010')
};

export const sectorsOf = (objective: string): Split => SECTORS[objective]!;
