import type { ReceivedFile } from './receive.ts';
import type { Decisions } from './preview.ts';
import type { Format } from './readers/index.ts';
import type { ReaderOptions } from './readers/reader.ts';

/** How far a piece of long work is. Kept in memory by the process that does it; a restart begins the phase again. */
export type Progress = {
	importId: string;
	fileName: string;
	phase: 'waiting' | 'reading' | 'comparing' | 'posting';
	/** Bytes while reading, entries afterwards. */
	done: number;
	total: number | null;
	records: number;
	startedAt: string;
	secondsLeft: number | null;
};

/** How a source is to be read: the format (recognised when not given) and what that format's reader wants to know. */
export type ReadingChoice = { format?: Format; options?: Partial<ReaderOptions> };

/** What became of a file handed in. */
export type Taken =
	| { outcome: 'reading'; sourceId: string; sha256: string; importId: string }
	/** The same bytes with the same reader and options are what is posted, or wait as a preview, already. */
	| { outcome: 'identical'; sourceId: string; sha256: string; importId: string }
	/** Stored, but a person must say how to read it: an unknown format, or a spreadsheet without a mapping. */
	| { outcome: 'stored'; sourceId: string; sha256: string; reason: 'format-unknown' | 'mapping-needed' }
	/** Not stored: too large, or there is no room for it. Nothing is left of it. */
	| { outcome: 'refused'; refusal: Refusal };

/**
 * Where files are handed in and decided upon. One per process, hung on the runtime; the work itself is done off the main
 * thread, one import at a time. Every method but `progress` writes, so its caller has checked the visitor's right.
 */
export type IntakeDesk = {
	take(file: ReceivedFile, choice?: ReadingChoice): Promise<Taken>;
	/** Why a file of so many bytes would be refused; null when it would not. For who knows before the bytes come. */
	findNoRoom(size: number): Promise<Refusal | null>;
	/** Reads a stored source (again): a new import. */
	read(sourceId: string, choice: ReadingChoice): Promise<Taken>;
	/** Queues the posting of a staged import. Refused with a reason as a value, never half done. */
	accept(importId: string, decisions: Decisions): Promise<Refusal | null>;
	reject(importId: string, reason: string): Promise<Refusal | null>;
	/** Stops reading, comparing or posting; what was posted before stays, what was not is not. */
	cancel(importId: string): Promise<Refusal | null>;
	progress(importId: string): Progress | null;
	/** The work that holds the books just now, for pages that wait; null when none does. */
	current(): Progress | null;
	/** Waits until an import is read or posted, by whichever process; for the command line and tests. */
	settled(importId: string): Promise<ImportState>;
	close(): Promise<void>;
};

export const IMPORT_STATES = ['reading', 'staged', 'accepted', 'posted', 'rejected', 'cancelled'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** Why something cannot be done, in words for the person who asked, with what to do. */
export type Refusal = { code: RefusalCode; message: string };

/** Names of the reasons, for who wants to say them in words of their own. */
export type RefusalCode =
	| 'no-desk'
	| 'no-file'
	| 'too-large'
	| 'no-space'
	| 'unknown'
	| 'still-reading'
	| 'being-posted'
	| 'posted'
	| 'rejected'
	| 'cancelled'
	| 'not-under-way'
	| 'undecided'
	| 'names-unknown'
	| 'other-publisher'
	| 'no-change'
	| 'changed-since'
	| 'cannot-undo';
