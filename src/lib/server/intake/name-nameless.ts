import { sql } from 'kysely';
import type { PostingContext } from './directory.ts';

/**
 * An organisation that entries name and no record describes goes by what they call it, until a file says more. Called once
 * all records of a posting are written.
 */
export async function nameNameless({ db, nature, postingNo, sourceId }: PostingContext): Promise<void> {
	await sql`
		insert into organisation_version (organisation_id, nature, posting_no, name, source_id)
		select organisation_id, ${nature}, ${postingNo}::integer, regexp_replace(key, '^name:', ''), ${sourceId}::bigint from organisation
		where not exists (select from organisation_version v where v.organisation_id = organisation.organisation_id)`.execute(
		db
	);
}
