import type { Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { Directory } from '../directory.ts';
import type { EntryShown } from '../preview.ts';
import type { DatePrecision, LedgerEntryRecord } from '../record.ts';
import type { BookDetail } from './book-entries.ts';
import { readOrganisationKeys } from './scope.ts';

/**
 * Entries of both sides as a preview shows them. A file and the books may know one organisation by different keys; it is
 * shown under the one of the books on both sides, so that it does not look like a change.
 */
export class EntryNames {
	#db: Kysely<DB>;
	#directory: Directory;
	#keys = new Map<string, string>();

	constructor(db: Kysely<DB>, directory: Directory) {
		this.#db = db;
		this.#directory = directory;
	}

	/** Looks up the organisations that these entries name; call it before showing them. */
	async learn(records: Iterable<LedgerEntryRecord>, details: Iterable<BookDetail>): Promise<void> {
		const ids = new Set<string>();
		for (const { reporter, provider, receiver } of records) {
			for (const key of [reporter, provider, receiver]) {
				const id = key === null ? undefined : this.#directory.findOrganisation(key);
				if (id !== undefined) ids.add(id);
			}
		}
		for (const { reporterId, providerId, receiverId } of details) {
			for (const id of [reporterId, providerId, receiverId]) if (id !== null) ids.add(id);
		}
		const unknown = [...ids].filter((id) => !this.#keys.has(id));
		for (const [id, key] of await readOrganisationKeys(this.#db, unknown)) this.#keys.set(id, key);
	}

	ofFile(record: LedgerEntryRecord): EntryShown {
		const { reference, dateFrom, datePrecision, amount, currency, heading, description, place } = record;
		const nameOf = (key: string) => this.#keys.get(this.#directory.findOrganisation(key) ?? '') ?? key;
		return {
			entryId: null,
			reporter: nameOf(record.reporter),
			reference,
			dateFrom,
			dateTo: record.dateTo ?? dateFrom,
			datePrecision,
			amount,
			currency,
			provider: record.provider && nameOf(record.provider),
			receiver: record.receiver && nameOf(record.receiver),
			heading,
			description,
			place
		};
	}

	ofBooks(row: BookDetail): EntryShown {
		const { entryId, reference, dateFrom, dateTo, amount, currency, heading, description, place } = row;
		return {
			entryId,
			reporter: this.#keys.get(row.reporterId)!,
			reference,
			dateFrom,
			dateTo,
			datePrecision: row.datePrecision as DatePrecision,
			amount,
			currency,
			provider: row.providerId && this.#keys.get(row.providerId)!,
			receiver: row.receiverId && this.#keys.get(row.receiverId)!,
			heading,
			description,
			place
		};
	}
}
