import type { XmlElement } from '../xml.ts';
import { normalised } from './money.ts';
import type { Scope } from './scope.ts';
import { readAidTypes } from './transaction.ts';
import { readCode, readNumber, readSmallNumber } from './values.ts';

/** The codes that say one thing of an activity each, and what holds for transactions that don't say otherwise. */
export function readDefaults(
	element: XmlElement,
	all: (name: string) => readonly XmlElement[],
	scope: Scope
) {
	const code = (name: string) => {
		const [first, ...others] = all(name);
		for (const other of others) scope.tally.notHeld(`${name} beside another`, other);
		return readCode(first, scope);
	};
	const [capitalSpend] = all('capital-spend');
	return {
		status: code('activity-status'),
		hierarchy: readSmallNumber(element, scope, 'hierarchy'),
		scope: code('activity-scope'),
		collaborationType: code('collaboration-type'),
		defaultCurrency: scope.currency === null ? null : normalised(scope.currency),
		defaultLanguage: scope.language === 'und' ? null : scope.language,
		defaultFlowType: code('default-flow-type'),
		defaultFinanceType: code('default-finance-type'),
		defaultAidTypes: readAidTypes(all('default-aid-type'), scope),
		defaultTiedStatus: code('default-tied-status'),
		capitalSpend: capitalSpend === undefined ? null : readNumber(capitalSpend, scope, 'percentage')
	};
}
