import { sql } from 'kysely';
import type { PostingContext } from '../directory.ts';
import { insertMany } from '../insert.ts';
import type { IatiOrganisationRecord, Texts } from '../record.ts';

type Known = { id: string; name: string | null; type: string | null; country: string | null; told: boolean };

/**
 * Writes the organisations that a file names. One that the books have a name for keeps it, with two exceptions: the
 * organisation that reports says itself what it is called, unless a researcher has said it with evidence.
 */
export async function postIatiOrganisations(
	context: PostingContext,
	records: readonly IatiOrganisationRecord[]
): Promise<void> {
	const { db, directory, nature, postingNo, sourceId } = context;
	const ids = await directory.organisationsOfKeys(records.map(({ key }) => key));
	const known = await readKnown(context, [...new Set(ids.values())]);
	const rows = new Map<string, Record<string, unknown>>();
	for (const record of records) {
		const id = ids.get(record.key)!;
		const before = known.get(id);
		const name = nameOf(record);
		const isBetter = before?.name == null || (record.reports && !before.told && before.name !== name);
		if (!isBetter || (rows.has(id) && !record.reports)) continue;
		directory.setOrganisationName(name, id);
		rows.set(id, {
			organisation_id: id,
			nature,
			posting_no: postingNo,
			reference: record.reference,
			name,
			type_code: record.type ?? before?.type ?? null,
			country: before?.country ?? null,
			parts_in_source: [],
			source_id: sourceId,
			place: record.place
		});
	}
	await insertMany(db, 'organisation_version', [...rows.values()]);
}

async function readKnown({ db }: PostingContext, ids: readonly string[]): Promise<Map<string, Known>> {
	const { rows } = await sql<Known>`
		select distinct on (organisation_id) organisation_id as id, name, type_code as type, country, evidence is not null as told
		from organisation_version where organisation_id = any(${ids}::bigint[])
		order by organisation_id, nature = 'published' desc, posting_no desc`.execute(db);
	return new Map(rows.map((row) => [row.id, row]));
}

/** English where there is it, else the first that the file gives, else the reference. */
function nameOf({ name, reference, key }: IatiOrganisationRecord): string {
	return textOf(name) ?? reference ?? key;
}

function textOf(texts: Texts | null): string | null {
	return texts === null ? null : (texts.en ?? texts.und ?? Object.values(texts)[0] ?? null);
}
