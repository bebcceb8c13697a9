import type { FailedCheck } from '#lib/slice/check.ts';
import type { Locale } from '#lib/paraglide/runtime.js';

/** `on`: shown. `off`: the visitor hid it (`demonstration=off`). `unavailable`: this installation holds none. */
export type DemonstrationSwitch = 'on' | 'off' | 'unavailable';

/** One posting of one nature: its gap-free number and the moment it was known. */
export type PostingStamp = {
	no: number;
	/** ISO 8601, UTC. */
	knownAt: string;
	/** Only the demonstration seed may say so; it is labelled "simulated history". */
	simulated: boolean;
};

/** What the root layout gives to every page, and what every link on it carries along. */
export type LayoutData = {
	locale: Locale;
	demonstration: DemonstrationSwitch;
	/** The ISO day asked for, or null for now. */
	asof: string | null;
	/** The data version asked for, or null for the latest. */
	version?: string | null;
	portfolio: {
		key: string;
		name: string;
		/** The portfolio that `/` shows when the address names none: left out of addresses. */
		home: string;
		/** The one project the navigation opens; null for a portfolio of several. */
		project: { id: string; name: string } | null;
	};
	/** Null where nothing of that nature is posted (at that day), or where the database can't be reached. */
	postings: { published: PostingStamp | null; demonstration: PostingStamp | null };
	/** ISO day of the latest published movement of money, or null when none was ever published. */
	latestMovement: string | null;
	/** The checks that fail in what the page may show, of either nature. */
	failedChecks: FailedCheck[];
	/** The pair of posting numbers as the caches and citations write it. */
	dataVersion: string;
	/** Scheme and host as visitors reach them, without a slash at the end. */
	origin: string;
	/** Canonical path and query, without the language prefix. */
	address: string;
	/** Where errors are reported: a `mailto:` or `https:` address, or null for the page `/about`. */
	reportTo: string | null;
	/** Whether rows can be downloaded as IATI. */
	iati: boolean;
	/** Rows that anyone may take away in one download; 0 is without a limit. */
	mostRows: number;
};
