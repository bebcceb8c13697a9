import type { Nature } from '#lib/slice/slice.ts';
import type { Preview, ReadCounts } from '../preview.ts';
import type { Finding, IntakeRecord, Placed } from '../record.ts';
import type { Mapping } from '../spreadsheet/mapping.ts';

export type ReaderOptions = {
	/** Named in every `place`, so that a record can be looked up: `activities.csv row 17`. */
	fileName: string;
	/** Nature of the import. A row that states another is refused. */
	nature: Nature;
	/** How a partner's own layout is read; the reader `ledger-sheet` needs one, the others have none. */
	mapping?: Mapping;
	/** ISO day after which a date lies in the future; that of the clock where none is given. */
	today?: string;
};

/**
 * Takes back the activity that was read under an identifier, with its results and its money: the file has another of the
 * same identifier further down.
 */
export type Retraction = Placed & { kind: 'retraction'; activity: string };

/**
 * What a file holds before any check, and what was refused: identifiers, or places where there is none. Comes last.
 * `stated`: totals that the file states, each beside the sum of its rows.
 */
export type ReadSummary = {
	kind: 'read_counts';
	counts: ReadCounts;
	refused: string[];
	stated?: Preview['stated'];
};

export type Read = IntakeRecord | Finding | Retraction | ReadSummary;

/**
 * Turns the bytes of one source into records, as a stream. Content that cannot be used becomes a finding and
 * never an exception; only a failing byte source throws. Bump `version` when the same bytes read differently.
 */
export type Reader<Item extends Read = IntakeRecord | Finding> = {
	name: string;
	version: string;
	read(bytes: AsyncIterable<Uint8Array>, options: ReaderOptions): AsyncGenerator<Item>;
};

/** The day after which a date lies in the future. */
export function todayOf({ today }: ReaderOptions): string {
	return today ?? new Date().toISOString().slice(0, 10);
}
