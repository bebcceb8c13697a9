import { hash } from 'node:crypto';
import type { Decimal } from '#lib/money/decimal.ts';
import type { Nature } from '#lib/slice/slice.ts';

/** A figure as a report states it, and where it is proved. Amounts are whole and never rounded. */
export type ReportFigure = {
	label: string;
	nature: Nature;
	/** Null where nothing is published. */
	value: Decimal | null;
	/** The currency, `percent`, `percentage_points`, or `date` for a day that was computed. */
	unit: string;
	/** What stands beside it because it has no rate, as booked. */
	unconverted?: { currency: string; amount: Decimal }[];
	/**
	 * A permanent address: the same figure at the same state of the books; of one row its own page, of a term of an agreement
	 * its place in the stored file; of rows that had no room and that no slice holds together, the table of all rows; of what is
	 * worked out by rates, the slice whose rows name them. Null for books that hold nothing.
	 */
	proof: string | null;
};

/** All that a report states, without its looks. */
export type Manifest = {
	kind: string;
	title: string;
	language: string;
	/** Where the report stands: the same again, to the byte. */
	address: string;
	filter: string;
	/** ISO day asked for; null for all that the data version holds. */
	as_of: string | null;
	data_version: string | null;
	/** When that state of the books became known. */
	known_at: string | null;
	terms: string;
	figures: ReportFigure[];
	sources: { name: string; sha256: string; nature: Nature }[];
	/** Who published the exchange rates; null where there are too many rows to tell. */
	rate_publishers: string[] | null;
};

/** JSON without blanks, the names of each object in order of their code units: the same manifest is the same text. */
export function canonicalJson(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
	if (typeof value !== 'object' || value === null) return JSON.stringify(value);
	const members = Object.entries(value)
		.filter(([, member]) => member !== undefined)
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
	return `{${members.join(',')}}`;
}

/** SHA-256 of a manifest's text, in hexadecimal. */
export const hashManifest = (text: string): string => hash('sha256', text, 'hex');
