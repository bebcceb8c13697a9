import { m } from '#lib/paraglide/messages.js';
import type { MapPart, ReportSection } from '#lib/server/outlet/report/report.ts';
import type { Project } from '#lib/server/facts/projects.ts';
import { readOverview } from '#lib/server/page/overview.ts';
import { readProject } from '#lib/server/page/project.ts';
import type { PublishedMoney } from '#lib/server/page/published.ts';
import type { Reach } from '#lib/server/page/reach.ts';
import { readApportioned, readReportEvidence } from '#lib/server/page/report.ts';
import type { Spending } from '#lib/server/page/spending.ts';
import type { FormulaName } from '#lib/slice/formula.ts';
import type { Measure } from '#lib/slice/slice.ts';
import { activityMap } from './activity-map.ts';
import type { ReportQuestion } from './answer-report.ts';
import { demonstrationSection } from './demonstration-section.ts';
import type { Draft } from './draft.ts';
import { filterWords } from './filter-words.ts';
import { loadedPart } from './loaded-part.ts';
import { notesOf } from './notes.ts';
import { draftPortfolio } from './portfolio-brief.ts';
import { neverPublished, publishedFigures } from './published-parts.ts';
import { spendingMap } from './spending-map.ts';
import { spendingParts } from './spending-parts.ts';
import type { ProvedBy, Stated } from './stated.ts';

/** The brief of the whole portfolio: of its project, or where it has several the list of them. */
export async function draftOverview(question: ReportQuestion, stated: Stated): Promise<Draft> {
	const overview = await readOverview(question);
	if (overview.kind === 'portfolio') return draftPortfolio(question, overview, stated);
	const name = overview.project.short_name ?? overview.project.name;
	return draftBrief(question, { ...overview, asof: question.slice.asof }, stated, {
		path: '/',
		file: '/brief.pdf',
		filter: filterWords(m.report_filter_portfolio({ name }), question),
		map: []
	});
}

/** The brief of one project. */
export async function draftProject(question: ReportQuestion, key: string, stated: Stated): Promise<Draft> {
	const read = await readProject(question, key);
	const path = `/projects/${encodeURIComponent(read.project.key)}`;
	return draftBrief(question, read, stated, {
		path,
		file: `${path}.pdf`,
		filter: filterWords(m.report_filter_project({ name: read.project.name }), question),
		map: read.spending ? await spendingMapOf(question, read.spending) : []
	});
}

/** Two pages have no room for it: it stands in the report of the project. */
async function spendingMapOf({ db }: ReportQuestion, spending: Spending): Promise<MapPart[]> {
	const { slice, totals } = spending;
	const spent = { slice: { ...slice, measure: 'spent' as const }, entries: totals.spent.entries };
	return spendingMap(spending, await readApportioned(db, spent));
}

type Read = {
	project: Project;
	money: PublishedMoney;
	spending: Spending | null;
	reach: Reach;
	loadedOn: string | null;
	asof: string | null;
};

const MEASURES = ['budget', 'received', 'spent', 'returned'] as const satisfies readonly Measure[];
const FORMULAS = ['cash_balance', 'budget_balance', 'gap'] as const satisfies readonly FormulaName[];

async function draftBrief(
	question: ReportQuestion,
	{ project, money, spending, reach, loadedOn, asof }: Read,
	stated: Stated,
	{ map, ...place }: Pick<Draft, 'path' | 'file' | 'filter'> & { map: MapPart[] }
): Promise<Draft> {
	const name = project.short_name ?? project.name;
	const published = spending?.slice.nature === 'published';
	const spent = spending && {
		slice: { ...spending.slice, measure: 'spent' as const },
		entries: spending.totals.spent.entries
	};
	const evidence = await readReportEvidence(question, spent);
	const sections: ReportSection[] = [
		{
			nature: 'published',
			heading: m.overview_published_heading(),
			explanation: null,
			parts: [
				...loadedPart(asof, loadedOn),
				publishedFigures(stated, money, project),
				...neverPublished(name, money),
				...activityMap(reach)
			]
		},
		...(spending === null
			? []
			: published
				? [
						{
							nature: 'published' as const,
							heading: m.overview_spending_heading(),
							explanation: null,
							parts: spendingParts(stated, spending, asof, map)
						}
					]
				: [demonstrationSection(name, spending.posting, spendingParts(stated, spending, asof, map))]),
		notesOf({ measures: MEASURES, formulas: FORMULAS }, evidence)
	];
	const leading: ProvedBy | null = spending
		? { kind: 'slice', slice: { ...spending.slice, measure: 'spent' } }
		: money.budget
			? { kind: 'claim', claim: money.budget.claim }
			: { kind: 'slice', slice: { ...money.slice, measure: 'spent' } };
	return {
		...place,
		kind: m.report_brief(),
		title: name,
		name: `${project.key}-brief`,
		sections,
		evidence,
		leading
	};
}
