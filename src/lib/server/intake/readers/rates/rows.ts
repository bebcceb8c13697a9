import { pathOf, readElements, type XmlElement } from '#lib/iati/xml.ts';
import { placeOf } from '../../spreadsheet/cell.ts';
import { readRows } from '../../spreadsheet/rows.ts';
import type { Finding } from '../../record.ts';
import { readCsvRows } from '../csv-rows.ts';

/** A row of a list of rates as text, whatever it came in. `at` names a cell as a person looks it up; columns count from 0. */
export type RateRow = {
	kind: 'row';
	cells: string[];
	at(column?: number): string;
	/** A comma in a number can only be the decimal mark: the file parts its cells by something else. */
	decimalComma: boolean;
};

const HEAD = 64 * 1024;
const LINES = 20;
const DELIMITERS = [',', ';', '\t'] as const;
const UN_ELEMENT = 'UN_OPERATIONAL_RATES';
type Delimiter = (typeof DELIMITERS)[number];

/**
 * The rows of a workbook, of the UN's XML or of a text file with commas, semicolons or tabs; told apart by the bytes, not
 * by the name.
 */
export async function* readRateRows(
	bytes: AsyncIterable<Uint8Array>,
	fileName: string
): AsyncGenerator<RateRow | Finding> {
	const { head, whole } = await peek(bytes);
	if (isWorkbook(head)) return yield* readWorkbook(whole, fileName);
	const encoding = guessEncoding(head);
	const text = new TextDecoder(encoding).decode(head);
	if (isXml(text)) return yield* readUnXml(whole, fileName);
	if (encoding === 'windows-1252') yield guessed(fileName, encoding);
	const delimiter = guessDelimiter(text);
	for await (const row of readCsvRows(toUtf8(whole, encoding), fileName, delimiter)) {
		if (row.kind === 'finding') yield row;
		else {
			yield {
				kind: 'row',
				cells: row.cells.map((cell) => cell.trim()),
				at: (column) => placeOf(fileName, '', row.number, column === undefined ? undefined : column + 1),
				decimalComma: delimiter === ';'
			};
		}
	}
}

/** True for the first bytes of a ZIP archive, which is what an XLSX workbook is. */
function isWorkbook(head: Uint8Array): boolean {
	return head[0] === 0x50 && head[1] === 0x4b && head[2] === 0x03 && head[3] === 0x04;
}

/** True for the beginning of an XML file. */
export function isXml(head: string): boolean {
	return /^\s*</.test(head);
}

/** UTF-8 where the bytes are that, UTF-16 where they begin with its mark, else Windows' western letters. */
function guessEncoding(head: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' {
	if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
	if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
	try {
		// A letter may be cut at the end of the head.
		new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
		return 'utf-8';
	} catch {
		return 'windows-1252';
	}
}

async function* toUtf8(bytes: AsyncIterable<Uint8Array>, encoding: string): AsyncGenerator<Uint8Array> {
	if (encoding === 'utf-8') return yield* bytes;
	const decoder = new TextDecoder(encoding);
	for await (const chunk of bytes) yield Buffer.from(decoder.decode(chunk, { stream: true }), 'utf-8');
	yield Buffer.from(decoder.decode(), 'utf-8');
}

function guessed(place: string, encoding: string): Finding {
	const read = 'bytes that are not UTF-8 text';
	return {
		kind: 'finding',
		severity: 'warning',
		rule: 'encoding-guessed',
		place,
		read,
		done: `read as ${encoding}`
	};
}

/** The mark that stands most often in the first lines. */
export function guessDelimiter(head: string): Delimiter {
	const lines = head.split(/\r\n|\r|\n/).slice(0, LINES);
	const counts = DELIMITERS.map((mark) => lines.join('\n').split(mark).length);
	return DELIMITERS[counts.indexOf(Math.max(...counts))]!;
}

/** The first bytes of a stream, and the whole stream again. */
export async function peek(
	bytes: AsyncIterable<Uint8Array>
): Promise<{ head: Uint8Array; whole: AsyncIterable<Uint8Array> }> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	const iterator = bytes[Symbol.asyncIterator]();
	while (size < HEAD) {
		const next = await iterator.next();
		if (next.done) break;
		chunks.push(next.value);
		size += next.value.length;
	}
	const head = Buffer.concat(chunks);
	async function* whole() {
		try {
			yield head;
			for (;;) {
				const next = await iterator.next();
				if (next.done) return;
				yield next.value;
			}
		} finally {
			await iterator.return?.();
		}
	}
	return { head, whole: whole() };
}

async function* readWorkbook(
	bytes: AsyncIterable<Uint8Array>,
	fileName: string
): AsyncGenerator<RateRow | Finding> {
	for await (const row of readRows(bytes, fileName)) {
		if (row.kind === 'finding') yield row;
		if (row.kind !== 'row') continue;
		const cells: string[] = [];
		for (const cell of row.cells) {
			while (cells.length < cell.column) cells.push('');
			cells[cell.column - 1] = (cell.type === 'number' ? cell.decimal : cell.text).trim();
		}
		yield {
			kind: 'row',
			cells,
			at: (column) => placeOf(fileName, row.sheet, row.row, column === undefined ? undefined : column + 1),
			decimalComma: false
		};
	}
}

/** Each element is a row under the names of its children, as `f_curr_code`, `eff_date` and `rate`. */
async function* readUnXml(
	bytes: AsyncIterable<Uint8Array>,
	fileName: string
): AsyncGenerator<RateRow | Finding> {
	let names: string[] | null = null;
	for await (const item of readElements(bytes, { element: [UN_ELEMENT], root: [`${UN_ELEMENT}_DATASET`] })) {
		if (item.kind === 'problem') {
			const { rule, found, message, line, column } = item.problem;
			const place = line === null ? fileName : `${fileName} line ${line} column ${column}`;
			const read = found === '' ? message : found;
			yield { kind: 'finding', severity: 'critical', rule, place, read, done: 'reading stopped here' };
		}
		if (item.kind !== 'element') continue;
		const { element } = item;
		if (names === null) {
			names = element.children.map(({ name }) => name);
			yield xmlRow(names, fileName, element, names);
		}
		const cells = names.map(
			(name) => element.children.find((child) => child.name === name)?.text.trim() ?? ''
		);
		yield xmlRow(cells, fileName, element, names);
	}
}

function xmlRow(cells: string[], fileName: string, element: XmlElement, names: readonly string[]): RateRow {
	return {
		kind: 'row',
		cells,
		at: (column) => `${fileName} ${pathOf(element)}${column === undefined ? '' : `/${names[column]}`}`,
		decimalComma: false
	};
}
