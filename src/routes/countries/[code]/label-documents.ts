import { codeName } from '#lib/iati/code-names.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import type { DocumentLine, PageRead, StoredFile } from '#lib/server/facts/documents.ts';
import { formatBytes, formatCount } from '#lib/words/count.ts';
import { formatDay } from '#lib/words/date.ts';
import { languageName } from '#lib/words/language.ts';
import { FACTS_LANGUAGE, inLanguage, type SourceText } from '../../facts/in-language.ts';

/** A document in words; null stands for what its source does not state. */
export type DocumentRow = {
	key: string;
	title: SourceText;
	/** Its address: elsewhere, or a stored file's page here. */
	href: string;
	stored: boolean;
	/** What links to it. */
	activity: { id: string; title: SourceText } | null;
	category: string;
	language: string | null;
	mediaType: string | null;
	date: string | null;
	size: string | null;
	sha256: string | null;
};

/** Documents, pages and files of a country, in the visitor's language. */
export function labelDocuments(
	documents: readonly DocumentLine[],
	{ pages, files }: { pages: readonly PageRead[]; files: readonly StoredFile[] }
): { rows: DocumentRow[]; linked: number; shown: number } {
	return {
		rows: [...documents.map(linked), ...pages.map(read), ...files.map(stored)],
		linked: documents[0]?.documents ?? 0,
		shown: documents.length
	};
}

/** The text that most often stands in a list, where one does so more than once; else null. */
export function mostCommon(texts: readonly string[]): string | null {
	const counts = Map.groupBy(texts, (text) => text);
	const [text, same] = [...counts].reduce(
		(most, one) => (one[1].length > most[1].length ? one : most),
		['', []]
	);
	return same.length > 1 ? text : null;
}

function linked(line: DocumentLine, index: number): DocumentRow {
	const names = line.categories.map((code) => codeName('DocumentCategory', code, getLocale()) ?? code);
	return {
		key: `linked-${index}`,
		title: line.titles && Object.keys(line.titles).length > 0 ? inLanguage(line.titles) : { text: line.url },
		href: line.url,
		stored: false,
		activity: { id: line.activity_id, title: inLanguage(line.activity) },
		category: names.join(', ') || m.places_not_stated(),
		language: line.languages.map((code) => languageName(code)).join(', ') || null,
		mediaType: line.media_type,
		date: line.document_date && formatDay(line.document_date),
		size: line.stored && formatBytes(line.stored.size),
		sha256: line.stored?.sha256 ?? null
	};
}

function read({ url, title, facts }: PageRead, index: number): DocumentRow {
	return {
		key: `read-${index}`,
		title: { text: title ?? url, lang: FACTS_LANGUAGE },
		href: url,
		stored: false,
		activity: null,
		category: facts === 1 ? m.places_page_read_one() : m.places_page_read({ count: formatCount(facts) }),
		language: null,
		mediaType: null,
		date: null,
		size: null,
		sha256: null
	};
}

function stored({ sha256, name, media_type, size, received_at, facts }: StoredFile): DocumentRow {
	return {
		key: sha256,
		title: { text: name },
		href: `/sources/${sha256}`,
		stored: true,
		activity: null,
		category: facts === 1 ? m.places_file_stored_one() : m.places_file_stored({ count: formatCount(facts) }),
		language: null,
		mediaType: media_type,
		date: m.places_received({ date: formatDay(received_at.toISOString().slice(0, 10)) }),
		size: formatBytes(size),
		sha256
	};
}
