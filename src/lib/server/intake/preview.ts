import type { Decimal } from '#lib/money/decimal.ts';
import type { Counting, Kind } from '#lib/slice/slice.ts';
import type { ReconversionPreview } from './reconvert.ts';
import type { DatePrecision } from './record.ts';
import type { CountingMatch } from './record-terms.ts';

/*
 * What a person sees of an import before it counts, and what they decide. Kept with the import as plain JSON. Amounts
 * are exact decimals as booked, by currency: nothing here is converted or added across currencies.
 */

/** Sums of what a file holds, or of a part of it, per currency. `(none)` stands for a currency that nobody names. */
export type KindSum = { currency: string; kind: Kind; count: number; sum: Decimal };
export type PartSum = { part: string | null; currency: string; kind: Kind; count: number; sum: Decimal };

/** A code that is on no list stands behind a question mark, `?(none)` where there is none. */
export type ReadSum = Omit<KindSum, 'kind'> & { kind: Kind | `?${string}` };

/** Everything well-formed in the file, before checks: what is refused later is in it too. */
export type ReadCounts = { activities: number; transactions: number; sums: ReadSum[] };

export type Preview = {
	read: ReadCounts;
	/** Identifiers (or row places) of what a check stopped. */
	refused: string[];
	/** Of all entries that the file would bring, whether the books have them already or not. Null: not dated so finely. */
	byMonth: PartSum[];
	byHeading: PartSum[];
	/** Activities of the file that stand on their own records, against those of the books. */
	activities: { added: number; changed: number; unchanged: number };
	/**
	 * Entries against what is there. `unclear` ones must be decided before posting. `withdrawn`: those that the file takes
	 * back by name; absent ones are counted in `absent`.
	 */
	changes: { added: number; changed: number; withdrawn: number; unchanged: number; unclear: number };
	/** Posting it would change nothing: the books say all of it already. */
	nothingChanges: boolean;
	/**
	 * All that the file's reporters have in the books, now and after posting, by kind and currency, for those that the file
	 * speaks of. Absent entries are still in `after`: `absent.sums` is what withdrawing them takes away.
	 */
	difference: { currency: string; kind: Kind; before: Decimal; after: Decimal }[];
	/** What of the reporter's is in the books and not in the file; withdrawn only if the coverage is confirmed as complete. */
	absent: { activities: number; entries: number; activityKeys: string[]; sums: KindSum[] };
	/** What its entries name and nobody knows: while there is any, the file cannot be posted. */
	unknown: UnknownReference[];
	reporters: ReporterSeen[];
	proposals: Proposal[];
	/** Entries in force that the file's exchange rates convert otherwise; null where it brings none. */
	converted: ReconversionPreview | null;
	/** Totals that the file states, beside those of its rows, and where; previews of earlier versions do not say. */
	stated: { what: string; stated: Decimal; found: Decimal; currency: string; place?: string }[];
};

/** An activity, agreement or objective that neither the file nor the books hold, with the first place that names it. */
export type UnknownReference = {
	what: 'activity' | 'agreement' | 'objective';
	key: string;
	entries: number;
	place: string;
};

/** Who reports in the file, and whether the books already know activities of theirs from another reporter's file. */
export type ReporterSeen = {
	key: string;
	name: string | null;
	activities: number;
	/** Activities of this file that the books hold from another reporter. */
	foreign: number;
};

/** Something the accepter decides; what is not decided keeps its default. */
export type Proposal =
	| {
			what: 'counting';
			/** Stable name, under which the rule is kept. */
			key: string;
			counting: Counting;
			reason: string;
			reporter: string;
			match: CountingMatch;
			entries: number;
			sums: KindSum[];
			/** True where nobody needs to be asked: a parent equal to its children. */
			certain: boolean;
	  }
	| {
			what: 'join';
			key: string;
			activity: string;
			/** Project that it would join, and the one it would make without. */
			project: string;
			projectName: string;
			reason: string;
	  };

/** One version of an entry, as the changes of a preview show it. Organisations by their keys. */
export type EntryShown = {
	/** Its number in the books; null for what the file brings. */
	entryId: string | null;
	reporter: string;
	reference: string | null;
	dateFrom: string | null;
	dateTo: string | null;
	datePrecision: DatePrecision;
	amount: Decimal;
	currency: string;
	provider: string | null;
	receiver: string | null;
	heading: string | null;
	description: string | null;
	place: string;
};

/** What `staged_change` holds in `before` and `after`. For an unclear one: the entries that it could replace, nearest first. */
export type ChangeShown =
	| { change: 'changed'; before: EntryShown; after: EntryShown }
	| { change: 'withdrawn'; before: EntryShown; after: null }
	| { change: 'unclear'; before: EntryShown[]; after: EntryShown };

/** What the accepter decided. */
export type Decisions = {
	explanation: string;
	/** The file is all that its reporter knows: absent entries are withdrawn. */
	complete: boolean;
	/** Keys of the proposals that hold; certain ones hold unless refused. */
	accepted: string[];
	refused: string[];
	/** For each unclear change (by change_no): the entry of the books it replaces, or null for a new one. */
	pairs: Record<string, string | null>;
};

/** Entries of a posting, by what became of them. */
export type PostedCounts = { added: number; changed: number; retired: number; unchanged: number };
