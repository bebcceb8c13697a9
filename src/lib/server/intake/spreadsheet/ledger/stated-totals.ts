import { negate, type Decimal } from '#lib/money/decimal.ts';
import type { Finding } from '../../record.ts';
import { cellAt, placeOf, type SheetRow } from '../cell.ts';
import { foldHeader } from '../headers.ts';
import type { StatedBy, StatedTotal } from '../mapping.ts';
import { readMonth } from '../read-date.ts';
import { readNumber } from '../read-number.ts';
import { cellName, sameValue, type Footer } from './footer.ts';
import type { RowCells, RowMapping } from './row-cells.ts';
import type { LedgerSums, PartSums } from './sums.ts';
import type { AmountField } from './amounts.ts';
import { ExactSum } from './exact-sum.ts';

/** A total that the file or the person who maps it states, beside the sum of the rows. */
export type Comparison = {
	what: string;
	stated: Decimal;
	found: Decimal;
	currency: string;
	/** Where it is stated: a cell of the file, or the file for one that was typed in. */
	place: string;
};

type Stated = {
	place: string;
	/** As a person would call it: `Total travel`, `2017-03`. */
	label: string;
	by: StatedBy | 'footer';
	field: AmountField;
	value: Decimal;
	currency?: string;
	/** Of a footer: what the rows above came to when it was met. */
	above: { segment: Decimal; overall: Decimal } | null;
};

const MOST_STATED = 10_000;
const MOST_SEGMENTS = 200;

/** Totals as they are met, compared when all rows are read: headings and months are whole only then. */
export class StatedTotals {
	readonly #fileName: string;
	readonly #layout: RowMapping;
	#stated: Stated[] = [];
	#segments: Record<AmountField, Decimal[]> = { amount: [], debit: [], credit: [] };

	constructor(layout: RowMapping, fileName: string) {
		this.#layout = layout;
		this.#fileName = fileName;
		for (const total of layout.mapping.statedTotals) {
			if (total.from !== 'typed') continue;
			const label = total.by === 'overall' ? 'overall' : (total.label ?? '');
			this.#add({
				place: fileName,
				label,
				by: total.by,
				field: 'amount',
				value: total.amount,
				currency: total.currency,
				above: null
			});
		}
	}

	/** Sheets that hold stated totals. */
	get sheets(): string[] {
		return this.#layout.mapping.statedTotals.flatMap((total) =>
			total.from === 'cells' ? [total.sheet] : []
		);
	}

	/** Takes a total's row among the rows. */
	takeFooter(row: RowCells, { label, stated }: Footer, sums: LedgerSums): void {
		for (const { field, value } of stated) {
			const above = {
				segment: this.#segmentAbove(sums, field, value),
				overall: sums.overall.columns[field].value()
			};
			this.#add({
				place: row.placeOf(field),
				label: label || cellName(row, field),
				by: 'footer',
				field,
				value,
				above
			});
		}
	}

	/**
	 * The sum since the last total; of a total right under another one, that of the last few segments together if they come
	 * to it: totals of groups stand under the totals of their parts.
	 */
	#segmentAbove(sums: LedgerSums, field: AmountField, value: Decimal): Decimal {
		const segment = sums.segment.columns[field];
		if (segment.count > 0) {
			this.#segments[field].push(segment.value());
			return segment.value();
		}
		const group = new ExactSum();
		for (const part of this.#segments[field].slice(-MOST_SEGMENTS).reverse()) {
			group.add(part);
			if (sameValue(group.value(), value)) return group.value();
		}
		return sums.overall.columns[field].value();
	}

	/** Takes what a row states where the mapping says so. True when it does: then it is no movement. */
	takeCells(row: SheetRow): boolean {
		let taken = false;
		for (const total of this.#layout.mapping.statedTotals) {
			if (total.from !== 'cells' || total.sheet !== row.sheet) continue;
			if (row.row < total.firstRow || row.row > total.lastRow) continue;
			taken = true;
			this.#takeCell(row, total);
		}
		return taken;
	}

	#takeCell(row: SheetRow, total: Extract<StatedTotal, { from: 'cells' }>): void {
		const { numberStyle, dateStyle } = this.#layout.mapping;
		const cell = cellAt(row, total.amountColumn);
		const value =
			cell?.type === 'number'
				? cell.decimal
				: cell?.type === 'text'
					? readNumber(cell.text, numberStyle)?.decimal
					: undefined;
		const named = total.labelColumn === undefined ? null : cellAt(row, total.labelColumn);
		const label =
			total.by === 'overall'
				? 'overall'
				: total.by === 'month'
					? readMonth(named?.text ?? '', dateStyle)
					: named?.text;
		if (value === undefined || !label) return;
		this.#add({
			place: placeOf(this.#fileName, row.sheet, row.row, total.amountColumn),
			label,
			by: total.by,
			field: 'amount',
			value,
			currency: total.currency,
			above: null
		});
	}

	#add(stated: Stated): void {
		if (this.#stated.length < MOST_STATED) this.#stated.push(stated);
	}

	/** Each stated total beside the sum of the rows, and a finding for each that differs. */
	compare(sums: LedgerSums): { comparisons: Comparison[]; findings: Finding[] } {
		const comparisons: Comparison[] = [];
		const findings: Finding[] = [];
		const last = this.#stated.findLastIndex(({ by }) => by === 'footer');
		for (const [index, stated] of this.#stated.entries()) {
			const candidates = this.#candidates(stated, sums, index === last);
			const found = candidates.find((sum) => sameValue(sum, stated.value)) ?? candidates[0]!;
			const currency = stated.currency ?? sums.overall.onlyCurrency() ?? '';
			comparisons.push({ what: stated.label, stated: stated.value, found, currency, place: stated.place });
			if (!sameValue(found, stated.value)) findings.push(differs(stated, found, sums));
		}
		return { comparisons, findings };
	}

	/** What a total may mean, the likeliest first. */
	#candidates({ by, label, field, currency, above }: Stated, sums: LedgerSums, isLast: boolean): Decimal[] {
		const of = (part: PartSums | undefined) =>
			field === 'amount' ? (part?.amountIn(currency) ?? '0.00') : (part?.columns[field].value() ?? '0.00');
		const heading = (name: string) => sums.headings.get(foldHeader(this.#layout.translated('heading', name)));
		if (by !== 'footer') {
			const part =
				by === 'overall' ? sums.overall : by === 'heading' ? heading(label) : sums.months.get(label);
			// A person who turns the sheet's signs may state the total either way.
			return this.#layout.mapping.sign === 'negated' ? [negate(of(part)), of(part)] : [of(part)];
		}
		const named = this.#named(label, sums);
		const { segment, overall } = above!;
		const isWhole = isLast || /grand|general|overall|cumul/i.test(label);
		return [...named.map(of), ...(isWhole ? [overall, segment] : [segment, overall]), of(sums.overall)];
	}

	/** Headings and months that the words of a total name, the longest first. */
	#named(label: string, sums: LedgerSums): PartSums[] {
		const words = ` ${foldHeader(label)} `;
		const headings = [...sums.headings]
			.filter(([name]) => name.length > 1 && words.includes(` ${name} `))
			.sort(([a], [b]) => b.length - a.length)
			.map(([, part]) => part);
		const month = readMonth(
			label.replace(/^\P{N}*?(totals?|sum|somme|suma|soma)( (of|for|pour|de|du))?\s+/iu, ''),
			{ order: 'dmy' }
		);
		const ofMonth = month === null ? undefined : sums.months.get(month);
		return ofMonth === undefined ? headings : [...headings, ofMonth];
	}
}

function differs({ place, label, value }: Stated, found: Decimal, { refused }: LedgerSums): Finding {
	const { count } = refused.columns.amount;
	const left =
		count === 0
			? ''
			: `; ${count} rows with an amount were not read, together ${refused.columns.amount.value()}`;
	return {
		kind: 'finding',
		severity: 'warning',
		rule: 'stated-total-differs',
		place,
		read: `${label}: stated ${value}, the rows read add up to ${found}${left}`,
		done: 'rows kept as they are'
	};
}
