import type { Finding, LedgerEntryRecord } from '../../record.ts';
import type { ReadSummary } from '../../readers/reader.ts';
import { placeOf, withoutColumns, type SheetRow, type SheetStart } from '../cell.ts';
import { headersOf } from '../headers.ts';
import type { Mapping } from '../mapping.ts';
import { readAmount } from './amounts.ts';
import { DateReading } from './dates.ts';
import { readEntry } from './entry.ts';
import { natureOf } from './footer.ts';
import { headerFindings, isRepeatedHeader } from './header-row.ts';
import { ReadCounting } from './read-counting.ts';
import { References } from './references.ts';
import { RowCells, RowMapping } from './row-cells.ts';
import { StatedTotals } from './stated-totals.ts';
import { LedgerSums, PartSums } from './sums.ts';
import { Tally } from './tally.ts';

type Item = LedgerEntryRecord | Finding;

/**
 * Reads the rows of one sheet by a mapping: entries and findings as the rows come, and at the end what holds for the
 * sheet as a whole (totals that differ, columns nobody read, counts).
 */
export class LedgerReading {
	readonly totals: StatedTotals;
	readonly #fileName: string;
	readonly #layout: RowMapping;
	readonly #masked: number[];
	readonly #sums = new LedgerSums();
	readonly #tally = new Tally();
	readonly #counting = new ReadCounting();
	readonly #references = new References();
	#dates: DateReading | null = null;
	#headers: Map<number, string> | null = null;
	#above: SheetRow | null = null;
	#unread = new Set<number>();
	#rows = 0;
	/** Nothing more is read after a critical finding. */
	stopped = false;

	constructor(mapping: Mapping, fileName: string) {
		this.#layout = new RowMapping(mapping);
		this.#fileName = fileName;
		this.#masked = mapping.masked.map(({ column }) => column);
		this.totals = new StatedTotals(this.#layout, fileName);
	}

	start({ name, dates, hidden }: SheetStart): void {
		this.#dates = new DateReading(dates, this.#tally);
		if (hidden)
			this.#tally.add('sheet-hidden', placeOf(this.#fileName, name), 'a hidden sheet', 'read like any other');
	}

	/** Takes a row of the mapping's sheet. */
	take(whole: SheetRow): Item[] {
		const row = withoutColumns(whole, this.#masked);
		const { mapping } = this.#layout;
		if (this.totals.takeCells(row)) return [];
		if (row.row < mapping.headerRow) {
			this.#above = row;
			return [];
		}
		if (row.row === mapping.headerRow) return this.#takeHeader(row);
		if (this.#headers === null) return this.#stop('header-missing', `row ${mapping.headerRow} is blank`);
		return this.#takeRow(row, this.#headers);
	}

	#takeHeader(row: SheetRow): Item[] {
		this.#headers = headersOf(row, this.#above);
		const findings = headerFindings(this.#layout.mapping, this.#headers, this.#fileName);
		this.stopped = findings.length > 0;
		return findings;
	}

	#takeRow(row: SheetRow, headers: ReadonlyMap<number, string>): Item[] {
		if (row.cells.length === 0) return [];
		const cells = new RowCells(row, this.#layout, this.#fileName);
		if (isRepeatedHeader(row, headers)) {
			this.#tally.add('header-repeated', cells.place, 'the headings again', 'passed over');
			return [];
		}
		const nature = natureOf(cells, this.#sums);
		if (nature.is === 'blank') {
			this.#tally.add(
				'row-without-amount',
				cells.place,
				cells.shown(),
				'passed over, it has neither amount nor date'
			);
			return [];
		}
		if (nature.is === 'balance') {
			cells.note('warning', 'balance-row', null, cells.shown(), 'passed over, it is no movement');
			return cells.findings;
		}
		if (nature.is === 'total') {
			this.totals.takeFooter(cells, nature.footer, this.#sums);
			this.#sums.segment = new PartSums();
			return [];
		}
		if (nature.is === 'unexplained') {
			cells.refuse(
				'amount-unexplained',
				null,
				'an amount with nothing beside it, which is no sum of the rows'
			);
			this.#counting.refuse(cells.place);
			return cells.findings;
		}
		return this.#takeMovement(cells);
	}

	#takeMovement(cells: RowCells): Item[] {
		this.#rows++;
		const { row } = cells;
		for (const { column } of row.cells) this.#unread.add(column);
		if (row.hidden) this.#tally.add('row-hidden', cells.place, 'a hidden row', 'read like any other');
		const amount = readAmount(cells, this.#tally);
		if (amount === null) {
			this.#counting.refuse(cells.place);
			return cells.findings;
		}
		const entry = readEntry(cells, amount, this.#dates!, this.#tally);
		if (!cells.refused) this.#references.take(cells, entry);
		this.#counting.add(entry, cells);
		if (cells.refused) {
			this.#sums.addRefused(amount);
			return cells.findings;
		}
		const month = entry.dateFrom?.slice(0, 7) ?? null;
		const isWithinMonth = month !== null && entry.dateTo?.startsWith(month) === true;
		this.#sums.add(amount, {
			currency: entry.currency,
			heading: entry.heading,
			month: isWithinMonth ? month : null
		});
		return [...cells.findings, entry];
	}

	/** What holds for the sheet as a whole. */
	finish(): (Finding | ReadSummary)[] {
		if (this.stopped) return [];
		const { mapping } = this.#layout;
		if (this.#dates === null)
			return this.#stop('sheet-missing', `no sheet ${mapping.sheet || 'that is a text file'}`);
		if (this.#headers === null) return this.#stop('header-missing', `no row ${mapping.headerRow}`);
		this.#dates.finish();
		const { comparisons, findings } = this.totals.compare(this.#sums);
		return [
			...(this.#rows === 0
				? [this.#finding('warning', 'no-rows', 'headings and no rows', 'nothing read')]
				: []),
			...this.#references.findings(),
			...this.#tally.findings(),
			...findings,
			...this.#columnsNotRead(this.#headers),
			this.#counting.toSummary(comparisons)
		];
	}

	#columnsNotRead(headers: ReadonlyMap<number, string>): Finding[] {
		const used = new Set(Object.values(this.#layout.mapping.columns).map(({ column }) => column));
		const names = [...this.#unread]
			.filter((column) => !used.has(column))
			.sort((a, b) => a - b)
			.map((column) => headers.get(column) || placeOf('', '', undefined, column).trim());
		if (names.length === 0) return [];
		const read = names.join(', ').slice(0, 1_000);
		return [this.#finding('warning', 'columns-not-read', read, 'kept with the file, not read')];
	}

	#stop(rule: string, read: string): Finding[] {
		this.stopped = true;
		return [this.#finding('critical', rule, read, 'file not read')];
	}

	#finding(severity: Finding['severity'], rule: string, read: string, done: string): Finding {
		return {
			kind: 'finding',
			severity,
			rule,
			place: placeOf(this.#fileName, this.#layout.mapping.sheet),
			read,
			done
		};
	}
}
