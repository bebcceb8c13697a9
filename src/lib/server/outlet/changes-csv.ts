import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { readPostings } from '#lib/server/facts/posting.ts';
import { rowsOf, type MoreOfRow } from '#lib/server/ledger/row-stream.ts';
import { compareSince } from '#lib/server/page/since.ts';
import type { ChangeKind, Since } from '#lib/slice/change.ts';
import type { Slice } from '#lib/slice/slice.ts';
import { writeVersion } from '#lib/slice/version.ts';
import { CHANGE_COLUMNS, type ChangeColumnName, type ChangeName } from '#lib/words/change-column.ts';
import { ENTRY_COLUMNS } from '#lib/words/entry-column.ts';
import { csvRowWriter, writeCsvLine } from './csv.ts';
import { addressOf, headersOf, openExtract, type Extract, type Site } from './extract.ts';
import { streamPieces } from './stream.ts';

type Line = { kind: Exclude<ChangeKind, 'known'>; name: ChangeName; sign: '' | '-' };

/** Each kind of change as the file calls it, and how its rows count in the difference. */
const LINES: readonly Line[] = [
	{ kind: 'added', name: 'added', sign: '' },
	{ kind: 'replaced', name: 'changed_before', sign: '-' },
	{ kind: 'replacement', name: 'changed_after', sign: '' },
	{ kind: 'withdrawn', name: 'withdrawn', sign: '-' }
];

/** What changed of a slice, fixed at one state of the books before any of it is written. */
export type ChangesFile = {
	slice: Slice;
	extracts: readonly { line: Line; extract: Extract }[];
	rows: number;
	difference: string;
	/** Where the same stands on a page. */
	address: string;
};

/** @throws UnknownKeyError for a key that names nothing */
export async function openChanges(
	db: Kysely<DB>,
	asked: Slice,
	since: Since,
	site: Site
): Promise<ChangesFile> {
	const slice = await pinned(db, asked);
	const [extracts, [change]] = await Promise.all([
		Promise.all(
			LINES.map(async (line) => ({
				line,
				extract: await openExtract(db, { ...slice, change: `${line.kind}:${since}` }, site)
			}))
		),
		compareSince(db, slice, since, [slice.measure])
	]);
	const query = addressOf('/changes', slice, site);
	return {
		slice,
		extracts,
		rows: extracts.reduce((sum, { extract }) => sum + extract.pinned.total.entries, 0),
		difference: change!.difference,
		address: `${query}${query.includes('?') ? '&' : '?'}since=${since}`
	};
}

/**
 * Every row that was added, changed (before and after) or withdrawn, as CSV. The column `difference` adds up to the
 * difference of the slice's total, which stands in `X-Control-Total`.
 */
export function writeChangesCsv({ slice, extracts, rows, difference, address }: ChangesFile): Response {
	const file = { name: `changes-${slice.measure}.csv`, type: 'text/csv; charset=utf-8; header=present' };
	return new Response(streamPieces(linesOf(extracts)), {
		headers: {
			...headersOf({ ...extracts[0]!.extract, slice, address }, file),
			'x-row-count': String(rows),
			'x-control-total': `${slice.currency} ${difference}`,
			'x-unconverted': ''
		}
	});
}

/** The four kinds are four questions: they are asked at one state of the books, whatever is posted meanwhile. */
async function pinned(db: Kysely<DB>, slice: Slice): Promise<Slice> {
	if (slice.version !== null) return slice;
	const latest = await readPostings(db, null);
	const version = { published: latest.published?.no ?? 0, demonstration: latest.demonstration?.no ?? 0 };
	return version.published + version.demonstration === 0
		? slice
		: { ...slice, version: writeVersion(version) };
}

const COLUMNS = [...CHANGE_COLUMNS, ...ENTRY_COLUMNS];

async function* linesOf(extracts: readonly { line: Line; extract: Extract }[]): AsyncGenerator<string> {
	yield writeCsvLine(COLUMNS.map(({ name }) => ({ plain: name })));
	const write = csvRowWriter(COLUMNS);
	for (const { line, extract } of extracts) {
		for await (const batch of extract.lines([changeOf(line, extract)])) {
			const lines = rowsOf(batch).map((row) => {
				const change = JSON.parse(row[ENTRY_COLUMNS.length]!) as (string | null)[];
				return `${write([...change, ...row])}\r\n`;
			});
			yield lines.join('');
		}
	}
}

/** What a version's end or beginning says of it, looked up beside its own columns: an array of the columns as JSON. */
function changeOf({ kind, name, sign }: Line, { slice, pinned: { resolved } }: Extract): MoreOfRow {
	const isEnd = kind === 'replaced' || kind === 'withdrawn';
	const reason = isEnd
		? sql`(select r.posting_no as no, r.cause from ledger_retirement r
			where r.reporting_organisation_id = page.reporting_organisation_id and r.entry_id = page.entry_id
				and r.posting_no <= ${resolved.posting}::integer
			order by r.posting_no limit 1)`
		: sql`(select page.added_by as no, (select r.cause from ledger_retirement r
			where r.reporting_organisation_id = page.reporting_organisation_id and r.replaced_by = page.entry_id limit 1) as cause)`;
	const columns: Record<ChangeColumnName, RawBuilder<unknown>> = {
		change: sql.lit(name),
		difference: sign === '-' ? sql`(-page.converted)::text` : sql`page.converted::text`,
		change_posting: sql`reason.no::text`,
		change_known_at: sql`to_char(p.known_at at time zone 'UTC', 'YYYY-MM-DD')`,
		change_cause: sql`reason.cause`,
		change_reason: sql`p.explanation`,
		change_file: sql`f.name`,
		change_file_sha256: sql`f.sha256::text`
	};
	return sql<string>`(select json_build_array(${sql.join(CHANGE_COLUMNS.map((column) => columns[column.name]))})::text
		from ${reason} reason join posting p on p.nature = ${slice.nature} and p.posting_no = reason.no
		left join import i on i.import_id = p.import_id left join source f on f.source_id = i.source_id)`;
}
