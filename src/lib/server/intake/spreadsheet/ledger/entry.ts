import { isZero, negate } from '#lib/money/decimal.ts';
import { BASES, STATES } from '#lib/slice/slice.ts';
import type { LedgerEntryRecord } from '../../record.ts';
import type { RowAmount } from './amounts.ts';
import type { DateReading } from './dates.ts';
import type { RowCells } from './row-cells.ts';
import type { Tally } from './tally.ts';
import { countryOfWord, currencyOfWord, kindOfWord, meansNone } from './words.ts';

/** The entry of a row; use it only when the row is not refused. */
export function readEntry(
	row: RowCells,
	amount: RowAmount,
	dates: DateReading,
	tally: Tally
): LedgerEntryRecord {
	const { layout } = row;
	if (isZero(amount.amount)) tally.add('amount-zero', row.placeOf('amount'), amount.amount, 'read');
	return {
		kind: 'ledger_entry',
		place: row.place,
		nature: null,
		reporter: layout.constant('reporter') ?? '',
		activity: row.needed('activity'),
		project: row.value('project'),
		entryKind: readKind(row),
		reference: row.own('reference'),
		...dates.read(row),
		amount: layout.mapping.sign === 'negated' ? negate(amount.amount) : amount.amount,
		currency: readCurrency(row, amount.currency),
		provider: row.value('provider'),
		receiver: row.value('receiver'),
		providerActivity: row.own('providerActivity'),
		receiverActivity: row.own('receiverActivity'),
		agreement: row.value('agreement'),
		budgetVersion: layout.constant('budgetVersion'),
		heading: row.value('heading'),
		objective: row.value('objective'),
		description: row.own('description'),
		basis: BASES.find((basis) => basis === layout.constant('basis')) ?? 'not_stated',
		state: STATES.find((state) => state === layout.constant('state')) ?? 'not_stated',
		countries: readCountries(row, tally),
		countryBasis: 'measured',
		countryKey: null,
		sectors: readSectors(row),
		sectorBasis: 'measured',
		sectorKey: null,
		exchangeDifference: false
	};
}

function readKind(row: RowCells): LedgerEntryRecord['entryKind'] {
	const text = row.needed('kind');
	const kind = kindOfWord(text);
	if (kind === null && text !== '') row.refuse('unknown-code', 'kind', `kind: ${text.slice(0, 80)}`);
	return kind ?? '4';
}

/** The row's currency; one that the amount itself names must not contradict it. */
function readCurrency(row: RowCells, ofAmount: string | null): string {
	const text = row.value('currency') ?? ofAmount ?? row.needed('currency');
	const currency = currencyOfWord(text);
	if (currency === null) {
		if (text !== '') row.refuse('not-a-currency', 'currency', text.slice(0, 80));
		return '';
	}
	if (ofAmount !== null && ofAmount !== currency)
		row.refuse('currency-contradicts', 'amount', `an amount in ${ofAmount} in a row of ${currency}`);
	return currency;
}

function readCountries(row: RowCells, tally: Tally): LedgerEntryRecord['countries'] {
	const text = row.value('country');
	if (text === null) return [];
	if (meansNone(text)) {
		tally.add('country-none', row.placeOf('country'), text, 'read as of no single country', text);
		return [{ country: null, percentage: '100' }];
	}
	const found = countryOfWord(text);
	if (found === null) {
		row.refuse('not-a-country', 'country', text.slice(0, 80));
		return [];
	}
	if (!found.whole)
		tally.add('country-shortened', row.placeOf('country'), text, `read as ${found.country}`, text);
	return [{ country: found.country, percentage: '100' }];
}

function readSectors(row: RowCells): LedgerEntryRecord['sectors'] {
	const text = row.value('sector');
	if (text === null) return [];
	if (meansNone(text)) return [{ code: null, percentage: '100' }];
	if (/^\d{5}$/.test(text)) return [{ code: text, percentage: '100' }];
	row.refuse('unknown-code', 'sector', `${text.slice(0, 80)} is no sector of five digits`);
	return [];
}
