import type { Nature } from '#lib/slice/slice.ts';

/**
 * How a country is filled: a class from 1 (lightest) to 5 (darkest), 0 for a value that is nought, and
 * `null` where nothing was published. The three look different, and a country without a project differs from all.
 */
export type Level = 0 | 1 | 2 | 3 | 4 | 5 | null;

export type MapCountry = {
	/** ISO alpha-2. */
	code: string;
	name: string;
	level: Level;
	/** Short value printed on the country; empty prints none. */
	label: string;
	/** What is spoken after the name, for example "12 activities" or "not published". */
	text: string;
	href: string;
	/** Left out by a filter: drawn without its value, and no link. */
	out?: boolean;
	/** The one that the address names. */
	selected?: boolean;
};

/** A place that hosts activities but is in no programme country: an outlined marker. */
export type HeldPlace = {
	name: string;
	/** Longitude and latitude in degrees. */
	at: [number, number];
	text: string;
	href: string;
	/** No source says which country it is in. */
	unstated?: boolean;
};

export type LocalPlace = HeldPlace & {
	/** How many activities: the marker's area follows it. */
	count: number;
	/** Printed beside the marker where there is room; the name when left out. */
	label?: string;
};

/** One class of the legend, for example `{ level: 2, label: '10 to 19' }`. */
export type LegendBand = {
	level: Level;
	label: string;
	/** Where the legend is a filter: the address with this class asked for, or no longer. */
	href?: string;
	chosen?: boolean;
	/** How many countries are in it. */
	countries?: number;
};

/** Links that show a part of the map, the whole one first. */
export type MapPart = { label: string; href: string; current: boolean };

/** What stands around every map. */
export type MapFrameProps = {
	/** Unique on the page; the figure's anchor. */
	id: string;
	title: string;
	/** Measure and unit. */
	subtitle: string;
	nature: Nature;
	/** Where the values come from, as of when. */
	source: string;
	/** Level of the title's heading. */
	heading?: 2 | 3 | 4;
	/** On a wide screen the table stands beside the map and not under it. */
	beside?: boolean;
};
