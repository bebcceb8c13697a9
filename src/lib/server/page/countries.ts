import type { Question } from '#lib/server/answer.ts';
import { labelsOf } from '#lib/server/facts/names.ts';
import { sumParticipants, type ParticipantSum } from '#lib/server/facts/participants.ts';
import { countResultsByCountry } from '#lib/server/facts/results-by-country.ts';
import { breakdowns } from '#lib/server/ledger/breakdown.ts';
import { totals } from '#lib/server/ledger/total.ts';
import type { BreakdownRow, Nature, Slice, Sum, Total } from '#lib/slice/slice.ts';
import { MONEY_ON_MAPS } from '#lib/slice/view.ts';
import { worldRegionOf, type WorldRegion } from '#lib/words/world-region.ts';
import { readCoverage } from './coverage.ts';
import { natureOfMoney, openSlice } from './money.ts';
import { allActivities, readReach } from './reach.ts';
import { refuseRestrictions } from './restrictions.ts';

/** Parameters of the page beside those of the slice. */
export const COUNTRIES_FIELDS = [
	'map',
	'class',
	'demonstration_map',
	'demonstration_class',
	'region'
] as const;
export type CountriesQuestion = Question<(typeof COUNTRIES_FIELDS)[number]>;

/** Money of one measure by country; the slice of each figure is `slice` with its country. */
export type CountriesMoney = Record<
	(typeof MONEY_ON_MAPS)[number],
	{ slice: Slice; total: Total; of: Map<string | null, Sum> }
>;

export type CountryLine = {
	code: string;
	name: string;
	/** The region as the project words it. */
	region: string | null;
	/** The region of the world, or null for a code that lies in none. */
	world: WorldRegion | null;
	launch_date: string | null;
	launch_precision: string;
	/** The chosen claim about the launch, where there are several. */
	launch_claim: string | null;
	activities: number;
	/** At activities of this country alone; null where there is none of those. */
	participants: Pick<ParticipantSum, 'participants' | 'qualifier' | 'stated'> | null;
	/** Published figures on results. */
	results: number;
};

/** The countries of a portfolio: what happened in each, and what was spent and budgeted there. */
export async function readCountries(question: CountriesQuestion) {
	refuseRestrictions(question, ['country']);
	const { db, at, slice } = question;
	const nature = await natureOfMoney(question);
	const filter = allActivities(slice.portfolio);
	const coverage = await readCoverage(question);
	const [reach, participants, results, money] = await Promise.all([
		readReach(question, filter, coverage.codes),
		sumParticipants(db, at, filter),
		countResultsByCountry(
			db,
			at,
			coverage.projects.map(({ project_id }) => project_id)
		),
		nature && readMoney(question, nature)
	]);
	const names = await labelsOf(db, 'country', [...coverage.codes, ...countriesOf(money)]);
	const activities = new Map(reach.countries.map((country) => [country.key, country.activities]));
	// Published money may be of a country for which nothing else is.
	const codes = new Set([...activities.keys(), ...(nature === 'published' ? countriesOf(money) : [])]);
	const lines = [...codes].map((key): CountryLine => {
		const detail = coverage.details.get(key);
		return {
			code: key,
			name: reach.countries.find((country) => country.key === key)?.name ?? names.get(key) ?? key,
			activities: activities.get(key) ?? 0,
			region: detail?.region ?? null,
			world: worldRegionOf(key),
			launch_date: detail?.launch_date ?? null,
			launch_precision: detail?.launch_precision ?? 'unknown',
			launch_claim: coverage.launches.get(key)?.find(({ chosen }) => chosen)?.claim_id ?? null,
			participants: participants.find(({ country }) => country === key) ?? null,
			results: results.get(key) ?? 0
		};
	});
	const shared = participants.find(({ country }) => country === null) ?? null;
	return {
		nature,
		money,
		/** Names of the countries that the money is of, those of the programme among them. */
		names,
		countries: lines,
		held: reach.held,
		total: reach.total,
		withoutCountry: reach.withoutCountry,
		/** Activities of more than one country, which count in each of them. */
		several: (shared?.activities ?? 0) - reach.withoutCountry,
		shared: shared && {
			participants: shared.participants,
			qualifier: shared.qualifier,
			activities: shared.activities
		},
		project:
			coverage.projects.length === 1
				? (coverage.projects[0]!.short_name ?? coverage.projects[0]!.name)
				: null,
		loadedOn: at.loadedOn,
		asof: slice.asof
	};
}

/** What was spent and budgeted by country; the null country is the part allocated to none. */
async function readMoney(question: CountriesQuestion, nature: Nature): Promise<CountriesMoney> {
	const { db } = question;
	const slice = openSlice(question, { nature });
	const [sums, parts] = await Promise.all([
		totals(db, slice, MONEY_ON_MAPS),
		breakdowns(db, slice, MONEY_ON_MAPS, ['country'])
	]);
	return Object.fromEntries(
		MONEY_ON_MAPS.map((measure) => [
			measure,
			{ slice: { ...slice, measure }, total: sums[measure], of: new Map(parts[measure].map(sumOf)) }
		])
	) as CountriesMoney;
}

function sumOf({ keys, amount, entries, unconverted }: BreakdownRow): [string | null, Sum] {
	return [keys[0] ?? null, { amount, entries, unconverted }];
}

function countriesOf(money: CountriesMoney | null): string[] {
	if (money === null) return [];
	return MONEY_ON_MAPS.flatMap((measure) => [...money[measure].of.keys()]).filter((code) => code !== null);
}
