import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { matchingActivities, type ActivityFilter } from './activities.ts';
import type { FactsAt } from './posting.ts';
import { resultsInForce } from './results.ts';
import { titleOf } from './versions.ts';

/** A document that an activity's source links to. It is never fetched: what its link does not state is not known here. */
export type DocumentLine = {
	url: string;
	/** Title by language; null where the link has none. */
	titles: Record<string, string> | null;
	/** Codes of IATI's DocumentCategory. */
	categories: string[];
	/** ISO 639-1 codes. */
	languages: string[];
	media_type: string | null;
	document_date: string | null;
	activity_id: string;
	activity: Record<string, string>;
	/** A released file that was received from the same address. */
	stored: { sha256: string; size: string } | null;
	/** How many documents there are in all. */
	documents: number;
};

/** Documents linked by the activities that match, latest first, at most `limit` of them. */
export async function listDocuments(
	db: Kysely<DB>,
	at: FactsAt,
	filter: ActivityFilter,
	limit: number
): Promise<DocumentLine[]> {
	const { rows } = await sql<DocumentLine>`
		select d.url, coalesce(d.titles, case when d.title is not null then jsonb_build_object('und', d.title) end) as titles,
			d.categories, d.languages, d.format as media_type, d.document_date, activity.activity_id,
			${titleOf} as activity,
			(select json_build_object('sha256', s.sha256, 'size', s.size::text) from source s
				where s.origin_url = d.url and s.released order by s.source_id desc limit 1) as stored,
			count(*) over ()::integer as documents
		from ${await matchingActivities(db, at, filter)} c
		join document_link d using (activity_version_id) join activity_version v using (activity_version_id)
		join activity on activity.activity_id = c.activity_id
		order by d.document_date desc nulls last, activity.activity_id, d.document_no limit ${limit}::integer`.execute(
		db
	);
	return rows;
}

/** A page that facts were read from, with how many of them. */
export type PageRead = { url: string; title: string | null; facts: number };

/** A stored file that holds facts. */
export type StoredFile = {
	sha256: string;
	name: string;
	media_type: string;
	size: string;
	received_at: Date;
	facts: number;
};

/** Pages and stored files behind what is published of a country: its activities, what a project says of it, its results. */
export async function listSourcesOfCountry(
	db: Kysely<DB>,
	at: FactsAt,
	filter: ActivityFilter & { country: string }
): Promise<{ pages: PageRead[]; files: StoredFile[] }> {
	const facts = sql`(
		select v.origin_url, v.origin_title, v.source_id from ${await matchingActivities(db, at, filter)} c
			join activity_version v using (activity_version_id)
		union all
		select v.origin_url, v.origin_title, v.source_id from (select distinct on (project_id) * from country_coverage
			where nature = 'published' and country = ${filter.country} and posting_no <= ${at.posting}::integer
			order by project_id, posting_no desc) v
		union all
		select p.origin_url, p.origin_title, p.source_id from indicator_period p join indicator using (indicator_id) join result r using (result_id)
			where ${resultsInForce(at)} and ${filter.country} = any(p.countries))`;
	const [pages, files] = await Promise.all([
		sql<PageRead>`
			select origin_url as url, min(origin_title) as title, count(*)::integer as facts
			from ${facts} f where origin_url is not null group by 1 order by 3 desc, 1 limit 60`.execute(db),
		sql<StoredFile>`
			select s.sha256, s.name, s.media_type, s.size::text as size, s.received_at, f.facts
			from (select source_id, count(*)::integer as facts from ${facts} f group by source_id) f
			join source s using (source_id) order by s.name limit 60`.execute(db)
	]);
	return { pages: pages.rows, files: files.rows };
}
