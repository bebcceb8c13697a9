import { m } from '#lib/paraglide/messages.js';
import type { RuleLine } from '#lib/server/page/agreement-rules.ts';
import type { MeasuredRule, RuleTermLine } from '#lib/server/page/rule.ts';
import { RULE_COLUMNS, type RuleFigure } from '#lib/words/annex-column.ts';
import { ruleFormulaLabel, ruleLabel, thresholdInWords } from '#lib/words/rule.ts';
import { termPartLabel } from '#lib/words/rule-term.ts';
import { at, columnsOf, type SheetValues } from '../workbook-sheets.ts';
import type { Sheet } from '../xlsx/workbook.ts';
import type { Annex } from './annex.ts';

/** What every rule comes to, limits as well: a row for each part of its terms and each outcome, as its page has them. */
export function rulesSheet({ found }: Annex): Sheet {
	const rows: SheetValues[] = found.flatMap(({ nature, agreements }) =>
		agreements.flatMap(({ agreement, rules }) =>
			rules.flatMap((line) => {
				const { key, rule, article } = line.rule;
				return outcomesOf(line).map((outcome) => [
					nature,
					agreement.key,
					key,
					ruleLabel(rule),
					article,
					...outcome
				]);
			})
		)
	);
	return {
		name: m.agreement_annex_sheet_rules(),
		columns: columnsOf(RULE_COLUMNS),
		rows: at(rows)
	};
}

/** What a rule says from `figure` on. */
type Outcome = [
	figure: RuleFigure,
	words: string,
	value: string | null,
	unit: string | null,
	day: string | null,
	rows: string | null
];

function outcomesOf(line: RuleLine): Outcome[] {
	const { rule } = line;
	const words = rule.base === null ? rule.text : thresholdInWords({ base: rule.base, value: rule.value });
	switch (line.state) {
		case 'money':
			return [...measuredRows(line.measured, words), ...(line.crossing ? [crossing(line.crossing.day)] : [])];
		case 'headings':
			return line.lines.flatMap(({ label, measured }) => measuredRows(measured, words, label));
		case 'due':
			return [['due', words, null, null, line.due, null]];
		case 'currency':
		case 'text':
			return [['text', rule.text, null, null, null, null]];
	}
}

const crossing = (day: string | null): Outcome => [
	'crossing',
	ruleFormulaLabel('rule_crossing'),
	null,
	null,
	day,
	null
];

function measuredRows(measured: MeasuredRule, threshold: string, of: string | null = null): Outcome[] {
	const { currency } = measured.slice;
	const named = (label: string) => (of === null ? label : `${of}: ${label}`);
	const part = (figure: RuleFigure, { total, ...line }: RuleTermLine): Outcome => [
		figure,
		named(termPartLabel(line)),
		total.amount,
		total.currency,
		null,
		String(total.entries)
	];
	const outcome = (figure: RuleFigure, label: string, value: string | null, unit: string): Outcome => [
		figure,
		named(label),
		value,
		value === null ? null : unit,
		null,
		null
	];
	const { counted, before, base } = measured.terms;
	return [
		...counted.map((line) => part('counted_part', line)),
		outcome('counted', ruleFormulaLabel('rule_counted'), measured.counted, currency),
		...measured.leftOut.map((line) => part('left_out', line)),
		...before.map((line) => part('before_part', line)),
		...base.map((line) => part('base_part', line)),
		outcome('base', ruleFormulaLabel('rule_base'), measured.base, currency),
		outcome('threshold', threshold, measured.threshold, currency),
		outcome('distance', ruleFormulaLabel('rule_distance'), measured.distance, currency),
		outcome('share', ruleFormulaLabel('rule_share'), measured.share, 'percent')
	];
}
