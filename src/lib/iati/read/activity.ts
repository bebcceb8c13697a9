import { withoutAdded } from '../own.ts';
import type { XmlElement } from '../xml.ts';
import { readActivityDates } from './activity-dates.ts';
import { readDefaults } from './defaults.ts';
import { readDocument } from './document.ts';
import type { ReadEntry } from './entry.ts';
import { readDescriptions, readFurther } from './further.ts';
import { readIdentifier } from './identifier.ts';
import { readLocation } from './location.ts';
import { UNKNOWN_LANGUAGE } from './languages.ts';
import { Notes } from './notes.ts';
import { readOrganisation, readParticipations } from './organisation.ts';
import { readBudget, readPlannedDisbursement } from './plan.ts';
import { readPolicyMarkers } from './policy-marker.ts';
import type { FileReading } from './reading.ts';
import { readRelated } from './related.ts';
import { readResult } from './result.ts';
import type { Scope } from './scope.ts';
import { readPlaces, readSectors } from './shares.ts';
import { readTexts } from './texts.ts';
import { readTransaction } from './transaction.ts';
import { readAttribute, readFlag } from './values.ts';
import { writtenAs, type ReadVersion } from './version.ts';

export type ReadActivity = NonNullable<ReturnType<typeof readContent>>;

/**
 * One `iati-activity` as the standard means it, with all that there is to say of it. `content` is null where an error
 * stops the activity: then nothing of it is to be used, though its transactions are counted.
 */
export function readActivity(
	element: XmlElement,
	version: ReadVersion,
	file: FileReading,
	fileLanguage: string | null
): { identifier: string | null; content: ReadActivity | null; notes: Notes } {
	withoutAdded(element);
	const notes = new Notes();
	const language = readAttribute(element, 'xml:lang') ?? fileLanguage;
	const scope: Scope = {
		notes,
		tally: file.tally,
		languages: file.languages,
		language: language === null ? UNKNOWN_LANGUAGE : file.languages.read(language),
		currency: readAttribute(element, 'default-currency'),
		humanitarian: readFlag(element, { notes }, 'humanitarian')
	};
	const children = byName(element);
	file.counter.activities++;
	const identifier = readIdentifier(children.get('iati-identifier'), element, scope);
	if (version.generation === 2 && writtenAs(element) === 1) {
		const read = `version ${version.version}, and texts without narrative as in version 1`;
		notes.error('version-contradicted', element, read);
	}
	const content = readContent(element, identifier, children, file, scope);
	for (const [name, elements] of children) {
		if (!HELD.has(name)) for (const child of elements) file.tally.notHeld(name, child);
	}
	for (const name in element.attributes) {
		if (!isHeldAttribute(name)) file.tally.notHeld(`@${name}`, element);
	}
	return { identifier, content: notes.refused ? null : content, notes };
}

const NONE: readonly XmlElement[] = [];

function readContent(
	element: XmlElement,
	identifier: string | null,
	children: ReadonlyMap<string, XmlElement[]>,
	file: FileReading,
	scope: Scope
) {
	const all = (name: string) => children.get(name) ?? NONE;
	const entries: (ReadEntry | null)[] = [
		...all('budget').map((child) => readBudget(child, scope)),
		...all('planned-disbursement').map((child) => readPlannedDisbursement(child, scope)),
		...all('transaction').map((child) => readTransaction(child, file.counter, scope))
	];
	const [reportingOrg] = all('reporting-org');
	const reporter = readOrganisation(reportingOrg, scope);
	if (reporter === null) {
		scope.notes.error(
			'reporter-missing',
			reportingOrg ?? element,
			'no reporting-org with a reference or a name'
		);
	}
	const descriptions = readDescriptions(all('description'), scope);
	const content = {
		secondaryReporter:
			reportingOrg !== undefined && readFlag(reportingOrg, scope, 'secondary-reporter') === true,
		title: readTexts(all('title'), scope) ?? {},
		description: descriptions.general,
		...readActivityDates(all('activity-date'), scope),
		related: readRelated(all('related-activity'), identifier, scope),
		participations: readParticipations(all('participating-org'), scope),
		...readPlaces(all('recipient-country'), all('recipient-region'), scope),
		sectors: readSectors(all('sector'), scope),
		policyMarkers: readPolicyMarkers(all('policy-marker'), scope),
		humanitarian: scope.humanitarian,
		...readDefaults(element, all, scope),
		locations: all('location').map((child) => readLocation(child, scope)),
		documents: all('document-link')
			.map((child) => readDocument(child, scope))
			.filter((document) => document !== null),
		further: readFurther(element, all, descriptions.others, scope),
		results: all('result').map((child, index) => readResult(child, index + 1, scope)),
		entries: entries.filter((entry) => entry !== null)
	};
	return identifier === null || reporter === null ? null : { element, identifier, reporter, ...content };
}

function byName(element: XmlElement): Map<string, XmlElement[]> {
	const children = new Map<string, XmlElement[]>();
	for (const child of element.children) {
		const same = children.get(child.name);
		if (same) same.push(child);
		else children.set(child.name, [child]);
	}
	return children;
}

const HELD = new Set([
	'iati-identifier',
	'reporting-org',
	'title',
	'description',
	'participating-org',
	'other-identifier',
	'activity-status',
	'activity-date',
	'activity-scope',
	'recipient-country',
	'recipient-region',
	'location',
	'sector',
	'tag',
	'humanitarian-scope',
	'policy-marker',
	'collaboration-type',
	'default-flow-type',
	'default-finance-type',
	'default-aid-type',
	'default-tied-status',
	'budget',
	'planned-disbursement',
	'capital-spend',
	'transaction',
	'document-link',
	'related-activity',
	'result'
]);

/** Attributes of a foreign namespace, such as where a schema lies, say nothing of the activity. */
function isHeldAttribute(name: string): boolean {
	return HELD_ATTRIBUTES.has(name) || name.startsWith('{') || name.startsWith('xml:');
}

const HELD_ATTRIBUTES = new Set([
	'version',
	'default-currency',
	'humanitarian',
	'hierarchy',
	'last-updated-datetime',
	'budget-not-provided'
]);
