import type { Finding } from '../record.ts';
import type { SheetRow, SheetStart } from './cell.ts';
import { readTextRows } from './csv/text-rows.ts';
import { recogniseSpreadsheet, SIGNATURE_BYTES } from './recognise.ts';
import { Unreadable } from './unreadable.ts';
import { readWorkbookRows } from './workbook/workbook-rows.ts';

/**
 * The rows of a workbook (XLSX) or text file (CSV), as a stream; which of the two is told by the bytes, not the name.
 * Content that cannot be used becomes a finding and never an exception; a critical one is the last thing yielded.
 * Nothing in the file is evaluated, opened or fetched, and nothing is ever written under a name that it holds.
 * `sheets` limits the reading to sheets of these names.
 */
export async function* readRows(
	bytes: AsyncIterable<Uint8Array>,
	fileName: string,
	sheets?: readonly string[]
): AsyncGenerator<SheetStart | SheetRow | Finding> {
	const source = bytes[Symbol.asyncIterator]();
	try {
		const head = await readHead(source);
		const all = continued(head, source);
		if (recogniseSpreadsheet(head) === 'workbook') yield* readWorkbookRows(all, fileName, sheets);
		else yield* readTextRows(all, fileName);
	} catch (error) {
		if (!(error instanceof Unreadable)) throw error;
		yield error.toFinding(fileName);
	} finally {
		await source.return?.();
	}
}

async function readHead(source: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
	let head: Uint8Array = new Uint8Array(0);
	while (head.length < SIGNATURE_BYTES) {
		const next = await source.next();
		if (next.done) break;
		head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
	}
	return head;
}

async function* continued(head: Uint8Array, source: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
	yield head;
	for (let next = await source.next(); !next.done; next = await source.next()) yield next.value;
}
