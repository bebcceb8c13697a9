import type { Question } from '#lib/server/answer.ts';
import { labelsOf, namesOf } from '#lib/server/facts/names.ts';
import { breakdown } from '#lib/server/ledger/breakdown.ts';
import { rows, type LedgerRow } from '#lib/server/ledger/rows.ts';
import { total } from '#lib/server/ledger/total.ts';
import type { Dimension, Slice } from '#lib/slice/slice.ts';
import { describeSlice } from '#lib/slice/words.ts';

const PAGE_ROWS = 50;

/** What a row of the list shows; the rest of it is on its own page and in the export. */
export type TransactionLine = Pick<
	LedgerRow,
	| 'kind'
	| 'date_from'
	| 'date_to'
	| 'date_precision'
	| 'amount_in_slice'
	| 'booked_in_slice'
	| 'amount'
	| 'currency'
	| 'country_basis'
	| 'provider'
	| 'receiver'
	| 'heading'
	| 'description'
	| 'voucher'
	| 'nature'
	| 'source_sha256'
	| 'place'
	| 'exchange_difference'
> & { entry: string };

/** Parts of a slice that the list can be narrowed by, with what each offers. */
export type FilterChoice = { field: 'country' | 'heading'; options: { value: string; label: string }[] };

export async function readTransactions({ db, slice, view }: Question<never>) {
	const [sum, page, names, choices] = await Promise.all([
		total(db, slice),
		rows(db, slice, { after: view.after, limit: PAGE_ROWS }),
		namesOf(db, slice),
		listChoices(db, slice)
	]);
	return {
		slice,
		total: sum,
		names,
		choices,
		next: page.next,
		after: view.after,
		words: describeSlice(slice, names),
		rows: page.rows.map(lineOf)
	};
}

function lineOf(row: LedgerRow): TransactionLine {
	const {
		kind,
		date_from,
		date_to,
		date_precision,
		amount_in_slice,
		booked_in_slice,
		amount,
		currency,
		country_basis,
		provider,
		receiver,
		heading,
		description,
		voucher,
		nature,
		source_sha256,
		place,
		exchange_difference
	} = row;
	return {
		kind,
		date_from,
		date_to,
		date_precision,
		amount_in_slice,
		booked_in_slice,
		amount,
		currency,
		country_basis,
		provider,
		receiver,
		heading,
		description,
		voucher,
		nature,
		source_sha256,
		place,
		exchange_difference,
		entry: `${row.reporting_organisation_id}-${row.entry_id}`
	};
}

/** Only what leads to rows is offered, and what is chosen now. */
async function listChoices(db: Question<never>['db'], slice: Slice): Promise<FilterChoice[]> {
	const fields = ['country', 'heading'] as const satisfies readonly Dimension[];
	return Promise.all(
		fields.map(async (field) => {
			const parts = await breakdown(db, { ...slice, country: null, heading: null }, [field]);
			const keys = parts.map(({ keys }) => keys[0] ?? null);
			const chosen = slice[field];
			if (chosen !== null && chosen !== 'none' && !keys.includes(chosen)) keys.push(chosen);
			const labels = await labelsOf(db, field, keys);
			const options = keys.flatMap((key) =>
				key === null ? [] : [{ value: key, label: labels.get(key) ?? key }]
			);
			return { field, options: options.sort((a, b) => a.label.localeCompare(b.label)) };
		})
	);
}
