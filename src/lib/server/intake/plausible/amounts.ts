import { fromUnits } from '#lib/money/scaled.ts';
import type { Finding, LedgerEntryRecord } from '../record.ts';

/** So many amounts it takes to call something usual. */
const ENOUGH = 20;
/** An amount is unusual at more than so many times the middle one of its kind ... */
const TIMES_MIDDLE = 100n;
/**
 * ... and more than so many times what nine in ten do not reach. Donors book ten thousand and ten million side by side:
 * of the published files at hand, the middle alone would call one amount in ninety unusual, and both one in two hundred.
 */
const TIMES_UPPER = 10n;
const LISTED = 10;
/** Reporters, kinds and currencies told apart; a file with more is judged by its first ones. */
const SERIES = 1000;
/** Digits after the point that are compared. The rest of an amount decides nothing here. */
const SCALE = 6;

type Large = { size: bigint; entry: Pick<LedgerEntryRecord, 'place' | 'amount' | 'currency' | 'entryKind'> };
type Series = { sample: Sample; largest: Large[] };

/** The amounts of a file by reporter, kind and currency: what is usual among them, and the largest ones. */
export class UsualAmounts {
	readonly #series = new Map<string, Series>();

	look(entry: LedgerEntryRecord): void {
		const size = sizeOf(entry.amount);
		if (size === 0n) return;
		const name = `${entry.entryKind} ${entry.currency} ${entry.reporter}`;
		let series = this.#series.get(name);
		if (!series) {
			if (this.#series.size >= SERIES) return;
			this.#series.set(name, (series = { sample: new Sample(), largest: [] }));
		}
		series.sample.add(size);
		keepLargest(series.largest, size, entry);
	}

	/** The largest amounts that stand out, judged by all that came: in what order they came makes no difference. */
	unusual(): Finding[] {
		return [...this.#series.values()].flatMap(({ sample, largest }) => {
			if (sample.seen < ENOUGH) return [];
			const middle = sample.at(50);
			const upper = sample.at(90);
			return largest
				.filter(({ size }) => size > TIMES_MIDDLE * middle && size > TIMES_UPPER * upper)
				.map(({ entry }) => unusual(entry, middle));
		});
	}
}

/** Bounded: when it is full, every second of the sorted values goes, and every second one that comes is left out. */
class Sample {
	seen = 0;
	#sorted: bigint[] = [];
	#step = 1;

	add(value: bigint): void {
		if (this.seen++ % this.#step !== 0) return;
		this.#sorted.splice(placeOf(value, this.#sorted), 0, value);
		if (this.#sorted.length < 512) return;
		this.#sorted = this.#sorted.filter((_, index) => index % 2 === 0);
		this.#step *= 2;
	}

	/** What so many per cent of the values do not go beyond. */
	at(percent: number): bigint {
		return this.#sorted[Math.floor(((this.#sorted.length - 1) * percent) / 100)]!;
	}
}

/** Where a value belongs among sorted ones. */
function placeOf(value: bigint, sorted: readonly bigint[]): number {
	let from = 0;
	let to = sorted.length;
	while (from < to) {
		const middle = (from + to) >> 1;
		if (sorted[middle]! < value) from = middle + 1;
		else to = middle;
	}
	return from;
}

function keepLargest(
	largest: Large[],
	size: bigint,
	{ place, amount, currency, entryKind }: Large['entry']
): void {
	if (largest.length === LISTED && size <= largest.at(-1)!.size) return;
	const after = largest.findIndex((known) => known.size < size);
	largest.splice(after < 0 ? largest.length : after, 0, {
		size,
		entry: { place, amount, currency, entryKind }
	});
	if (largest.length > LISTED) largest.pop();
}

/** The amount without its sign as a whole number of 10^-SCALE, what is finer cut off. */
function sizeOf(amount: string): bigint {
	const digits = amount.startsWith('-') ? amount.slice(1) : amount;
	const point = digits.indexOf('.');
	if (point < 0) return BigInt(digits + '0'.repeat(SCALE));
	return BigInt(digits.slice(0, point) + digits.slice(point + 1, point + 1 + SCALE).padEnd(SCALE, '0'));
}

function unusual({ place, amount, currency, entryKind }: Large['entry'], middle: bigint): Finding {
	const usual = fromUnits(middle, SCALE).replace(/\.?0+$/, '');
	return {
		kind: 'finding',
		severity: 'warning',
		rule: 'amount-unusual',
		place,
		read: `${amount} ${currency}; half of the reporter's amounts of kind ${entryKind} are ${usual} ${currency} or less`,
		done: 'read; ask the reporter whether the amount and its currency are right'
	};
}
