import type { Layout } from './layout.ts';

/** Published parts of a budget: claims about a component of the project, not lines of a budget file. */
export const budgetLines: Layout = periodAmounts(
	'budget_line_id',
	'budget_lines',
	'budget_component',
	'label'
);

/** Published expenditure totals. None is known for the first portfolio; the table stands ready and says so. */
export const expenditure: Layout = periodAmounts(
	'expenditure_id',
	'expenditure',
	'expenditure_reported',
	'category'
);

function periodAmounts(key: string, table: string, property: string, label: string): Layout {
	return {
		columns: [key, 'project_id', label, 'period', 'amount', 'currency'],
		read(row) {
			const period = row.period('period');
			return [
				{
					kind: 'claim',
					place: row.place,
					key: `${table}:${row.needed(key)}`,
					subjectKind: 'project',
					subjectKey: row.needed('project_id'),
					property,
					party: null,
					statedAs: row.text(label),
					valueText: null,
					value: row.neededDecimal('amount'),
					unit: row.needed('currency'),
					qualifier: 'exact',
					date: period.from,
					dateTo: period.to,
					datePrecision: period.precision,
					chosen: true,
					why: row.text('note'),
					evidence: row.evidence()
				}
			];
		}
	};
}
