import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { Slice } from '#lib/slice/slice.ts';
import {
	cellConditions,
	dimensionConditions,
	every,
	timeConditions,
	versionConditions
} from './conditions.ts';
import { resolveSlice } from './resolve.ts';

/**
 * The keys by which the apportioned amounts of a slice were shared out among countries, as their source words them, in
 * the order of the alphabet. Reads the entries: the caller has counted them.
 */
export async function listCountryKeys(db: Kysely<DB>, slice: Slice): Promise<string[]> {
	const resolved = await resolveSlice(db, { ...slice, allocation: 'apportioned' });
	if (resolved.posting === null) return [];
	const { rows } = await sql<{ country_key: string }>`
		select distinct e.country_key
		from entry_share s join ledger_entry e using (reporting_organisation_id, entry_id)
		where e.country_key is not null and e.counting = ${slice.counting} and ${every([
			...dimensionConditions(resolved, 'entries'),
			...cellConditions(resolved.slice, 'entries'),
			...timeConditions(slice, 'entries'),
			...versionConditions(resolved)
		])} order by 1`.execute(db);
	return rows.map(({ country_key }) => country_key);
}
