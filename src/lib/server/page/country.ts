import type { Question } from '#lib/server/answer.ts';
import {
	countActivities,
	listActivities,
	listPlaces,
	totalActivities,
	type ActivityFilter,
	type ActivityLine,
	type Place
} from '#lib/server/facts/activities.ts';
import { listRivalsOfCountry } from '#lib/server/facts/claims.ts';
import { describeSubjects } from '#lib/server/facts/claim-subject.ts';
import { listDocuments, listSourcesOfCountry } from '#lib/server/facts/documents.ts';
import { labelsOf } from '#lib/server/facts/names.ts';
import { countByParty, type PartyCount } from '#lib/server/facts/parties.ts';
import { listObjectives, type Objective, type Project } from '#lib/server/facts/projects.ts';
import { listIndicators } from '#lib/server/facts/results.ts';
import { readCompared } from './compared.ts';
import { readCountryMoney } from './country-money.ts';
import { readCoverage, type CountryCoverage } from './coverage.ts';
import { refuseUnknownKeys } from './known-keys.ts';
import { natureOfMoney, openSlice, readPublishedAmounts } from './money.ts';
import { allActivities, readReach } from './reach.ts';
import { refuseRestrictions } from './restrictions.ts';
import type { Slice } from '#lib/slice/slice.ts';

/** Activities named on the page; all others are one link away. */
const MOST_ACTIVITIES = 60;
const MOST_DOCUMENTS = 60;
/** Facts on which sources differ that are shown here; all others stand on the pages of what they are about. */
const MOST_RIVALS = 12;

/** What the list of activities can be narrowed by. */
const NARROWED = ['organisation', 'objective', 'from', 'to'] as const;
/** Parameters of the page beside those of the slice. */
export const COUNTRY_FIELDS = ['status'] as const;
type CountryQuestion = Question<(typeof COUNTRY_FIELDS)[number]>;

/**
 * One country of ISO 3166-1: what a portfolio did there, for it, or with people from there.
 * @param beside chooses the countries of the programme that it is compared with
 */
export async function readCountry(
	question: CountryQuestion,
	code: string,
	beside: (programme: readonly string[]) => string[]
) {
	refuseRestrictions(question, NARROWED);
	const { db, at, slice } = question;
	const [nature, coverage, names] = await Promise.all([
		natureOfMoney(question),
		readCoverage(question),
		labelsOf(db, 'country', [code])
	]);
	const covered = coverage.codes.includes(code);
	const [activities, money, documents, rivals, compared, indicators, objectives] = await Promise.all([
		readActivities(question, code),
		covered ? readMoney(question, code, nature) : null,
		readDocuments(question, code),
		readRivals(question, code, coverage),
		covered ? readCompared(question, coverage, [code, ...beside(coverage.codes)], nature) : [],
		covered ? listOwnIndicators(question, coverage.projects, code) : [],
		listAllObjectives(question, coverage.projects)
	]);
	return {
		code,
		covered,
		money,
		...documents,
		...rivals,
		compared,
		...activities,
		name: names.get(code) ?? code,
		project:
			coverage.projects.length === 1
				? (coverage.projects[0]!.short_name ?? coverage.projects[0]!.name)
				: null,
		detail: coverage.details.get(code) ?? null,
		launches: coverage.launches.get(code) ?? [],
		indicators,
		objectives,
		loadedOn: at.loadedOn,
		asof: slice.asof
	};
}

/** What happened for the country, what was held there for others, and what people from there took part in. */
async function readActivities(question: CountryQuestion, code: string) {
	const { db, at, slice, fields } = question;
	const all = allActivities(slice.portfolio);
	const own: ActivityFilter = { ...all, country: code };
	const narrowed = { ...narrow(own, slice), status: fields.status };
	await refuseUnknownKeys(db, narrowed);
	const held: ActivityFilter = { ...all, host: code };
	const list = (filter: ActivityFilter) =>
		listActivities(db, at, filter, { order: 'date', after: null, limit: MOST_ACTIVITIES });
	const [listed, statuses, found, hosted, joined, reach, parties, ownPlaces, heldPlaces] = await Promise.all([
		list(narrowed),
		countActivities(db, at, own, 'status'),
		totalActivities(db, at, narrowed),
		list(held),
		list({ ...all, participant: code }),
		readReach(question, own, [code]),
		countByParty(db, at, own),
		listPlaces(db, at, own),
		listPlaces(db, at, held)
	]);
	const others = (lines: readonly ActivityLine[]) =>
		lines.filter(({ recipients }) => !recipients.includes(code));
	const hostedForOthers = others(hosted.activities);
	const ids = new Set(hostedForOthers.map(({ activity_id }) => activity_id));
	return {
		activities: listed.activities,
		/** How many the list is of, as it is narrowed. */
		found,
		filter: narrowed,
		statuses,
		reach,
		hosted: hostedForOthers,
		joined: others(joined.activities).filter(({ activity_id }) => !ids.has(activity_id)),
		parties: partiesOf(parties),
		places: placesOf([...ownPlaces, ...heldPlaces.filter(({ country }) => country === code)], code)
	};
}

/** The activities of a country as the address narrows them. */
function narrow(own: ActivityFilter, { organisation, objective, from, to }: Slice): ActivityFilter {
	return { ...own, organisation, objective, from, to };
}

/** Documents that activities of the country link to, and the pages and files that its facts were read from. */
async function readDocuments({ db, at, slice }: Question<never>, code: string) {
	const filter = { ...allActivities(slice.portfolio), country: code };
	const [documents, sources] = await Promise.all([
		listDocuments(db, at, filter, MOST_DOCUMENTS),
		listSourcesOfCountry(db, at, filter)
	]);
	return { documents, sources };
}

/** What sources state differently, with what each statement is about. */
async function readRivals({ db, at, slice }: Question<never>, code: string, coverage: CountryCoverage) {
	const keys = coverage.projects.map(({ key }) => `${key}:${code}`);
	const filter = { ...allActivities(slice.portfolio), country: code };
	const all = await listRivalsOfCountry(db, at, filter, keys);
	const shown = all.slice(0, MOST_RIVALS);
	const subjects = await describeSubjects(
		db,
		shown.map(([chosen]) => chosen!)
	);
	const rivals = shown.map((claims, index) => ({
		property: claims[0]!.property,
		subjectKind: claims[0]!.subject_kind,
		subject: subjects[index]!,
		claims
	}));
	return { rivals, moreRivals: all.length - rivals.length };
}

export type PartyLine = {
	organisation: string;
	name: string;
	total: number;
	byObjective: Record<string, number>;
};

/** A line per organisation, the most active first. The key of an activity without objective is empty. */
function partiesOf(counts: readonly PartyCount[]): PartyLine[] {
	const lines = new Map<string, PartyLine>();
	for (const { organisation_id, name, objective_key, activities } of counts) {
		let line = lines.get(organisation_id);
		if (!line)
			lines.set(organisation_id, (line = { organisation: organisation_id, name, total: 0, byObjective: {} }));
		line.byObjective[objective_key ?? ''] = activities;
		line.total += activities;
	}
	return [...lines.values()].sort((a, b) => b.total - a.total || a.name.localeCompare(b.name));
}

export type PlaceLine = {
	name: string;
	country: string | null;
	inside: boolean;
	at: [number, number];
	activities: { id: string; title: Record<string, string>; basis: string | null }[];
};

/** Places with their activities, each activity once in a place; those in the country first. */
function placesOf(places: readonly Place[], code: string): PlaceLine[] {
	const lines = new Map<string, PlaceLine>();
	for (const { activity_id: id, title, name, country, latitude, longitude, basis } of places) {
		const key = `${country} ${name}`;
		let line = lines.get(key);
		if (!line)
			lines.set(
				key,
				(line = { name, country, inside: country === code, at: [longitude, latitude], activities: [] })
			);
		if (!line.activities.some((known) => known.id === id)) line.activities.push({ id, title, basis });
	}
	return [...lines.values()].sort(
		(a, b) =>
			Number(b.inside) - Number(a.inside) ||
			b.activities.length - a.activities.length ||
			a.name.localeCompare(b.name)
	);
}

async function listAllObjectives(
	{ db, at }: Question<never>,
	projects: readonly Project[]
): Promise<Pick<Objective, 'key' | 'name' | 'objective_no'>[]> {
	const objectives = await listObjectives(
		db,
		at,
		projects.map(({ project_id }) => project_id)
	);
	return objectives.map(({ key, name, objective_no }) => ({ key, name, objective_no }));
}

/** Figures on reach and results; one that repeats an activity's participants is told with the activity. */
async function listOwnIndicators({ db, at }: Question<never>, projects: readonly Project[], code: string) {
	const ids = projects.map(({ project_id }) => project_id);
	return (await listIndicators(db, at, ids, code)).filter(({ repeats_activity }) => !repeats_activity);
}

/** Published amounts (none, as a rule), and the country's money of the nature that is shown. */
async function readMoney(
	question: Question<never>,
	code: string,
	nature: Awaited<ReturnType<typeof natureOfMoney>>
) {
	const slice = openSlice(question, { country: code });
	const [published, shown] = await Promise.all([
		readPublishedAmounts(question, slice, ['budget', 'spent']),
		nature && readCountryMoney(question, { ...slice, nature })
	]);
	return { slice, published, shown };
}
