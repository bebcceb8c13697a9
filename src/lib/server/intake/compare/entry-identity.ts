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
 * @param compared false where the books hold nothing to compare with: then what only that needs is left out
 */
export function fileEntryOf(
	directory: Directory,
	{ recordNo, record }: StagedEntry,
	recut: Recut | undefined,
	compared: boolean
): FileEntry {
	const { entryKind: kind, reference } = record;
	return {
		recordNo,
		kind,
		reference,
		fields: hashOf(namedFields(directory, record)),
		fingerprint: compared ? fingerprintOf(record) : '',
		recut:
			recut !== undefined &&
			((recut.countries && record.countries.length === 0) || (recut.sectors && record.sectors.length === 0))
	};
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
