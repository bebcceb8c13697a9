import { m } from '#lib/paraglide/messages.js';
import type { Coverage } from '#lib/server/facts/projects.ts';
import type { IndicatorLine } from '#lib/server/facts/results.ts';
import type { PlaceLine, readCountry } from '#lib/server/page/country.ts';
import { NONE } from '#lib/slice/parameter.ts';
import type { DatePrecision } from '#lib/slice/period.ts';
import { activityStatusLabel } from '#lib/words/activity.ts';
import { formatCount, formatQualified } from '#lib/words/count.ts';
import { formatDayWithPrecision } from '#lib/words/date.ts';
import { factBasisLabel, regionLabel, unitLabel } from '#lib/words/fact.ts';
import { allocationLabel } from '#lib/words/ledger.ts';
import { labelActivities } from '../../activities/label-activities.ts';
import { labelSource, type FactSource } from '../../facts/fact-source.ts';
import { inLanguage, type SourceText } from '../../facts/in-language.ts';
import { labelStatements } from '../../facts/label-statements.ts';
import { labelCompared } from './label-compared.ts';
import { labelDocuments } from './label-documents.ts';
import { labelRivals } from './label-rivals.ts';

// Words of one country's page, made where the page is loaded: the glossary need not travel to the browser.

/** One country in the visitor's language. */
export function labelCountry(country: Awaited<ReturnType<typeof readCountry>>) {
	const { detail, launches, activities, hosted, joined, places, indicators, reach, ...rest } = country;
	const { documents, sources, rivals, compared, filter, statuses, ...data } = rest;
	const { organisation, objective, status, from, to } = filter;
	const objectives = new Map(data.objectives.map(({ key, name }) => [key, name]));
	return {
		...data,
		allocations: {
			measured: allocationLabel('measured'),
			apportioned: allocationLabel('apportioned'),
			unallocated: allocationLabel('unallocated')
		},
		facts: detail && labelFacts(detail),
		launches: labelStatements(launches),
		activities: labelActivities(activities, objectives),
		hosted: labelActivities(hosted, objectives),
		joined: labelActivities(joined, objectives),
		places: labelPlaces(places),
		indicators: labelIndicators(indicators),
		narrowed: { organisation, objective, status: status ?? null, from, to },
		statuses: labelStatuses(statuses),
		documents: labelDocuments(documents, sources),
		rivals: labelRivals(rivals),
		compared: labelCompared(country.code, compared),
		reach: { total: reach.total, begun: reach.begun }
	};
}

/** States of activities with how many are in each; those of which none is stated come last. */
function labelStatuses(statuses: readonly { key: string | null; activities: number }[]) {
	return statuses.map(({ key, activities }) => ({
		value: key ?? NONE,
		label: m.activities_choice({
			name: key === null ? m.activities_none_status() : activityStatusLabel(key),
			count: formatCount(activities)
		})
	}));
}

/** What the project says of the country. */
export type CountryFacts = {
	nameInSource: string;
	region: string | null;
	launch: string | null;
	assessment: string | null;
	counterpart: string | null;
	focus: string | null;
	source: FactSource;
};

function labelFacts(detail: Coverage): CountryFacts {
	const {
		name_in_source,
		region,
		launch_date,
		launch_precision,
		assessment_from,
		assessment_to,
		counterpart,
		focus
	} = detail;
	return {
		nameInSource: name_in_source,
		region: region && regionLabel(region),
		launch:
			launch_date && formatDayWithPrecision(launch_date, launch_date, launch_precision as DatePrecision),
		// Sources give months: the first and the last day of them are how a period is kept.
		assessment: assessment_from && formatDayWithPrecision(assessment_from, assessment_to, 'month'),
		counterpart,
		focus,
		source: labelSource(detail)
	};
}

/** A published figure on results. */
export type IndicatorRow = {
	key: string;
	title: string;
	value: string;
	shared: string | null;
	date: string | null;
	note: string | null;
	source: FactSource;
};

function labelIndicators(lines: readonly IndicatorLine[]): IndicatorRow[] {
	return lines.map((line, index) => ({
		key: `${index}`,
		title: [line.title, line.disaggregation].filter(Boolean).join(': '),
		value: valueOf(line),
		shared:
			line.countries.length > 1
				? m.places_shared_figure({ count: formatCount(line.countries.length) })
				: null,
		date:
			line.period_to &&
			formatDayWithPrecision(line.period_to, line.period_to, line.date_precision as DatePrecision),
		note: line.note,
		source: labelSource(line)
	}));
}

function valueOf({ target, actual, qualifier, unit }: IndicatorLine): string {
	const stated = actual ?? target;
	if (stated === null) return m.layout_not_published();
	const number = /^-?\d+$/.test(stated) ? formatQualified(stated, qualifier) : stated;
	const value = unit ? `${number} ${unitLabel(unit)}` : number;
	return actual === null ? m.places_target({ value }) : value;
}

/** A place with what happened there. */
export type PlaceRow = Omit<PlaceLine, 'activities'> & {
	key: string;
	activities: { id: string; title: SourceText; assumed: string | null }[];
};

function labelPlaces(places: readonly PlaceLine[]): PlaceRow[] {
	return places.map((place, index) => ({
		...place,
		key: `place-${index + 1}`,
		activities: place.activities.map(({ id, title, basis }) => ({
			id,
			title: inLanguage(title),
			assumed: basis === null || basis === 'stated' ? null : factBasisLabel(basis)
		}))
	}));
}
