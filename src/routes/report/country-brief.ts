import { error } from '@sveltejs/kit';
import { notLoaded } from '#lib/layout/absence.ts';
import { m } from '#lib/paraglide/messages.js';
import type { MapPart, ReportPart, ReportSection } from '#lib/server/outlet/report/report.ts';
import type { CountryMoney } from '#lib/server/page/country-money.ts';
import { readCountry } from '#lib/server/page/country.ts';
import { readReportEvidence } from '#lib/server/page/report.ts';
import { firstDay, lastDay } from '#lib/slice/period.ts';
import type { Slice } from '#lib/slice/slice.ts';
import { iso2To3 } from '#lib/words/country.ts';
import { formatActivities, formatCount } from '#lib/words/count.ts';
import { allocationLabel, measureLabel } from '#lib/words/ledger.ts';
import type { ReportQuestion } from './answer-report.ts';
import { demonstrationSection } from './demonstration-section.ts';
import type { Draft } from './draft.ts';
import { filterWords } from './filter-words.ts';
import { notesOf } from './notes.ts';
import { partTable } from './part-table.ts';
import { largestFirst } from './spending-parts.ts';
import type { Stated } from './stated.ts';
import { drawCountryPicture, FILLS, NO_PROJECT } from './world-picture.ts';

type Read = Awaited<ReturnType<typeof readCountry>>;

/** Parties named on paper; all others stand on the page. */
const MOST_PARTIES = 25;

/** The brief of one country: what was done there and by whom, and its money. 404 for a code that names none. */
export async function draftCountry(question: ReportQuestion, code: string, stated: Stated): Promise<Draft> {
	if (!/^[A-Z]{2}$/.test(code) || iso2To3(code) === null) error(404, { message: 'no such country' });
	const read = await readCountry(question, code, () => []);
	const { name, money } = read;
	const programme = read.project ?? m.places_programme();
	const shown = money?.shown ?? null;
	const spent = shown && {
		slice: { ...shown.slice, measure: 'spent' as const },
		entries: shown.spent.entries
	};
	const evidence = await readReportEvidence(question, spent);
	const path = `/countries/${code}`;
	const sections: ReportSection[] = [
		{
			nature: 'published',
			heading: m.overview_published_heading(),
			explanation: null,
			parts: read.covered
				? [...publishedParts(stated, read), ...whoParts(read), ...placesMap(read)]
				: [
						{
							kind: 'text',
							text: read.project
								? m.places_outside({ country: name, name: programme })
								: m.places_outside_all({ country: name })
						}
					]
		},
		...(shown === null ? [] : [moneySection(stated, shown, { name: programme, country: name })]),
		notesOf({ measures: ['budget', 'spent'], formulas: ['budget_balance'] }, evidence)
	];
	return {
		kind: m.report_country_brief({ name: programme }),
		title: name,
		name: `${code}-brief`,
		filter: filterWords(m.report_filter_country({ country: name, name: programme }), question),
		path,
		file: `${path}.pdf`,
		evidence,
		sections,
		leading: spent
			? { kind: 'slice', slice: spent.slice }
			: money && { kind: 'slice', slice: { ...money.slice, measure: 'spent' } }
	};
}

/** Amounts once published stand in the section of money, with their cuts. */
function publishedParts(stated: Stated, { money, reach, loadedOn }: Read): ReportPart[] {
	const counts: ReportPart = {
		kind: 'facts',
		terms: [
			{
				term: m.overview_activities(),
				text: reach.total > 0 ? formatCount(reach.total) : m.layout_not_published()
			}
		]
	};
	if (money === null || money.shown?.slice.nature === 'published') return [counts];
	const { slice, published } = money;
	const figures = published.map(({ measure, amount }) =>
		stated.key(
			{
				label: measureLabel(measure),
				nature: 'published',
				origin: { kind: 'slice', slice: { ...slice, measure } }
			},
			{ amount, currency: slice.currency },
			{ absence: notLoaded(loadedOn) }
		)
	);
	return [{ kind: 'figures', figures }, counts];
}

function whoParts({ parties }: Read): ReportPart[] {
	if (parties.length === 0) return [];
	return [
		{
			kind: 'table',
			title: m.places_who(),
			note: m.places_who_note(),
			columns: [
				{ title: m.places_column_organisation(), unit: null, numeric: false, narrow: false },
				{ title: m.places_column_activities(), unit: null, numeric: true, narrow: false }
			],
			rows: [
				...parties.slice(0, MOST_PARTIES).map((party) => [party.name, formatCount(party.total)]),
				...(parties.length > MOST_PARTIES
					? [[m.report_others({ count: formatCount(parties.length - MOST_PARTIES) }), '']]
					: [])
			],
			total: null
		}
	];
}

function placesMap({ code, name, places, reach }: Read): MapPart[] {
	const inside = places.filter((place) => place.inside);
	const picture = inside.length > 0 ? drawCountryPicture(code, inside) : null;
	if (picture === null) return [];
	const spoken = inside.map((place) => `${place.name}: ${formatActivities(place.activities.length)}`);
	return [
		{
			kind: 'map',
			title: m.report_places({ country: name }),
			subtitle: formatActivities(reach.total),
			alternative: `${m.report_places({ country: name })}. ${spoken.join('; ')}.`,
			svg: picture.svg,
			legend: [
				{ fill: FILLS[5], label: m.report_place_of_activity() },
				{ fill: FILLS[1], label: name },
				{ fill: NO_PROJECT, label: m.report_other_countries() }
			],
			formulas: picture.formulas,
			width: 0.62
		}
	];
}

function moneySection(
	stated: Stated,
	money: CountryMoney,
	{ name, country }: { name: string; country: string }
): ReportSection {
	const { slice, spent, budget } = money;
	const { nature, currency } = slice;
	const total = (measure: 'budget' | 'spent', label: string) =>
		stated.key({ label, nature, origin: { kind: 'slice', slice: { ...slice, measure } } }, money[measure]);
	const parts: ReportPart[] = [
		{
			kind: 'figures',
			figures: [
				total('budget', m.places_budget()),
				total('spent', m.places_spent()),
				stated.key(
					{
						label: m.places_balance(),
						nature,
						origin: { kind: 'formula', formula: 'budget_balance', slice }
					},
					{ amount: money.balance, currency },
					{ note: m.places_balance_note() }
				)
			]
		},
		...partTable(
			stated,
			{ slice, spent, budget, parts: money.years },
			{
				title: m.places_by_year(),
				by: 'year',
				first: m.report_year(),
				leftOver: m.places_not_dated(),
				sliceOf: (key): Slice =>
					key === null ? { ...slice, undated: 'year' } : { ...slice, from: firstDay(key), to: lastDay(key) }
			}
		),
		...partTable(
			stated,
			{ slice, spent, budget, parts: money.headings },
			{
				title: m.places_by_heading(),
				by: 'heading',
				first: m.spending_column_heading(),
				leftOver: m.places_no_heading(),
				sliceOf: (key): Slice => ({ ...slice, heading: key ?? 'none' })
			}
		),
		...partTable(
			stated,
			{ slice, spent, parts: largestFirst(money.partners) },
			{
				title: m.places_by_partner(),
				note: m.places_by_partner_note(),
				by: 'provider',
				first: m.places_column_partner(),
				leftOver: m.overview_none_partner(),
				sliceOf: (key): Slice => ({ ...slice, organisation: key ?? 'none', part: 'provider' })
			}
		),
		...allocationTable(stated, money, country)
	];
	if (nature === 'demonstration') return demonstrationSection(name, null, parts);
	return { nature, heading: m.places_money(), explanation: null, parts };
}

/** What was booked for the country itself, and its part of what was shared out: never one number without the other. */
function allocationTable(
	stated: Stated,
	{ slice, allocations }: CountryMoney,
	country: string
): ReportPart[] {
	if (allocations === null) return [];
	const { nature, currency } = slice;
	return [
		{
			kind: 'table',
			title: m.places_by_allocation(),
			note: m.places_by_allocation_note({ country }),
			columns: [
				{ title: m.places_column_allocation(), unit: null, numeric: false, narrow: false },
				{ title: m.places_spent(), unit: currency, numeric: true, narrow: false }
			],
			rows: allocations.map(({ allocation, sum }) => {
				const label = allocationLabel(allocation);
				const origin = { kind: 'slice' as const, slice: { ...slice, measure: 'spent' as const, allocation } };
				return [label, stated.cell({ label, nature, origin }, sum, currency)];
			}),
			total: null
		}
	];
}
