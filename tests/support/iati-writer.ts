import type {
	IatiActivityRecord,
	IatiDocument,
	IatiIndicator,
	IatiLocation,
	IatiOrganisationRecord,
	IatiResultRecord,
	IndicatorValue,
	LedgerEntryRecord,
	Texts
} from '#lib/server/intake/record.ts';

/** An activity with all that belongs to it, as a reader of version 2.03 should give it back. */
export type WrittenActivity = {
	activity: IatiActivityRecord;
	results: IatiResultRecord[];
	entries: LedgerEntryRecord[];
};

type Names = ReadonlyMap<string, IatiOrganisationRecord>;

/** Writes activities as a file of version 2.03, attributes and elements in the order of the standard. */
export function writeActivities(
	activities: readonly WrittenActivity[],
	organisations: readonly IatiOrganisationRecord[]
): string {
	const names = new Map(organisations.map((organisation) => [organisation.key, organisation]));
	const written = activities.map((activity) => writeActivity(activity, names));
	return `<?xml version="1.0" encoding="UTF-8"?>\n${element('iati-activities', { version: '2.03' }, ...written)}\n`;
}

function writeActivity({ activity, results, entries }: WrittenActivity, names: Names): string {
	const further = (activity.further ?? {}) as { lastUpdated?: string };
	return element(
		'iati-activity',
		{
			'xml:lang': activity.defaultLanguage,
			'default-currency': activity.defaultCurrency,
			humanitarian: flag(activity.humanitarian),
			hierarchy: activity.hierarchy,
			'last-updated-datetime': further.lastUpdated
		},
		element('iati-identifier', {}, escaped(activity.key)),
		organisation('reporting-org', activity.reporter, names, {
			'secondary-reporter': activity.secondaryReporter ? '1' : null
		}),
		texts('title', activity.title),
		texts('description', activity.description, { type: '1' }),
		...activity.participations.map((part) =>
			organisation('participating-org', part.organisation, names, {
				role: part.role,
				'activity-id': part.activity
			})
		),
		coded('activity-status', activity.status),
		...[activity.plannedStart, activity.actualStart, activity.plannedEnd, activity.actualEnd].map(
			(day, index) => (day === null ? '' : element('activity-date', { type: index + 1, 'iso-date': day }))
		),
		coded('activity-scope', activity.scope),
		...activity.countries.map(({ country: code, percentage }) =>
			element('recipient-country', { code, percentage })
		),
		...activity.regions.map(({ text, ...region }) => texts('recipient-region', text, region)),
		...activity.locations.map(location),
		...activity.sectors.map(({ text, ...sector }) => texts('sector', text, sector)),
		...activity.policyMarkers.map(({ text, ...marker }) => texts('policy-marker', text, marker)),
		coded('collaboration-type', activity.collaborationType),
		coded('default-flow-type', activity.defaultFlowType),
		coded('default-finance-type', activity.defaultFinanceType),
		...activity.defaultAidTypes.map((type) => element('default-aid-type', type)),
		coded('default-tied-status', activity.defaultTiedStatus),
		...entries.map((entry) => money(entry, names)),
		activity.capitalSpend === null ? '' : element('capital-spend', { percentage: activity.capitalSpend }),
		...activity.documents.map(document),
		...activity.related.map(({ type, key }) => element('related-activity', { type, ref: key })),
		...results.map(result)
	);
}

function money(entry: LedgerEntryRecord, names: Names): string {
	const value = element('value', { currency: entry.currency, 'value-date': entry.valueDate }, entry.amount);
	const parties = [
		organisation('provider-org', entry.provider, names, { 'provider-activity-id': entry.providerActivity }),
		organisation('receiver-org', entry.receiver, names, { 'receiver-activity-id': entry.receiverActivity })
	];
	const period = [
		element('period-start', { 'iso-date': entry.dateFrom }),
		element('period-end', { 'iso-date': entry.dateTo })
	];
	const type = entry.budgetVersion === null ? null : entry.budgetVersion === 'original' ? '1' : '2';
	if (entry.entryKind === 'budget') {
		return element('budget', { type, status: entry.codes?.budgetStatus }, ...period, value);
	}
	if (entry.entryKind === 'planned_disbursement') {
		return element('planned-disbursement', { type }, ...period, value, ...parties);
	}
	const codes = entry.codes ?? {};
	return element(
		'transaction',
		{ ref: entry.reference, humanitarian: flag(codes.humanitarian ?? null) },
		coded('transaction-type', entry.entryKind),
		element('transaction-date', { 'iso-date': entry.dateFrom }),
		value,
		entry.description === null ? '' : element('description', {}, narrative(null, entry.description)),
		...parties,
		coded('disbursement-channel', codes.disbursementChannel),
		...entry.sectors.map(({ code }) => element('sector', { vocabulary: '1', code })),
		...(codes.sectors ?? []).map(({ text, ...sector }) => texts('sector', text, sector)),
		...entry.countries.map(({ country, region }) =>
			country === null
				? element('recipient-region', { vocabulary: '1', code: region })
				: element('recipient-country', { code: country })
		),
		coded('flow-type', codes.flowType),
		coded('finance-type', codes.financeType),
		...(codes.aidTypes ?? []).map((aidType) => element('aid-type', aidType)),
		coded('tied-status', codes.tiedStatus)
	);
}

function location(place: IatiLocation): string {
	return element(
		'location',
		{},
		coded('location-reach', place.reach),
		...place.codes.map((code) => element(code.level === null ? 'location-id' : 'administrative', code)),
		texts('name', place.name),
		texts('description', place.description),
		place.latitude === null
			? ''
			: element('point', {}, element('pos', {}, `${place.latitude} ${place.longitude}`)),
		coded('exactness', place.exactness),
		coded('location-class', place.class),
		coded('feature-designation', place.feature)
	);
}

function document(link: IatiDocument): string {
	return element(
		'document-link',
		{ url: link.url, format: link.format },
		texts('title', link.titles),
		texts('description', link.descriptions),
		...link.categories.map((code) => element('category', { code })),
		...link.languages.map((code) => element('language', { code })),
		link.date === null ? '' : element('document-date', { 'iso-date': link.date })
	);
}

function result(record: IatiResultRecord): string {
	return element(
		'result',
		{ type: record.type, 'aggregation-status': flag(record.aggregationStatus) },
		texts('title', record.title),
		texts('description', record.description),
		...record.indicators.map(indicator)
	);
}

function indicator(one: IatiIndicator): string {
	return element(
		'indicator',
		{
			measure: one.measure,
			ascending: flag(one.ascending),
			'aggregation-status': flag(one.aggregationStatus)
		},
		texts('title', one.title),
		texts('description', one.description),
		...one.codes.map((code) => element('reference', code)),
		...one.baselines.map((baseline) =>
			value('baseline', baseline, { year: baseline.year, 'iso-date': baseline.date })
		),
		...one.periods.map(({ from, to, targets, actuals }) =>
			element(
				'period',
				{},
				element('period-start', { 'iso-date': from }),
				element('period-end', { 'iso-date': to }),
				...targets.map((target) => value('target', target)),
				...actuals.map((actual) => value('actual', actual))
			)
		)
	);
}

function value(name: string, one: IndicatorValue, attributes: Attributes = {}): string {
	return element(
		name,
		{ ...attributes, value: one.value ?? one.text },
		...Object.entries(one.dimensions ?? {}).map(([dimension, of]) =>
			element('dimension', { name: dimension, value: of })
		),
		texts('comment', one.comment)
	);
}

function organisation(name: string, key: string | null, names: Names, attributes: Attributes): string {
	const known = key === null ? undefined : names.get(key);
	if (known === undefined) return '';
	return texts(name, known.name, { ref: known.reference, type: known.type, ...attributes }, true);
}

type Attributes = Record<string, string | number | null | undefined>;

/** Nothing where there is no text, unless the element is `kept` or has attributes. */
function texts(name: string, all: Texts | null, attributes: Attributes = {}, kept = false): string {
	const narratives = Object.entries(all ?? {}).map(([language, text]) => narrative(language, text));
	const hasCode = 'code' in attributes;
	if (narratives.length === 0 && !kept && !hasCode) return '';
	return element(name, attributes, ...narratives);
}

function narrative(language: string | null, text: string): string {
	return element('narrative', { 'xml:lang': language }, escaped(text));
}

function coded(name: string, code: string | null | undefined): string {
	return code === null || code === undefined ? '' : element(name, { code });
}

function flag(value: boolean | null): string | null {
	return value === null ? null : value ? '1' : '0';
}

function element(name: string, attributes: Attributes, ...content: string[]): string {
	const written = Object.entries(attributes)
		.filter(([, one]) => one !== null && one !== undefined)
		.map(([attribute, one]) => ` ${attribute}="${escaped(String(one))}"`);
	const inside = content.join('');
	return inside === '' ? `<${name}${written.join('')}/>` : `<${name}${written.join('')}>${inside}</${name}>`;
}

/** White space other than the blank is written as a reference: an attribute would lose it, and a text its `\r`. */
function escaped(text: string): string {
	return text.replace(/[&<>"'\t\n\r]/g, (character) => `&#${character.codePointAt(0)};`);
}
