import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { FactsAt } from './posting.ts';

/** A file that published facts were posted from. */
export type PostedFile = { sha256: string; name: string; posting_no: number; explanation: string };

/** The released files behind the published postings, in their order; one that was read again is named once, by its latest. */
export async function listPostedFiles(db: Kysely<DB>, at: FactsAt): Promise<PostedFile[]> {
	const { rows } = await sql<PostedFile>`
		select * from (
			select distinct on (source.source_id) source.sha256, source.name, posting.posting_no, posting.explanation
			from posting join import using (import_id) join source using (source_id)
			where posting.nature = 'published' and posting.posting_no <= ${at.posting}::integer and source.released
			order by source.source_id, posting.posting_no desc
		) file order by posting_no`.execute(db);
	return rows;
}

/** A site whose pages were read, and how many of them. */
export type Site = { host: string; pages: number };

const TABLES = [
	'activity_version',
	'project_version',
	'objective_version',
	'organisation_version',
	'country_coverage',
	'claim'
];

/** The sites that published facts were read from, the most read first. */
export async function listSites(db: Kysely<DB>, at: FactsAt): Promise<Site[]> {
	const parts = TABLES.map(
		(table) => sql`select origin_url from ${sql.table(table)}
			where nature = 'published' and posting_no <= ${at.posting}::integer and origin_url is not null`
	);
	const indicators = sql`select p.origin_url from indicator_period p join indicator using (indicator_id) join result r using (result_id)
		where r.nature = 'published' and r.posting_no <= ${at.posting}::integer and p.origin_url is not null`;
	const { rows } = await sql<Site>`
		select regexp_replace(lower(substring(origin_url from '^https?://([^/?#]+)')), '^www\\.', '') as host,
			count(distinct regexp_replace(origin_url, '^https?://(www\\.)?', ''))::integer as pages
		from (${sql.join([...parts, indicators], sql` union `)}) page
		group by 1 order by 2 desc, 1`.execute(db);
	return rows.filter(({ host }) => host !== null);
}
