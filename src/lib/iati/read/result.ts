import { codeOfName } from '../version1.ts';
import type { XmlElement } from '../xml.ts';
import { readIndicator, type ReadIndicator } from './indicator.ts';
import type { Scope } from './scope.ts';
import { readTexts, type Texts } from './texts.ts';
import { readCode, readFlag } from './values.ts';

export type ReadResult = {
	element: XmlElement;
	/** Its place among the activity's results, from 1. */
	number: number;
	/** Code of ResultType. */
	type: string | null;
	aggregationStatus: boolean | null;
	/** Empty where the file has no title. */
	title: Texts;
	description: Texts | null;
	indicators: ReadIndicator[];
};

export function readResult(element: XmlElement, number: number, scope: Scope): ReadResult {
	const titles: XmlElement[] = [];
	const descriptions: XmlElement[] = [];
	const indicators: ReadIndicator[] = [];
	for (const child of element.children) {
		if (child.name === 'title') titles.push(child);
		else if (child.name === 'description') descriptions.push(child);
		else if (child.name === 'indicator') indicators.push(readIndicator(child, scope));
		else scope.tally.notHeld(`result/${child.name}`, child);
	}
	const type = readCode(element, scope, 'type');
	return {
		element,
		number,
		type: type === null ? null : (codeOfName('ResultType', type) ?? type),
		aggregationStatus: readFlag(element, scope, 'aggregation-status'),
		title: readTexts(titles, scope) ?? {},
		description: readTexts(descriptions, scope),
		indicators
	};
}
