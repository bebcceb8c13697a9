import { notLoaded } from '#lib/layout/absence.ts';
import { m } from '#lib/paraglide/messages.js';
import type { readOverview } from '#lib/server/page/overview.ts';
import { readReportEvidence } from '#lib/server/page/report.ts';
import { formatCount } from '#lib/words/count.ts';
import { labelLines, type LabelledLine } from '../projects/label-lines.ts';
import { activityMap } from './activity-map.ts';
import type { ReportQuestion } from './answer-report.ts';
import type { Draft } from './draft.ts';
import { filterWords } from './filter-words.ts';
import { notesOf } from './notes.ts';
import { absenceWords, type Stated } from './stated.ts';

type Overview = Extract<Awaited<ReturnType<typeof readOverview>>, { kind: 'portfolio' }>;

/** Several projects: each with its published budget, and no total, because they overlap. */
export async function draftPortfolio(
	question: ReportQuestion,
	overview: Overview,
	stated: Stated
): Promise<Draft> {
	const evidence = await readReportEvidence(question, null);
	const absence = notLoaded(overview.loadedOn);
	const lines = labelLines(overview.projects);
	const budgetOf = ({ budget, name }: LabelledLine) =>
		budget === null
			? absenceWords(absence, 'published')
			: stated.whole(
					{ label: name, nature: 'published', origin: { kind: 'claim', claim: budget.claim } },
					budget,
					absence
				);
	const first = overview.projects.find(({ budget }) => budget !== null)?.budget ?? null;
	return {
		kind: m.report_brief(),
		title: m.overview_portfolio_title(),
		name: 'portfolio-brief',
		filter: filterWords(m.report_filter_all(), question),
		path: '/',
		file: '/brief.pdf',
		evidence,
		leading: first && { kind: 'claim', claim: first.claim },
		sections: [
			{
				nature: 'published',
				heading: m.overview_portfolio_projects({ count: formatCount(lines.length) }),
				explanation: null,
				parts: [
					{
						kind: 'table',
						title: m.project_list_caption(),
						note: m.project_list_no_total(),
						columns: [
							{ title: m.project_column_project(), unit: null, numeric: false, narrow: false },
							{ title: m.overview_period(), unit: null, numeric: false, narrow: false },
							{ title: m.project_column_kind(), unit: null, numeric: false, narrow: false },
							{ title: m.project_column_budget(), unit: null, numeric: true, narrow: false }
						],
						rows: lines.map((line) => [
							line.name,
							line.period ?? m.overview_not_stated(),
							line.kind ?? '',
							budgetOf(line)
						]),
						total: null
					},
					...activityMap(overview.reach)
				]
			},
			notesOf({ measures: ['budget'], formulas: [] }, evidence)
		]
	};
}
