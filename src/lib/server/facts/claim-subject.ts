import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { getLocale } from '#lib/paraglide/runtime.js';
import { countryName } from '#lib/words/country.ts';
import type { Claim } from './claims.ts';
import { labelsOf } from './names.ts';

/** What a claim is about, for people: its name in the visitor's language and the path of its page, where it has one. */
export type ClaimSubject = { name: string; path: string | null };

/** Names the subject of a claim; one that nothing here describes keeps its key and has no page. */
export async function describeSubject(
	db: Kysely<DB>,
	{ subject_kind: kind, subject_key: key }: Pick<Claim, 'subject_kind' | 'subject_key'>
): Promise<ClaimSubject> {
	switch (kind) {
		case 'project':
			return { name: await nameOf(db, 'project', key), path: projectPath(key) };
		case 'agreement':
			return { name: await nameOf(db, 'agreement', key), path: null };
		case 'country_coverage': {
			const [project = '', country = ''] = key.split(':');
			const names = [countryName(country, getLocale()), await nameOf(db, 'project', project)];
			return { name: names.join(', '), path: `/countries/${country}` };
		}
		case 'activity':
			return (await findActivitySubject(db, key)) ?? { name: key, path: null };
		case 'indicator':
			return { name: (await findIndicatorTitle(db, key)) ?? key, path: null };
		default:
			return { name: key, path: null };
	}
}

const projectPath = (key: string) => `/projects/${encodeURIComponent(key)}`;

async function nameOf(db: Kysely<DB>, dimension: 'project' | 'agreement', key: string): Promise<string> {
	return (await labelsOf(db, dimension, [key])).get(key) ?? key;
}

async function findActivitySubject(db: Kysely<DB>, key: string): Promise<ClaimSubject | null> {
	const { rows } = await sql<{ activity_id: string }>`
		select activity_id from activity where nature = 'published' and key = ${key}`.execute(db);
	const id = rows[0]?.activity_id;
	if (id === undefined) return null;
	return { name: (await labelsOf(db, 'activity', [id])).get(id) ?? key, path: `/activities/${id}` };
}

async function findIndicatorTitle(db: Kysely<DB>, key: string): Promise<string | null> {
	const { rows } = await sql<{ title: string }>`
		select indicator.title from indicator_period p join indicator using (indicator_id) join result using (result_id)
		where p.key = ${key} and result.nature = 'published' order by result.posting_no desc limit 1`.execute(db);
	return rows[0]?.title ?? null;
}
