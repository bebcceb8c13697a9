import type { FormulaName } from './formula.ts';
import type { RuleFormulaName } from './rule.ts';
import type { Dimension, Kind } from './slice.ts';

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
};
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
	'since'
] as const satisfies readonly PageField[];

export const DEFAULT_VIEW: Readonly<View> = {
	sort: null,
	group: null,
	columns: null,
	after: null,
	demonstration: 'on'
};
