import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { SourceFile } from '#lib/server/facts/sources.ts';
import type { ImportState, Progress } from '#lib/server/intake/desk.ts';
import type { Decisions, PostedCounts, Preview } from '#lib/server/intake/preview.ts';
import type { StagedCounts } from '#lib/server/intake/staging.ts';
import { isUndone } from '#lib/server/intake/undo/undone.ts';
import type { Mapping } from '#lib/server/intake/spreadsheet/mapping.ts';
import type { Nature } from '#lib/slice/slice.ts';
import { findOrganisations, listChanges, type ChangeLine } from './changes.ts';
import {
	countFindings,
	listFindings,
	type FindingFilter,
	type FindingGroup,
	type FindingLine
} from './findings.ts';

/** One reading of a file, as a list of them names it. */
export type ImportLine = {
	import_id: string;
	source_id: string;
	nature: Nature;
	reader: string;
	state: ImportState;
	created_at: Date;
	options: { mapping?: Mapping };
	/** How many rows or activities a check stopped. */
	refused: number;
	posting_no: number | null;
	known_at: Date | null;
	explanation: string | null;
	/** The posting that undid this one's. */
	undone_by: number | null;
};

/** All imports of a source, the latest first. */
export async function listImports(db: Kysely<DB>, sourceId: string): Promise<ImportLine[]> {
	const { rows } = await sql<ImportLine>`
		select import.import_id, source_id, import.nature, reader, state, created_at, options, jsonb_array_length(coalesce(counts -> 'refused', '[]')) as refused,
			posting.posting_no, posting.known_at,
			posting.explanation, case when ${isUndone()} then later.posting_no end as undone_by
		from import left join posting on posting.import_id = import.import_id
		left join posting later on later.nature = posting.nature and later.undoes = posting.posting_no
		where source_id = ${sourceId}::bigint order by import.import_id desc`.execute(db);
	return rows;
}

/** The import of a source that an address names; null where there is no such one of this source. */
export async function findImportOf(
	db: Kysely<DB>,
	{ source_id }: SourceFile,
	importId: string | null
): Promise<ImportLine | null> {
	const imports = await listImports(db, source_id);
	return imports.find(({ import_id }) => import_id === importId) ?? null;
}

/** What a preview page shows of one import: what it found, what posting it would do or did. */
export type ImportShown = ImportLine & {
	problem: string | null;
	preview: Preview | null;
	decisions: Decisions | null;
	counts: Partial<StagedCounts> & { posted?: PostedCounts };
	groups: FindingGroup[];
	findings: FindingLine[];
	nextFindings: string | null;
	changes: ChangeLine[];
	/** Its reporters that the books know, by number: what is in the books now stands under these. */
	reporterIds: string[];
	progress: Progress | null;
};

const FINDINGS = 50;
const CHANGES = 500;

export async function readImport(
	db: Kysely<DB>,
	chosen: ImportLine,
	filter: FindingFilter,
	after: string | null,
	progress: Progress | null
): Promise<ImportShown> {
	const { import_id } = chosen;
	const [{ rows }, groups, page, changes] = await Promise.all([
		sql<
			Pick<ImportShown, 'problem' | 'preview' | 'decisions' | 'counts'>
		>`select problem, preview, decisions, counts from import where import_id = ${import_id}::bigint`.execute(
			db
		),
		countFindings(db, import_id),
		listFindings(db, import_id, filter, { after, limit: FINDINGS }),
		listChanges(db, import_id, CHANGES)
	]);
	const found = rows[0]!;
	const reporters = await findOrganisations(db, found.preview?.reporters.map(({ key }) => key) ?? []);
	return {
		...chosen,
		...found,
		groups,
		findings: page.findings,
		nextFindings: page.next,
		changes,
		reporterIds: [...reporters.values()],
		progress
	};
}
