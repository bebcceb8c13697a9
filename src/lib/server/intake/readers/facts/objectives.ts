import type { Layout } from './layout.ts';

export const objectives: Layout = {
	columns: ['objective_id', 'project_id', 'number', 'name', 'lead_agency', 'description', 'valid_from'],
	read(row) {
		const validFrom = row.date('valid_from');
		const number = row.decimal('number');
		return [
			{
				kind: 'objective',
				place: row.place,
				key: row.needed('objective_id'),
				project: row.needed('project_id'),
				number: number === null ? null : Number.parseInt(number, 10),
				name: row.needed('name'),
				lead: row.named('lead_agency'),
				description: row.text('description') ?? '',
				validFrom: validFrom.from,
				validFromPrecision: validFrom.precision,
				evidence: row.evidence()
			}
		];
	}
};
