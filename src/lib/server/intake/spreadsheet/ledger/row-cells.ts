import type { Finding, Severity } from '../../record.ts';
import { cellAt, columnLetters, placeOf, type Cell, type SheetRow } from '../cell.ts';
import { foldHeader } from '../headers.ts';
import { TRANSLATED, type ConstantField, type Field, type Mapping } from '../mapping.ts';

const CONSTANT: ReadonlySet<string> = new Set<Field | ConstantField>([
	'project',
	'activity',
	'kind',
	'currency',
	'heading',
	'country',
	'sector',
	'objective',
	'agreement',
	'provider',
	'receiver'
]);

/** A mapping made ready: words to translate are looked up folded. */
export class RowMapping {
	readonly mapping: Mapping;
	#read: ReadonlySet<number>;
	#translations = new Map<Field, Map<string, string>>();

	constructor(mapping: Mapping) {
		this.mapping = mapping;
		this.#read = new Set(Object.values(mapping.columns).map(({ column }) => column));
		for (const field of TRANSLATED) {
			const words = Object.entries(mapping.translations[field] ?? {});
			if (words.length > 0)
				this.#translations.set(field, new Map(words.map(([from, to]) => [foldHeader(from), to])));
		}
	}

	column(field: Field): number | null {
		return this.mapping.columns[field]?.column ?? null;
	}

	constant(field: ConstantField): string | null {
		return this.mapping.constants[field] ?? null;
	}

	isRead(column: number): boolean {
		return this.#read.has(column);
	}

	translated(field: Field, text: string): string {
		return this.#translations.get(field)?.get(foldHeader(text)) ?? text;
	}
}

/**
 * One row of a partner's sheet, read by field. What cannot be read leaves a finding with its place to the column; a row
 * with an error among them must not be used.
 */
export class RowCells {
	readonly findings: Finding[] = [];
	readonly place: string;
	readonly row: SheetRow;
	readonly layout: RowMapping;
	readonly #fileName: string;

	constructor(row: SheetRow, layout: RowMapping, fileName: string) {
		this.row = row;
		this.layout = layout;
		this.#fileName = fileName;
		this.place = placeOf(fileName, row.sheet, row.row);
	}

	get refused(): boolean {
		return this.findings.some(({ severity }) => severity !== 'warning');
	}

	placeOf(field: Field): string {
		const column = this.layout.column(field);
		return column === null ? this.place : placeOf(this.#fileName, this.row.sheet, this.row.row, column);
	}

	note(severity: Severity, rule: string, field: Field | null, read: string, done: string): void {
		const place = field === null ? this.place : this.placeOf(field);
		this.findings.push({ kind: 'finding', severity, rule, place, read, done });
	}

	refuse(rule: string, field: Field | null, read: string): null {
		this.note('error', rule, field, read, 'row not read');
		return null;
	}

	/** What the row says first in a column that is read; what stands in others may be anybody's name, and is never quoted. */
	shown(): string {
		const cell = this.row.cells.find(({ column }) => this.layout.isRead(column));
		return cell === undefined ? 'words in a column that is not read' : cell.text.trim().slice(0, 80);
	}

	/** The cell of a field; null where it is blank or not mapped. Errors and formulas without a result refuse the row. */
	cell(field: Field): Cell | null {
		const column = this.layout.column(field);
		const cell = column === null ? null : cellAt(this.row, column);
		if (cell?.type === 'error') return this.refuse('cell-error', field, cell.text);
		if (cell?.type === 'unsolved') {
			return this.refuse('formula-without-value', field, `${cell.text} without its result`);
		}
		return cell;
	}

	/** What the row itself says, trimmed and translated; null when blank. */
	own(field: Field): string | null {
		const text = this.cell(field)?.text.trim() ?? '';
		return text === '' ? null : this.layout.translated(field, text);
	}

	/** What the row says, else what the mapping says for all rows. */
	value(field: Field): string | null {
		return this.own(field) ?? (CONSTANT.has(field) ? this.layout.constant(field as ConstantField) : null);
	}

	/** A value that must be there; an error, and an empty text in its place, when it is not. */
	needed(field: Field): string {
		const value = this.value(field);
		if (value !== null) return value;
		const column = this.layout.column(field);
		const read = column === null ? `no ${field}` : `${field}: column ${columnLetters(column)} is blank`;
		// An error in the cell has already said why there is nothing.
		if (!this.findings.some(({ place }) => place === this.placeOf(field)))
			this.refuse('value-missing', field, read);
		return '';
	}
}
