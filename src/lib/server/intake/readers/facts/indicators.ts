import { QUALIFIERS } from '../../record.ts';
import type { Layout } from './layout.ts';

const PARTICIPANTS = 'Participants in activity';
/** Rows that describe the sector and belong to no project. */
const CONTEXT = 'CONTEXT';

export const indicators: Layout = {
	columns: ['indicator_id', 'project_id', 'activity_id', 'indicator', 'value', 'qualifier', 'unit', 'as_of'],
	read(row) {
		const project = row.needed('project_id');
		const activity = row.text('activity_id');
		const title = row.needed('indicator');
		const asOf = row.date('as_of', 'as_of_precision');
		if (asOf.from === null) row.note('warning', 'date-missing', 'as_of is empty', 'read without a date');
		if (project === CONTEXT) row.note('warning', 'no-project', title, 'read as context of the sector');
		return [
			{
				kind: 'indicator',
				place: row.place,
				key: row.needed('indicator_id'),
				project: project === CONTEXT ? null : project,
				countries: row.countries('country_iso2'),
				activity,
				title,
				value: row.decimal('value'),
				side: row.oneOf('side', ['target', 'actual']) ?? 'actual',
				qualifier: row.oneOf('qualifier', QUALIFIERS),
				unit: row.needed('unit'),
				accumulation: row.oneOf('accumulation', ['cumulative', 'periodic']),
				asOf: asOf.from,
				asOfPrecision: asOf.precision,
				disaggregation: row.text('disaggregation'),
				repeatsActivity: activity !== null && title === PARTICIPANTS,
				note: row.text('note'),
				evidence: row.evidence()
			}
		];
	}
};
