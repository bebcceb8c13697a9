import type { Layout } from './layout.ts';

/** Organisations of any nature; one made for the demonstration comes without a source. */
export const organisations: Layout = {
	columns: [
		'organisation_id',
		'name',
		'role',
		'iati_org_type',
		'iati_org_identifier',
		'country_iso2',
		'projects'
	],
	read(row) {
		const ownKey = row.needed('organisation_id');
		const reference = row.text('iati_org_identifier');
		return [
			{
				kind: 'organisation',
				place: row.place,
				key: reference ?? ownKey,
				reference,
				referenceBasis: row.text('identifier_basis'),
				name: row.needed('name'),
				type: row.text('iati_org_type'),
				country: row.country('country_iso2'),
				typeCountryBasis: row.text('type_country_basis'),
				parts: row.list('role'),
				projects: row.list('projects'),
				evidence: row.sourced()
			}
		];
	}
};
