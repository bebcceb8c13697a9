import { scaleOf, type Decimal } from '#lib/money/decimal.ts';
import { fromUnits, toUnits } from '#lib/money/scaled.ts';

/** An exact sum that grows: as fast as whole numbers, and as fine as its finest part. */
export class ExactSum {
	#units = 0n;
	#scale = 2;
	count = 0;

	add(amount: Decimal): void {
		const scale = scaleOf(amount);
		if (scale > this.#scale) {
			this.#units *= 10n ** BigInt(scale - this.#scale);
			this.#scale = scale;
		}
		this.#units += toUnits(amount, this.#scale);
		this.count++;
	}

	/** At least two digits after the point; `0.00` for nothing added. */
	value(): Decimal {
		return fromUnits(this.#units, this.#scale);
	}
}
