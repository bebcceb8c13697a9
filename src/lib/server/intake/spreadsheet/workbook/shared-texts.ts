import type { XmlEvent } from '#lib/iati/xml.ts';
import { MOST_SHARED_CHARACTERS, MOST_SHARED_TEXTS } from '../limits.ts';
import { Unreadable } from '../unreadable.ts';
import { RichText } from './rich-text.ts';

/** The texts that cells share, by number. The only part that is held in memory, so it is limited. */
export class SharedTexts {
	#texts: string[] = [];
	#characters = 0;
	#item: RichText | null = null;

	take(event: XmlEvent): void {
		if (event.kind === 'open' && event.name === 'si') this.#item = new RichText();
		else if (event.kind === 'close' && event.name === 'si' && this.#item !== null) {
			const text = this.#item.text();
			this.#item = null;
			this.#characters += text.length;
			if (this.#texts.length >= MOST_SHARED_TEXTS || this.#characters > MOST_SHARED_CHARACTERS) {
				throw new Unreadable(
					'shared-texts-too-large',
					`more than ${MOST_SHARED_TEXTS} texts or ${MOST_SHARED_CHARACTERS} characters`
				);
			}
			this.#texts.push(text);
		} else this.#item?.take(event);
	}

	/** The text of a number; null where there is none of it. */
	of(number: string): string | null {
		return /^\d{1,8}$/.test(number) ? (this.#texts[Number.parseInt(number, 10)] ?? null) : null;
	}
}
