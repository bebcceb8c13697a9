import { meets, type Box } from './box.ts';
import type { LocalPlace } from './map-data.ts';
import type { Point } from './simplify.ts';

export type PlacedMarker = {
	place: LocalPlace;
	x: number;
	y: number;
	r: number;
	/** Where the label begins (or ends, by `anchor`), or `null` where it would cover something. */
	label: { x: number; y: number; anchor: 'start' | 'middle' | 'end'; text: string } | null;
};

/** Measured for the text of a narrow screen, which is the largest in drawing units. */
const LINE = 34;
const LETTER = 16;
const GAP = 8;

/**
 * Sets markers and their labels: area follows the count, the largest lies undermost, and a label takes the first
 * of four sides where it covers no marker, no other label and stays inside; else it is left to the title.
 */
export function placeMarkers(
	places: LocalPlace[],
	locate: (at: Point) => Point | null,
	width: number,
	height: number
): PlacedMarker[] {
	const most = Math.max(1, ...places.map((place) => place.count));
	const markers = places
		.flatMap((place) => {
			const at = locate(place.at);
			return at ? [{ place, x: at[0], y: at[1], r: Math.round(9 + 15 * Math.sqrt(place.count / most)) }] : [];
		})
		.toSorted((a, b) => b.r - a.r || (a.place.name < b.place.name ? -1 : 1));
	const taken: Box[] = markers.map(({ x, y, r }) => [x - r, y - r, x + r, y + r]);
	return markers.map((marker) => {
		const { x, y, r, place } = marker;
		const text = place.label ?? place.name;
		const long = text.length * LETTER;
		const sides: { box: Box; label: NonNullable<PlacedMarker['label']> }[] = [
			{
				box: [x + r + GAP, y - LINE / 2, x + r + GAP + long, y + LINE / 2],
				label: { x: x + r + GAP, y: y + 9, anchor: 'start', text }
			},
			{
				box: [x - r - GAP - long, y - LINE / 2, x - r - GAP, y + LINE / 2],
				label: { x: x - r - GAP, y: y + 9, anchor: 'end', text }
			},
			{
				box: [x - long / 2, y - r - GAP - LINE, x + long / 2, y - r - GAP],
				label: { x, y: y - r - GAP - 6, anchor: 'middle', text }
			},
			{
				box: [x - long / 2, y + r + GAP, x + long / 2, y + r + GAP + LINE],
				label: { x, y: y + r + GAP + 22, anchor: 'middle', text }
			}
		];
		const free = sides.find(
			({ box }) =>
				box[0] > 4 &&
				box[1] > 4 &&
				box[2] < width - 4 &&
				box[3] < height - 4 &&
				!taken.some((t) => meets(t, box))
		);
		if (free) taken.push(free.box);
		return { ...marker, label: free?.label ?? null };
	});
}
