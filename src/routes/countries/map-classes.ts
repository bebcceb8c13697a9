import type { LegendBand, Level } from '#lib/map/map-data.ts';
import type { MapClass } from '#lib/slice/view.ts';
import { bandsFor } from '../reach/bands.ts';

/** What a map shows of one country. */
export type Shown = {
	code: string;
	name: string;
	/** For choosing a class only: whole, and null where nothing is published. */
	value: number | null;
	/** Printed on the country; empty prints none. */
	label: string;
	/** Spoken after its name. */
	text: string;
};

/** One class of the legend with how many countries are in it. */
export type LegendClass = LegendBand & { class: MapClass; countries: number; chosen: boolean };

/** Countries in their classes. */
export type Classed = {
	classes: LegendClass[];
	levelOf: (country: Shown) => Level;
	/** Whether a country is in one of the classes asked for. */
	isIn: (country: Shown) => boolean;
};

/**
 * Puts countries in classes and says which of the classes are asked for.
 * @param chosen classes of the address; null asks for all
 * @param band words for a class by its ends
 * @param words what zero and what is not published are called
 */
export function classify(
	countries: readonly Shown[],
	chosen: readonly MapClass[] | null,
	band: (from: number, to: number) => string,
	words: { zero: string; negative: string; missing: string }
): Classed {
	const values = countries.flatMap(({ value }) => value ?? []);
	const shades = bandsFor(values, band);
	const levelOf = ({ value }: Shown): Level => (value === null ? null : shades.level(value));
	const classOf = ({ value }: Shown): MapClass => classNamed(value === null ? null : shades.classOf(value));
	const negative = values.some((value) => value < 0);
	const bands = [
		...shades.bands,
		{ level: 0 as const, class: 0, label: negative ? words.negative : words.zero },
		{ level: null, class: null, label: words.missing }
	];
	const classes = bands.map((one) => {
		const name = classNamed(one.class);
		const members = countries.filter((country) => classOf(country) === name).length;
		return { ...one, class: name, countries: members, chosen: chosen?.includes(name) ?? false };
	});
	return {
		// A class without a country stands in the legend only while it is asked for.
		classes: classes.filter((one) => one.countries > 0 || one.chosen),
		levelOf,
		isIn: (country) => chosen === null || chosen.includes(classOf(country))
	};
}

function classNamed(number: number | null): MapClass {
	return number === null ? 'none' : (String(number) as MapClass);
}

/** The classes to ask for when one is chosen or no longer: null where that would be none. */
export function toggled(classes: readonly LegendClass[], one: MapClass): string | null {
	const names = classes
		.filter((other) => (other.class === one ? !other.chosen : other.chosen))
		.map((other) => other.class);
	return names.length === 0 ? null : names.join(',');
}
