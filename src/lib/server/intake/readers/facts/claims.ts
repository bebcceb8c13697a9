import { CLAIM_SUBJECTS, QUALIFIERS } from '../../record.ts';
import type { Layout } from './layout.ts';

/** Statements of which two or more speak of the same thing, with the reason why one was chosen. */
export const claims: Layout = {
	columns: [
		'claim_id',
		'subject_kind',
		'subject',
		'property',
		'value_text',
		'value',
		'unit',
		'chosen',
		'why'
	],
	read(row) {
		const party = row.text('party');
		const date = row.date('date', 'date_precision');
		return [
			{
				kind: 'claim',
				place: row.place,
				key: `claims:${row.needed('claim_id')}`,
				subjectKind: row.oneOf('subject_kind', CLAIM_SUBJECTS) ?? 'project',
				subjectKey: row.needed('subject'),
				property: row.needed('property'),
				party: party === null ? null : { name: party },
				statedAs: row.text('stated_as'),
				valueText: row.text('value_text'),
				value: row.decimal('value'),
				unit: row.text('unit'),
				qualifier: row.oneOf('qualifier', QUALIFIERS),
				date: date.from,
				dateTo: date.to === date.from ? null : date.to,
				datePrecision: date.precision,
				chosen: row.yes('chosen'),
				why: row.needed('why'),
				evidence: row.evidence({ addressMayBeLost: true })
			}
		];
	}
};
