import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import { escaped } from '#lib/iati/write/xml.ts';
import { m } from '#lib/paraglide/messages.js';
import { baseLocale, getLocale } from '#lib/paraglide/runtime.js';
import type { DB } from '#lib/server/database/schema.ts';
import { listChanges, type Change } from '#lib/server/facts/changes.ts';
import { defaultSlice, writeAddress } from '#lib/slice/codec.ts';
import type { Nature, Slice } from '#lib/slice/slice.ts';
import type { Site } from './extract.ts';

const ENTRIES = 100;

/**
 * The latest postings of a nature as an Atom feed (RFC 4287): what was posted, when and from which file. No amounts, and of
 * files that are not released not even the name.
 */
export async function writeChangesAtom(
	db: Kysely<DB>,
	{ nature, asof, portfolio }: Slice,
	site: Site
): Promise<Response> {
	const changes = await listChanges(db, nature, asof, ENTRIES);
	const locale = getLocale();
	const root = site.origin + (locale === baseLocale ? '' : `/${locale}`);
	const query = nature === 'demonstration' ? '?nature=demonstration' : '';
	const updated = changes[0]?.known_at ?? new Date(0);
	const title = nature === 'demonstration' ? m.citation_feed_demonstration() : m.citation_feed_title();
	const address = (since: number) => {
		const slice = { ...defaultSlice(site.portfolio), portfolio, nature };
		return `${root}/changes?${writeAddress({ slice, fields: { since: String(since) } }, defaultSlice(site.portfolio)).toString()}`;
	};
	const text = `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${locale}">
<id>${idOf([nature, 'postings', site.portfolio])}</id>
<title>${escaped(title)}</title>
<updated>${updated.toISOString()}</updated>
<author><name>${escaped(m.citation_feed_author())}</name></author>
<link rel="self" type="application/atom+xml" href="${escaped(`${root}/changes.atom${query}`)}"/>
<link rel="alternate" type="text/html" href="${escaped(`${root}/changes${query}`)}"/>
${changes.map((change) => entryOf(change, nature, address)).join('')}</feed>
`;
	return new Response(text, {
		headers: {
			'content-type': 'application/atom+xml; charset=utf-8',
			...(nature === 'demonstration' ? { 'x-robots-tag': 'noindex' } : {})
		}
	});
}

function entryOf(change: Change, nature: Nature, address: (since: number) => string): string {
	const { posting_no, known_at, explanation, source_name, source_released, records } = change;
	const parts = [
		// A reason is free text, and often the file's name.
		source_released === false ? m.citation_feed_withheld() : m.citation_feed_reason({ reason: explanation }),
		source_name !== null && source_released ? m.citation_feed_file({ name: source_name }) : null,
		records === null ? null : m.citation_feed_records({ count: String(records) })
	].filter((part) => part !== null);
	const moment = known_at.toISOString();
	return `<entry>
<id>${idOf([nature, String(posting_no), moment])}</id>
<title>${escaped(m.citation_feed_entry({ no: String(posting_no) }))}</title>
<updated>${moment}</updated>
${posting_no > 1 ? `<link rel="alternate" type="text/html" href="${escaped(address(posting_no - 1))}"/>\n` : ''}<content type="text">${escaped(parts.join(' '))}</content>
</entry>
`;
}

/** A name for good that says nothing and moves with no address: the same posting has it wherever it is served from. */
function idOf(parts: readonly string[]): string {
	const hex = createHash('sha256').update(parts.join('\n')).digest('hex');
	// A UUID of version 8 (RFC 9562): made after a rule of one's own.
	const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4];
	return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
