import type { Nature } from '#lib/slice/slice.ts';
import type { Finding, IntakeRecord } from '../record.ts';
import type { Mapping } from '../spreadsheet/mapping.ts';

export type ReaderOptions = {
	/** Named in every `place`, so that a record can be looked up: `activities.csv row 17`. */
	fileName: string;
	/** Nature of the import. A row that states another is refused. */
	nature: Nature;
	/** How a partner's own layout is read; the reader `ledger-sheet` needs one, the others have none. */
	mapping?: Mapping;
};

/**
 * Turns the bytes of one source into records, as a stream. Content that cannot be used becomes a finding and
 * never an exception; only a failing byte source throws. Bump `version` when the same bytes read differently.
 */
export type Reader = {
	name: string;
	version: string;
	read(bytes: AsyncIterable<Uint8Array>, options: ReaderOptions): AsyncGenerator<IntakeRecord | Finding>;
};
