import { Unreadable } from './unreadable.ts';

/** So many bytes are needed to tell what a file is. */
export const SIGNATURE_BYTES = 8;

const startsWith = (head: Uint8Array, ...bytes: number[]) =>
	bytes.every((byte, index) => head[index] === byte);

/** What a file is by its first bytes, whatever its name. Throws Unreadable, with what to do, for what is no spreadsheet. */
export function recogniseSpreadsheet(head: Uint8Array): 'workbook' | 'text' {
	if (head.length === 0) throw new Unreadable('no-rows', 'an empty file');
	if (startsWith(head, 0x50, 0x4b)) return 'workbook';
	if (startsWith(head, 0xd0, 0xcf, 0x11, 0xe0)) {
		throw new Unreadable(
			'workbook-encrypted',
			'a workbook with a password, or one of Excel before 2007; take the password off or save it as .xlsx'
		);
	}
	if (startsWith(head, 0x25, 0x50, 0x44, 0x46)) throw new Unreadable('not-a-workbook', 'a PDF file');
	if (startsWith(head, 0x1f, 0x8b)) throw new Unreadable('not-a-workbook', 'a gzip file; unpack it first');
	const text = Buffer.from(head)
		.toString('latin1')
		.replace(/^\u00EF\u00BB\u00BF/, '')
		.trimStart();
	if (/^<(\?xml|!doc|html|table)/i.test(text))
		throw new Unreadable(
			'not-a-workbook',
			'a page or XML file, whatever its name; open it and save it as .xlsx'
		);
	return 'text';
}
