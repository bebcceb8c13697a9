import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convert } from '#lib/money/convert.ts';
import type { Rate } from '#lib/money/convert.ts';
import { CURRENCY_CODES, isCurrency, minorUnit } from '#lib/money/currency.ts';
import { DecimalError, negate } from '#lib/money/decimal.ts';
import { decimals, nearestEven, toFraction, toText } from '../support/decimals.ts';
import { expectAlways } from '../support/property.ts';

const rate = (currency: string, units_per_eur: string | null, units_per_usd: string | null): Rate => ({
	currency,
	units_per_eur,
	units_per_usd
});
const EUR_IN_DOLLARS = rate('EUR', null, '0.9091');
const REAL = rate('BRL', null, '3.20');
const FRANC = rate('XOF', '655.957', null);

const positive = fc.bigInt({ min: 1n, max: 10n ** 9n }).map((units) => toText({ units, scale: 5 }));

describe('conversion', () => {
	it('divides by a rate quoted in the target', () => {
		expect(
			convert({ amount: '1000000', currency: 'XOF', to: 'EUR', rates: { booked: FRANC, target: null } })
		).toEqual({
			amount: '1524.49',
			rate: '655.957',
			through: 'EUR'
		});
	});

	it('multiplies by a rate quoted in the booked currency', () => {
		const rates = { booked: null, target: EUR_IN_DOLLARS };
		expect(convert({ amount: '100', currency: 'USD', to: 'EUR', rates })).toEqual({
			amount: '90.91',
			rate: '1.099989000110',
			through: 'USD'
		});
	});

	it('crosses through the dollar, rounding once', () => {
		expect(
			convert({ amount: '100', currency: 'BRL', to: 'EUR', rates: { booked: REAL, target: EUR_IN_DOLLARS } })
		).toEqual({
			amount: '28.41',
			rate: '3.519964800352',
			through: 'USD'
		});
		// 0.04 / 3 * 0.5 is 0.0067; by way of a rounded 0.01 dollar it would be 0.005 and then nothing.
		const rates = { booked: rate('BRL', null, '3'), target: rate('EUR', null, '0.5') };
		expect(convert({ amount: '0.04', currency: 'BRL', to: 'EUR', rates })?.amount).toBe('0.01');
	});

	it('crosses through the euro where only euro rates are given', () => {
		const rates = { booked: FRANC, target: rate('USD', '1.10', null) };
		expect(convert({ amount: '655957', currency: 'XOF', to: 'USD', rates })).toMatchObject({
			amount: '1100.00',
			through: 'EUR'
		});
	});

	it('prefers the rate quoted in the target over a cross rate', () => {
		const rates = { booked: rate('BRL', '4', '3.20'), target: EUR_IN_DOLLARS };
		expect(convert({ amount: '100', currency: 'BRL', to: 'EUR', rates })).toEqual({
			amount: '25.00',
			rate: '4',
			through: 'EUR'
		});
	});

	it('rounds ties to even and to the minor unit of the target', () => {
		const at = (amount: string, to: string) =>
			convert({
				amount,
				currency: 'BRL',
				to,
				rates: { booked: rate('BRL', '2', '2'), target: rate(to, '1', '1') }
			})?.amount;
		expect([
			at('0.01', 'EUR'),
			at('0.03', 'EUR'),
			at('-0.03', 'EUR'),
			at('5', 'JPY'),
			at('0.005', 'TND')
		]).toEqual(['0.00', '0.02', '-0.02', '2', '0.002']);
	});

	it('leaves an amount of the target currency as it was booked', () => {
		const rates = { booked: null, target: null };
		expect(convert({ amount: '10.005', currency: 'EUR', to: 'EUR', rates })).toEqual({
			amount: '10.005',
			rate: '1',
			through: null
		});
	});

	it('answers null where there is no rate', () => {
		expect(
			convert({ amount: '1', currency: 'BRL', to: 'EUR', rates: { booked: null, target: EUR_IN_DOLLARS } })
		).toBeNull();
		expect(
			convert({ amount: '1', currency: 'BRL', to: 'EUR', rates: { booked: REAL, target: null } })
		).toBeNull();
		expect(
			convert({ amount: '1', currency: 'XOF', to: 'USD', rates: { booked: FRANC, target: null } })
		).toBeNull();
	});

	it('refuses a rate of zero and a row of another currency', () => {
		const from = (booked: Rate) => () =>
			convert({ amount: '1', currency: 'BRL', to: 'EUR', rates: { booked, target: null } });
		expect(from(rate('BRL', '0.00', null))).toThrow('A rate must be above zero: "0.00"');
		expect(from(rate('ZAR', '15', null))).toThrow(DecimalError);
		expect(() =>
			convert({ amount: 'x', currency: 'EUR', to: 'EUR', rates: { booked: null, target: null } })
		).toThrow(DecimalError);
	});

	it('is one rounding of the exact quotient, and the same with the sign turned', () => {
		expectAlways(
			fc.property(decimals, positive, positive, (amount, perBooked, perTarget) => {
				const convertTo = (given: string) =>
					convert({
						amount: given,
						currency: 'BRL',
						to: 'EUR',
						rates: { booked: rate('BRL', null, perBooked), target: rate('EUR', null, perTarget) }
					})!.amount;
				const { units, scale } = toFraction(amount);
				const numerator = units * toFraction(perTarget).units * 100n;
				const exact = nearestEven(numerator, toFraction(perBooked).units * 10n ** BigInt(scale));
				return (
					convertTo(amount) === toText({ units: exact, scale: 2 }) &&
					convertTo(negate(amount)) === negate(convertTo(amount))
				);
			}),
			20_000
		);
	});
});

describe('currencies', () => {
	it('have the minor units of ISO 4217', () => {
		const digits = {
			EUR: 2,
			USD: 2,
			BRL: 2,
			ZAR: 2,
			HUF: 2,
			COP: 2,
			JPY: 0,
			XOF: 0,
			UGX: 0,
			KRW: 0,
			TND: 3,
			KWD: 3,
			CLF: 4
		};
		for (const [code, unit] of Object.entries(digits)) expect(minorUnit(code), code).toBe(unit);
	});

	it('are told from what is none', () => {
		for (const code of ['EUR', 'LAK', 'KGS', 'NPR', 'PKR', 'UAH', 'BYN', 'BYR', 'DEM', 'XDR', 'SLE', 'XCG']) {
			expect(isCurrency(code), code).toBe(true);
		}
		for (const code of ['', 'eur', 'EURO', 'XXX', 'XTS', 'constructor', '__proto__'])
			expect(isCurrency(code), code).toBe(false);
	});

	it('stand once each, in three capitals and in order', () => {
		expect(CURRENCY_CODES.filter((code) => !/^[A-Z]{3}$/.test(code))).toEqual([]);
		expect(CURRENCY_CODES).toEqual([...new Set(CURRENCY_CODES)].sort());
	});
});
