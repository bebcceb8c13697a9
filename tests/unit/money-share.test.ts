import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minorUnit } from '#lib/money/currency.ts';
import { compare, negate, scaleOf, sum } from '#lib/money/decimal.ts';
import { shareOut, shareOutTwoWays, spreadLike } from '#lib/money/share.ts';
import type { Share } from '#lib/money/share.ts';
import { decimals, toFraction, toText } from '../support/decimals.ts';
import { expectAlways } from '../support/property.ts';

const currencies = fc.constantFrom('EUR', 'USD', 'JPY', 'XOF', 'TND', 'CLF');
const codes = fc.constantFrom('ML', 'NE', 'BR', 'UA', 'LA', 'KG', 'ZA', 'EG', '298', '15160', 'aa');

/** Any list of shares, right or wrong: too little, too much, nearly 100, zero, one, none, the same code twice. */
const anyShares: fc.Arbitrary<Share[]> = fc.oneof(
	fc.array(fc.record({ code: codes, percentage: percentages(100_00n) }), { maxLength: 8 }),
	fc.array(fc.record({ code: codes, percentage: percentages(15_00n) }), { maxLength: 6 }),
	fc.integer({ min: 1, max: 11 }).map((count) => thirds(count))
);

function percentages(most: bigint): fc.Arbitrary<string> {
	return fc.bigInt({ min: 0n, max: most }).map((units) => toText({ units, scale: 2 }));
}

/** So many equal shares, each cut to two digits as reports print them. */
function thirds(count: number): Share[] {
	const each = toText({ units: 10_000n / BigInt(count), scale: 2 });
	return Array.from({ length: count }, (_, index) => ({
		code: `C${String(index).padStart(2, '0')}`,
		percentage: each
	}));
}

function units(amount: string, scale: number): bigint {
	const read = toFraction(amount);
	return read.units * 10n ** BigInt(scale - read.scale);
}

describe('sharing out', () => {
	const country = (code: string, percentage: string) => ({ code, percentage });

	it('gives what is left to the largest remainders', () => {
		const shares = [country('BR', '20'), country('ML', '50'), country('NE', '30')];
		const amounts = (amount: string) =>
			shareOut({ amount, currency: 'EUR', shares }).cells.map((cell) => `${cell.code} ${cell.amount}`);
		expect(amounts('0.01')).toEqual(['BR 0.00', 'ML 0.01', 'NE 0.00']);
		// Exactly 0.6, 1.5 and 0.9 cents: the two largest remainders are rounded up, the half is not.
		expect(amounts('0.03')).toEqual(['BR 0.01', 'ML 0.01', 'NE 0.01']);
		expect(shareOut({ amount: '0.10', currency: 'EUR', shares })).toEqual({
			cells: [
				{ code: 'BR', amount: '0.02' },
				{ code: 'ML', amount: '0.05' },
				{ code: 'NE', amount: '0.03' }
			],
			unallocated: null,
			finding: null
		});
	});

	it('breaks ties by code, in whatever order the shares come', () => {
		const shares = [country('NE', '25'), country('ML', '25'), country('BR', '25'), country('KG', '25')];
		const parts = (given: Share[]) => shareOut({ amount: '1.02', currency: 'EUR', shares: given }).cells;
		expect(parts(shares).map(({ code, amount }) => `${code} ${amount}`)).toEqual([
			'BR 0.26',
			'KG 0.26',
			'ML 0.25',
			'NE 0.25'
		]);
		expect(parts(shares.toReversed())).toEqual(parts(shares));
	});

	it('cuts in the finer of the minor unit and the amount’s own scale', () => {
		const shares = [country('A', '50'), country('B', '50')];
		const amounts = (amount: string, currency: string) =>
			shareOut({ amount, currency, shares }).cells.map((cell) => cell.amount);
		expect(amounts('5', 'JPY')).toEqual(['3', '2']);
		expect(amounts('5', 'EUR')).toEqual(['2.50', '2.50']);
		expect(amounts('0.001', 'EUR')).toEqual(['0.001', '0.000']);
		expect(amounts('1', 'TND')).toEqual(['0.500', '0.500']);
	});

	it('leaves unallocated what the percentages do not reach', () => {
		expect(shareOut({ amount: '100', currency: 'EUR', shares: [country('ML', '60')] })).toEqual({
			cells: [{ code: 'ML', amount: '60.00' }],
			unallocated: '40.00',
			finding: null
		});
		expect(shareOut({ amount: '100', currency: 'EUR', shares: [] }).unallocated).toBe('100.00');
		expect(shareOut({ amount: '100', currency: 'EUR', shares: [country('ML', '0')] })).toEqual({
			cells: [],
			unallocated: '100.00',
			finding: null
		});
	});

	it('scales what is within 0.1 of 100, with a warning', () => {
		const within = (percentage: string) =>
			shareOut({ amount: '100', currency: 'EUR', shares: [country('ML', '50'), country('NE', percentage)] });
		expect(within('49.90')).toMatchObject({
			unallocated: null,
			finding: { severity: 'warning', rule: 'shares_scaled', given: '99.90' }
		});
		expect(within('50.1').finding).toEqual({ severity: 'warning', rule: 'shares_scaled', given: '100.1' });
		expect(within('50').finding).toBeNull();
		expect(within('49.89')).toMatchObject({ unallocated: '0.11', finding: null });
	});

	it('refuses more than that, negative and unreadable percentages, and then allocates nothing', () => {
		const refused = (percentage: string) =>
			shareOut({ amount: '-7.5', currency: 'EUR', shares: [country('ML', '50'), country('NE', percentage)] });
		expect(refused('50.11')).toEqual({
			cells: [],
			unallocated: '-7.50',
			finding: { severity: 'error', rule: 'shares_above_100', given: '100.11' }
		});
		expect(refused('-1').finding).toEqual({ severity: 'error', rule: 'share_negative', given: '-1' });
		expect(refused('1e1').finding).toEqual({ severity: 'error', rule: 'share_not_decimal', given: '1e1' });
	});

	it('counts a code given twice once, with both percentages', () => {
		const shares = [country('ML', '30'), country('NE', '40'), country('ML', '30')];
		expect(shareOut({ amount: '10', currency: 'EUR', shares }).cells).toEqual([
			{ code: 'ML', amount: '6.00' },
			{ code: 'NE', amount: '4.00' }
		]);
	});

	it('loses and invents nothing, for every amount, sign, currency and split', () => {
		expectAlways(
			fc.property(decimals, currencies, anyShares, (amount, currency, shares) => {
				const { cells, unallocated } = shareOut({ amount, currency, shares });
				const parts = [...cells.map((cell) => cell.amount), ...(unallocated === null ? [] : [unallocated])];
				const scale = Math.max(minorUnit(currency), scaleOf(amount));
				return compare(sum(parts), amount) === 0 && parts.every((part) => scaleOf(part) === scale);
			}),
			20_000
		);
	});

	it('keeps every part within one unit of its exact share, and a reversal cancels cell by cell', () => {
		expectAlways(
			fc.property(decimals, currencies, fc.integer({ min: 1, max: 11 }), (amount, currency, count) => {
				const shares = thirds(count);
				const { cells } = shareOut({ amount, currency, shares });
				const back = shareOut({ amount: negate(amount), currency, shares }).cells;
				const scale = Math.max(minorUnit(currency), scaleOf(amount));
				const whole = units(amount, scale);
				return cells.every(({ amount: part }, index) => {
					const off = units(part, scale) * BigInt(count) - whole;
					return (off < 0n ? -off : off) < BigInt(count) && back[index]!.amount === negate(part);
				});
			}),
			10_000
		);
	});
});

describe('sharing out two ways', () => {
	it('makes a cell of each country and sector, the unallocated parts last', () => {
		const { cells, findings } = shareOutTwoWays({
			amount: '100.00',
			currency: 'EUR',
			countries: [
				{ code: 'NE', percentage: '33.33' },
				{ code: 'ML', percentage: '33.33' }
			],
			sectors: [{ code: '15160', percentage: '100' }]
		});
		expect(cells).toEqual([
			{ country: 'ML', sector: '15160', amount: '33.33' },
			{ country: 'NE', sector: '15160', amount: '33.33' },
			{ country: null, sector: '15160', amount: '33.34' }
		]);
		expect(findings).toEqual([]);
	});

	it('lays what is left on many cells rather than heaping it on one', () => {
		const { cells } = shareOutTwoWays({
			amount: '0.05',
			currency: 'EUR',
			countries: thirds(3),
			sectors: thirds(3)
		});
		const amounts = cells.map((cell) => cell.amount);
		expect(amounts.toSorted()).toEqual([...Array<string>(4).fill('0.00'), ...Array<string>(5).fill('0.01')]);
	});

	it('has one cell when nothing is known', () => {
		const { cells } = shareOutTwoWays({ amount: '-1.5', currency: 'EUR', countries: [], sectors: [] });
		expect(cells).toEqual([{ country: null, sector: null, amount: '-1.50' }]);
	});

	it('says in which dimension the percentages are wrong', () => {
		const { findings } = shareOutTwoWays({
			amount: '1',
			currency: 'EUR',
			countries: [{ code: 'ML', percentage: '99.95' }],
			sectors: [{ code: '15160', percentage: '120' }]
		});
		expect(findings).toEqual([
			{ dimension: 'country', severity: 'warning', rule: 'shares_scaled', given: '99.95' },
			{ dimension: 'sector', severity: 'error', rule: 'shares_above_100', given: '120.0' }
		]);
	});

	it('adds up to the amount, and each margin is what sharing out that dimension alone gives', () => {
		expectAlways(
			fc.property(decimals, currencies, anyShares, anyShares, (amount, currency, countries, sectors) => {
				const { cells } = shareOutTwoWays({ amount, currency, countries, sectors });
				const margin = (dimension: 'country' | 'sector', shares: Share[]) => {
					const alone = shareOut({ amount, currency, shares });
					const wanted = new Map<string | null, string>(alone.cells.map((cell) => [cell.code, cell.amount]));
					if (alone.unallocated !== null) wanted.set(null, alone.unallocated);
					const found = [...new Set(cells.map((cell) => cell[dimension]))];
					return (
						found.length === wanted.size &&
						found.every((code) => {
							const parts = cells.filter((cell) => cell[dimension] === code).map((cell) => cell.amount);
							return compare(sum(parts), wanted.get(code)!) === 0;
						})
					);
				};
				return (
					compare(sum(cells.map((cell) => cell.amount)), amount) === 0 &&
					margin('country', countries) &&
					margin('sector', sectors)
				);
			}),
			10_000
		);
	});

	it('never gives a cell the other sign', () => {
		expectAlways(
			fc.property(decimals, currencies, anyShares, anyShares, (amount, currency, countries, sectors) => {
				const { cells } = shareOutTwoWays({ amount, currency, countries, sectors });
				return cells.every((cell) => !cell.amount.startsWith('-') || amount.startsWith('-'));
			}),
			5_000
		);
	});
});

describe('spreading a second amount over the cells of the first', () => {
	it('keeps the proportion and adds up', () => {
		const cells = [{ amount: '33.34' }, { amount: '33.33' }, { amount: '33.33' }];
		expect(spreadLike('10.00', cells, 'EUR')).toEqual(['3.34', '3.33', '3.33']);
		expect(spreadLike('-10.00', cells, 'EUR')).toEqual(['-3.34', '-3.33', '-3.33']);
		expect(spreadLike('0', cells, 'EUR')).toEqual(['0.00', '0.00', '0.00']);
		expect(spreadLike('1', [{ amount: '0.00' }, { amount: '0.00' }], 'JPY')).toEqual(['1', '0']);
	});

	it('refuses cells without a common sign, and none at all', () => {
		expect(() => spreadLike('1', [{ amount: '1' }, { amount: '-1' }], 'EUR')).toThrow('both signs');
		expect(() => spreadLike('1', [], 'EUR')).toThrow('No cells');
	});

	it('loses and invents nothing, whatever was shared out before', () => {
		expectAlways(
			fc.property(
				decimals,
				decimals,
				currencies,
				anyShares,
				anyShares,
				(amount, second, currency, countries, sectors) => {
					const { cells } = shareOutTwoWays({ amount, currency, countries, sectors });
					const parts = spreadLike(second, cells, 'EUR');
					return parts.length === cells.length && compare(sum(parts), second) === 0;
				}
			),
			10_000
		);
	});

	it('spreads the amount itself as it was', () => {
		expectAlways(
			fc.property(decimals, currencies, anyShares, anyShares, (amount, currency, countries, sectors) => {
				const { cells } = shareOutTwoWays({ amount, currency, countries, sectors });
				const again = spreadLike(amount, cells, currency);
				return toFraction(amount).units === 0n || again.every((part, index) => part === cells[index]!.amount);
			}),
			5_000
		);
	});
});
