import type { Decimal } from '#lib/money/decimal.ts';
import { fromUnits, toUnits } from '#lib/money/scaled.ts';
import type { Kind } from '#lib/slice/slice.ts';

/** A code that is none of the list stands behind a question mark, `?(none)` where there is no code at all. */
export type CountedKind = Kind | `?${string}`;
export type CountedSum = { currency: string; kind: CountedKind; count: number; sum: Decimal };

const NONE = '(none)';

/** Different sums that are told apart; an honest file has a dozen. */
const KEPT = 5000;

/**
 * Counts what a file holds before anything is checked or refused: activities, transactions, and the exact sums of their
 * values as booked. A value that is no decimal is a transaction and in no sum.
 */
export class ReadCounter {
	activities = 0;
	transactions = 0;
	#sums = new Map<string, Running>();

	/** One value; one without a readable amount only says that there is such a kind. */
	add(kind: CountedKind | null, currency: string | null, amount: Decimal | null): void {
		const key = `${currency ?? NONE} ${kind ?? `?${NONE}`}`;
		let sum = this.#sums.get(key);
		if (!sum) {
			if (this.#sums.size >= KEPT) return;
			sum = { currency: currency ?? NONE, kind: kind ?? `?${NONE}`, count: 0, units: 0n, scale: 0 };
			this.#sums.set(key, sum);
		}
		if (amount === null) return;
		const point = amount.indexOf('.');
		const scale = point < 0 ? 0 : amount.length - point - 1;
		if (scale > sum.scale) {
			sum.units *= 10n ** BigInt(scale - sum.scale);
			sum.scale = scale;
		}
		sum.units += toUnits(amount, sum.scale);
		sum.count++;
	}

	/** Without zeros at the end of a fraction, in the order first met. */
	sums(): CountedSum[] {
		return [...this.#sums.values()].map(({ currency, kind, count, units, scale }) => ({
			currency,
			kind,
			count,
			sum: shortest(fromUnits(units, scale))
		}));
	}
}

type Running = { currency: string; kind: CountedKind; count: number; units: bigint; scale: number };

function shortest(value: Decimal): Decimal {
	return value.includes('.') ? value.replace(/\.?0+$/, '') : value;
}
