import { isFactsHeader } from './readers/facts-csv.ts';
import type { Format } from './readers/index.ts';
import { recogniseRatesText } from './readers/rates/recognise.ts';

/** So many bytes from the beginning, as the reader would get them, are needed to tell what a file is. */
export const HEAD_BYTES = 64 * 1024;

const ZIP = [0x50, 0x4b];
const ENCODINGS: readonly [mark: number[], encoding: string][] = [
	[[0xff, 0xfe], 'utf-16le'],
	[[0xfe, 0xff], 'utf-16be'],
	[[0x3c, 0x00], 'utf-16le'],
	[[0x00, 0x3c], 'utf-16be']
];

/**
 * The format of a file by what it begins with, whatever its name says, save that no workbook is called `.xml`; null when no reader knows it. Anything in XML goes
 * to the reader of IATI's files, which says what is wrong with it.
 * @param head the first {@link HEAD_BYTES}, inflated
 */
export function recogniseFormat(head: Uint8Array, name: string): Format | null {
	// A ZIP that is called XML is one of the two by mistake: the reader of XML says what it met.
	if (isZip(head)) return /\.xml$/i.test(name) ? 'iati-activities' : 'ledger-sheet';
	const text = decode(head).trimStart();
	if (text === '') return /\.(csv|tsv|txt|xlsx)$/i.test(name) ? null : 'iati-activities';
	const rates = recogniseRatesText(text);
	if (rates !== null && rates !== 'rates-csv') return rates;
	if (text.startsWith('<')) return rootOf(text);
	if (text.startsWith('{') || text.startsWith('[') || text.startsWith('%PDF') || text.includes('\0'))
		return null;
	return rates ?? layoutOf(text);
}

/** True for the beginning of a ZIP archive, which is what an XLSX workbook is. */
export function isZip(head: Uint8Array): boolean {
	return ZIP.every((byte, index) => head[index] === byte);
}

/** Activities unless the file begins as one of organisations: a wrapper or a foreign root is that reader's to judge. */
function rootOf(text: string): Format {
	const root = /<(?:[\w.-]+:)?(iati-(?:activit|organi[sz]ation)[\w-]*)/.exec(
		text.replaceAll(/<!--[^]*?-->/g, '')
	);
	return root?.[1]?.startsWith('iati-organi') ? 'iati-organisations' : 'iati-activities';
}

/** Our own layouts by their header; any other table is a partner's, to be mapped. */
function layoutOf(text: string): Format {
	const [first = ''] = text.split(/\r\n|\r|\n/, 1);
	const columns = first.split(',').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
	const has = (...names: string[]) => names.every((column) => columns.includes(column));
	if (has('reporter', 'project', 'activity', 'kind', 'reference', 'date_from', 'amount')) return 'ledger-csv';
	if (has('record', 'key', 'agreement')) return 'terms-csv';
	if (columns.length > 1 && isFactsHeader(columns)) return 'facts-csv';
	return 'ledger-sheet';
}

function decode(head: Uint8Array): string {
	const encoding = ENCODINGS.find(([mark]) => mark.every((byte, index) => head[index] === byte))?.[1];
	const text = new TextDecoder(encoding ?? 'utf-8').decode(head.subarray(0, HEAD_BYTES));
	return text.replace(/^\uFEFF/, '');
}
