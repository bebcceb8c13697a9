import type { XmlEvent } from '#lib/iati/xml.ts';
import { LONGEST_CELL } from '../limits.ts';

/** A text put together from its runs; the pronunciation that Japanese cells carry beside it is left out. */
export class RichText {
	#text = '';
	#inText = false;
	#inPronunciation = false;

	take(event: XmlEvent): void {
		if (event.kind === 'text') {
			// One character more than a cell can hold tells that it holds too much.
			if (this.#inText && this.#text.length <= LONGEST_CELL) this.#text += event.text;
		} else if (event.kind === 'open' || event.kind === 'close') {
			if (event.name === 't') this.#inText = event.kind === 'open' && !this.#inPronunciation;
			else if (event.name === 'rPh') this.#inPronunciation = event.kind === 'open';
		}
	}

	text(): string {
		return unescaped(this.#text);
	}
}

/** Characters that XML cannot hold are written `_x000D_` in workbooks, and the underscore of such a text as `_x005F_`. */
export function unescaped(text: string): string {
	if (!text.includes('_x')) return text;
	return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
		String.fromCharCode(Number.parseInt(code, 16))
	);
}
