import type { Finding } from '../record.ts';
import type { SheetRow, SheetStart } from './cell.ts';

/**
 * The rows of a workbook (XLSX) or text file (CSV), as a stream; which of the two is told by the bytes, not the name.
 * Content that cannot be used becomes a finding and never an exception; a critical one is the last thing yielded.
 * Nothing in the file is evaluated, opened or fetched, and nothing is ever written under a name that it holds.
 * `sheets` limits the reading to sheets of these names.
 */
export async function* readRows(
	_bytes: AsyncIterable<Uint8Array>,
	fileName: string,
	_sheets?: readonly string[]
): AsyncGenerator<SheetStart | SheetRow | Finding> {
	yield await Promise.reject<Finding>(new Error(`not built yet: ${fileName}`));
}
