import { expect, it } from 'vitest';
import { CHECKS } from '#lib/server/ledger/checks/all.ts';
import type { CheckLine } from '#lib/slice/check.ts';
import { defaultSlice, readSlice, writeSlice } from '#lib/slice/codec.ts';

const slice = { ...defaultSlice('gloact'), project: 'GLOACT' };
const numbers = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1));
const allOf = (lines: readonly CheckLine[]): CheckLine[] =>
	lines.flatMap((line) => [line, ...allOf(line.of ?? [])]);

it.each([60, 61])(
	'every line of a check opens at an address that is taken, also among %i partners and countries',
	(count) => {
		const amounts = {
			received: '9',
			transferred: '8',
			spent_lead: '1',
			spent_partners: '7',
			paid_back_partners: '1'
		};
		const results = {
			receipts_accounted_for: { ...amounts, lead: ['0', ...numbers(count - 1)], partners: numbers(count) },
			countries_equal_whole: {
				inside: '1',
				countries: numbers(count).map((_, index) =>
					String.fromCharCode(65 + (index % 26), 65 + Math.floor(index / 26))
				)
			}
		} as const;
		for (const [code, about] of Object.entries(results)) {
			const { left, right } = CHECKS[code as keyof typeof results].sides({ subject: 'spent', about, slice });
			const lines = allOf([...left, ...right]);
			expect(lines.length).toBeGreaterThan(0);
			for (const { origin, term } of lines) {
				if (!('slice' in origin) || origin.kind === 'check') continue;
				const read = readSlice(writeSlice(origin.slice, defaultSlice('gloact')), defaultSlice('gloact'));
				expect(read, `${code} ${term}`).toEqual({ slice: origin.slice });
			}
		}
	}
);
