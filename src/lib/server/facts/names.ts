import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { valuesIn } from '#lib/slice/values.ts';
import type { Dimension, Slice } from '#lib/slice/slice.ts';
import type { SliceNames } from '#lib/slice/words.ts';
import { countryName } from '#lib/words/country.ts';
import { getLocale } from '#lib/paraglide/runtime.js';
import { headingLabel } from '#lib/words/heading.ts';
import { namesOfOrganisations } from './organisations.ts';

/** Latest names by key: of projects, objectives, agreements (by key) and activities (by number). */
const NAMES: Partial<
	Record<Dimension, (keys: readonly string[]) => ReturnType<typeof sql<{ key: string; name: string }>>>
> = {
	project: (keys) => sql`
		select distinct on (p.key) p.key, coalesce(v.short_name, v.name) as name from project p join project_version v using (project_id)
		where p.key = any(${keys}::text[]) order by p.key, v.posting_no desc`,
	objective: (keys) => sql`
		select distinct on (o.key) o.key, v.name from objective o join objective_version v using (objective_id)
		where o.key = any(${keys}::text[]) order by o.key, v.posting_no desc`,
	agreement: (keys) => sql`
		select distinct on (a.key) a.key, v.title as name from agreement a join agreement_version v using (agreement_id)
		where a.key = any(${keys}::text[]) order by a.key, v.posting_no desc`,
	activity: (keys) => sql`
		select distinct on (v.activity_id) v.activity_id::text as key,
			coalesce(v.title->>${getLocale()}, v.title->>'en', (select value from jsonb_each_text(v.title) limit 1)) as name
		from activity_version v where v.activity_id = any(${keys}::bigint[]) order by v.activity_id, v.posting_no desc`
};

/** Labels of a dimension's keys in the visitor's language; a key without a name stands for itself. */
export async function labelsOf(
	db: Kysely<DB>,
	dimension: Dimension,
	keys: readonly (string | null)[]
): Promise<Map<string, string>> {
	const known = [...new Set(keys.filter((key) => key !== null && key !== 'none'))] as string[];
	if (known.length === 0) return new Map();
	if (dimension === 'country') return new Map(known.map((code) => [code, countryName(code, getLocale())]));
	if (dimension === 'heading') return new Map(known.map((code) => [code, headingLabel(code)]));
	if (dimension === 'provider' || dimension === 'receiver' || dimension === 'reporter')
		return namesOfOrganisations(db, known);
	const query = NAMES[dimension]?.(known);
	if (!query) return new Map();
	return new Map((await query.execute(db)).rows.map(({ key, name }) => [key, name]));
}

/** Names of everything that a slice is restricted to, for saying it in words. */
export async function namesOf(db: Kysely<DB>, slice: Slice): Promise<SliceNames> {
	const fields = ['project', 'activity', 'country', 'sector', 'heading', 'objective', 'agreement'] as const;
	const names: SliceNames = {};
	await Promise.all(
		fields.map(async (field) => {
			names[field] = Object.fromEntries(await labelsOf(db, field, valuesIn(slice, field)));
		})
	);
	const organisations = [...valuesIn(slice, 'organisation'), ...valuesIn(slice, 'receiver')];
	const parties = Object.fromEntries(await labelsOf(db, 'provider', organisations));
	for (const field of ['organisation', 'receiver'] as const)
		if (slice[field] !== null) names[field] = parties;
	return names;
}
