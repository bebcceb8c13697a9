import { OWN_NAMESPACE } from '../own.ts';
import { UNKNOWN_LANGUAGE } from '../read/languages.ts';
import type { Texts } from '../read/texts.ts';
import type { Fallback, Publisher, WrittenActivity } from './content.ts';
import { writeOrganisation } from './entry.ts';
import { writeCodes, writeDocument, writeLocation } from './parts.ts';
import { addedTitle, writeResult } from './result.ts';
import { coded, element, escaped, flag, narratives, texts } from './xml.ts';

/** ActivityStatus: implementation, closed. */
const UNDER_WAY = '2';
const CLOSED = '4';
/** Accountable. */
const ACCOUNTABLE = '2';
/** OtherIdentifierType: another identifier of the activity. */
const OTHER_IDENTIFIER = 'A9';
/** OrganisationType: other. */
const OTHER_TYPE = '90';
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/;

/** Begins a file of version 2.03. What stands in `about` is a comment at its top. @param generatedAt ISO */
export function openActivities(generatedAt: string | null, about: string): string {
	const comment = about.replaceAll('--', '- -').replaceAll(/[^\t\n\x20-\ud7ff\ue000-\ufffd]/g, '\ufffd');
	const generated = generatedAt === null ? '' : ` generated-datetime="${generatedAt}"`;
	return `<?xml version="1.0" encoding="UTF-8"?>\n<!--\n${comment}\n-->\n<iati-activities version="2.03"${generated} xmlns:own="${OWN_NAMESPACE}">\n`;
}

export const CLOSE_ACTIVITIES = '</iati-activities>\n';

/** An identifier that begins with the publisher's reference and with nobody else's. */
export function identifierOf(key: string, { reference }: Publisher): string {
	return key.startsWith(`${reference}-`) ? key : `${reference}-${key}`;
}

/** What stands in an activity before its money. */
export function openActivity(activity: WrittenActivity, publisher: Publisher, fallback: Fallback): string {
	const identifier = identifierOf(activity.key, publisher);
	const further = activity.further ?? {};
	const codes = writeCodes(activity);
	const { lastUpdated } = further;
	const tag = element(
		'iati-activity',
		{
			'xml:lang': activity.defaultLanguage,
			'default-currency': activity.defaultCurrency,
			humanitarian: flag(activity.humanitarian),
			hierarchy: activity.hierarchy,
			'budget-not-provided': further.budgetNotProvided,
			'last-updated-datetime': lastUpdated !== undefined && DATE_TIME.test(lastUpdated) ? lastUpdated : null,
			'own:written': '1'
		},
		' '
	).replace(/ <\/iati-activity>$/, '');
	return [
		tag,
		element('iati-identifier', {}, escaped(identifier)),
		element(
			'reporting-org',
			{ ref: publisher.reference, type: publisher.type ?? OTHER_TYPE, 'secondary-reporter': '1' },
			narratives(publisher.name ?? publisher.reference)
		),
		texts('title', activity.title) || addedTitle(activity.key),
		...descriptions(activity),
		...participations(activity, publisher),
		...otherIdentifiers(activity, identifier),
		status(activity, fallback),
		...dates(activity, fallback),
		coded('activity-scope', activity.scope),
		...codes.places,
		...activity.locations.map(writeLocation),
		...codes.sectors,
		...codes.tags,
		...codes.humanitarianScopes,
		...codes.policyMarkers,
		coded('collaboration-type', activity.collaborationType),
		coded('default-flow-type', activity.defaultFlowType),
		coded('default-finance-type', activity.defaultFinanceType),
		...(activity.defaultAidTypes ?? []).map(({ vocabulary, code }) =>
			element('default-aid-type', { vocabulary, code })
		),
		coded('default-tied-status', activity.defaultTiedStatus)
	]
		.filter((part) => part !== '')
		.join('\n');
}

/** What stands between plans and transactions. */
export function writeCapitalSpend({ capitalSpend }: WrittenActivity): string {
	return capitalSpend === null ? '' : element('capital-spend', { percentage: capitalSpend });
}

/** What stands in an activity after its money, and its end. */
export function closeActivity(activity: WrittenActivity, publisher: Publisher, fallback: Fallback): string {
	return [
		...activity.documents.map(writeDocument),
		...activity.related
			.map(({ type, key, held }) => ({ type, ref: held ? identifierOf(key, publisher) : key }))
			.sort((a, b) => inOrder(`${a.type} ${a.ref}`, `${b.type} ${b.ref}`))
			.map(({ type, ref }) => element('related-activity', { ref, type })),
		...activity.results.map((result) => writeResult(result, fallback)),
		'</iati-activity>\n'
	].join('\n');
}

/** One order on any machine, whatever numbers the books gave. */
function inOrder(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

function descriptions({ title, description, further, key }: WrittenActivity): string[] {
	const written = [
		texts('description', description, { type: '1' }),
		...(further?.descriptions ?? []).map(({ type, text }) => texts('description', text, { type }))
	].filter((part) => part !== '');
	if (written.length > 0) return written;
	return [
		element('description', { type: '1', 'own:added': 'element' }, narratives(title) || narratives(key))
	];
}

function participations({ participations: all, reporter }: WrittenActivity, publisher: Publisher): string[] {
	if (all.length > 0) {
		const nameOf = ({ organisation, role }: (typeof all)[number]) =>
			`${role} ${organisation.reference ?? organisation.name}`;
		return [...all]
			.sort((a, b) => inOrder(nameOf(a), nameOf(b)))
			.map(({ organisation, role, activity }) =>
				writeOrganisation('participating-org', organisation, { role, 'activity-id': activity })
			);
	}
	return [
		writeOrganisation('participating-org', reporter ?? publisher, {
			role: ACCOUNTABLE,
			'own:added': 'element'
		})
	];
}

/** Those of the source, and the activity's own identifier where ours is another one. */
function otherIdentifiers(
	{ key, reporter, further, defaultLanguage }: WrittenActivity,
	identifier: string
): string[] {
	// Version 1 names an owner in an attribute: in the language of the activity.
	const named = (name: Texts | string | null) =>
		narratives(typeof name === 'string' ? { [defaultLanguage ?? UNKNOWN_LANGUAGE]: name } : name);
	const owned = (further?.otherIdentifiers ?? []).map(({ reference, type, ownerReference, ownerName }) => {
		const owner =
			ownerReference === null && ownerName === null
				? ''
				: element('owner-org', { ref: ownerReference }, named(ownerName));
		return element(
			'other-identifier',
			{ ref: reference, type: type ?? OTHER_IDENTIFIER, 'own:added': type === null ? 'type' : null },
			owner
		);
	});
	if (identifier === key) return owned;
	const owner = reporter === null ? '' : writeOrganisation('owner-org', { ...reporter, type: null }, {});
	return [
		...owned,
		element('other-identifier', { ref: key, type: OTHER_IDENTIFIER, 'own:added': 'element' }, owner)
	];
}

function status({ status: code, actualEnd }: WrittenActivity, { day }: Fallback): string {
	if (code !== null) return coded('activity-status', code);
	const assumed = actualEnd !== null && actualEnd <= day ? CLOSED : UNDER_WAY;
	return element('activity-status', { code: assumed, 'own:added': 'element' });
}

function dates(activity: WrittenActivity, { day }: Fallback): string[] {
	const { plannedStart, actualStart, plannedEnd, actualEnd } = activity;
	const known = [plannedStart, actualStart, plannedEnd, actualEnd].flatMap((on, index) =>
		on === null ? [] : [element('activity-date', { type: index + 1, 'iso-date': on })]
	);
	return known.length > 0
		? known
		: [element('activity-date', { type: '1', 'iso-date': day, 'own:added': 'element' })];
}
