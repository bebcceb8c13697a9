import type { Decimal } from '#lib/money/decimal.ts';
import type { XmlElement } from '../xml.ts';
import { type ReadSpan } from './dates.ts';
import { UNKNOWN_LANGUAGE } from './languages.ts';
import { readMoney } from './money.ts';
import { Notes } from './notes.ts';
import { readOrganisation, type NamedOrganisation } from './organisation.ts';
import { readPeriod } from './plan.ts';
import type { FileReading } from './reading.ts';
import type { Scope } from './scope.ts';
import { readTexts, type Texts } from './texts.ts';
import { LONGEST_REFERENCE, readAttribute, readCode } from './values.ts';

/** The amounts that an organisation file states, by element. */
export const STATEMENTS = [
	'total-budget',
	'recipient-org-budget',
	'recipient-country-budget',
	'recipient-region-budget',
	'total-expenditure'
] as const;
export type StatementName = (typeof STATEMENTS)[number];

export type ReadStatement = {
	element: XmlElement;
	name: StatementName;
	/** Code of BudgetStatus: 1 indicative, 2 committed. */
	status: string | null;
	date: ReadSpan;
	amount: Decimal;
	currency: string;
	/** Whom or what it is for, where it is for a part: an organisation, else a country or region by its code. */
	recipient: NamedOrganisation | null;
	place: string | null;
};

export type ReadReporter = {
	element: XmlElement;
	identifier: string;
	names: Texts | null;
	/** As the file's `reporting-org` says of itself; null where another reports. */
	type: string | null;
	statements: ReadStatement[];
};

/** One `iati-organisation`. `content` is null where an error stops it. */
export function readReporter(
	element: XmlElement,
	file: FileReading,
	fileLanguage: string | null
): { identifier: string | null; content: ReadReporter | null; notes: Notes } {
	const notes = new Notes('organisation');
	const language = readAttribute(element, 'xml:lang') ?? fileLanguage;
	const scope: Scope = {
		notes,
		tally: file.tally,
		languages: file.languages,
		language: language === null ? UNKNOWN_LANGUAGE : file.languages.read(language),
		currency: readAttribute(element, 'default-currency'),
		humanitarian: null
	};
	const names: XmlElement[] = [];
	const statements: (ReadStatement | null)[] = [];
	let identifier: string | null = null;
	let type: string | null = null;
	for (const child of element.children) {
		const name = STATEMENTS.find((statement) => statement === child.name);
		if (name !== undefined) statements.push(readStatement(child, name, scope));
		else if (child.name === 'name') names.push(child);
		else if (child.name === 'organisation-identifier' || child.name === 'iati-identifier') {
			identifier ??= child.text.trim() || null;
		} else if (child.name === 'reporting-org') {
			const reporter = readOrganisation(child, scope);
			if (reporter !== null && (identifier === null || reporter.reference === identifier))
				type = reporter.type;
		} else file.tally.notHeld(child.name, child);
	}
	if (identifier === null) notes.error('identifier-missing', element, 'no organisation-identifier');
	else if (identifier.length > LONGEST_REFERENCE) notes.error('identifier-too-long', element, identifier);
	const read = {
		element,
		names: readTexts(names, scope),
		type,
		statements: statements.filter((one) => one !== null)
	};
	return {
		identifier,
		content: identifier === null || notes.refused ? null : { identifier, ...read },
		notes
	};
}

function readStatement(element: XmlElement, name: StatementName, scope: Scope): ReadStatement | null {
	const parts = new Map<string, XmlElement>();
	const values: XmlElement[] = [];
	for (const child of element.children) {
		if (child.name === 'value') values.push(child);
		else if (!PARTS.has(child.name)) scope.tally.notHeld(`${name}/${child.name}`, child);
		else if (!parts.has(child.name)) parts.set(child.name, child);
	}
	const { amount, currency } = readMoney(values, element, scope);
	const date = readPeriod({ start: parts.get('period-start'), end: parts.get('period-end') }, element, scope);
	const recipient = readOrganisation(parts.get('recipient-org'), scope);
	const place = readPlace(parts, scope);
	if (name !== 'total-budget' && name !== 'total-expenditure' && recipient === null && place === null) {
		scope.notes.warn('recipient-missing', element, 'nobody and nowhere named', 'left out');
		return null;
	}
	if (amount === null || currency === null) return null;
	return {
		element,
		name,
		status: readCode(element, scope, 'status'),
		date,
		amount,
		currency,
		recipient,
		place
	};
}

const PARTS = new Set([
	'period-start',
	'period-end',
	'recipient-org',
	'recipient-country',
	'recipient-region'
]);

function readPlace(parts: ReadonlyMap<string, XmlElement>, scope: Scope): string | null {
	const country = readCode(parts.get('recipient-country'), scope);
	if (country !== null) return country.toUpperCase();
	const region = parts.get('recipient-region');
	const code = readCode(region, scope);
	return code === null ? null : `${readCode(region, scope, 'vocabulary') ?? '1'}-${code}`;
}
