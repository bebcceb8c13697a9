import type { Finding } from '../record.ts';
import type { Cell, SheetRow } from './cell.ts';
import { noEvidence, weigh, type ColumnEvidence } from './evidence.ts';
import { readRows } from './rows.ts';

export type SheetSurvey = {
	/** Empty for a text file. */
	name: string;
	hidden: boolean;
	/** Rows with something in them, and the number of the last one. */
	rows: number;
	lastRow: number;
	/** The first 200 rows and the last 40 that are not among them. Texts are cut to 200 characters. */
	first: SheetRow[];
	last: SheetRow[];
	/** In the order of the sheet, up to column 300. */
	columns: ColumnEvidence[];
};

/** A file looked over from end to end; plain JSON. `findings` say what is wrong with the file itself, critical ones stop it. */
export type Survey = { fileName: string; sheets: SheetSurvey[]; findings: Finding[] };

export const FIRST_ROWS = 200;
const LAST_ROWS = 40;
const SHOWN = 200;
/* A survey is held in memory and drawn on a page, whatever the file. */
const MOST_COLUMNS = 300;
const MOST_SHEETS = 100;
const MOST_FINDINGS = 200;

/**
 * Reads a file from end to end and keeps what a guess and a mapping page need: the beginning and end of each sheet and
 * what each column holds. Never throws for content. Holds no more than some megabytes whatever the file.
 */
export async function surveySpreadsheet(bytes: AsyncIterable<Uint8Array>, fileName: string): Promise<Survey> {
	const survey: Survey = { fileName, sheets: [], findings: [] };
	let open: OpenSheet | null = null;
	for await (const part of readRows(bytes, fileName)) {
		if (part.kind === 'finding') {
			if (survey.findings.length < MOST_FINDINGS || part.severity === 'critical') survey.findings.push(part);
		} else if (part.kind === 'sheet') {
			if (open !== null) survey.sheets.push(open.toSurvey());
			open = survey.sheets.length < MOST_SHEETS ? new OpenSheet(part.name, part.hidden) : null;
		} else open?.take(part);
	}
	if (open !== null) survey.sheets.push(open.toSurvey());
	return survey;
}

class OpenSheet {
	readonly #name: string;
	readonly #hidden: boolean;
	#rows = 0;
	#lastRow = 0;
	#first: SheetRow[] = [];
	/** A ring: a shift for each row would cost more than the row. */
	#last: SheetRow[] = [];
	#columns: ColumnEvidence[] = [];

	constructor(name: string, hidden: boolean) {
		this.#name = name;
		this.#hidden = hidden;
	}

	take(row: SheetRow): void {
		this.#rows++;
		this.#lastRow = row.row;
		for (const cell of row.cells) {
			if (cell.column > MOST_COLUMNS) break;
			weigh((this.#columns[cell.column] ??= noEvidence(cell.column)), cell);
		}
		if (this.#first.length < FIRST_ROWS) this.#first.push(shortened(row));
		else this.#last[(this.#rows - FIRST_ROWS - 1) % LAST_ROWS] = row;
	}

	toSurvey(): SheetSurvey {
		return {
			name: this.#name,
			hidden: this.#hidden,
			rows: this.#rows,
			lastRow: this.#lastRow,
			first: this.#first,
			last: this.#last.map(shortened).sort((a, b) => a.row - b.row),
			columns: this.#columns.filter((evidence) => evidence !== undefined)
		};
	}
}

function shortened(row: SheetRow): SheetRow {
	const cells = row.cells.filter(({ column }) => column <= MOST_COLUMNS);
	return { ...row, cells: cells.map((cell) => (cell.text.length > SHOWN ? cut(cell) : cell)) };
}

function cut({ column, text }: Cell): Cell {
	return { type: 'text', column, text: `${text.slice(0, SHOWN)} …` };
}
