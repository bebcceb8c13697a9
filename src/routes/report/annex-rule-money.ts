import { entryFigure } from '#lib/figure/figure-value.ts';
import { countingWords } from '#lib/figure/figure-words.ts';
import type { Decimal } from '#lib/money/decimal.ts';
import { formatPercent } from '#lib/money/format.ts';
import { m } from '#lib/paraglide/messages.js';
import type { ReportPart } from '#lib/server/outlet/report/report.ts';
import type { AgreementBlock } from '#lib/server/page/agreement.ts';
import type { RuleLine } from '#lib/server/page/agreement-rules.ts';
import type { RuleTermLine } from '#lib/server/page/rule.ts';
import type { Crossing } from '#lib/server/page/rule-pace.ts';
import type { RuleFormulaName } from '#lib/slice/rule.ts';
import type { Nature, Slice } from '#lib/slice/slice.ts';
import { formatCount } from '#lib/words/count.ts';
import { formatBucket, formatDay, formatDayWithPrecision, formatPeriod } from '#lib/words/date.ts';
import { kindLabel } from '#lib/words/ledger.ts';
import { ruleBaseDefinition, ruleFormulaLabel, ruleLabel, thresholdInWords } from '#lib/words/rule.ts';
import { distanceInWords, isAllReceived, outcomeInWords, shareInWords } from '#lib/words/rule-outcome.ts';
import { termPartLabel } from '#lib/words/rule-term.ts';
import { keptAt } from './kept-at.ts';
import type { Stated } from './stated.ts';

/** Of which agreement and nature a rule is, and the day asked for. */
export type RuleContext = { block: AgreementBlock; day: string | null; nature: Nature };
type MoneyLine = Extract<RuleLine, { state: 'money' }>;

/** What a rule in money comes to: its figures, the forecast, what counts by kind, the threshold, and the rows that decide. */
export function ruleMoneyParts(
	stated: Stated,
	line: MoneyLine,
	{ block, day, nature }: RuleContext
): ReportPart[] {
	const { rule, measured, crossing } = line;
	const { currency } = measured.slice;
	const asked = (formula: RuleFormulaName, label: string) => ({
		label: m.agreement_annex_named({ name: ruleLabel(rule.rule), text: label }),
		nature,
		origin: { kind: 'rule', formula, rule: rule.key, slice: measured.slice } as const
	});
	const key = (formula: RuleFormulaName, term: string, amount: Decimal | null) => ({
		...stated.key(asked(formula, term), { amount, currency }),
		term
	});
	const amountOf: AmountOf = (formula, label, amount) =>
		stated.amount(asked(formula, label), { amount, currency });
	const distance = distanceInWords(rule, measured.distance);
	const share = shareInWords(rule.base);
	const { text, missing } = outcomeInWords(rule, measured);
	const sentences = [
		missing
			? `${text} ${stated.whole(asked('rule_distance', distance.term), { amount: measured.distance, currency })}.`
			: text,
		...(isAllReceived(rule, block.instalments) ? [m.agreement_all_received()] : []),
		...(measured.inexact ? [m.agreement_inexact()] : [])
	];
	const part = { stated, nature, currency };
	const [entered, without] = partition(measured.terms.counted);
	return [
		{
			kind: 'figures',
			figures: [
				key('rule_distance', distance.term, distance.amount),
				key('rule_threshold', ruleFormulaLabel('rule_threshold'), measured.threshold),
				key('rule_counted', ruleFormulaLabel('rule_counted'), measured.counted),
				{
					...stated.keyShare(asked('rule_share', share), measured.share),
					term: ruleFormulaLabel('rule_share'),
					note: `${share}; ${m.agreement_share_note({ percent: formatPercent(rule.value) })}`
				}
			]
		},
		{ kind: 'text', text: sentences.join(' '), strong: true },
		...(crossing
			? forecastParts(part, crossing, {
					asked: asked('rule_crossing', ruleFormulaLabel('rule_crossing')),
					day,
					end: block.agreement.end_date
				})
			: rule.sense === 'at_least' && block.ended
				? [{ kind: 'text' as const, text: m.agreement_annex_no_forecast() }]
				: []),
		termTable(part, {
			title: m.agreement_what_counts(),
			note:
				without.length === 0
					? null
					: m.agreement_annex_without({ parts: without.map(termPartLabel).join('; ') }),
			rows: [
				...entered.map((line) => ({ line, label: termPartLabel(line) })),
				...measured.leftOut.map((line) => ({
					line,
					label: `${termPartLabel(line)}. ${m.agreement_basis_left_out()}`
				}))
			],
			total: [
				m.agreement_sum_counted(),
				amountOf('rule_counted', m.agreement_sum_counted(), measured.counted),
				formatCount(measured.terms.counted.reduce((count, { total }) => count + total.entries, 0))
			]
		}),
		termTable(part, thresholdTable(line, amountOf)),
		...besideParts(part, measured.terms.counted),
		...decidingParts(part, line)
	];
}

type Part = { stated: Stated; nature: Nature; currency: string };

function forecastParts(
	{ stated, nature }: Part,
	{ day: forecast, pace }: Crossing,
	{ asked, day, end }: { asked: Parameters<Stated['day']>[0]; day: string | null; end: string | null }
): ReportPart[] {
	const beyond =
		forecast === null
			? ''
			: end !== null && forecast > end
				? m.agreement_forecast_after_end({ date: formatDay(end) })
				: day !== null && forecast <= day
					? m.agreement_forecast_past({ date: formatDay(day) })
					: '';
	const sentence =
		forecast === null
			? m.agreement_no_forecast()
			: `${m.agreement_forecast()} ${stated.day(asked, forecast)}. ${beyond}`;
	const method = pace && [
		m.agreement_method(),
		m.agreement_pace({
			period: formatPeriod(pace.from, pace.until) ?? '',
			days: formatCount(pace.days)
		}),
		pace.terms
			.filter(({ total }) => total.entries > 0)
			.map(({ slice, sign, total }) =>
				stated.whole(
					{ label: termPartLabel({ slice, sign }), nature, origin: { kind: 'slice', slice } },
					total
				)
			)
			.join(' + ')
	];
	return [
		{ kind: 'text', text: sentence.trim(), strong: true },
		...(method ? [{ kind: 'text' as const, text: `${method.join(' ')}.` }] : [])
	];
}

/** Parts with entries, and those without: these are named and take no line. */
function partition(lines: readonly RuleTermLine[]): [RuleTermLine[], RuleTermLine[]] {
	return [lines.filter(({ total }) => total.entries > 0), lines.filter(({ total }) => total.entries === 0)];
}

type AmountOf = (formula: RuleFormulaName, label: string, amount: Decimal | null) => string;
type Table = {
	title: string;
	note?: string | null;
	/** Parts of a term, each with its rows; or cells that are written already. */
	rows: readonly ({ line: RuleTermLine; label: string } | string[])[];
	total: string[];
};

/** What the threshold is made of: what counts in full, the money of which the rule takes its part, and what comes of them. */
function thresholdTable({ rule, measured }: MoneyLine, amountOf: AmountOf): Table {
	const { base, before } = measured.terms;
	const name = rule.base && ruleBaseDefinition(rule.base);
	const threshold = ruleFormulaLabel('rule_threshold');
	const together = m.agreement_sum_base();
	return {
		title: threshold,
		rows: [
			...before.map((line) => ({
				line,
				label: m.agreement_annex_named({ name: m.agreement_earlier(), text: termPartLabel(line) })
			})),
			...(base.length === 0 && name ? [[name, amountOf('rule_base', name, measured.base), '']] : []),
			...base.map((line) => ({
				line,
				label:
					base.length === 1 && name
						? m.agreement_annex_named({ name, text: termPartLabel(line) })
						: termPartLabel(line)
			})),
			...(base.length > 1 ? [[together, amountOf('rule_base', together, measured.base), '']] : [])
		],
		total: [
			rule.base
				? m.agreement_annex_named({
						name: threshold,
						text: thresholdInWords({ base: rule.base, value: rule.value })
					})
				: threshold,
			amountOf('rule_threshold', threshold, measured.threshold),
			''
		]
	};
}

/** The parts of a rule's term with their subtotals and how many rows stand behind each. */
function termTable(
	{ stated, nature, currency }: Part,
	{ title, note = null, rows, total }: Table
): ReportPart {
	return {
		kind: 'table',
		title,
		note,
		columns: [
			{ title: m.agreement_column_part(), unit: null, numeric: false, narrow: false },
			{ title: m.agreement_column_amount(), unit: currency, numeric: true, narrow: false },
			{ title: m.agreement_column_rows(), unit: null, numeric: true, narrow: false }
		],
		rows: rows.map((row) => {
			if (Array.isArray(row)) return row;
			const { line, label } = row;
			const origin = { kind: 'slice', slice: line.slice } as const;
			return [label, stated.amount({ label, nature, origin }, line.total), formatCount(line.total.entries)];
		}),
		total
	};
}

/** What a counting rule leaves out stands beside what counts, never in it. */
function besideParts({ stated, nature, currency }: Part, lines: readonly RuleTermLine[]): ReportPart[] {
	const words = lines.flatMap((line) =>
		line.total.notCounted
			.filter(({ entries }) => entries > 0)
			.map((left) => {
				const slice: Slice = { ...line.slice, counting: left.reason };
				const label = m.agreement_annex_named({
					name: termPartLabel(line),
					text: countingWords(left.reason)
				});
				return `${label} ${stated.whole({ label, nature, origin: { kind: 'slice', slice } }, { ...left, currency })}`;
			})
	);
	return words.length === 0
		? []
		: [{ kind: 'text', text: `${m.agreement_annex_beside()} ${words.join('; ')}.` }];
}

function decidingParts({ stated, nature, currency }: Part, { deciding, measured }: MoneyLine): ReportPart[] {
	if (deciding === null) return [];
	const month = formatBucket(deciding.month);
	return [
		{
			kind: 'table',
			title: measured.reached ? m.agreement_deciding() : m.agreement_latest(),
			note: measured.reached ? m.agreement_deciding_note({ month }) : m.agreement_latest_note({ month }),
			columns: [
				{ title: m.transactions_column_description(), unit: null, numeric: false, narrow: false },
				{ title: m.transactions_column_date(), unit: null, numeric: false, narrow: false },
				{ title: m.transactions_fact_kind(), unit: null, numeric: false, narrow: false },
				{ title: m.transactions_column_amount(), unit: currency, numeric: true, narrow: false },
				{ title: m.transactions_column_source(), unit: null, numeric: false, narrow: false }
			],
			rows: deciding.rows.map((row) => {
				const name = row.description ?? kindLabel(row.kind);
				return [
					row.entry === deciding.reachedBy ? `${name}. ${m.agreement_reached_with()}` : name,
					formatDayWithPrecision(row.date_from, row.date_to, row.date_precision),
					kindLabel(row.kind),
					stated.amount(
						{ label: name, nature, origin: { kind: 'entry', entry: row.entry } },
						entryFigure(row, currency)
					),
					keptAt(row.source_sha256, row.place)
				];
			}),
			total: null
		}
	];
}
