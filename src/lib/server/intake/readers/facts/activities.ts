import {
	QUALIFIERS,
	type CoFunder,
	type LocationDetail,
	type Participants,
	type Texts
} from '../../record.ts';
import type { Cells } from '../cells.ts';
import type { Layout } from './layout.ts';

/** Activities of any nature; those of the demonstration come without sources and with a title in French. */
export const activities: Layout = {
	columns: [
		'activity_id',
		'project_id',
		'title',
		'type',
		'start_date',
		'end_date',
		'date_precision',
		'host_iso2'
	],
	read(row) {
		const dates = readDates(row);
		const hosts = row.countries('host_iso2');
		const participatingCountries = row.countries('participating_iso2');
		if (hosts.length + participatingCountries.length === 0) {
			row.note('warning', 'place-missing', 'no host and no participating country', 'read as programme-wide');
		}
		return [
			{
				kind: 'activity',
				place: row.place,
				key: row.needed('activity_id'),
				project: row.needed('project_id'),
				title: texts(row.needed('title'), row.text('title_fr')),
				type: row.needed('type'),
				status: row.text('status'),
				...dates,
				hosts,
				participatingCountries,
				objective: row.text('objective_id'),
				objectiveBasis: row.text('objective_basis'),
				lead: row.named('lead_organisation'),
				partners: row.named('partners'),
				coFunders: row.list('co_funders').map(coFunder),
				location: location(row, hosts),
				otherCities: row.list('other_cities'),
				participants: participants(row),
				evidence: row.sourced()
			}
		];
	}
};

function readDates(row: Cells) {
	const start = row.date('start_date', 'date_precision');
	const end = row.date('end_date');
	if (start.from === null) row.note('warning', 'date-missing', 'start_date is empty', 'read without a date');
	// A month or year without an end of its own is taken as a whole; a first day says nothing about the last.
	const dateTo = end.to ?? (['month', 'quarter', 'year'].includes(start.precision) ? start.to : null);
	if (start.from !== null && dateTo !== null && start.from > dateTo) {
		row.note('error', 'end-before-start', `${start.from} to ${dateTo}`, 'row not read');
	}
	return { dateFrom: start.from, dateTo, datePrecision: start.precision };
}

function texts(en: string, fr: string | null): Texts {
	return fr === null ? { en } : { en, fr };
}

/** `Germany | page header only`: the name, then what the source says about its part. */
function coFunder(text: string): CoFunder {
	const [name = '', note = null] = text.split('|').map((part) => part.trim());
	return { organisation: { name }, note };
}

function location(row: Cells, hosts: string[]): LocationDetail | null {
	const name = row.text('city');
	if (name === null) return null;
	const basis = row.text('city_basis');
	if (basis === 'assumed') row.note('warning', 'place-assumed', name, 'read, marked as assumed');
	const latitude = row.decimal('latitude');
	const longitude = row.decimal('longitude');
	// eslint-disable-next-line house/no-float-money -- degrees, not money
	if (Math.abs(Number(latitude)) > 90 || Math.abs(Number(longitude)) > 180) {
		row.note('error', 'not-on-earth', `${latitude}, ${longitude}`, 'row not read');
	}
	return {
		name,
		country: hosts[0] ?? null,
		latitude,
		longitude,
		basis,
		coordSource: row.text('coord_source')
	};
}

function participants(row: Cells): Participants | null {
	const counted = {
		count: row.decimal('participants_count'),
		qualifier: row.oneOf('participants_qualifier', QUALIFIERS),
		female: row.decimal('participants_female'),
		male: row.decimal('participants_male'),
		kind: row.text('participant_kind')
	};
	return Object.values(counted).every((value) => value === null) ? null : counted;
}
