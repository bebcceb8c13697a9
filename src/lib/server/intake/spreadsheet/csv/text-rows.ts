import type { Finding } from '../../record.ts';
import { placeOf, type Cell, type SheetRow, type SheetStart } from '../cell.ts';
import { LONGEST_CELL } from '../limits.ts';
import { Unreadable } from '../unreadable.ts';
import { decodeText, type Encoding } from './decode.ts';
import { guessDelimiter } from './delimiter.ts';
import { CsvTokens, type TextRow } from './tokens.ts';

/** So much of a file is looked at for its delimiter. */
const SNIFFED_TEXT = 65_536;

/**
 * Rows of a text file as a sheet without a name, blank ones passed over but counted. Encoding and delimiter are guessed;
 * an encoding that the file does not show is a warning. Throws Unreadable with its place.
 */
export async function* readTextRows(
	bytes: AsyncIterable<Uint8Array>,
	fileName: string
): AsyncGenerator<SheetStart | SheetRow | Finding> {
	yield { kind: 'sheet', name: '', hidden: false, dates: '1900' };
	let warning: Finding | null = null;
	const pieces = decodeText(bytes, (encoding) => (warning = encodingWarning(encoding, fileName)));
	let head: string | null = '';
	let tokens: CsvTokens | null = null;
	let number = 0;
	const numbered = (rows: TextRow[]) => rows.flatMap((row) => toSheetRow(row, fileName, ++number));
	try {
		for await (const piece of pieces) {
			if (warning !== null) yield warning;
			warning = null;
			if (tokens === null) {
				head += piece;
				if (head!.length < SNIFFED_TEXT) continue;
			}
			const text: string = tokens === null ? withoutDirective(head!) : piece;
			tokens ??= new CsvTokens(guessDelimiter(head!));
			head = null;
			yield* numbered(tokens.push(text));
		}
		tokens ??= new CsvTokens(guessDelimiter(head!));
		if (head !== null) yield* numbered(tokens.push(withoutDirective(head)));
		yield* numbered(tokens.end());
	} catch (error) {
		if (!(error instanceof Unreadable)) throw error;
		const place = error.place === null ? `${fileName} after row ${number}` : `${fileName} ${error.place}`;
		throw new Unreadable(error.rule, error.read, place);
	}
}

/** A byte order mark is no text; a `sep=` line is an instruction to the program that opens the file. */
function withoutDirective(head: string): string {
	return head.replace(/^sep=.\r?\n/i, '');
}

function toSheetRow({ cells, fault }: TextRow, fileName: string, row: number): (SheetRow | Finding)[] {
	const place = placeOf(fileName, '', row);
	const refused = (rule: string, read: string, column?: number): [Finding] => [
		{
			kind: 'finding',
			severity: 'error',
			rule,
			place: column === undefined ? place : placeOf(fileName, '', row, column),
			read,
			done: 'row not read'
		}
	];
	if (fault !== null) return refused('csv-malformed', `${fault}: ${cells.join(' ').slice(0, 80)}`);
	const filled: Cell[] = [];
	for (const [index, text] of cells.entries()) {
		if (text === '' || text.trim() === '') continue;
		if (text.includes('\0')) return refused('character-unusable', 'a character NUL', index + 1);
		if (text.length > LONGEST_CELL) return refused('cell-too-long', `${text.length} characters`, index + 1);
		filled.push({ column: index + 1, type: 'text', text });
	}
	return filled.length === 0 ? [] : [{ kind: 'row', sheet: '', row, cells: filled }];
}

function encodingWarning({ name, assumed }: Encoding, fileName: string): Finding | null {
	if (!assumed) return null;
	const written = {
		'utf-8': 'UTF-8',
		'utf-16le': 'UTF-16',
		'utf-16be': 'UTF-16',
		'windows-1252': 'Windows-1252'
	};
	return {
		kind: 'finding',
		severity: 'warning',
		rule: 'encoding-assumed',
		place: fileName,
		read: 'text that is not UTF-8',
		done: `read as ${written[name]}; look at letters with accents`
	};
}
