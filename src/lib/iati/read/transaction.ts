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
	const { codes, ...shares } = readShares(parts, element, scope);
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
		...shares,
		codes
	};
}

type Parts = {
	values: XmlElement[];
	type?: XmlElement;
	date?: XmlElement;
	provider?: XmlElement;
	receiver?: XmlElement;
	descriptions?: XmlElement[];
	countries?: XmlElement[];
	regions?: XmlElement[];
	sectors?: XmlElement[];
	flowType?: XmlElement;
	financeType?: XmlElement;
	tiedStatus?: XmlElement;
	disbursementChannel?: XmlElement;
	aidTypes?: XmlElement[];
};

/** Of what may stand once only, the last one counts less than the first: a second one is passed over and counted. */
function partsOf(element: XmlElement, { tally }: Scope): Parts {
	const parts: Parts = { values: [] };
	const once = (
		name: 'type' | 'date' | 'provider' | 'receiver' | keyof typeof ONCE_CODES,
		child: XmlElement
	) => {
		if (parts[name] === undefined) parts[name] = child;
		else tally.notHeld(`transaction/${child.name} beside another`, child);
	};
	for (const child of element.children) {
		switch (child.name) {
			case 'value':
				parts.values.push(child);
				break;
			case 'transaction-type':
				once('type', child);
				break;
			case 'transaction-date':
				once('date', child);
				break;
			case 'provider-org':
				once('provider', child);
				break;
			case 'receiver-org':
				once('receiver', child);
				break;
			case 'description':
				(parts.descriptions ??= []).push(child);
				break;
			case 'recipient-country':
				(parts.countries ??= []).push(child);
				break;
			case 'recipient-region':
				(parts.regions ??= []).push(child);
				break;
			case 'sector':
				(parts.sectors ??= []).push(child);
				break;
			case 'aid-type':
				(parts.aidTypes ??= []).push(child);
				break;
			case 'flow-type':
				once('flowType', child);
				break;
			case 'finance-type':
				once('financeType', child);
				break;
			case 'tied-status':
				once('tiedStatus', child);
				break;
			case 'disbursement-channel':
				once('disbursementChannel', child);
				break;
			default:
				tally.notHeld(`transaction/${child.name}`, child);
		}
	}
	return parts;
}

const ONCE_CODES = { flowType: 1, financeType: 1, tiedStatus: 1, disbursementChannel: 1 };
const CODES = Object.keys(ONCE_CODES) as (keyof typeof ONCE_CODES)[];

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
