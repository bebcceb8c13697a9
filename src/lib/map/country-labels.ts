import { meets, type Box } from './box.ts';
import type { MapCountry } from './map-data.ts';
import type { WorldArea } from './world.ts';

/** Where the value of a country is printed: on it, or `beside` one too slight to bear it. */
export type CountryLabel = { country: MapCountry; x: number; y: number; beside: boolean };

type Drawn = { country: MapCountry; area: WorldArea };

/** Of a letter, in drawing units of the whole map: measured on a tablet, where text is the largest that is still printed. */
const LETTER = 20;
const LINE = 36;
const GAP = 6;

/**
 * Prints the values of countries, the greatest first; one that would cover another is left to the title and the table, for
 * two numbers over each other read as a third.
 * @param zoom how many times larger than the whole map is drawn
 */
export function setLabels(
	drawn: readonly Drawn[],
	isSlight: (area: WorldArea) => boolean,
	zoom = 1
): CountryLabel[] {
	const taken: Box[] = [];
	return drawn
		.filter(({ country }) => country.label !== '')
		.toSorted(
			(a, b) => (b.country.level ?? 0) - (a.country.level ?? 0) || compareValues(b.country, a.country)
		)
		.flatMap(({ country, area }) => {
			const beside = isSlight(area);
			const [long, high] = [(country.label.length * LETTER) / zoom, LINE / zoom];
			const y = area.centroid[1];
			const x = beside ? area.bounds[2] + GAP / zoom : area.centroid[0];
			const left = beside ? x : x - long / 2;
			const box: Box = [left, y - high / 2, left + long, y + high / 2];
			if (taken.some((other) => meets(other, box))) return [];
			taken.push(box);
			return [{ country, x, y, beside }];
		});
}

/** Labels are short: of two, the longer is the greater, else the one that stands later. */
function compareValues({ label: a }: MapCountry, { label: b }: MapCountry): number {
	return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
