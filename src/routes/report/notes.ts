import { m } from '#lib/paraglide/messages.js';
import type { ReportPart, ReportSection, Term } from '#lib/server/outlet/report/report.ts';
import type { ReportEvidence } from '#lib/server/page/report.ts';
import type { FormulaName } from '#lib/slice/formula.ts';
import type { RuleFormulaName } from '#lib/slice/rule.ts';
import type { Measure } from '#lib/slice/slice.ts';
import { formatCount } from '#lib/words/count.ts';
import { formulaDefinition, formulaLabel } from '#lib/words/formula.ts';
import { measureDefinition, measureLabel } from '#lib/words/ledger.ts';
import { ruleFormulaDefinition, ruleFormulaLabel } from '#lib/words/rule.ts';

/** Files named on paper; the manifest names all. */
const MOST_SOURCES = 24;
const SHORT_HASH = 12;

/** What a report's words mean, what it was made from, and how it can be checked. */
export function notesOf(
	words: {
		measures: readonly Measure[];
		formulas: readonly FormulaName[];
		rules?: readonly RuleFormulaName[];
	},
	{ sources, publishers }: ReportEvidence
): ReportSection {
	const definitions: Term[] = [
		...words.measures.map((measure) => ({ term: measureLabel(measure), text: measureDefinition(measure) })),
		...words.formulas.map((formula) => ({ term: formulaLabel(formula), text: formulaDefinition(formula) })),
		...(words.rules ?? []).map((formula) => ({
			term: ruleFormulaLabel(formula),
			text: ruleFormulaDefinition(formula)
		}))
	];
	const named = sources.slice(0, MOST_SOURCES).map(({ name, sha256 }) => ({
		name,
		detail: sha256.slice(0, SHORT_HASH)
	}));
	const left = sources.length - named.length;
	const more =
		left > 0
			? [{ name: m.report_more_sources({ count: formatCount(left) }), detail: m.report_in_manifest() }]
			: [];
	const parts: ReportPart[] = [
		{ kind: 'terms', heading: m.report_definitions(), terms: definitions },
		...(named.length > 0
			? [{ kind: 'list' as const, heading: m.report_sources(), entries: [...named, ...more] }]
			: []),
		{
			kind: 'terms',
			heading: m.report_check(),
			terms: [
				{ term: m.report_manifest(), text: m.report_check_how() },
				{ term: m.report_rates(), text: ratesWords(publishers) }
			]
		}
	];
	return { nature: null, heading: m.report_notes(), explanation: null, parts };
}

/** Who published the rates that amounts were converted by. */
export function ratesWords(publishers: readonly string[] | null): string {
	if (publishers === null) return m.report_rates_many();
	return publishers.length === 0 ? m.report_rates_none() : publishers.join(m.words_slice_join());
}
