import type { XmlElement } from '../xml.ts';
import type { Scope } from './scope.ts';
import { readCode, readReference } from './values.ts';

/** Activities that this one names as parent (1), child (2), sibling (3), ... What names none, or itself, is left out. */
export function readRelated(
	elements: readonly XmlElement[],
	identifier: string | null,
	scope: Scope
): { type: string; key: string }[] {
	const related: { type: string; key: string }[] = [];
	for (const element of elements) {
		const type = readCode(element, scope, 'type');
		const key = readReference(element, scope);
		if (type === null || key === null) {
			scope.notes.warn(
				'relation-incomplete',
				element,
				`type: ${type ?? 'none'}, ref: ${key ?? 'none'}`,
				'left out'
			);
		} else if (key === identifier) {
			scope.notes.warn('related-to-itself', element, `type: ${type}, ref: ${key}`, 'left out');
		} else related.push({ type, key });
	}
	return related;
}
