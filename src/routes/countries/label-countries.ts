import type { MapCountry } from '#lib/map/map-data.ts';
import { m } from '#lib/paraglide/messages.js';
import type { CountriesMoney, CountryLine, readCountries } from '#lib/server/page/countries.ts';
import type { DatePrecision } from '#lib/slice/period.ts';
import { valuesOf } from '#lib/slice/parameter.ts';
import type { Sum } from '#lib/slice/slice.ts';
import type { MapMeasure, PageFields } from '#lib/slice/view.ts';
import { formatQualified } from '#lib/words/count.ts';
import { formatDayWithPrecision } from '#lib/words/date.ts';
import { regionLabel } from '#lib/words/fact.ts';
import { WORLD_REGIONS, worldRegionLabel, type WorldRegion } from '#lib/words/world-region.ts';
import { classify, type LegendClass, type Shown } from './map-classes.ts';
import { bandWords, classWords, showLine, titleOf } from './map-words.ts';
import { orderCountries, type Order } from './order-countries.ts';

// Words of the page of countries, made where it is loaded: the glossary need not travel to the browser.

/** A country of the programme in words. */
export type CountryRow = {
	code: string;
	name: string;
	region: string | null;
	launch: string | null;
	/** The claim that the launch was taken from, where sources were compared. */
	launchClaim: string | null;
	activities: number;
	participants: string | null;
	results: number;
	/** Named by the address. */
	selected?: boolean;
	spent: Sum | null;
	budget: Sum | null;
};

/** A map with its legend; `out` countries are left out by the filter. */
export type DrawnMap = {
	title: string;
	classes: LegendClass[];
	countries: Omit<MapCountry, 'href'>[];
};

type Page = Awaited<ReturnType<typeof readCountries>>;
type Asked = Pick<PageFields, 'map' | 'class' | 'region'> & { country: string | null; sort: Order };

/** What is published: the map of one measure and its table, in step: the same countries in the same order. */
export function labelCountries({ countries, money, nature }: Page, asked: Asked) {
	const measure = asked.map ?? 'activities';
	const selected = new Set(valuesOf(asked.country));
	const published = nature === 'published' ? money : null;
	const ordered = orderCountries(countries, asked.sort, published);
	const all = ordered.map((line) => showLine(line, measure, published));
	const classed = classify(
		all,
		asked.class,
		bandWords(measure, published?.spent.slice.currency),
		classWords('published')
	);
	const isIn = (line: CountryLine, shown: Shown) =>
		isInRegion(line.world, asked.region) && classed.isIn(shown);
	return {
		measure,
		/** Money that is not published is told in words and never drawn. */
		drawn: isDrawn(measure, published),
		map: {
			title: titleOf(measure, all, countries),
			classes: classed.classes,
			countries: ordered.map((line, index) => ({
				...all[index]!,
				level: classed.levelOf(all[index]!),
				out: !isIn(line, all[index]!),
				selected: selected.has(line.code)
			}))
		} satisfies DrawnMap,
		rows: ordered
			.filter((line, index) => isIn(line, all[index]!))
			.map((line) => ({ ...rowOf(line, published), selected: selected.has(line.code) })),
		regions: regionsOf(countries)
	};
}

function isDrawn(measure: MapMeasure, published: CountriesMoney | null): boolean {
	return (measure !== 'spent' && measure !== 'budget') || (published?.[measure].total.entries ?? 0) > 0;
}

export function isInRegion(world: WorldRegion | null, region: WorldRegion | null): boolean {
	return region === null || world === region;
}

/** The regions that countries of the programme lie in, with how many. */
export function regionsOf(lines: readonly Pick<CountryLine, 'world'>[]) {
	return WORLD_REGIONS.map((region) => ({
		region,
		label: worldRegionLabel(region),
		countries: lines.filter(({ world }) => world === region).length
	})).filter(({ countries }) => countries > 0);
}

function rowOf(line: CountryLine, money: CountriesMoney | null): CountryRow {
	const { code, name, region, world, launch_date, launch_precision, participants } = line;
	return {
		code,
		name,
		activities: line.activities,
		results: line.results,
		region: region ? regionLabel(region) : world && worldRegionLabel(world),
		launch:
			launch_date && formatDayWithPrecision(launch_date, launch_date, launch_precision as DatePrecision),
		launchClaim: line.launch_claim,
		participants:
			participants?.participants == null
				? null
				: formatQualified(participants.participants, participants.qualifier),
		spent: money?.spent.of.get(code) ?? null,
		budget: money?.budget.of.get(code) ?? null
	};
}

/** A country in the table of invented money; the null code is the part allocated to none. */
export type InventedRow = { code: string | null; name: string; spent: Sum | null; budget: Sum | null };

/** The demonstration: a map of its own and its table, in step. */
export function labelInvented(
	{ countries, money, names, nature }: Page,
	asked: Omit<Asked, 'map' | 'class'> & Pick<PageFields, 'demonstration_map' | 'demonstration_class'>
) {
	if (nature !== 'demonstration' || money === null) return null;
	const measure = asked.demonstration_map ?? 'spent';
	const selected = new Set(valuesOf(asked.country));
	const known = new Map(countries.map((line) => [line.code, line]));
	const lines = [...names].map(([code, name]) => ({ code, name, world: known.get(code)?.world ?? null }));
	const ordered = orderCountries(lines, asked.sort, money);
	const all = ordered.map((line) => showLine({ ...line }, measure, money));
	const classed = classify(
		all,
		asked.demonstration_class,
		bandWords(measure, money.spent.slice.currency),
		classWords('demonstration')
	);
	const isIn = (index: number) =>
		isInRegion(ordered[index]!.world, asked.region) && classed.isIn(all[index]!);
	const rows: InventedRow[] = ordered
		.filter((_, index) => isIn(index))
		.map(({ code, name }) => ({ code, name, ...sumsOf(money, code) }));
	const isFiltered = asked.demonstration_class !== null || asked.region !== null;
	return {
		measure,
		money: {
			spent: { slice: money.spent.slice, total: money.spent.total },
			budget: { slice: money.budget.slice, total: money.budget.total }
		},
		isFiltered,
		map: {
			title: measure === 'spent' ? m.places_spending() : m.places_map_budget(),
			classes: classed.classes,
			countries: ordered.map(({ code }, index) => ({
				...all[index]!,
				level: classed.levelOf(all[index]!),
				out: !isIn(index),
				selected: selected.has(code)
			}))
		} satisfies DrawnMap,
		rows: isFiltered ? rows : [...rows, { code: null, name: '', ...sumsOf(money, null) }]
	};
}

function sumsOf(money: CountriesMoney, code: string | null): { spent: Sum | null; budget: Sum | null } {
	return { spent: money.spent.of.get(code) ?? null, budget: money.budget.of.get(code) ?? null };
}
