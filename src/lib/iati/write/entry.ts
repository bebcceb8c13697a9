import type { CodeShare } from '../read/shares.ts';
import type { Fallback, WrittenEntry, WrittenOrganisation } from './content.ts';
import { coded, element, escaped, flag, narratives, type Attributes } from './xml.ts';

const BUDGET_TYPES: Readonly<Record<string, string>> = { original: '1', revised: '2' };

/** A transaction, a budget or a planned disbursement as an element of its activity. */
export function writeEntry(entry: WrittenEntry, fallback: Fallback): string {
	if (entry.kind === 'budget') return writeBudget(entry, fallback);
	if (entry.kind === 'planned_disbursement') return writePlannedDisbursement(entry, fallback);
	return writeTransaction(entry, fallback);
}

function writeBudget(entry: WrittenEntry, fallback: Fallback): string {
	return element(
		'budget',
		{ type: typeOf(entry), status: entry.codes?.budgetStatus, ...sliceAttributes(entry) },
		...period(entry, fallback),
		value(entry, fallback)
	);
}

function writePlannedDisbursement(entry: WrittenEntry, fallback: Fallback): string {
	return element(
		'planned-disbursement',
		{ type: typeOf(entry), ...sliceAttributes(entry) },
		...period(entry, fallback),
		value(entry, fallback),
		...parties(entry)
	);
}

function writeTransaction(entry: WrittenEntry, fallback: Fallback): string {
	const { codes, places, sectors } = entry;
	const description =
		entry.description === null ? '' : element('description', {}, narratives(entry.description));
	return element(
		'transaction',
		{ ref: entry.reference, humanitarian: flag(codes?.humanitarian), ...sliceAttributes(entry) },
		coded('transaction-type', entry.kind),
		transactionDate(entry, fallback),
		value(entry, fallback),
		description,
		...parties(entry),
		coded('disbursement-channel', codes?.disbursementChannel),
		...sectors.map(({ code, percentage }) =>
			element('sector', {
				vocabulary: '1',
				code,
				'own:percentage': sectors.length > 1 || percentage !== '100' ? percentage : null
			})
		),
		...(codes?.sectors ?? []).map((sector) => share('sector', sector)),
		placeOf(places),
		...(codes?.regions ?? [])
			.slice(0, places.some(({ region }) => region !== null) ? 0 : 1)
			.map((region) => share('recipient-region', region)),
		coded('flow-type', codes?.flowType),
		coded('finance-type', codes?.financeType),
		...(codes?.aidTypes ?? []).map(({ vocabulary, code }) => element('aid-type', { vocabulary, code })),
		coded('tied-status', codes?.tiedStatus),
		...furtherPlaces(entry)
	);
}

/** The standard has room for one country or region in a transaction, and for no percentage. */
function placeOf(places: WrittenEntry['places']): string {
	const [place, ...others] = places;
	return place === undefined || others.length > 0 || place.percentage !== '100'
		? ''
		: placeElement(place, '');
}

/** What it has no room for. */
function furtherPlaces({ places, codes }: WrittenEntry): string[] {
	const isSingle = places.length === 0 || (places.length === 1 && places[0]!.percentage === '100');
	const regions = (codes?.regions ?? []).slice(places.some(({ region }) => region !== null) ? 0 : 1);
	return [
		...(isSingle ? [] : places.map((place) => placeElement(place, 'own:'))),
		...regions.map((region) => share('own:recipient-region', region))
	];
}

function placeElement(
	{ country, region, percentage }: WrittenEntry['places'][number],
	prefix: string
): string {
	const attributes = { 'own:percentage': prefix === '' ? null : percentage };
	return country === null
		? element(`${prefix}recipient-region`, { code: region, vocabulary: '1', ...attributes })
		: element(`${prefix}recipient-country`, { code: country, ...attributes });
}

function share(name: string, { vocabulary, code, percentage, text }: CodeShare): string {
	return element(name, { vocabulary, code, 'own:percentage': percentage }, narratives(text));
}

function transactionDate({ dateFrom, stated }: WrittenEntry, { day }: Fallback): string {
	if (dateFrom === null) return element('transaction-date', { 'iso-date': day, 'own:added': 'element' });
	return element('transaction-date', { 'iso-date': dateFrom, 'own:stated': stated });
}

function period({ kind, dateFrom, dateTo }: WrittenEntry, { day }: Fallback): string[] {
	const edge = (name: string, known: string | null) =>
		element(name, { 'iso-date': known ?? day, 'own:added': known === null ? 'element' : null });
	// One that is planned for a day has no end.
	const hasEnd = kind === 'budget' || dateFrom === null || dateTo !== dateFrom;
	return [edge('period-start', dateFrom), hasEnd ? edge('period-end', dateTo) : ''];
}

function value({ amount, currency, valueDate }: WrittenEntry, { day }: Fallback): string {
	return element(
		'value',
		{ currency, 'value-date': valueDate ?? day, 'own:added': valueDate === null ? 'value-date' : null },
		amount
	);
}

function parties({ provider, receiver, providerActivity, receiverActivity }: WrittenEntry): string[] {
	return [
		party('provider-org', provider, { 'provider-activity-id': providerActivity }),
		party('receiver-org', receiver, { 'receiver-activity-id': receiverActivity })
	];
}

/** An organisation; one that is known by nothing but the other side's activity is still a party. */
function party(name: string, organisation: WrittenOrganisation | null, attributes: Attributes): string {
	if (organisation === null) {
		return Object.values(attributes).some((value) => value !== null) ? element(name, attributes) : '';
	}
	return writeOrganisation(name, organisation, attributes);
}

/** An organisation by its reference and its name; a name that only repeats the reference says nothing. */
export function writeOrganisation(
	name: string,
	{ reference, name: called, type }: WrittenOrganisation,
	attributes: Attributes
): string {
	const inside = called === null || called === reference ? '' : `<narrative>${escaped(called)}</narrative>`;
	return element(name, { ref: reference, type, ...attributes }, inside);
}

function typeOf({ budgetVersion }: WrittenEntry): string | undefined {
	return budgetVersion === null ? undefined : BUDGET_TYPES[budgetVersion];
}

function sliceAttributes({ inSlice }: WrittenEntry): Attributes {
	if (inSlice === null) return {};
	return { 'own:amount-in-slice': inSlice.amount, 'own:slice-currency': inSlice.currency };
}
