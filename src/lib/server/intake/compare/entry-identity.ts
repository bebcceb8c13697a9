import { hash } from 'node:crypto';
import type { Decimal } from '#lib/money/decimal.ts';
import type { Directory } from '../directory.ts';
import { fingerprintOf } from '../entry-rows.ts';
import type { LedgerEntryRecord } from '../record.ts';
import type { BookDetail, BookRow } from './book-entries.ts';
import type { BookEntry, FileEntry } from './identity.ts';
import type { Leftover } from './leftovers.ts';
import { organisationNumber, type Recut } from './scope.ts';
import type { StagedEntry } from './staged-entries.ts';

/*
 * The two sides of a comparison put into the same words: organisations by number, amounts without trailing zeros, both ends
 * of a date.
 */

/**
 * @param recut which shares of the entry's activity are others than in the books
 * @param compared false where the books hold nothing to compare with: then what only that needs is left out or, where the
 *   record is held anyway, worked out when it is asked for
 */
export function fileEntryOf(
	directory: Directory,
	entry: StagedEntry,
	recut: Recut | undefined,
	compared: boolean
): FileEntry {
	if (!compared) return new NewEntry(directory, entry);
	const { recordNo, record } = entry;
	return {
		recordNo,
		kind: record.entryKind,
		reference: record.reference,
		fields: hashOf(namedFields(directory, record)),
		fingerprint: fingerprintOf(record),
		recut:
			recut !== undefined &&
			((recut.countries && record.countries.length === 0) || (recut.sectors && record.sectors.length === 0))
	};
}

/** An entry whose reference is its own needs no hash of its fields to be named by. */
class NewEntry implements FileEntry {
	readonly recordNo: number;
	readonly kind: FileEntry['kind'];
	readonly reference: string | null;
	readonly fingerprint = '';
	readonly recut = false;
	#directory: Directory;
	#record: LedgerEntryRecord;

	constructor(directory: Directory, { recordNo, record }: StagedEntry) {
		this.recordNo = recordNo;
		this.kind = record.entryKind;
		this.reference = record.reference;
		this.#directory = directory;
		this.#record = record;
	}

	get fields(): string {
		return hashOf(namedFields(this.#directory, this.#record));
	}
}

export function bookEntryOf(row: BookRow): BookEntry {
	const { entryId, key, kind, reference, fingerprint } = row;
	return {
		entryId,
		key,
		kind,
		reference,
		fields: hashOf([
			row.dateFrom,
			row.dateTo,
			plainAmount(row.amount),
			row.currency,
			row.providerId,
			row.receiverId,
			row.description
		]),
		fingerprint
	};
}

export function leftoverOfFile(directory: Directory, { recordNo, record }: StagedEntry): Leftover {
	const [from, to, amount, currency, provider, receiver, description] = namedFields(directory, record);
	return {
		id: String(recordNo),
		kind: record.entryKind,
		reference: record.reference,
		dates: `${from} ${to}`,
		amount: amount!,
		currency: currency!,
		provider: provider!,
		receiver: receiver!,
		description: description!,
		rest: JSON.stringify([
			record.heading,
			record.valueDate ?? record.dateFrom,
			record.providerActivity,
			record.receiverActivity,
			record.budgetVersion,
			record.basis,
			record.state
		]),
		fingerprint: fingerprintOf(record)
	};
}

export function leftoverOfBooks(row: BookDetail): Leftover {
	return {
		id: row.entryId,
		kind: row.kind,
		reference: row.reference,
		dates: `${row.dateFrom} ${row.dateTo}`,
		amount: plainAmount(row.amount),
		currency: row.currency,
		provider: row.providerId,
		receiver: row.receiverId,
		description: row.description,
		rest: JSON.stringify([
			row.heading,
			row.valueDate,
			row.providerActivity,
			row.receiverActivity,
			row.budgetVersion,
			row.basis,
			row.state
		]),
		fingerprint: row.fingerprint
	};
}

function namedFields(directory: Directory, record: LedgerEntryRecord): (string | null)[] {
	const numberOf = (key: string | null) => (key === null ? null : organisationNumber(directory, key));
	return [
		record.dateFrom,
		record.dateTo ?? record.dateFrom,
		plainAmount(record.amount),
		record.currency,
		numberOf(record.provider),
		numberOf(record.receiver),
		record.description
	];
}

function hashOf(fields: readonly (string | null)[]): string {
	return hash('sha256', JSON.stringify(fields), 'hex').slice(0, 32);
}

/** The same amount with no more digits than it needs: `1.50` and `1.5` are one movement. */
export function plainAmount(amount: Decimal): Decimal {
	return amount.includes('.') ? amount.replace(/\.?0+$/, '') : amount;
}
