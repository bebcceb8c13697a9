import type { XmlAttributes, XmlEvent } from '#lib/iati/xml.ts';
import { readDateSpan } from '../../readers/dates.ts';
import type { CellValue } from '../cell.ts';
import { dayOfSerial, type DateSystem } from '../serial-day.ts';
import type { Formats } from './formats.ts';
import { RichText, unescaped } from './rich-text.ts';
import type { SharedTexts } from './shared-texts.ts';
import { readStoredNumber } from './stored-number.ts';

/** What the cells of a workbook's sheets have in common. */
export type SheetSetting = { shared: SharedTexts; formats: Formats; dates: DateSystem };

/** Formulas are quoted in findings, no more. */
const SHOWN_FORMULA = 200;
/** A number or an error has some digits or letters; a text cell is limited where rows are made. */
const LONGEST_VALUE = 40_000;

/** One cell while it is being read: the elements inside `<c>`, in any order. */
export class OpenCell {
	readonly #attributes: XmlAttributes;
	#value: string | null = null;
	#formula: string | null = null;
	#inline: RichText | null = null;
	#into: 'value' | 'formula' | 'inline' | null = null;

	constructor(attributes: XmlAttributes) {
		this.#attributes = attributes;
	}

	get formula(): string | null {
		return this.#formula;
	}

	take(event: XmlEvent): void {
		if (this.#into === 'inline') {
			if (event.kind === 'close' && event.name === 'is') this.#into = null;
			else this.#inline!.take(event);
		} else if (event.kind === 'text') {
			if (this.#into === 'value' && this.#value!.length < LONGEST_VALUE) this.#value += event.text;
			else if (this.#into === 'formula' && this.#formula!.length < SHOWN_FORMULA) this.#formula += event.text;
		} else if (event.kind === 'close') this.#into = null;
		else if (event.kind === 'open') {
			if (event.name === 'v') {
				this.#value = '';
				this.#into = 'value';
			} else if (event.name === 'f') {
				this.#formula = '';
				this.#into = 'formula';
			} else if (event.name === 'is') {
				this.#inline = new RichText();
				this.#into = 'inline';
			}
		}
	}

	/** What the cell holds; null for a blank one. */
	toValue(setting: SheetSetting): CellValue | null {
		const stored = this.#value ?? '';
		const type = this.#attributes.t ?? 'n';
		// A formula whose result is an empty text has a value element; one that was never worked out has none to go by.
		const isSolved = stored !== '' || (type === 'str' && this.#value !== null);
		if (this.#formula !== null && !isSolved) return { type: 'unsolved', text: `=${this.#formula}` };
		switch (type) {
			case 's':
				return stored === '' ? null : sharedText(setting.shared.of(stored.trim()), stored);
			case 'inlineStr':
				return text(this.#inline?.text() ?? '');
			case 'b':
				return stored === '' ? null : { type: 'boolean', text: stored.trim() === '1' ? 'TRUE' : 'FALSE' };
			case 'e':
				return { type: 'error', text: stored === '' ? '#N/A' : stored };
			case 'd':
				return isoDate(stored);
			case 'n':
				return number(stored.trim(), setting, this.#attributes.s);
			default:
				return text(unescaped(stored));
		}
	}
}

function text(content: string): CellValue | null {
	return content.trim() === '' ? null : { type: 'text', text: content };
}

function sharedText(content: string | null, number: string): CellValue | null {
	return content === null ? { type: 'error', text: `shared text ${number} is missing` } : text(content);
}

function isoDate(stored: string): CellValue | null {
	if (stored.trim() === '') return null;
	const span = readDateSpan(stored.slice(0, 10));
	const day = span?.precision === 'day' ? span.first : null;
	return { type: 'date', text: day ?? stored, day };
}

function number(
	stored: string,
	{ formats, dates }: SheetSetting,
	style: string | undefined
): CellValue | null {
	if (stored === '') return null;
	const read = readStoredNumber(stored);
	if (read === null) return { type: 'error', text: stored.slice(0, 80) };
	const format = formats.of(style);
	if (format.kind === 'date') {
		const day = dayOfSerial(read.decimal, dates);
		return { type: 'date', text: day ?? read.text, day };
	}
	const shown =
		format.kind === 'digits' && /^\d+$/.test(read.text) ? read.text.padStart(format.digits, '0') : read.text;
	return { type: 'number', text: shown, decimal: read.decimal, noise: read.noise };
}
