import type { Kysely } from 'kysely';
import { m } from '#lib/paraglide/messages.js';
import type { DB } from '#lib/server/database/schema.ts';
import { listFindings } from '#lib/server/page/findings.ts';
import { writeCsvLine } from './csv.ts';
import { streamPieces } from './stream.ts';

const BATCH = 5000;

/** The columns of the file, in their order. */
export const FINDING_COLUMNS = [
	{ name: 'severity', meaning: m.dictionary_finding_severity },
	{ name: 'rule', meaning: m.dictionary_finding_rule },
	{ name: 'place', meaning: m.dictionary_finding_place },
	{ name: 'read', meaning: m.dictionary_finding_read },
	{ name: 'done', meaning: m.dictionary_finding_done }
] as const;

/** All findings of an import as a table, in the order of the file: for the partner who is to mend it. */
export function writeFindingsCsv(db: Kysely<DB>, importId: string, fileName: string): Response {
	const name = `findings-${fileName.replace(/[^\w.-]+/g, '_')}.csv`;
	return new Response(streamPieces(lines(db, importId)), {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': `attachment; filename="${name}"`,
			'cache-control': 'private, no-store'
		}
	});
}

async function* lines(db: Kysely<DB>, importId: string): AsyncGenerator<string> {
	yield writeCsvLine(FINDING_COLUMNS.map(({ name }) => ({ text: name })));
	let after: string | null = null;
	do {
		const page = await listFindings(db, importId, { severity: null, rule: null }, { after, limit: BATCH });
		for (const { severity, rule, place, was_read, was_done } of page.findings) {
			yield writeCsvLine([severity, rule, place, was_read, was_done].map((text) => ({ text })));
		}
		after = page.next;
	} while (after !== null);
}
