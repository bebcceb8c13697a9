import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import type { Activity } from '#lib/server/facts/activity.ts';
import type { Neighbour } from '#lib/server/facts/neighbours.ts';
import type { DatePrecision } from '#lib/slice/period.ts';
import { activityStatusLabel, activityTypeLabel, precisionDefinition } from '#lib/words/activity.ts';
import { formatCount, formatQualified } from '#lib/words/count.ts';
import { countryName } from '#lib/words/country.ts';
import { formatDayWithPrecision } from '#lib/words/date.ts';
import { factBasisDefinition, factBasisLabel } from '#lib/words/fact.ts';
import { roleLabel } from '#lib/words/organisation.ts';
import { labelSource } from '../../facts/fact-source.ts';
import { inLanguage } from '../../facts/in-language.ts';

// Words of one activity's page, made where the page is loaded: the glossary need not travel to the browser.

const dated = ({
	date_from,
	date_to,
	date_precision
}: Pick<Activity, 'date_from' | 'date_to' | 'date_precision'>) =>
	formatDayWithPrecision(date_from, date_to, date_precision as DatePrecision);

/** An activity in the visitor's language. */
export function labelActivity(activity: Activity) {
	const { date_precision, locations, participants, qualifier, female, male } = activity;
	const exact = date_precision === 'day' || date_precision === 'period';
	return {
		id: activity.activity_id,
		key: activity.key,
		invented: activity.nature === 'demonstration',
		title: inLanguage(activity.title),
		/** The other languages that its source gives the title in. */
		titles: Object.entries(activity.title)
			.filter(([, text]) => text !== inLanguage(activity.title).text)
			.map(([lang, text]) => ({ lang, text })),
		reporter: activity.reporter,
		description: activity.description && inLanguage(activity.description),
		type:
			activity.activity_type === null
				? null
				: { code: activity.activity_type, label: activityTypeLabel(activity.activity_type) },
		status: activity.status && activityStatusLabel(activity.status),
		date: dated(activity),
		/** What a date that is no day means. */
		precision: exact ? null : precisionDefinition(date_precision),
		project: { key: activity.project_key, name: activity.project_name },
		recipients: namesOf(activity.recipients),
		participantsFrom: namesOf(activity.participants_from),
		hosts: namesOf(activity.hosts),
		/** Where they can be drawn: in the country that most of them are in. */
		map: mapOf(activity),
		places: locations.map(({ name, country, basis }) => ({
			name,
			country: country && countryName(country, getLocale()),
			assumed: basis === null || basis === 'stated' ? null : basisOf(basis)
		})),
		objective:
			activity.objective_key === null
				? null
				: {
						key: activity.objective_key,
						name: activity.objective_name ?? activity.objective_key,
						basis: activity.objective_basis && basisOf(activity.objective_basis)
					},
		participants: participants === null ? null : formatQualified(participants, qualifier),
		women: female === null ? null : formatCount(female),
		men: male === null ? null : formatCount(male),
		participantKind: activity.participant_kind,
		source: labelSource(activity)
	};
}

function mapOf({ locations, recipients }: Activity) {
	const drawn = locations.filter((place) => place.latitude !== null);
	// An IATI file gives a place no country: then it is in the one that the activity was for.
	const only = recipients.length === 1 && drawn.length > 0 ? recipients[0]! : null;
	const country = drawn.find((place) => place.country !== null)?.country ?? only;
	const places = locations.flatMap(({ name, latitude, longitude }) =>
		latitude === null || longitude === null ? [] : [{ name, at: [longitude, latitude] as [number, number] }]
	);
	return country === null
		? null
		: { country, name: countryName(country, getLocale()), places: places.slice(0, MOST_DRAWN) };
}

/** More marks would hide each other. */
const MOST_DRAWN = 60;

const namesOf = (codes: readonly string[]) =>
	codes
		.map((code) => ({ code, name: countryName(code, getLocale()) }))
		.sort((a, b) => a.name.localeCompare(b.name));

const basisOf = (basis: string) =>
	[factBasisLabel(basis), factBasisDefinition(basis)].filter(Boolean).join('. ');

/** A party in its part: what a source calls lead or partner stands before IATI's role. */
export type PartyRow = {
	organisation: string;
	name: string;
	part: string;
	note: string | null;
	coFunder: boolean;
};

export function labelParties(parties: Activity['parties']): PartyRow[] {
	return parties.map(({ organisation_id, name, role, capacity, note }) => ({
		organisation: organisation_id,
		name,
		note,
		coFunder: capacity === 'co_funder' || role === 1,
		part: capacityLabel(capacity, role)
	}));
}

/** "Lead", "Partner", "Co-funder", else the role of the IATI standard. */
export function capacityLabel(capacity: string | null, role: number): string {
	if (capacity === 'lead') return m.activities_capacity_lead();
	if (capacity === 'partner') return m.activities_capacity_partner();
	if (capacity === 'co_funder') return m.activities_capacity_co_funder();
	return roleLabel(String(role));
}

/** The activity before or after in time. */
export function labelNeighbour(neighbour: Neighbour | null) {
	return (
		neighbour && { id: neighbour.activity_id, title: inLanguage(neighbour.title), date: dated(neighbour) }
	);
}
