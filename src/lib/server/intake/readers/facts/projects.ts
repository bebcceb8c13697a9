import type { Party, Role } from '../../record.ts';
import type { Cells } from '../cells.ts';
import type { Layout } from './layout.ts';

/** A project and the statement of its budget, which is a claim and null where no page gives an amount. */
export const projects: Layout = {
	columns: ['project_id', 'code', 'name', 'short_name', 'start', 'start_precision', 'end', 'end_precision'],
	read(row) {
		const key = row.needed('project_id');
		const start = row.date('start', 'start_precision');
		const end = row.date('end', 'end_precision');
		if (start.from === null) row.note('warning', 'date-missing', 'start is empty', 'read without a start');
		if (end.to === null) row.note('warning', 'date-missing', 'end is empty', 'read without an end');
		if (start.from !== null && end.to !== null && start.from > end.to) {
			row.note('error', 'end-before-start', `${start.from} to ${end.to}`, 'row not read');
		}
		const amount = row.decimal('budget_amount');
		const unit = row.text('currency');
		if (amount === null) {
			row.note('warning', 'amount-not-published', 'budget_amount is empty', 'claim without a value');
		} else if (unit === null) row.note('error', 'currency-missing', amount, 'row not read');
		const evidence = row.evidence();
		return [
			{
				kind: 'project',
				place: row.place,
				key,
				code: row.text('code'),
				name: row.needed('name'),
				shortName: row.needed('short_name'),
				description: row.text('description') ?? '',
				start: start.from,
				startPrecision: start.precision,
				end: end.to,
				endPrecision: end.precision,
				status: row.text('status'),
				relation: row.text('relation'),
				parties: [
					...parties(row, 'lead', 'accountable'),
					...parties(row, 'implementing_partners', 'implementing'),
					...parties(row, 'funders', 'funding')
				],
				countries: row.countries('countries_iso2'),
				evidence
			},
			{
				kind: 'claim',
				place: row.place,
				key: `projects:${key}:budget_total`,
				subjectKind: 'project',
				subjectKey: key,
				property: 'budget_total',
				party: null,
				statedAs: amount === null ? null : row.text('budget_kind'),
				valueText: null,
				value: amount,
				unit: amount === null ? null : unit,
				qualifier: amount === null ? null : 'exact',
				date: null,
				dateTo: null,
				datePrecision: 'unknown',
				chosen: true,
				why: null,
				evidence
			}
		];
	}
};

function parties(row: Cells, column: string, role: Role): Party[] {
	return row.named(column).map((organisation) => ({ organisation, role }));
}
