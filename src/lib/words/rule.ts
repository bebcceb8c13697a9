import { formatPercent } from '#lib/money/format.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Locale } from '#lib/paraglide/runtime.js';
import type { RuleBase, RuleFormulaName } from '#lib/slice/rule.ts';
import { glossary, openGlossary } from './glossary.ts';

/** What a rule of an agreement is about: "Next instalment". */
export const { label: ruleLabel } = openGlossary({
	indirect_rate: [m.words_rule_indirect_rate],
	instalment_threshold: [m.words_rule_instalment_threshold],
	heading_transfer_limit: [m.words_rule_heading_transfer_limit],
	final_report_deadline: [m.words_rule_final_report_deadline],
	retention: [m.words_rule_retention]
});

/** A figure of a rule: "Threshold", and what it means. */
export const { label: ruleFormulaLabel, definition: ruleFormulaDefinition } = glossary<RuleFormulaName>({
	rule_counted: [m.words_rule_counted, m.words_rule_counted_definition],
	rule_base: [m.words_rule_base, m.words_rule_base_definition],
	rule_threshold: [m.words_rule_threshold, m.words_rule_threshold_definition],
	rule_distance: [m.words_rule_distance, m.words_rule_distance_definition],
	rule_share: [m.words_rule_share, m.words_rule_share_definition],
	rule_crossing: [m.words_rule_crossing, m.words_rule_crossing_definition]
});

/** What a threshold is a part of: "the last instalment". */
export const { label: ruleBaseLabel, definition: ruleBaseDefinition } = glossary<RuleBase>({
	last_instalment: [m.words_rule_base_last_instalment, m.words_rule_base_last_instalment_definition],
	instalments: [m.words_rule_base_instalments, m.words_rule_base_instalments_definition],
	agreement: [m.words_rule_base_agreement, m.words_rule_base_agreement_definition],
	other_headings: [m.words_rule_base_other_headings, m.words_rule_base_other_headings_definition],
	heading_budget: [m.words_rule_base_heading_budget, m.words_rule_base_heading_budget_definition],
	end_date: [m.words_rule_base_end_date, m.words_rule_base_end_date_definition]
});

type Said = { base: RuleBase; value: string };

/** A threshold as a reader says it: "all earlier instalments + 70% of the last instalment". */
export function thresholdInWords({ base, value }: Said, locale?: Locale): string {
	if (base === 'end_date') return m.words_rule_threshold_end_date({ days: value }, { locale });
	const part = m.words_rule_part(
		{ percent: formatPercent(value, locale), base: ruleBaseLabel(base, locale) },
		{ locale }
	);
	if (base === 'last_instalment') return m.words_rule_threshold_last_instalment({ part }, { locale });
	return base === 'heading_budget' ? m.words_rule_threshold_heading_budget({ part }, { locale }) : part;
}

/** A rule's figure as a reader says it: "threshold − counted". */
export function ruleFormulaInWords(name: RuleFormulaName, rule: Said, locale?: Locale): string {
	const hasBefore = rule.base === 'last_instalment' || rule.base === 'heading_budget';
	switch (name) {
		case 'rule_counted':
			return m.words_rule_counted_in_words({}, { locale });
		case 'rule_base':
			return ruleBaseDefinition(rule.base, locale);
		case 'rule_threshold':
			return thresholdInWords(rule, locale);
		case 'rule_distance':
			return m.words_rule_distance_in_words({}, { locale });
		case 'rule_share':
			return hasBefore
				? m.words_rule_share_after_in_words({}, { locale })
				: m.words_rule_share_in_words({}, { locale });
		case 'rule_crossing':
			return m.words_rule_crossing_in_words({}, { locale });
	}
}
