import { columnLetters } from '#lib/server/intake/spreadsheet/cell.ts';
import type { ColumnKind } from '#lib/words/entry-column.ts';
import { writeZip, type ZipPart } from '../zip.ts';
import { escaped, STYLE, writeCell, writeText } from './cells.ts';

export type SheetColumn = { title: string; kind: ColumnKind; width?: number };
/** One sheet, or several of one kind after another where the rows are more than one holds. Rows come in batches. */
export type Sheet = {
	name: string;
	columns: readonly SheetColumn[];
	rows: AsyncIterable<readonly (readonly (string | null)[])[]>;
};

export type Workbook = { title: string; created: string | null; sheets: readonly Sheet[] };

/** Rows of a sheet with its header. */
const MOST_ROWS = 1_048_576;
/** Well below the 4 GB of a part. */
const MOST_CHARACTERS = 1_000_000_000;

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/**
 * A workbook as it is read: sheet after sheet, row after row. Each sheet has one header row that stays in sight, no merged
 * cells, no formulas. Rows beyond what a sheet holds go on in a further one of the same columns.
 */
export function writeWorkbook(workbook: Workbook): AsyncGenerator<Uint8Array> {
	return writeZip(partsOf(workbook));
}

async function* partsOf({ title, created, sheets }: Workbook): AsyncGenerator<ZipPart> {
	const names: string[] = [];
	for (const sheet of sheets) {
		const rows = new RowSource(sheet.rows);
		for (let number = 1; number === 1 || (await rows.hasMore()); number++) {
			names.push(sheetName(sheet.name, number));
			yield { name: `xl/worksheets/sheet${names.length}.xml`, pieces: sheetXml(sheet.columns, rows) };
		}
	}
	const rest: Record<string, string> = {
		'xl/workbook.xml': workbookXml(names),
		'xl/_rels/workbook.xml.rels': relationships([
			...names.map((_, index) => [`worksheet`, `worksheets/sheet${index + 1}.xml`] as const),
			['styles', 'styles.xml']
		]),
		'xl/styles.xml': STYLES,
		'docProps/core.xml': propertiesXml(title, created),
		'_rels/.rels': `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/><Relationship Id="rId2" Type="${PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`,
		'[Content_Types].xml': contentTypes(names.length)
	};
	for (const [name, xml] of Object.entries(rest)) yield { name, pieces: once(xml) };
}

/** Rows of a sheet that several parts take one after the other. */
class RowSource {
	#batches: AsyncIterator<readonly (readonly (string | null)[])[]>;
	#batch: readonly (readonly (string | null)[])[] = [];
	#at = 0;

	constructor(batches: AsyncIterable<readonly (readonly (string | null)[])[]>) {
		this.#batches = batches[Symbol.asyncIterator]();
	}

	async hasMore(): Promise<boolean> {
		while (this.#at >= this.#batch.length) {
			const next = await this.#batches.next();
			if (next.done) return false;
			[this.#batch, this.#at] = [next.value, 0];
		}
		return true;
	}

	/** What is left of the batch, at most so many. */
	take(limit: number): readonly (readonly (string | null)[])[] {
		const taken = this.#batch.slice(this.#at, this.#at + limit);
		this.#at += taken.length;
		return taken;
	}

	async close(): Promise<void> {
		await this.#batches.return?.();
	}
}

const ROWS_A_PIECE = 500;

async function* sheetXml(columns: readonly SheetColumn[], rows: RowSource): AsyncGenerator<string> {
	const letters = columns.map((_, index) => columnLetters(index + 1));
	const widths = columns.map(
		({ width = 14 }, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`
	);
	const head = columns.map(({ title }, index) => writeText(`${letters[index]}1`, title, STYLE.head));
	yield `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths.join('')}</cols><sheetData><row r="1">${head.join('')}</row>`;
	let isWhole = false;
	try {
		let [row, characters] = [1, 0];
		while (row < MOST_ROWS && characters < MOST_CHARACTERS && (await rows.hasMore())) {
			let piece = '';
			for (const values of rows.take(Math.min(ROWS_A_PIECE, MOST_ROWS - row))) {
				row++;
				piece += `<row r="${row}">`;
				for (let column = 0; column < columns.length; column++) {
					piece += writeCell(letters[column]! + row, columns[column]!.kind, values[column] ?? null);
				}
				piece += '</row>';
			}
			characters += piece.length;
			yield piece;
		}
		isWhole = true;
	} finally {
		if (!isWhole) await rows.close();
	}
	yield '</sheetData></worksheet>';
}

const LONGEST_NAME = 31;

/** A name as sheets may have: without certain marks, not too long, none twice. */
function sheetName(name: string, number: number): string {
	const more = number === 1 ? '' : ` ${number}`;
	return name.replace(/[[\]:*?/\\]/g, ' ').slice(0, LONGEST_NAME - more.length) + more;
}

function workbookXml(names: readonly string[]): string {
	const sheets = names.map(
		(name, index) => `<sheet name="${attribute(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`
	);
	return `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><workbookPr/><sheets>${sheets.join('')}</sheets></workbook>`;
}

function relationships(targets: readonly (readonly [type: string, target: string])[]): string {
	const all = targets.map(
		([type, target], index) =>
			`<Relationship Id="rId${index + 1}" Type="${OFFICE}/${type}" Target="${target}"/>`
	);
	return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${all.join('')}</Relationships>`;
}

function contentTypes(sheets: number): string {
	const override = (part: string, type: string) => `<Override PartName="/${part}" ContentType="${type}"/>`;
	const parts = [
		override('xl/workbook.xml', `${TYPES}.sheet.main+xml`),
		...Array.from({ length: sheets }, (_, index) =>
			override(`xl/worksheets/sheet${index + 1}.xml`, `${TYPES}.worksheet+xml`)
		),
		override('xl/styles.xml', `${TYPES}.styles+xml`),
		override('docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties+xml')
	];
	return `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${parts.join('')}</Types>`;
}

function propertiesXml(title: string, created: string | null): string {
	const at =
		created === null
			? ''
			: `<dcterms:created xsi:type="dcterms:W3CDTF">${created}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">${created}</dcterms:modified>`;
	return `${XML}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${escaped(title)}</dc:title>${at}</cp:coreProperties>`;
}

// In the order of STYLE: head, date, decimal, integer. A decimal shows two places and as many more as it has.
const STYLES = `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="#,##0.00##########"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="1" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;

function attribute(text: string): string {
	return escaped(text).replaceAll('"', '&quot;');
}

async function* once(text: string): AsyncGenerator<string> {
	yield text;
}
