import { codeOfName } from '../version1.ts';
import type { XmlElement } from '../xml.ts';
import { NOT_DATED, noteUnlikely, noteVague, readDate, spanOf, type ReadSpan } from './dates.ts';
import { NO_SHARES, type EntryCodes, type ReadEntry } from './entry.ts';
import { readMoney } from './money.ts';
import { readOrganisation } from './organisation.ts';
import type { Scope } from './scope.ts';
import { readCode, readReference } from './values.ts';

/** A budget: a plan for a period, original or revised. Null with an error where its value or currency is no good. */
export function readBudget(element: XmlElement, scope: Scope): ReadEntry | null {
	const parts = partsOf(element, 'budget', scope);
	const plan = readPlan(parts, element, scope);
	if (plan === null) return null;
	const status = readCode(element, scope, 'status');
	const codes: EntryCodes | null = status === null ? null : { budgetStatus: status };
	return { ...plan, kind: 'budget', budgetVersion: readVersion(element, scope), codes };
}

/** A planned disbursement; where it has no end, it is planned for the day of its start. */
export function readPlannedDisbursement(element: XmlElement, scope: Scope): ReadEntry | null {
	const parts = partsOf(element, 'planned-disbursement', scope);
	const plan = readPlan(parts, element, scope);
	if (plan === null) return null;
	return {
		...plan,
		kind: 'planned_disbursement',
		provider: readOrganisation(parts.provider, scope),
		receiver: readOrganisation(parts.receiver, scope),
		providerActivity: readReference(parts.provider, scope, 'provider-activity-id'),
		receiverActivity: readReference(parts.receiver, scope, 'receiver-activity-id'),
		budgetVersion: readVersion(element, scope)
	};
}

export type PlanParts = {
	values: XmlElement[];
	start?: XmlElement;
	end?: XmlElement;
	provider?: XmlElement;
	receiver?: XmlElement;
};

function partsOf(element: XmlElement, name: string, { tally }: Scope): PlanParts {
	const parts: PlanParts = { values: [] };
	for (const child of element.children) {
		if (child.name === 'value') parts.values.push(child);
		else if (child.name === 'period-start') parts.start ??= child;
		else if (child.name === 'period-end') parts.end ??= child;
		else if (child.name === 'provider-org' && name === 'planned-disbursement') parts.provider ??= child;
		else if (child.name === 'receiver-org' && name === 'planned-disbursement') parts.receiver ??= child;
		else tally.notHeld(`${name}/${child.name}`, child);
	}
	return parts;
}

function readPlan(parts: PlanParts, element: XmlElement, scope: Scope): Omit<ReadEntry, 'kind'> | null {
	const money = readMoney(parts.values, element, scope);
	const date = readPeriod(parts, element, scope);
	if (money.amount === null || money.currency === null) return null;
	return {
		element,
		reference: null,
		date,
		valueDate: money.valueDate ?? date.from,
		amount: money.amount,
		currency: money.currency,
		provider: null,
		receiver: null,
		providerActivity: null,
		receiverActivity: null,
		budgetVersion: null,
		description: null,
		places: NO_SHARES,
		sectors: NO_SHARES,
		codes: null
	};
}

/** What cannot be told stays untold: a period without a readable start, or one that ends before it starts, is no date. */
export function readPeriod(
	{ start, end }: Pick<PlanParts, 'start' | 'end'>,
	owner: XmlElement,
	scope: Scope
): ReadSpan {
	const from = readEdge(start, scope);
	const to = readEdge(end, scope);
	if (from === null || to === null) {
		if (from !== null && end === undefined && owner.name === 'planned-disbursement') return from;
		scope.notes.warn('period-incomplete', owner, written(start, end), 'read as not dated');
		return NOT_DATED;
	}
	if (from.from! > to.to!) {
		scope.notes.warn('period-reversed', owner, written(start, end), 'read as not dated');
		return NOT_DATED;
	}
	return spanOf(from.from!, to.to!);
}

function readEdge(element: XmlElement | undefined, scope: Scope): ReadSpan | null {
	const date = element === undefined ? null : readDate(element, scope);
	if (date === null) return null;
	if ('unreadable' in date) {
		scope.notes.warn('date-unreadable', element!, date.unreadable, 'read without this date');
		return null;
	}
	noteVague(date, element!, scope);
	noteUnlikely(date.from!, element!, scope);
	return date;
}

function written(start: XmlElement | undefined, end: XmlElement | undefined): string {
	const edge = (element: XmlElement | undefined) =>
		element?.attributes['iso-date'] ?? (element?.text.trim() || 'nothing');
	return `${edge(start)} to ${edge(end)}`;
}

function readVersion(element: XmlElement, scope: Scope): 'original' | 'revised' | null {
	const stated = readCode(element, scope, 'type');
	if (stated === null) return null;
	const type = codeOfName('BudgetType', stated) ?? stated;
	if (type === '1') return 'original';
	if (type === '2') return 'revised';
	scope.notes.warn('budget-type-unknown', element, stated, 'read as neither original nor revised', 'type');
	return null;
}
