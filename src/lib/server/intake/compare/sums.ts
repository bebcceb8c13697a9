import { add } from '#lib/money/decimal.ts';
import { KINDS, type Kind } from '#lib/slice/slice.ts';
import type { KindSum } from '../preview.ts';

/** Exact sums by currency and kind, as they grow. */
export class KindSums {
	#sums = new Map<string, KindSum>();

	add({ kind, currency, count, sum }: KindSum): void {
		const name = `${currency} ${kind}`;
		const before = this.#sums.get(name);
		this.#sums.set(name, {
			currency,
			kind,
			count: (before?.count ?? 0) + count,
			sum: before ? add(before.sum, sum) : sum
		});
	}

	/** One of a kind and currency; zero where there is none. */
	of(kind: Kind, currency: string): KindSum {
		return this.#sums.get(`${currency} ${kind}`) ?? { currency, kind, count: 0, sum: '0' };
	}

	/** By currency, then kind. */
	list(): KindSum[] {
		return [...this.#sums.values()].sort(byCurrencyAndKind);
	}
}

/** The order in which sums are shown. */
export function byCurrencyAndKind(
	a: { currency: string; kind: Kind },
	b: { currency: string; kind: Kind }
): number {
	if (a.currency !== b.currency) return a.currency < b.currency ? -1 : 1;
	return KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind);
}
