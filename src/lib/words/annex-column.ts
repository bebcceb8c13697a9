import { m } from '#lib/paraglide/messages.js';
import type { EntryColumn } from './entry-column.ts';

/** What stands before the columns of an entry in the annex of an agreement: the rule that the row counts towards. */
export const ANNEX_COLUMNS = [
	{ name: 'agreement_rule', kind: 'text', meaning: m.agreement_annex_csv_rule },
	{ name: 'rule', kind: 'text', meaning: m.agreement_annex_csv_rule_kind },
	{ name: 'rule_article', kind: 'text', meaning: m.agreement_annex_csv_article },
	{ name: 'reached_with', kind: 'code', meaning: m.agreement_annex_csv_reached }
] as const satisfies readonly EntryColumn[];

/** What the sheet of the rules says of each of them. */
export const RULE_COLUMNS = [
	{ name: 'nature', kind: 'code', meaning: m.about_csv_nature },
	{ name: 'agreement', kind: 'text', meaning: m.about_csv_agreement },
	{ name: 'agreement_rule', kind: 'text', meaning: m.agreement_annex_rules_key },
	{ name: 'rule', kind: 'text', meaning: m.agreement_annex_csv_rule_kind },
	{ name: 'rule_article', kind: 'text', meaning: m.agreement_annex_csv_article },
	{ name: 'figure', kind: 'code', meaning: m.agreement_annex_rules_figure },
	{ name: 'words', kind: 'text', meaning: m.agreement_annex_rules_words },
	{ name: 'value', kind: 'decimal', meaning: m.agreement_annex_rules_value },
	{ name: 'unit', kind: 'code', meaning: m.agreement_annex_rules_unit },
	{ name: 'day', kind: 'date', meaning: m.agreement_annex_rules_day },
	{ name: 'rows', kind: 'integer', meaning: m.agreement_annex_rules_rows }
] as const satisfies readonly EntryColumn[];

/** The figures of a rule, as the sheet names them. */
export const RULE_FIGURES = [
	'counted_part',
	'counted',
	'left_out',
	'before_part',
	'base_part',
	'base',
	'threshold',
	'distance',
	'share',
	'crossing',
	'due',
	'text'
] as const;
export type RuleFigure = (typeof RULE_FIGURES)[number];
