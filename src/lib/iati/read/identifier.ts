import type { XmlElement } from '../xml.ts';
import type { Scope } from './scope.ts';
import { LONGEST_REFERENCE } from './values.ts';

/** The activity's identifier, trimmed, its case kept. Null with an error where there is none. */
export function readIdentifier(
	elements: readonly XmlElement[] | undefined,
	activity: XmlElement,
	scope: Scope
): string | null {
	const element = elements?.find(({ text }) => text.trim() !== '');
	if (element === undefined) {
		scope.notes.error('identifier-missing', activity, 'no iati-identifier');
		return null;
	}
	const identifier = element.text.trim();
	if (identifier.length > LONGEST_REFERENCE) {
		scope.notes.error('identifier-too-long', element, identifier);
		return null;
	}
	for (const other of elements!) {
		if (other !== element)
			scope.notes.warn('identifier-beside-another', other, other.text, 'the first one counts');
	}
	return identifier;
}
