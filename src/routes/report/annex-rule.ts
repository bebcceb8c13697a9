import { compare } from '#lib/money/decimal.ts';
import { m } from '#lib/paraglide/messages.js';
import type { ReportPart } from '#lib/server/outlet/report/report.ts';
import type { RuleLine } from '#lib/server/page/agreement-rules.ts';
import type { RuleFormulaName } from '#lib/slice/rule.ts';
import type { Nature } from '#lib/slice/slice.ts';
import { formatCount } from '#lib/words/count.ts';
import { formatDay } from '#lib/words/date.ts';
import { ruleLabel, thresholdInWords } from '#lib/words/rule.ts';
import { ruleMoneyParts, type RuleContext } from './annex-rule-money.ts';
import type { Stated } from './stated.ts';

/** A rule on paper: its article and words, what it comes to by kind of entry, the forecast and the rows that decide. */
export function ruleParts(stated: Stated, line: RuleLine, context: RuleContext): ReportPart[] {
	const { rule } = line;
	const threshold =
		rule.base === null
			? ''
			: `${rule.sense === 'at_least' ? m.agreement_at_least() : m.agreement_at_most()} ${thresholdInWords({ base: rule.base, value: rule.value })}.`;
	const text = (words: string, strong = false): ReportPart => ({ kind: 'text', text: words, strong });
	const leading: ReportPart = {
		kind: 'text',
		text: `${asSentence(rule.text)} ${threshold}`.trim(),
		led: true
	};
	return [
		{
			kind: 'heading',
			text: m.agreement_annex_named({ name: ruleLabel(rule.rule), text: rule.article })
		},
		leading,
		...outcome()
	];

	function outcome(): ReportPart[] {
		switch (line.state) {
			case 'money':
				return ruleMoneyParts(stated, line, context);
			case 'headings':
				return headingParts(stated, line, context.nature);
			case 'due':
				return [text(dueWords(line, context.day), true)];
			case 'currency':
				return [text(m.agreement_no_conversion({ currency: context.block.agreement.currency ?? '' }))];
			case 'text':
				return [text(m.agreement_text_only())];
		}
	}
}

const asSentence = (text: string) => (/[.!?:;…]$/.test(text) ? text : `${text}.`);

function dueWords({ due, days }: Extract<RuleLine, { state: 'due' }>, day: string | null): string {
	if (due === null) return m.agreement_due_unknown();
	const words = m.agreement_due({ date: formatDay(due) });
	if (days === null || day === null) return words;
	const date = formatDay(day);
	return `${words} ${days < 0 ? m.agreement_due_past({ date }) : m.agreement_due_in({ days: formatCount(days), date })}`;
}

const HEADING_COLUMNS = [
	{ key: 'base', formula: 'rule_base', title: m.overview_budget },
	{ key: 'threshold', formula: 'rule_threshold', title: m.agreement_column_limit },
	{ key: 'counted', formula: 'rule_counted', title: m.overview_spent },
	{ key: 'distance', formula: 'rule_distance', title: m.agreement_left }
] as const;

function headingParts(
	stated: Stated,
	{ rule, lines }: Extract<RuleLine, { state: 'headings' }>,
	nature: Nature
): ReportPart[] {
	const passed = lines.filter(
		({ measured: { distance } }) => distance !== null && compare(distance, '0') < 0
	);
	const sentence =
		passed.length === 0
			? m.agreement_headings_kept()
			: m.agreement_headings_passed({
					headings: passed.map(({ label }) => label).join(m.agreement_headings_join())
				});
	const [first] = lines;
	if (first === undefined) return [{ kind: 'text', text: sentence, strong: true }];
	const { currency } = first.measured.slice;
	const isOfProject = first.measured.terms.counted[0]?.slice.agreement === null;
	return [
		{ kind: 'text', text: sentence, strong: true, led: true },
		{
			kind: 'table',
			title: m.agreement_headings_caption(),
			note: isOfProject ? m.agreement_headings_of_project() : null,
			columns: [
				{ title: m.agreement_column_heading(), unit: null, numeric: false, narrow: false },
				...HEADING_COLUMNS.map(({ title }) => ({
					title: title(),
					unit: currency,
					numeric: true,
					narrow: false
				})),
				{ title: m.agreement_column_above_budget(), unit: null, numeric: true, narrow: true }
			],
			rows: lines.map(({ label, measured }) => {
				const asked = (formula: RuleFormulaName, title: string) => ({
					label: m.agreement_annex_named({ name: label, text: title }),
					nature,
					origin: { kind: 'rule', formula, rule: rule.key, slice: measured.slice } as const
				});
				return [
					label,
					...HEADING_COLUMNS.map(({ key, formula, title }) =>
						stated.amount(asked(formula, title()), { amount: measured[key], currency })
					),
					stated.percent(asked('rule_share', m.agreement_column_above_budget()), measured.share)
				];
			}),
			total: null
		}
	];
}
