import type { XmlElement } from '../xml.ts';
import type { Scope } from './scope.ts';
import type { VocabularyCode } from './shares.ts';
import { readText } from './texts.ts';
import { readCode, readVocabulary } from './values.ts';

const DAC = '1';

/** Policy markers; the text only of those that are not the DAC's. One without a code or text marks nothing. */
export function readPolicyMarkers(
	elements: readonly XmlElement[],
	scope: Scope
): (VocabularyCode & { significance: string | null })[] {
	const markers = [];
	for (const element of elements) {
		const vocabulary = readVocabulary(element, scope, 'PolicyMarkerVocabulary');
		const code = readCode(element, scope);
		if (code === null) {
			scope.notes.warn('code-missing', element, 'a policy marker without a code', 'left out');
			continue;
		}
		const text = vocabulary === DAC ? null : readText(element, scope);
		markers.push({ vocabulary, code, text, significance: readCode(element, scope, 'significance') });
	}
	return markers;
}
