import { m } from '#lib/paraglide/messages.js';
import type { EntryColumn } from './entry-column.ts';

/** What happened to the row of a line. */
export const CHANGE_NAMES = ['added', 'changed_before', 'changed_after', 'withdrawn'] as const;
export type ChangeName = (typeof CHANGE_NAMES)[number];

/** What stands before the columns of an entry in a download of changes: what happened to it, what that adds, and why. */
export const CHANGE_COLUMNS = [
	{ name: 'change', kind: 'code', meaning: m.citation_csv_change },
	{ name: 'difference', kind: 'decimal', meaning: m.citation_csv_difference },
	{ name: 'change_posting', kind: 'integer', meaning: m.citation_csv_posting },
	{ name: 'change_known_at', kind: 'date', meaning: m.citation_csv_known_at },
	{ name: 'change_cause', kind: 'code', meaning: m.citation_csv_cause },
	{ name: 'change_reason', kind: 'text', meaning: m.citation_csv_reason },
	{ name: 'change_file', kind: 'text', meaning: m.citation_csv_file },
	{ name: 'change_file_sha256', kind: 'code', meaning: m.citation_csv_file_sha256 }
] as const satisfies readonly EntryColumn[];

export type ChangeColumnName = (typeof CHANGE_COLUMNS)[number]['name'];
