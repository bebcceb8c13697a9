import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { Nature } from '#lib/slice/slice.ts';

/** What a contribution's agreement is called and who gives it; the number is null where the funder is no organisation here. */
export type ContributionParty = {
	key: string;
	title: string;
	funder_id: string | null;
	funder: string | null;
};

/** The latest title and funder of agreements of one nature, by key. */
export async function listContributionParties(
	db: Kysely<DB>,
	nature: Nature,
	keys: readonly string[]
): Promise<Map<string, ContributionParty>> {
	if (keys.length === 0) return new Map();
	const { rows } = await sql<ContributionParty>`
		select distinct on (agreement.key) agreement.key, v.title, v.funder_id,
			(select name from organisation_version o where o.organisation_id = v.funder_id
				order by o.nature = 'published' desc, o.posting_no desc limit 1) as funder
		from agreement join agreement_version v using (agreement_id)
		where agreement.nature = ${nature} and agreement.key = any(${[...keys]}::text[])
		order by agreement.key, v.posting_no desc`.execute(db);
	return new Map(rows.map((row) => [row.key, row]));
}
