import type { Nature } from './slice.ts';

/**
 * A state of the books: the last posting of each nature that is looked at, 0 for none. As text, `27.5`, it is what the
 * caches, the downloads and the citations call a data version.
 */
export type DataVersion = Readonly<Record<Nature, number>>;

const VERSION = /^(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})$/;

/** The pair of numbers; null for any other text, and for books that hold nothing. */
export function readVersion(text: string): DataVersion | null {
	const match = VERSION.exec(text);
	if (match === null) return null;
	const [published, demonstration] = [match[1]!, match[2]!].map((digits) => Number.parseInt(digits, 10));
	return published === 0 && demonstration === 0
		? null
		: { published: published!, demonstration: demonstration! };
}

export const writeVersion = ({ published, demonstration }: DataVersion): string =>
	`${published}.${demonstration}`;

/** The last posting of a nature that a version knows of; null without a version. */
export function lastPostingOf(version: string | null | undefined, nature: Nature): number | null {
	const read = version == null ? null : readVersion(version);
	return read === null ? null : read[nature];
}
