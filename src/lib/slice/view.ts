import type { Decimal } from '#lib/money/decimal.ts';
import type { Method, StratumDimension } from '#lib/sample/plan.ts';
import type { FormulaName } from './formula.ts';
import type { RuleFormulaName } from './rule.ts';
import type { Dimension, Kind } from './slice.ts';
import type { WorldRegion } from '#lib/words/world-region.ts';

/** Measures that a map of countries can show. */
export const MONEY_ON_MAPS = ['spent', 'budget'] as const;
export const MAP_MEASURES = ['activities', 'participants', 'results', ...MONEY_ON_MAPS] as const;
export type MapMeasure = (typeof MAP_MEASURES)[number];

/** A class of a map's legend. */
export const MAP_CLASSES = ['1', '2', '3', '4', '5', '0', 'none'] as const;
export type MapClass = (typeof MAP_CLASSES)[number];

/** How a slice is looked at. A view never changes a total. */
export type View = {
	/** A column's name, with a leading minus for the largest first; `null` is the page's own order. */
	sort: string | null;
	group: Dimension | null;
	columns: string[] | null;
	/** Opaque cursor of the page of rows before. */
	after: string | null;
	/** `off` hides every demonstration block. */
	demonstration: 'on' | 'off';
};

/** Parameters that only some pages know. Each page names its own when it reads its address. */
export type PageFields = {
	/** Text to search for. */
	q: string | null;
	/** Kind of activity. */
	type: string | null;
	status: string | null;
	/** IATI OrganisationRole, 1-4. */
	role: string | null;
	/** Number of a claim whose proof is asked for. */
	claim: string | null;
	/** Formula whose proof is asked for. */
	formula: FormulaName | RuleFormulaName | null;
	/** Key of the agreement's rule that the formula is of. */
	agreement_rule: string | null;
	/** Place in a source file to look at: a row (of a sheet, where it has several), or a line of an XML file. */
	row: string | null;
	sheet: string | null;
	line: string | null;
	/** Whose last layout a spreadsheet is read by: an organisation's key or name. */
	reporter: string | null;
	/** One of the imports of a source. */
	import: string | null;
	/** Which of an import's entries are listed, by IATI's kind. */
	kind: Kind | null;
	/** Which of an import's findings are listed. */
	severity: 'critical' | 'error' | 'warning' | null;
	rule: string | null;
	/** The group whose rows are shown under its subtotal. */
	open: string | null;
	/** Whether pooled spending stays apart, or is shown shared out by receipts. */
	pooled: 'apart' | 'pro_rata';
	/** Since when changes are asked for: a day, or the number of a posting. */
	since: string | null;
	/** What the map of countries shows, and which of its classes: 1 to 5, 0, or `none` for what is not published. */
	map: MapMeasure | null;
	class: MapClass[] | null;
	/** The same for the map of the demonstration. */
	demonstration_map: (typeof MONEY_ON_MAPS)[number] | null;
	demonstration_class: MapClass[] | null;
	/** A region of the world that a map is of. */
	region: WorldRegion | null;
	/** How activities are shown; null is the list. */
	view: ActivityView | null;
	/** Year, quarter or month in which something was under way, or `none` for what is not dated. */
	period: string | null;
	/** Year, quarter or month that a timeline is drawn for. Never changes what is counted. */
	zoom: string | null;
	/** Whether a number of participants is stated. */
	participants: 'with' | 'without' | null;
	/** The one kind of thing that a search is narrowed to. */
	in: SearchGroup | null;
	/** How a sample is drawn, of how many items or at what interval of money, by what strata, from what seed. */
	method: Method;
	size: number;
	interval: Decimal | null;
	strata: StratumDimension | null;
	seed: string | null;
	/** Asks for the SHA-256 of what a page packs, however large. */
	hash: 'pack' | null;
	/** One dimension or two that a program asks a slice to be cut by. */
	by: readonly [Dimension] | readonly [Dimension, Dimension] | null;
	/** How many rows a program takes at once. */
	limit: number | null;
};
/** The most rows that a program gets at once. */
export const MOST_ROWS = 1000;
export const ACTIVITY_VIEWS = ['timeline', 'map'] as const;
export type ActivityView = (typeof ACTIVITY_VIEWS)[number];

/** What a search finds, in the order in which it is shown. */
export const SEARCH_GROUPS = ['countries', 'projects', 'organisations', 'activities', 'sources'] as const;
export type SearchGroup = (typeof SEARCH_GROUPS)[number];

export type PageField = keyof PageFields;
export const PAGE_FIELDS = [
	'q',
	'type',
	'status',
	'role',
	'claim',
	'formula',
	'agreement_rule',
	'row',
	'sheet',
	'line',
	'reporter',
	'import',
	'kind',
	'severity',
	'rule',
	'open',
	'pooled',
	'since',
	'map',
	'class',
	'demonstration_map',
	'demonstration_class',
	'region',
	'view',
	'period',
	'zoom',
	'participants',
	'in',
	'method',
	'size',
	'interval',
	'strata',
	'seed',
	'hash',
	'by',
	'limit'
] as const satisfies readonly PageField[];

export const DEFAULT_VIEW: Readonly<View> = {
	sort: null,
	group: null,
	columns: null,
	after: null,
	demonstration: 'on'
};
