import type { Layout } from './layout.ts';

export const countries: Layout = {
	columns: [
		'country_iso2',
		'country_name',
		'project_id',
		'region',
		'national_launch_date',
		'launch_precision'
	],
	read(row) {
		const country = row.needed('country_iso2');
		row.countries('country_iso2');
		const project = row.needed('project_id');
		const launch = row.date('national_launch_date', 'launch_precision');
		if (launch.from === null) {
			row.note('warning', 'date-missing', 'national_launch_date is empty', 'read without a launch');
		}
		const assessment = row.period('assessment_period');
		return [
			{
				kind: 'country_coverage',
				place: row.place,
				key: `${project}:${country}`,
				project,
				country,
				nameInSource: row.needed('country_name'),
				region: row.text('region'),
				launchDate: launch.from,
				launchPrecision: launch.precision,
				assessmentFrom: assessment.from,
				assessmentTo: assessment.to,
				counterpart: row.text('lead_counterpart'),
				focus: row.text('focus_note'),
				evidence: row.evidence()
			}
		];
	}
};
