import type { XmlElement } from '../xml.ts';
import type { FindingCollection } from './collect.ts';

/**
 * The items of a split that has to make 100 per cent. Paths go from the element that the rule stands at; `by` parts the
 * items into splits of their own, one a vocabulary.
 */
export type Split = {
	items: string;
	by?: '@vocabulary' | '../@vocabulary';
	/** Elements that share the same 100: countries beside regions. */
	beside?: string;
	/** Elements whose presence leaves the split to another rule. */
	unless?: string;
};

/**
 * What a rule looks at, one shape for each kind of rule. Paths are read by `path` and conditions by `condition` in
 * paths.ts.
 */
export type Kind =
	// Identifiers
	| { kind: 'differ'; paths: readonly [string, string] }
	| { kind: 'begin'; path: string; prefixes: readonly string[] }
	| { kind: 'agency'; path: string }
	| { kind: 'trimmed'; path: string }
	| { kind: 'symbols'; path: string; spares: 'publishers' | 'their-activities' }
	| { kind: 'characters'; path: string }
	// Percentages
	| { kind: 'each-share'; split: Split }
	| { kind: 'sum-of-shares'; split: Split; atLeastTwo: 'items' | 'percentages' }
	| { kind: 'single-share'; split: Split }
	| { kind: 'percentage'; path: string }
	// What must be there, or must not
	| { kind: 'present'; any: readonly string[]; when?: string }
	| { kind: 'absent'; path: string; when: string }
	| { kind: 'number'; path: string; when: string }
	| { kind: 'default-or-each'; default: string; elements: readonly string[]; attribute: string }
	| { kind: 'one-of-vocabulary'; items: string }
	| { kind: 'dac-too'; items: string }
	| { kind: 'here-or-above'; name: string }
	// On the activity or on its transactions
	| { kind: 'one-level'; of: readonly string[] }
	| { kind: 'some-level'; of: readonly string[] }
	| { kind: 'all-transactions'; of: readonly string[] }
	// Dates
	| { kind: 'order'; first: string; last: string }
	| { kind: 'not-future'; path: string }
	| { kind: 'within'; path: string; from: string; to: string }
	| { kind: 'one-year'; from: string; to: string };

export type Rule = Kind & {
	/** The number in the standard's ruleset, or a name of our own. */
	id: string;
	/** What the standard calls it; null where the rule is our own. */
	standard: 'error' | 'warning' | null;
	/**
	 * The elements it looks at: paths below `iati-activity` or `iati-organisation`, which itself is `.`; `//title` is
	 * every `title`, however deep.
	 */
	at: readonly string[];
	says: string;
};

/** A rule of one kind, as the function of that kind takes it. */
export type RuleOf<K extends Kind['kind']> = Rule & Extract<Kind, { kind: K }>;

/** What holds while one activity or organisation is being checked. */
export type Scope = {
	root: XmlElement;
	today: string;
	/** Version 1 of the standard: other codes, and texts without `narrative`. */
	version1: boolean;
	publishers: ReadonlySet<string>;
	findings: FindingCollection;
	/** The root's children by name: it has many, and most rules ask for a few. */
	byName: ReadonlyMap<string, readonly XmlElement[]>;
	/** What has been counted so far of the transactions that hold one of some elements. */
	levels: Map<readonly string[], Level>;
	/** What of the root has been split into hundreds so far. */
	parts: Map<Split, readonly Part[]>;
};

/** One hundred per cent: its own items and those that share it. */
export type Part = {
	items: readonly XmlElement[];
	beside: readonly XmlElement[];
	/** Null where the split is not by vocabulary. */
	vocabulary: string | null;
};

/** How many of an activity's transactions hold one of some elements: `count` of `of`. */
export type Level = {
	of: number;
	count: number;
	first: XmlElement | null;
	firstWithout: XmlElement | null;
};

/** Looks at one element and adds what it finds to the scope's findings. */
export type Check = (element: XmlElement, scope: Scope) => void;
