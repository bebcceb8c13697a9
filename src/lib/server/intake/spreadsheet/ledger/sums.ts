import type { Decimal } from '#lib/money/decimal.ts';
import { foldHeader } from '../headers.ts';
import { AMOUNT_FIELDS, type AmountField, type RowAmount } from './amounts.ts';
import { ExactSum } from './exact-sum.ts';

/** What a part of the rows adds up to, as the sheet writes it: each column, and the amount per currency. */
export class PartSums {
	readonly columns: Record<AmountField, ExactSum> = {
		amount: new ExactSum(),
		debit: new ExactSum(),
		credit: new ExactSum()
	};
	readonly currencies = new Map<string, ExactSum>();

	add({ written, amount }: RowAmount, currency: string): void {
		for (const field of AMOUNT_FIELDS) {
			// The amount of debit and credit columns is what the two come to.
			const value = field === 'amount' ? amount : written[field];
			if (value !== undefined) this.columns[field].add(value);
		}
		let sum = this.currencies.get(currency);
		if (sum === undefined) this.currencies.set(currency, (sum = new ExactSum()));
		sum.add(amount);
	}

	/** The sum of the amounts in a currency, or of all where none is asked for. */
	amountIn(currency: string | undefined): Decimal {
		return currency === undefined
			? this.columns.amount.value()
			: (this.currencies.get(currency)?.value() ?? '0.00');
	}

	/** The one currency of the rows; null for none and for several. */
	onlyCurrency(): string | null {
		return this.currencies.size === 1 ? [...this.currencies.keys()][0]! : null;
	}
}

/** A file may say anything in its column of headings: beyond these many, more are added up under one name. */
const MOST_PARTS = 20_000;

/** Sums of the rows that were read: overall, since the last total in the sheet, by heading and by month. */
export class LedgerSums {
	readonly overall = new PartSums();
	segment = new PartSums();
	readonly headings = new Map<string, PartSums>();
	readonly months = new Map<string, PartSums>();
	/** Rows that were refused but have an amount: what a stated total may hold more. */
	readonly refused = new PartSums();

	add(amount: RowAmount, row: { currency: string; heading: string | null; month: string | null }): void {
		this.overall.add(amount, row.currency);
		this.segment.add(amount, row.currency);
		if (row.heading !== null) partOf(this.headings, foldHeader(row.heading)).add(amount, row.currency);
		if (row.month !== null) partOf(this.months, row.month).add(amount, row.currency);
	}

	addRefused(amount: RowAmount): void {
		this.refused.add(amount, '');
	}
}

function partOf(parts: Map<string, PartSums>, name: string): PartSums {
	const key = parts.size < MOST_PARTS || parts.has(name) ? name : '';
	let part = parts.get(key);
	if (part === undefined) parts.set(key, (part = new PartSums()));
	return part;
}
