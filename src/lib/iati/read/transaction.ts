import { isCode } from '../code-lists.ts';
import type { Kind } from '#lib/slice/slice.ts';
import { codeOfName, upgradeCode } from '../version1.ts';
import type { XmlElement } from '../xml.ts';
import type { ReadCounter } from './counts.ts';
import { NOT_DATED, noteUnlikely, noteVague, readDate, type ReadSpan } from './dates.ts';
import type { EntryCodes, ReadEntry } from './entry.ts';
import { readMoney } from './money.ts';
import { readOrganisation } from './organisation.ts';
import { readOwnPlaces, readOwnSectors } from './own-shares.ts';
import type { Scope } from './scope.ts';
import { mainText, readTexts } from './texts.ts';
import { readCode, readFlag, readReference } from './values.ts';

/**
 * One transaction. Counts it first, whatever is wrong with it. Null with an error where its type, date, value or
 * currency is no good: money whose direction, day or size is unknown is not booked.
 */
export function readTransaction(element: XmlElement, counter: ReadCounter, scope: Scope): ReadEntry | null {
	const parts = partsOf(element, scope);
	const money = readMoney(parts.values, element, scope);
	const stated = readCode(parts.type, scope);
	const kind = stated === null ? null : kindOf(stated);
	counter.transactions++;
	if (parts.values.length > 0) {
		counter.add(kind ?? (stated === null ? null : `?${stated}`), money.countedAs, money.amount);
	}

	const entryKind = kind ?? namedKind(parts.type, element, scope);
	const date = readTransactionDate(parts.date, element, scope);
	const { places, sectors, codes } = readShares(parts, element, scope);
	const provider = readOrganisation(parts.provider, scope);
	const receiver = readOrganisation(parts.receiver, scope);
	const reference = readReference(element, scope);
	if (entryKind === null || date === null || money.amount === null || money.currency === null) return null;
	return {
		element,
		kind: entryKind,
		reference,
		date,
		valueDate: money.valueDate ?? (date.precision === 'day' ? date.from : null),
		amount: money.amount,
		currency: money.currency,
		provider,
		receiver,
		providerActivity: readReference(parts.provider, scope, 'provider-activity-id'),
		receiverActivity: readReference(parts.receiver, scope, 'receiver-activity-id'),
		budgetVersion: null,
		description: mainText(readTexts(parts.descriptions, scope), scope.language),
		places,
		sectors,
		codes
	};
}

type Parts = {
	values: XmlElement[];
	type: XmlElement | undefined;
	date: XmlElement | undefined;
	provider: XmlElement | undefined;
	receiver: XmlElement | undefined;
	flowType: XmlElement | undefined;
	financeType: XmlElement | undefined;
	tiedStatus: XmlElement | undefined;
	disbursementChannel: XmlElement | undefined;
	descriptions: XmlElement[] | undefined;
	countries: XmlElement[] | undefined;
	regions: XmlElement[] | undefined;
	sectors: XmlElement[] | undefined;
	aidTypes: XmlElement[] | undefined;
};

type Once = Extract<
	{ [Name in keyof Parts]: Parts[Name] extends XmlElement | undefined ? Name : never }[keyof Parts],
	string
>;

/** What may stand once in a transaction. */
const ONCE: ReadonlyMap<string, Once> = new Map([
	['transaction-type', 'type'],
	['transaction-date', 'date'],
	['provider-org', 'provider'],
	['receiver-org', 'receiver'],
	['flow-type', 'flowType'],
	['finance-type', 'financeType'],
	['tied-status', 'tiedStatus'],
	['disbursement-channel', 'disbursementChannel']
]);
const CODES = ['flowType', 'financeType', 'tiedStatus', 'disbursementChannel'] as const;

/** The children of a transaction by name. Of what may stand once, the first counts. */
function partsOf(element: XmlElement, { tally }: Scope): Parts {
	const parts: Parts = {
		values: [],
		type: undefined,
		date: undefined,
		provider: undefined,
		receiver: undefined,
		flowType: undefined,
		financeType: undefined,
		tiedStatus: undefined,
		disbursementChannel: undefined,
		descriptions: undefined,
		countries: undefined,
		regions: undefined,
		sectors: undefined,
		aidTypes: undefined
	};
	for (const child of element.children) {
		const once = ONCE.get(child.name);
		if (once !== undefined) {
			if (parts[once] === undefined) parts[once] = child;
			else tally.notHeld(`transaction/${child.name} beside another`, child);
		} else if (child.name === 'value') parts.values.push(child);
		else if (child.name === 'description') (parts.descriptions ??= []).push(child);
		else if (child.name === 'recipient-country') (parts.countries ??= []).push(child);
		else if (child.name === 'recipient-region') (parts.regions ??= []).push(child);
		else if (child.name === 'sector') (parts.sectors ??= []).push(child);
		else if (child.name === 'aid-type') (parts.aidTypes ??= []).push(child);
		else tally.notHeld(`transaction/${child.name}`, child);
	}
	return parts;
}

function kindOf(code: string): Kind | null {
	if (isCode('TransactionType', code)) return code as Kind;
	return upgradeCode('TransactionType', code) as Kind | null;
}

/** Old files write a name where the code belongs, in the code or instead of it. */
function namedKind(type: XmlElement | undefined, owner: XmlElement, scope: Scope): Kind | null {
	if (type === undefined) {
		scope.notes.error('transaction-type-missing', owner, 'no transaction-type');
		return null;
	}
	const stated = readCode(type, scope) ?? type.text.trim();
	const kind = codeOfName('TransactionType', stated) as Kind | null;
	if (kind !== null) scope.notes.warn('name-as-code', type, stated, `read as type ${kind}`, 'code');
	else if (stated === '') scope.notes.error('transaction-type-missing', type, 'no code');
	else scope.notes.error('transaction-type-unknown', type, stated, 'code');
	return kind;
}

function readTransactionDate(
	element: XmlElement | undefined,
	owner: XmlElement,
	scope: Scope
): ReadSpan | null {
	const date = element === undefined ? null : readDate(element, scope);
	if (date === null) {
		scope.notes.warn('date-missing', element ?? owner, 'no transaction-date', 'read as not dated');
		return NOT_DATED;
	}
	if ('unreadable' in date) {
		scope.notes.error('date-unreadable', element!, `transaction-date: ${date.unreadable}`, 'iso-date');
		return null;
	}
	noteVague(date, element!, scope);
	noteUnlikely(date.from!, element!, scope);
	return date;
}

function readShares(
	parts: Parts,
	element: XmlElement,
	scope: Scope
): Pick<ReadEntry, 'places' | 'sectors' | 'codes'> {
	const codes: EntryCodes = {};
	const humanitarian = readFlag(element, scope, 'humanitarian') ?? scope.humanitarian;
	if (humanitarian !== null) codes.humanitarian = humanitarian;
	for (const name of CODES) {
		const part = parts[name];
		const code = part === undefined ? null : readCode(part, scope);
		if (code !== null) codes[name] = code;
	}
	if (parts.aidTypes !== undefined) {
		const aidTypes = readAidTypes(parts.aidTypes, scope);
		if (aidTypes.length > 0) codes.aidTypes = aidTypes;
	}
	const places = readOwnPlaces(parts.countries, parts.regions, element, codes, scope);
	const sectors = readOwnSectors(parts.sectors, element, codes, scope);
	return { places, sectors, codes: Object.keys(codes).length > 0 ? codes : null };
}

export function readAidTypes(
	elements: readonly XmlElement[],
	scope: Scope
): { vocabulary: string; code: string }[] {
	return elements.flatMap((element) => {
		const code = readCode(element, scope);
		return code === null ? [] : [{ vocabulary: readCode(element, scope, 'vocabulary') ?? '1', code }];
	});
}
