/** A cell of a CSV line: text is guarded against formulas, numbers and dates are written as they are. */
export type CsvCell = { text: string | null } | { plain: string | number | null };

/**
 * One line after RFC 4180. Text that a spreadsheet would run as a formula (beginning with = + - @, a tab or a carriage
 * return) gets an apostrophe before it, and so does text that begins with an apostrophe: taking one leading apostrophe
 * off every text cell that has one gives the original back, always. Numbers are never touched, negative ones included.
 */
export function writeCsvLine(cells: readonly CsvCell[]): string {
	return `${cells.map((cell) => quote('text' in cell ? guardFormula(cell.text ?? '') : String(cell.plain ?? ''))).join(',')}\r\n`;
}

export function guardFormula(text: string): string {
	return /^[=+\-@\t\r']/.test(text) ? `'${text}` : text;
}

function quote(value: string): string {
	return /[",\r\n]/.test(value) || value !== value.trim() ? `"${value.replaceAll('"', '""')}"` : value;
}

const CHUNK_CHARACTERS = 64 * 1024;

/**
 * Lines as a response body in chunks of about 64 KB, made only as fast as the client takes them. An error breaks the
 * transfer, so that a short file never looks whole; a client that goes away ends the source.
 */
export function streamLines(lines: AsyncGenerator<string>): ReadableStream<Uint8Array> {
	const encoder = new TextEncoder();
	return new ReadableStream({
		async pull(controller) {
			let chunk = '';
			while (chunk.length < CHUNK_CHARACTERS) {
				const next = await lines.next();
				if (next.done) {
					if (chunk !== '') controller.enqueue(encoder.encode(chunk));
					controller.close();
					return;
				}
				chunk += next.value;
			}
			controller.enqueue(encoder.encode(chunk));
		},
		async cancel() {
			await lines.return(undefined);
		}
	});
}
