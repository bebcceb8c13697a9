import { parseDecimal, type Decimal } from '#lib/money/decimal.ts';
import { upgradeCode, type RenumberedList } from '../version1.ts';
import type { XmlElement } from '../xml.ts';
import type { Scope } from './scope.ts';

type Noting = Pick<Scope, 'notes'>;

/** Of codes and references, in UTF-16 code units. Longer ones are nobody's, and no index holds them. */
export const LONGEST_REFERENCE = 500;
const LONGEST_CODE = 100;
/** Digits of a number. Nothing that anybody counts has more. */
export const LONGEST_NUMBER = 100;

/** A trimmed attribute; null where it is missing or blank. */
export function readAttribute(element: XmlElement | undefined, name: string): string | null {
	const stated = element?.attributes[name];
	if (stated === undefined) return null;
	const trimmed = stated.trim();
	return trimmed === '' ? null : trimmed;
}

/** A code as it stands, trimmed; null where there is none, and with a warning where it is too long to be one. */
export function readCode(element: XmlElement | undefined, scope: Noting, name = 'code'): string | null {
	const code = readAttribute(element, name);
	if (code === null || code.length <= LONGEST_CODE) return code;
	scope.notes.warn('code-too-long', element!, code, 'read without this code', name);
	return null;
}

/** A reference to an organisation, an activity or a voucher; too long a one stops the activity. */
export function readReference(element: XmlElement | undefined, scope: Noting, name = 'ref'): string | null {
	const reference = readAttribute(element, name);
	if (reference !== null && reference.length > LONGEST_REFERENCE) {
		scope.notes.error('reference-too-long', element!, reference, name);
	}
	return reference;
}

/** A vocabulary in version-2 codes, whatever the file calls its version; `1` where none is named. */
export function readVocabulary(element: XmlElement, scope: Noting, list: RenumberedList): string {
	const stated = readCode(element, scope, 'vocabulary');
	if (stated === null || stated === '1') return '1';
	return upgradeCode(list, stated) ?? stated;
}

/** `1`, `true`, `0` or `false`; null where there is none, and with a warning for anything else. */
export function readFlag(element: XmlElement, scope: Noting, name: string): boolean | null {
	const stated = element.attributes[name];
	if (stated === undefined) return null;
	const text = stated.trim();
	if (text === '1' || text === 'true') return true;
	if (text === '0' || text === 'false') return false;
	scope.notes.warn('flag-unreadable', element, `${name}: ${stated}`, 'read as not stated', name);
	return null;
}

/** A number beside the money: a percentage, a coordinate. Null where there is none, and with a warning for no decimal. */
export function readNumber(element: XmlElement, scope: Noting, name: string): Decimal | null {
	const stated = readAttribute(element, name);
	if (stated === null) return null;
	const number = stated.length <= LONGEST_NUMBER ? parseDecimal(stated) : null;
	if (number === null) {
		scope.notes.warn('not-a-number', element, `${name}: ${stated}`, `read without ${name}`, name);
	}
	return number;
}

/** A whole number from 0 to 9999: a level, a year. */
export function readSmallNumber(element: XmlElement, scope: Noting, name: string): number | null {
	const stated = readAttribute(element, name);
	if (stated === null) return null;
	if (/^\d{1,4}$/.test(stated)) return Number.parseInt(stated, 10);
	scope.notes.warn('not-a-number', element, `${name}: ${stated}`, `read without ${name}`, name);
	return null;
}
