import { hash } from 'node:crypto';
import { m } from '#lib/paraglide/messages.js';
import { isHeld } from '#lib/server/entity-tag.ts';
import { formatDay } from '#lib/words/date.ts';
import { canonicalJson, hashManifest, type Manifest } from './manifest.ts';
import type { Report } from './report.ts';
import { typeset } from './typeset.ts';

/** A report with what it states. */
export type MadeReport = {
	report: Report;
	manifest: Manifest;
	/** The permanent address of its leading figure, as it is printed; null for books that hold nothing. */
	reference: string | null;
	/** Without ending: `GLOACT-brief`. */
	name: string;
};

/** Books that hold nothing have no day; a file must have one. */
const NO_DAY = '1970-01-01';
/** Marks the places of the numbers in "Page 1 of 2". Never in a text. */
const MARK = '\u{E000}';

/** A report as a PDF to download. It is named by its own bytes: who has them gets 304. */
export function writeReport(made: MadeReport, request?: Request): Response {
	const { manifest, report } = made;
	const text = canonicalJson(wellFormed(manifest));
	const pdf = typeset(JSON.stringify(wellFormed(sheetOf(made, hashManifest(text)))), text);
	const etag = `"${hash('sha256', pdf, 'base64url').slice(0, 27)}"`;
	const invented = report.mark !== null;
	const headers = {
		etag,
		'cache-control': 'no-cache',
		'x-manifest-sha256': hashManifest(text),
		'x-data-version': manifest.data_version ?? '0.0',
		'x-generated-at': manifest.known_at ?? '',
		...(invented ? { 'x-robots-tag': 'noindex' } : {})
	};
	if (isHeld(request?.headers.get('if-none-match'), etag))
		return new Response(null, { status: 304, headers });
	return new Response(new Uint8Array(pdf), {
		headers: {
			...headers,
			'content-type': 'application/pdf',
			'content-length': String(pdf.length),
			'content-language': report.language,
			'content-disposition': `attachment; filename="${invented ? 'DEMONSTRATION-' : ''}${made.name.replace(/[^\w.-]+/g, '_')}.pdf"`
		}
	});
}

/** What the template reads. */
function sheetOf({ report, manifest, reference }: MadeReport, manifestHash: string) {
	const { as_of: asof, data_version: version, known_at: knownAt, filter } = manifest;
	const day = (knownAt ?? NO_DAY).slice(0, 10);
	const words =
		version === null ? m.report_nothing_posted() : m.report_data_version({ version, date: formatDay(day) });
	return {
		sheet: report,
		texts: {
			description: filter,
			asof: asof === null ? words : `${m.layout_as_of({ date: formatDay(asof) })} ${words}`,
			page: m.report_page({ page: MARK, pages: MARK }).split(MARK),
			manifest: m.report_manifest_hash(),
			attachment: m.report_manifest_attached(),
			/** What stands in place of a value: set more quietly. */
			absent: [m.layout_not_published(), m.layout_no_demonstration_entries(), m.layout_not_applicable()]
		},
		date: day.split('-').map((part) => Number.parseInt(part, 10)),
		reference,
		manifest: manifestHash
	};
}

/** Texts of others may hold halves of letters and control characters, which no JSON reader and no paper takes. */
function wellFormed<T>(value: T): T {
	if (typeof value === 'string') return value.toWellFormed().replace(/\p{Cc}+/gu, ' ') as T;
	if (Array.isArray(value)) return value.map(wellFormed) as T;
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, wellFormed(member)])) as T;
}
