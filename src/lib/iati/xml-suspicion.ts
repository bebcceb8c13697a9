import { codesOf, decodeByTable } from './xml-code-pages.ts';
import type { Encoding, EncodingFault } from './xml-encoding.ts';

/** How many of the first bytes beyond ASCII are shown. */
const SAMPLE = 32;

/** Looks for signs that a file in a small character set is really another. */
export class Suspicion {
	#utf8: TextDecoder | null = new TextDecoder('utf-8', { fatal: true });
	#sample: number[] = [];
	#first = -1;
	#control = -1;
	#bytes = 0;

	see(part: Uint8Array): void {
		const high = this.#first < 0 ? part.findIndex((byte) => byte > 0x7f) : 0;
		if (high >= 0) {
			if (this.#first < 0) this.#first = this.#bytes + high;
			const room = SAMPLE - this.#sample.length;
			if (room > 0) this.#sample.push(...part.subarray(high, high + room));
		}
		if (this.#control < 0) {
			const control = part.findIndex((byte) => byte > 0x7f && byte < 0xa0);
			if (control >= 0) this.#control = this.#bytes + control;
		}
		this.#bytes += part.length;
		try {
			this.#utf8?.decode(part, { stream: true });
		} catch {
			this.#utf8 = null;
		}
	}

	doubts({ name }: Encoding): EncodingFault[] {
		if (this.#first < 0) return [];
		const set = name.toUpperCase();
		if (this.#isUtf8()) {
			const codes = codesOf(name);
			const sample = Uint8Array.from(this.#sample);
			return [
				{
					rule: 'xml.mojibake',
					message: `The file declares ${set} and was read so, but all its bytes are good UTF-8. Letters with accents are probably garbled.`,
					byte: this.#first,
					found: codes ? decodeByTable(codes, sample) : new TextDecoder(name).decode(sample)
				}
			];
		}
		if (this.#control < 0 || !name.startsWith('iso-8859-')) return [];
		return [
			{
				rule: 'xml.control-characters',
				message: `The file declares ${set}, where some of its bytes are control characters. Windows-1252 was probably meant: quotation marks, dashes or the euro sign are missing.`,
				byte: this.#control,
				found: ''
			}
		];
	}

	#isUtf8(): boolean {
		try {
			this.#utf8?.decode();
			return this.#utf8 !== null;
		} catch {
			return false;
		}
	}
}
