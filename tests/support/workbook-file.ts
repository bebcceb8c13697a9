import { columnLetters } from '#lib/server/intake/spreadsheet/cell.ts';
import { zipOf, type ZipPart } from './zip-file.ts';

/**
 * What stands in a cell: a text (shared), a number as digits to be stored unchanged, a day (ISO or serial) shown as a
 * date, a formula with or without its result, or XML of one's own. Null is blank.
 */
export type SheetCell =
	| string
	| null
	| { number: string; style?: number }
	| { date: string }
	| { formula: string; result?: string; type?: string }
	| { inline: string }
	| { error: string }
	| { boolean: boolean }
	| { xml: string };

export type SheetContent = {
	name: string;
	state?: string;
	rows: readonly (readonly SheetCell[])[];
	/** In place of rows: the content of `sheetData`. */
	data?: string;
	/** Before the root element. */
	prolog?: string;
	/** Another name for its part. */
	part?: string;
};

export type WorkbookContent = {
	sheets: readonly SheetContent[];
	date1904?: boolean;
	/** More parts, or other ones in place of those made here. */
	parts?: readonly ZipPart[];
};

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';
/** Style numbers of {@link STYLES}. */
export const DATE_STYLE = 1;
export const PADDED_STYLE = 2;
export const OWN_DATE_STYLE = 3;
export const TIME_STYLE = 4;

const STYLES = `<styleSheet xmlns="${MAIN}"><numFmts count="3"><numFmt numFmtId="164" formatCode="00000"/>
	<numFmt numFmtId="165" formatCode="[$-409]d\\-mmm\\-yy;@"/><numFmt numFmtId="166" formatCode="[h]:mm:ss"/></numFmts>
	<cellStyleXfs count="1"><xf numFmtId="14"/></cellStyleXfs>
	<cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/></cellXfs></styleSheet>`;

/** An XLSX file as a spreadsheet program writes it, made by hand. */
export function workbookOf(content: WorkbookContent): Buffer {
	const shared = new Map<string, number>();
	const sheets = content.sheets.map((sheet, index) => ({
		name: sheet.part ?? `xl/worksheets/sheet${index + 1}.xml`,
		content: `${sheet.prolog ?? ''}<worksheet xmlns="${MAIN}"><sheetData>${sheet.data ?? rowsXml(sheet.rows, shared)}</sheetData></worksheet>`
	}));
	const relationship = (id: string, type: string, target: string) =>
		`<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
	const made: ZipPart[] = [
		{
			name: '_rels/.rels',
			content: `<Relationships xmlns="${PACKAGE}">${relationship('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`
		},
		{
			name: 'xl/workbook.xml',
			content: `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><workbookPr${content.date1904 ? ' date1904="1"' : ''}/><sheets>${content.sheets
				.map(
					({ name, state }, index) =>
						`<sheet name="${escaped(name)}" sheetId="${index + 1}"${state ? ` state="${state}"` : ''} r:id="rId${index + 1}"/>`
				)
				.join('')}</sheets></workbook>`
		},
		{
			name: 'xl/_rels/workbook.xml.rels',
			content: `<Relationships xmlns="${PACKAGE}">${content.sheets
				.map((_, index) => relationship(`rId${index + 1}`, 'worksheet', `worksheets/sheet${index + 1}.xml`))
				.join(
					''
				)}${relationship('rIdS', 'styles', 'styles.xml')}${relationship('rIdT', 'sharedStrings', '/xl/sharedStrings.xml')}</Relationships>`
		},
		{ name: 'xl/styles.xml', content: STYLES },
		...sheets,
		{
			name: 'xl/sharedStrings.xml',
			content: `<sst xmlns="${MAIN}">${[...shared.keys()].map((text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`).join('')}</sst>`
		}
	];
	const own = content.parts ?? [];
	const replaced = new Set(own.map(({ name }) => name));
	return zipOf([...made.filter(({ name }) => !replaced.has(name)), ...own]);
}

/** The serial number of a day in the 1900 count. */
export function serialOf(day: string): string {
	return String(Date.parse(`${day}T00:00:00Z`) / 86_400_000 + 25_569);
}

function rowsXml(rows: SheetContent['rows'], shared: Map<string, number>): string {
	return rows
		.map((cells, row) => {
			const written = cells.map((cell, column) =>
				cell === null ? '' : cellXml(cell, `${columnLetters(column + 1)}${row + 1}`, shared)
			);
			return `<row r="${row + 1}">${written.join('')}</row>`;
		})
		.join('');
}

function cellXml(cell: NonNullable<SheetCell>, at: string, shared: Map<string, number>): string {
	if (typeof cell === 'string') {
		const number = shared.get(cell) ?? shared.size;
		shared.set(cell, number);
		return `<c r="${at}" t="s"><v>${number}</v></c>`;
	}
	if ('number' in cell)
		return `<c r="${at}"${cell.style ? ` s="${cell.style}"` : ''}><v>${cell.number}</v></c>`;
	if ('date' in cell) {
		const serial = cell.date.includes('-') ? serialOf(cell.date) : cell.date;
		return `<c r="${at}" s="${DATE_STYLE}"><v>${serial}</v></c>`;
	}
	if ('formula' in cell) {
		const value = cell.result === undefined ? '' : `<v>${escaped(cell.result)}</v>`;
		return `<c r="${at}"${cell.type ? ` t="${cell.type}"` : ''}><f>${escaped(cell.formula)}</f>${value}</c>`;
	}
	if ('inline' in cell) return `<c r="${at}" t="inlineStr"><is><t>${escaped(cell.inline)}</t></is></c>`;
	if ('error' in cell) return `<c r="${at}" t="e"><v>${cell.error}</v></c>`;
	if ('boolean' in cell) return `<c r="${at}" t="b"><v>${cell.boolean ? 1 : 0}</v></c>`;
	return cell.xml;
}

function escaped(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
