/** What a file must be checked against beside itself. Nothing here is read from a clock: the caller says what day it is. */
export type RuleContext = {
	/** ISO date: what lies after it is in the future. */
	today: string;
	/** The version that holds for the element (`2.03`, `1.05`): version 1 writes other codes, and texts without `narrative`. */
	version: string;
	/** Identifiers of organisations that are known to publish: the rules on how such an identifier is written spare them. */
	publishers?: ReadonlySet<string>;
};

/** One thing that a check has to say about one place of an activity or organisation. */
export type RuleFinding = {
	/** `iati-2.1.2` for a rule of the standard, by its own number; a short name for our own checks (`code-unknown`). */
	id: string;
	/** As intake treats it: an error stops the activity. Rules of the standard never do, whatever the standard calls them. */
	severity: 'error' | 'warning';
	/** What the standard calls it; null for our own checks. */
	standard: 'error' | 'warning' | null;
	/** One or two plain sentences: what is wrong and, where it helps, what to do. Without the place. */
	message: string;
	/** `/iati-activities/iati-activity[3]/transaction[2]/value[1]`, with `/@currency` where it is an attribute. */
	path: string;
	/** Where the element starts, 1-based. */
	line: number;
	/** What stood there, shortened; empty where nothing did. */
	read: string;
	/** Said on the last finding of an id only: how many more places of this element have the same, and are not listed. */
	further: number;
};
