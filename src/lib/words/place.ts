/** The row number in a place such as `activities.csv row 17`; null for a place of another shape. */
export function rowOfPlace(place: string): number | null {
	const match = / row (\d+)$/.exec(place);
	return match ? Number.parseInt(match[1]!, 10) : null;
}

/** Address of a stored file, at the row where a record stands. */
export function sourceAddress(sha256: string, place: string | null): string {
	const row = place === null ? null : rowOfPlace(place);
	return row === null ? `/sources/${sha256}` : `/sources/${sha256}?row=${row}#row-${row}`;
}
