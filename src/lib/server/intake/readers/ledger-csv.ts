import { isDecimal, isZero } from '#lib/money/decimal.ts';
import { BASES, KINDS, STATES } from '#lib/slice/slice.ts';
import {
	DATE_PRECISIONS,
	SHARE_BASES,
	type InstalmentRecord,
	type LedgerEntryRecord,
	type LedgerWithdrawalRecord
} from '../record.ts';
import type { Cells } from './cells.ts';
import type { Reader } from './reader.ts';
import { readShares } from './shares.ts';
import { missingColumns, readTable } from './table.ts';

/** Columns without which a row cannot be posted. All others may be absent, which reads as "not stated". */
const NEEDED = ['reporter', 'project', 'activity', 'kind', 'reference', 'date_from', 'amount', 'currency'];

/**
 * A transaction listing in the dashboard's own layout: one row per movement, budget line or planned
 * disbursement, parties by key. A row with the action `withdraw` takes back the earlier one of the same
 * reporter, activity, kind and reference. A receipt may say which instalment of its agreement it pays.
 */
export const ledgerCsv: Reader = {
	name: 'ledger-csv',
	version: '1',
	async *read(bytes, options) {
		for await (const part of readTable(bytes, options)) {
			if (part.kind === 'finding') yield part;
			else if (part.kind === 'header') {
				const findings = missingColumns(part, NEEDED, options.fileName);
				yield* findings;
				if (findings.length > 0) return;
			} else {
				const action = part.oneOf('action', ['post', 'withdraw']);
				const records = action === 'withdraw' ? [withdrawal(part)] : posted(part);
				yield* part.findings;
				if (!part.refused) yield* records;
			}
		}
	}
};

function posted(row: Cells): (LedgerEntryRecord | InstalmentRecord)[] {
	const receipt = entry(row);
	const number = row.decimal('instalment');
	if (number === null) return [receipt];
	return [
		receipt,
		{
			kind: 'instalment',
			place: row.place,
			key: `${row.needed('agreement')}-${number}`,
			agreement: row.needed('agreement'),
			number: Number.parseInt(number, 10),
			amount: receipt.amount,
			currency: receipt.currency,
			plannedOn: row.day('instalment_planned_on'),
			requestedOn: row.day('instalment_requested_on'),
			receivedOn: receipt.dateFrom,
			receipts: [row.needed('reference')],
			condition: row.text('instalment_condition')
		}
	];
}

function withdrawal(row: Cells): LedgerWithdrawalRecord {
	return {
		kind: 'ledger_withdrawal',
		place: row.place,
		nature: row.oneOf('nature', ['published', 'demonstration']),
		reporter: row.needed('reporter'),
		activity: row.needed('activity'),
		entryKind: row.oneOf('kind', KINDS) ?? '4',
		reference: row.needed('reference'),
		reason: row.needed('reason')
	};
}

function entry(row: Cells): LedgerEntryRecord {
	row.needed('kind');
	return {
		kind: 'ledger_entry',
		place: row.place,
		nature: row.oneOf('nature', ['published', 'demonstration']),
		reporter: row.needed('reporter'),
		activity: row.needed('activity'),
		project: row.needed('project'),
		entryKind: row.oneOf('kind', KINDS) ?? '4',
		reference: row.text('reference'),
		...dates(row),
		valueDate: row.day('value_date'),
		amount: amount(row),
		currency: currency(row),
		provider: row.text('provider'),
		receiver: row.text('receiver'),
		providerActivity: row.text('provider_activity'),
		receiverActivity: row.text('receiver_activity'),
		agreement: row.text('agreement'),
		budgetVersion: row.text('budget_version'),
		heading: row.text('heading'),
		objective: row.text('objective'),
		description: row.text('description'),
		basis: row.oneOf('basis', BASES) ?? 'not_stated',
		state: row.oneOf('state', STATES) ?? 'not_stated',
		countries: readShares(row, 'countries', /^[A-Z]{2}$/).map(({ code, percentage }) => ({
			country: code,
			percentage
		})),
		countryBasis: row.oneOf('country_basis', SHARE_BASES) ?? 'measured',
		countryKey: row.text('country_key'),
		sectors: readShares(row, 'sectors', /^\d{5}$/),
		sectorBasis: row.oneOf('sector_basis', SHARE_BASES) ?? 'measured',
		sectorKey: row.text('sector_key'),
		exchangeDifference: row.yes('exchange_difference'),
		rateHint: row.text('rate_publisher')
	};
}

function dates(row: Cells): Pick<LedgerEntryRecord, 'dateFrom' | 'dateTo' | 'datePrecision'> {
	const dateFrom = row.day('date_from');
	if (dateFrom === null) {
		if (!row.refused) row.note('warning', 'date-missing', 'date_from is empty', 'read as not dated');
		return { dateFrom: null, dateTo: null, datePrecision: 'unknown' };
	}
	const dateTo = row.day('date_to') ?? dateFrom;
	if (dateFrom > dateTo) row.note('error', 'end-before-start', `${dateFrom} to ${dateTo}`, 'row not read');
	const stated = row.oneOf('date_precision', DATE_PRECISIONS);
	const datePrecision = stated ?? (dateFrom === dateTo ? 'day' : 'period');
	if (datePrecision === 'unknown' || (datePrecision === 'day' && dateFrom !== dateTo)) {
		row.note(
			'error',
			'precision-contradicts-date',
			`${datePrecision}: ${dateFrom} to ${dateTo}`,
			'row not read'
		);
	}
	return { dateFrom, dateTo, datePrecision };
}

function amount(row: Cells): string {
	const read = row.neededDecimal('amount');
	if (isDecimal(read) && isZero(read) && !row.refused) row.note('warning', 'amount-zero', read, 'read');
	return read;
}

function currency(row: Cells): string {
	const read = row.needed('currency');
	if (read !== '' && !/^[A-Z]{3}$/.test(read)) row.note('error', 'not-a-currency', read, 'row not read');
	return read;
}
