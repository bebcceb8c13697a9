import { unitOf, wholeBucket } from '#lib/slice/period.ts';
import type { DatePrecision, LedgerEntryRecord } from '../../record.ts';
import type { Field } from '../mapping.ts';
import { ordersOf, readDate, type ReadSpan } from '../read-date.ts';
import { dayOfSerial, type DateSystem } from '../serial-day.ts';
import type { RowCells } from './row-cells.ts';
import type { Tally } from './tally.ts';

type Dates = Pick<LedgerEntryRecord, 'dateFrom' | 'dateTo' | 'datePrecision' | 'valueDate'>;

/** Reads the dates of rows, and remembers what they looked like to warn of a whole column at the end. */
export class DateReading {
	readonly #tally: Tally;
	readonly #system: DateSystem;
	#stored = 0;
	#asText: string | null = null;

	constructor(system: DateSystem, tally: Tally) {
		this.#system = system;
		this.#tally = tally;
	}

	read(row: RowCells): Dates {
		const from = this.#span(row, 'date');
		const to = this.#span(row, 'dateTo');
		const value = this.#span(row, 'valueDate');
		if (value !== null && value.precision !== 'day')
			row.refuse('not-a-day', 'valueDate', `${value.from} to ${value.to}`);
		const valueDate = value?.from ?? null;
		if (from === null) return { ...this.#undated(row), valueDate };
		const dateTo = to?.to ?? from.to;
		if (dateTo < from.from) row.refuse('end-before-start', 'dateTo', `${from.from} to ${dateTo}`);
		this.#insidePeriod(row, from.from, dateTo);
		const precision = to === null || dateTo === from.to ? from.precision : precisionOf(from.from, dateTo);
		return { dateFrom: from.from, dateTo, datePrecision: precision, valueDate };
	}

	/** A column that holds dates both as dates and as digits in text was made by a program that took some of them wrong. */
	finish(): void {
		if (this.#stored === 0 || this.#asText === null) return;
		this.#tally.add(
			'dates-mixed',
			this.#asText,
			`dates as text beside ${this.#stored} that are stored as dates`,
			'both read; compare some with the vouchers, as day and month may be swapped in the stored ones'
		);
	}

	#span(row: RowCells, field: Field): ReadSpan | null {
		const cell = row.cell(field);
		if (cell === null) return null;
		const none = () => row.refuse('not-a-date', field, cell.text.slice(0, 80));
		if (cell.type === 'date') {
			this.#stored++;
			return cell.day === null ? none() : { from: cell.day, to: cell.day, precision: 'day' };
		}
		if (cell.type !== 'text' && cell.type !== 'number') return none();
		const { dateStyle } = row.layout.mapping;
		if (cell.type === 'text' && ordersOf(cell.text) !== null) this.#asText ??= row.placeOf(field);
		if (cell.type === 'text') return readDate(cell.text, dateStyle) ?? none();
		const written = /^(\d{4}|\d{8})$/.test(cell.text) ? readDate(cell.text, { order: 'ymd' }) : null;
		if (written !== null) return written;
		const day = dayOfSerial(cell.decimal, this.#system);
		if (day === null || day < '1950' || day > '2100') return none();
		this.#tally.add('date-unformatted', row.placeOf(field), cell.text, 'read as a count of days');
		return { from: day, to: day, precision: 'day' };
	}

	#undated(row: RowCells): Omit<Dates, 'valueDate'> {
		const [from, to] = periodOf(row);
		const isMapped = row.layout.column('date') !== null;
		if (from === null || to === null) {
			if (!row.refused) row.note('warning', 'date-missing', 'date', 'no date', 'read as not dated');
			return { dateFrom: null, dateTo: null, datePrecision: 'unknown' };
		}
		if (isMapped && !row.refused)
			row.note('warning', 'date-missing', 'date', 'no date', `read as of the period ${from} to ${to}`);
		return { dateFrom: from, dateTo: to, datePrecision: precisionOf(from, to) };
	}

	#insidePeriod(row: RowCells, from: string, to: string): void {
		const [first, last] = periodOf(row);
		if ((first === null || from >= first) && (last === null || to <= last)) return;
		const read = from === to ? from : `${from} to ${to}`;
		row.note(
			'warning',
			'date-outside-period',
			'date',
			`${read}, outside ${first ?? '…'} to ${last ?? '…'}`,
			'read'
		);
	}
}

/** The period of the report, where the mapping names one. */
function periodOf({ layout }: RowCells): [string | null, string | null] {
	return [layout.constant('dateFrom'), layout.constant('dateTo')];
}

function precisionOf(from: string, to: string): DatePrecision {
	if (from === to) return 'day';
	const bucket = wholeBucket(from, to);
	return bucket === null ? 'period' : unitOf(bucket);
}
