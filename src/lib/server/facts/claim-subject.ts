import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { getLocale } from '#lib/paraglide/runtime.js';
import { countryName } from '#lib/words/country.ts';
import type { Claim } from './claims.ts';
import { labelsOf } from './names.ts';

/** What a claim is about, for people: its name in the visitor's language and the path of its page, where it has one. */
export type ClaimSubject = { name: string; path: string | null };

type Named = Pick<Claim, 'subject_kind' | 'subject_key'>;

/** Names the subjects of claims, in their order; one that nothing here describes keeps its key and has no page. */
export async function describeSubjects(db: Kysely<DB>, claims: readonly Named[]): Promise<ClaimSubject[]> {
	const keysOf = (kind: string) =>
		claims.flatMap(({ subject_kind, subject_key }) => (subject_kind === kind ? subject_key : []));
	const coverage = keysOf('country_coverage').map((key) => partsOf(key).project);
	const [projects, agreements, activities, indicators] = await Promise.all([
		labelsOf(db, 'project', [...keysOf('project'), ...coverage]),
		labelsOf(db, 'agreement', keysOf('agreement')),
		findActivitySubjects(db, keysOf('activity')),
		findIndicatorTitles(db, keysOf('indicator'))
	]);
	return claims.map(({ subject_kind: kind, subject_key: key }): ClaimSubject => {
		switch (kind) {
			case 'project':
				return { name: projects.get(key) ?? key, path: `/projects/${encodeURIComponent(key)}` };
			case 'agreement':
				return { name: agreements.get(key) ?? key, path: null };
			case 'country_coverage': {
				const { project, country } = partsOf(key);
				const names = [countryName(country, getLocale()), projects.get(project) ?? project];
				return { name: names.join(', '), path: `/countries/${country}` };
			}
			case 'activity':
				return activities.get(key) ?? { name: key, path: null };
			case 'indicator':
				return { name: indicators.get(key) ?? key, path: null };
			default:
				return { name: key, path: null };
		}
	});
}

/** What a project says of a country is about `GLOACT:ML`. */
function partsOf(key: string): { project: string; country: string } {
	const [project = '', country = ''] = key.split(':');
	return { project, country };
}

async function findActivitySubjects(
	db: Kysely<DB>,
	keys: readonly string[]
): Promise<Map<string, ClaimSubject>> {
	if (keys.length === 0) return new Map();
	const { rows } = await sql<{ activity_id: string; key: string }>`
		select activity_id, key from activity where nature = 'published' and key = any(${[...keys]}::text[])`.execute(
		db
	);
	const names = await labelsOf(
		db,
		'activity',
		rows.map(({ activity_id }) => activity_id)
	);
	return new Map(
		rows.map(({ activity_id: id, key }) => [key, { name: names.get(id) ?? key, path: `/activities/${id}` }])
	);
}

async function findIndicatorTitles(db: Kysely<DB>, keys: readonly string[]): Promise<Map<string, string>> {
	if (keys.length === 0) return new Map();
	const { rows } = await sql<{ key: string; title: string }>`
		select distinct on (p.key) p.key, indicator.title
		from indicator_period p join indicator using (indicator_id) join result using (result_id)
		where p.key = any(${[...keys]}::text[]) and result.nature = 'published'
		order by p.key, result.posting_no desc`.execute(db);
	return new Map(rows.map(({ key, title }) => [key, title]));
}
