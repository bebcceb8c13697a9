import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { fold } from '#lib/words/fold.ts';
import { escapeLike, findAlike, holdsEach, holdsWord, wordsOf } from './alike.ts';
import type { FactsAt } from './posting.ts';
import { activitiesInForce, inForce, organisationName, organisationText } from './versions.ts';

/** What a search finds of one kind: the best of it, and how many there are. */
export type Found<Hit> = {
	hits: Hit[];
	total: number;
	/** Nothing holds the words as they are written: these hold words like them. */
	like: boolean;
};

export type ProjectHit = { key: string; name: string; short_name: string | null; code: string | null };
export type OrganisationHit = {
	organisation_id: string;
	name: string;
	reference: string | null;
	type_code: string | null;
};
export type SourceHit = { sha256: string; name: string; received_at: Date; size: string };

const holds = (word: string) => holdsWord(sql`n.search_text`, word);

/** The whole name is best, then its beginning, then the beginning of a word in it; then by how much else it holds. */
function rankOf(text: string): RawBuilder<unknown> {
	const start = sql`folded(${escapeLike(text)})`;
	return sql`case when n.search_text = folded(${text}) then 0 when n.search_text like ${start} || '%' then 1
		when n.search_text like '% ' || ${start} || '%' then 2 else 3 end`;
}

/**
 * Finds by name: every word is to be found, else every word or its like.
 * @param names relation of `id` and the folded `search_text`, which an index holds; a thing may have had several names
 */
async function findNamed(
	db: Kysely<DB>,
	names: RawBuilder<unknown>,
	text: string,
	limit: number
): Promise<{ ids: string[]; total: number; like: boolean }> {
	const words = wordsOf(text);
	if (words.length === 0) return { ids: [], total: 0, like: false };
	const ask = async (condition: RawBuilder<unknown>) => {
		const { rows } = await sql<{ id: string; total: number }>`
			select id, count(*) over ()::integer as total from (
				select n.id, min(${rankOf(text)}) as rank, min(length(n.search_text)) as long, min(n.search_text) as search_text
				from ${names} n where ${condition} group by n.id
			) found order by rank, long, search_text, id limit ${limit}::integer`.execute(db);
		return { ids: rows.map(({ id }) => id), total: rows[0]?.total ?? 0 };
	};
	const written = await ask(sql.join(words.map(holds), sql` and `));
	if (written.total > 0) return { ...written, like: false };
	const alike = await Promise.all(words.map((word) => findAlike(db, names, word)));
	// A word that is like nothing here stands for itself, and was not found.
	if (alike.every(([best]) => best!.likeness === 1)) return { ids: [], total: 0, like: false };
	const found = await ask(holdsEach(alike, holds));
	return { ...found, like: found.total > 0 };
}

/** Hits in the order of their ids: what describes them knows no rank. */
const inOrder = <Hit>(ids: readonly string[], hits: readonly (Hit & { id: string })[]): Hit[] =>
	ids.flatMap((id) => hits.find((hit) => hit.id === id) ?? []);

/** Projects by any name, short name or code that they have, or by their key. */
export async function searchProjects(
	db: Kysely<DB>,
	at: FactsAt,
	text: string,
	limit: number
): Promise<Found<ProjectHit>> {
	const names = sql`(
		select v.project_id as id, folded(v.name || ' ' || coalesce(v.short_name, '') || ' ' || coalesce(v.code, '')) as search_text
		from project_version v where v.nature = 'published' and v.posting_no <= ${at.posting}::integer)`;
	const found = await findNamed(db, names, text, limit);
	const byKey = found.total > 0 ? [] : await projectsWithKey(db, text);
	const ids = [...found.ids, ...byKey];
	if (ids.length === 0) return { hits: [], total: 0, like: false };
	const { rows } = await sql<ProjectHit & { id: string }>`
		select v.project_id as id, project.key, v.name, v.short_name, v.code
		from ${inForce('project_version', ['project_id'], at)} v join project using (project_id)
		where v.project_id = any(${ids}::bigint[])`.execute(db);
	return { hits: inOrder(ids, rows), total: found.total + byKey.length, like: found.like };
}

async function projectsWithKey(db: Kysely<DB>, text: string): Promise<string[]> {
	const { rows } = await sql<{ id: string }>`
		select project_id as id from project where key in (${text}, upper(${text}))`.execute(db);
	return rows.map(({ id }) => id);
}

/** Organisations by any name that they have, or by their reference. */
export async function searchOrganisations(
	db: Kysely<DB>,
	at: FactsAt,
	text: string,
	limit: number
): Promise<Found<OrganisationHit>> {
	const names = sql`(
		select v.organisation_id as id, ${organisationText} as search_text
		from organisation_version v where v.nature = 'published' and v.posting_no <= ${at.posting}::integer)`;
	const { ids, ...found } = await findNamed(db, names, text, limit);
	if (ids.length === 0) return { hits: [], ...found };
	const { rows } = await sql<OrganisationHit & { id: string }>`
		select distinct on (hit.organisation_id) hit.organisation_id as id, hit.organisation_id, ${organisationName(
			sql`hit.organisation_id`,
			at
		)} as name, hit.reference, hit.type_code
		from organisation_version hit where hit.organisation_id = any(${ids}::bigint[]) and hit.nature = 'published'
			and hit.posting_no <= ${at.posting}::integer
		order by hit.organisation_id, hit.posting_no desc`.execute(db);
	return { hits: inOrder(ids, rows), ...found };
}

/** A beginning of a hash that is shorter would be a word. */
const HASH = /^[0-9a-f]{6,64}$/;

/** Which received files a visitor may find; `all` also those that are not released. */
type ShownSources = { all: boolean; demonstration: boolean };

const shownSources = ({
	all,
	demonstration
}: ShownSources) => sql`((${all} or released) and (${demonstration} or not exists (
	select from import where import.source_id = source.source_id and import.nature = 'demonstration')))`;

/** Received files by name, or by the beginning of their hash. */
export async function searchSources(
	db: Kysely<DB>,
	text: string,
	{ limit, ...shownTo }: ShownSources & { limit: number }
): Promise<Found<SourceHit>> {
	const hash = text.toLowerCase();
	const shown = shownSources(shownTo);
	const describe = (ids: readonly string[]) =>
		sql<SourceHit & { id: string }>`select source_id as id, sha256, name, received_at, size from source
			where source_id = any(${[...ids]}::bigint[])`.execute(db);
	if (HASH.test(hash)) {
		const { rows } = await sql<{ id: string; total: number }>`
			select source_id as id, count(*) over ()::integer as total
			from source where starts_with(sha256, ${hash}) and ${shown} order by source_id desc limit ${limit}::integer`.execute(
			db
		);
		const ids = rows.map(({ id }) => id);
		if (ids.length > 0)
			return { hits: inOrder(ids, (await describe(ids)).rows), total: rows[0]!.total, like: false };
	}
	const names = sql`(select source_id as id, folded(name) as search_text from source where ${shown})`;
	const { ids, ...found } = await findNamed(db, names, text, limit);
	return { hits: ids.length === 0 ? [] : inOrder(ids, (await describe(ids)).rows), ...found };
}

/** How many things of each kind a search looks through. */
export async function countSearched(
	db: Kysely<DB>,
	at: FactsAt,
	shownTo: ShownSources
): Promise<{ projects: number; organisations: number; activities: number; sources: number }> {
	const { rows } = await sql<{
		projects: number;
		organisations: number;
		activities: number;
		sources: number;
	}>`
		select (select count(distinct project_id) from project_version where nature = 'published' and posting_no <= ${at.posting}::integer)::integer as projects,
			(select count(distinct organisation_id) from organisation_version where nature = 'published' and posting_no <= ${at.posting}::integer)::integer as organisations,
			(select count(*) from ${activitiesInForce(at)} a)::integer as activities,
			(select count(*) from source where ${shownSources(shownTo)})::integer as sources`.execute(db);
	return rows[0]!;
}

/** Names of organisations and projects that begin as the text does, the most alike first: for a search that found nothing. */
export async function listNearNames(
	db: Kysely<DB>,
	at: FactsAt,
	text: string,
	limit: number
): Promise<string[]> {
	const start = fold(text).slice(0, 2);
	if (start.length < 2) return [];
	const begins = (search: RawBuilder<unknown>) =>
		sql`(${search} like folded(${escapeLike(start)}) || '%' or ${search} like '% ' || folded(${escapeLike(start)}) || '%')`;
	const { rows } = await sql<{ name: string }>`
		select name from (
			(select distinct v.name from organisation_version v where v.nature = 'published' and v.posting_no <= ${at.posting}::integer
				and ${begins(organisationText)} limit 500)
			union
			(select distinct coalesce(v.short_name, v.name) from project_version v where v.nature = 'published' and v.posting_no <= ${at.posting}::integer
				and ${begins(sql`folded(v.name || ' ' || coalesce(v.short_name, '') || ' ' || coalesce(v.code, ''))`)} limit 500)
		) near order by word_similarity(folded(${text}), folded(name)) desc, name limit ${limit}::integer`.execute(
		db
	);
	return rows.map(({ name }) => name);
}
