import type { Kysely } from 'kysely';
import { m } from '#lib/paraglide/messages.js';
import type { DB } from '#lib/server/database/schema.ts';
import { namesOf } from '#lib/server/facts/names.ts';
import { evidenceOf, type Evidence } from '#lib/server/ledger/evidence.ts';
import { pinSlice, type PinnedSlice } from '#lib/server/ledger/pinned.ts';
import {
	streamLines,
	streamRows,
	type MoreOfRow,
	type RowBatch,
	type StreamedRow
} from '#lib/server/ledger/row-stream.ts';
import { defaultSlice, writeSlice } from '#lib/slice/codec.ts';
import type { Slice } from '#lib/slice/slice.ts';
import { describeSlice } from '#lib/slice/words.ts';
import { ENTRY_COLUMNS } from '#lib/words/entry-column.ts';

/** The site that a download is taken from: what is not the question, but stands in its address. */
export type Site = { origin: string; portfolio: string };

/**
 * A slice on its way out, fixed at one state of the books: whichever writer asks, and however long it takes, head, rows
 * and evidence are of the same rows.
 */
export type Extract = {
	slice: Slice;
	pinned: PinnedSlice;
	/** The question in words. */
	words: string;
	/** Where the same rows stand on a page. */
	address: string;
	/** Rows in the order of the ledger, in batches. */
	rows(): AsyncGenerator<readonly StreamedRow[]>;
	/** The same with what is asked for beside their columns, blanks as empty texts. */
	lines(more?: readonly MoreOfRow[]): AsyncGenerator<RowBatch>;
	evidence(): Promise<Evidence>;
};

/** @throws UnknownKeyError for a key that names nothing */
export async function openExtract(db: Kysely<DB>, slice: Slice, site: Site): Promise<Extract> {
	const pinned = await pinSlice(db, slice);
	return {
		slice,
		pinned,
		words: describeSlice(slice, await namesOf(db, slice)),
		address: addressOf('/transactions', slice, site),
		rows: () => streamRows(db, pinned),
		lines: (more) => streamLines(db, pinned, more),
		evidence: () => evidenceOf(db, pinned.resolved)
	};
}

export function addressOf(path: string, slice: Slice, { origin, portfolio }: Site): string {
	const query = writeSlice(slice, defaultSlice(portfolio)).toString();
	return `${origin}${path}${query === '' ? '' : `?${query}`}`;
}

/** What every download carries beside its rows and their evidence, in the order in which it is written. */
export function headOf({ slice, pinned, words, address }: Extract) {
	const { total, version, knownAt } = pinned;
	const demonstration = slice.nature === 'demonstration';
	return {
		...(demonstration ? { DEMONSTRATION: m.exports_demonstration() } : {}),
		title: words,
		address,
		nature: slice.nature,
		measure: slice.measure,
		as_of: slice.asof,
		data_version: version,
		generated_at: knownAt,
		terms: demonstration ? m.exports_terms_demonstration() : m.exports_terms(),
		row_count: total.entries,
		control_total: { currency: slice.currency, amount: total.amount },
		unconverted: total.unconverted,
		not_counted: total.notCounted.map(({ reason, amount, entries, unconverted }) => ({
			counting: reason,
			amount,
			entries,
			unconverted
		})),
		columns: ENTRY_COLUMNS.map(({ name, kind, meaning }) => ({ name, kind, meaning: meaning() }))
	};
}

/**
 * Headers of a download: a reader tells by the row count and the control total, in the slice's currency, that a file is
 * whole, and by the data version which state of the books it is of.
 */
export function headersOf(
	{ slice, pinned, address }: Extract,
	file: { name: string; type: string }
): Record<string, string> {
	const { total, version, knownAt } = pinned;
	const demonstration = slice.nature === 'demonstration';
	return {
		'content-type': file.type,
		'content-disposition': `attachment; filename="${demonstration ? 'DEMONSTRATION-' : ''}${file.name}"`,
		'x-row-count': String(total.entries),
		'x-control-total': total.amount === null ? '' : `${slice.currency} ${total.amount}`,
		'x-unconverted': total.unconverted.map((part) => `${part.currency} ${part.amount}`).join(', '),
		'x-data-version': `${version.published ?? 0}.${version.demonstration ?? 0}`,
		'x-generated-at': knownAt ?? '',
		'x-slice': address,
		...(demonstration ? { 'x-robots-tag': 'noindex' } : {})
	};
}
