import type { Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { streamRows, type LedgerRow } from '#lib/server/ledger/rows.ts';
import { total } from '#lib/server/ledger/total.ts';
import type { Slice } from '#lib/slice/slice.ts';
import { streamLines, writeCsvLine, type CsvCell } from './csv.ts';

type CsvColumn = { name: string; cell: (row: LedgerRow, slice: Slice) => CsvCell };

const text = (name: string, read: (row: LedgerRow) => string | null): CsvColumn => ({
	name,
	cell: (row) => ({ text: read(row) })
});
const plain = (name: string, read: (row: LedgerRow, slice: Slice) => string | number | null): CsvColumn => ({
	name,
	cell: (row, slice) => ({ plain: read(row, slice) })
});

/** The columns of `/transactions.csv`, in order. `/about` explains them; a test holds the two together. */
export const TRANSACTION_COLUMNS: readonly CsvColumn[] = [
	plain('nature', ({ nature }) => nature),
	plain('date_from', ({ date_from }) => date_from),
	plain('date_to', ({ date_to }) => date_to),
	plain('date_precision', ({ date_precision }) => date_precision),
	plain('kind', ({ kind }) => kind),
	plain('counting', ({ counting }) => counting),
	plain('basis', ({ basis }) => basis),
	plain('state', ({ state }) => state),
	plain('amount_in_slice', ({ amount_in_slice }) => amount_in_slice),
	plain('slice_currency', (_row, { currency }) => currency),
	plain('booked_in_slice', ({ booked_in_slice }) => booked_in_slice),
	plain('amount', ({ amount }) => amount),
	plain('currency', ({ currency }) => currency),
	plain('amount_eur', ({ amount_eur }) => amount_eur),
	plain('amount_usd', ({ amount_usd }) => amount_usd),
	text('rate_publisher', ({ rate_publisher }) => rate_publisher),
	plain('rate_date', ({ rate_date }) => rate_date),
	plain('units_per_eur', ({ rate_eur }) => rate_eur),
	plain('units_per_usd', ({ rate_usd }) => rate_usd),
	plain('country_basis', ({ country_basis }) => country_basis),
	text('country_key', ({ country_key }) => country_key),
	text('reporter', ({ reporter }) => reporter),
	text('provider', ({ provider }) => provider),
	text('provider_activity', ({ provider_activity }) => provider_activity),
	text('receiver', ({ receiver }) => receiver),
	text('receiver_activity', ({ receiver_activity }) => receiver_activity),
	text('project', ({ project_key }) => project_key),
	text('activity', ({ activity_key }) => activity_key),
	text('agreement', ({ agreement_key }) => agreement_key),
	text('heading', ({ heading }) => heading),
	text('objective', ({ objective_key }) => objective_key),
	text('description', ({ description }) => description),
	text('reference', ({ voucher }) => voucher),
	text('source_file', ({ source_name }) => source_name),
	plain('source_sha256', ({ source_sha256 }) => source_sha256),
	text('source_place', ({ place }) => place),
	plain('posting', ({ added_by }) => added_by),
	plain('entry', ({ reporting_organisation_id, entry_id }) => `${reporting_organisation_id}-${entry_id}`)
];

/**
 * Every row of a slice as CSV, one batch in memory at a time. Row count and control total, in the slice's currency, are
 * in the headers, so that a reader can tell a whole file.
 */
export async function writeTransactionsCsv(db: Kysely<DB>, slice: Slice): Promise<Response> {
	const { amount, entries, unconverted } = await total(db, slice);
	const demonstration = slice.nature === 'demonstration';
	return new Response(streamLines(linesOf(db, slice)), {
		headers: {
			'content-type': 'text/csv; charset=utf-8; header=present',
			'content-disposition': `attachment; filename="${demonstration ? 'DEMONSTRATION-' : ''}transactions-${slice.measure}.csv"`,
			'x-row-count': String(entries),
			'x-control-total': amount === null ? '' : `${slice.currency} ${amount}`,
			'x-unconverted': unconverted.map((part) => `${part.currency} ${part.amount}`).join(', '),
			...(demonstration ? { 'x-robots-tag': 'noindex' } : {})
		}
	});
}

async function* linesOf(db: Kysely<DB>, slice: Slice): AsyncGenerator<string> {
	yield writeCsvLine(TRANSACTION_COLUMNS.map(({ name }) => ({ plain: name })));
	for await (const batch of streamRows(db, slice)) {
		let lines = '';
		for (const row of batch) lines += writeCsvLine(TRANSACTION_COLUMNS.map(({ cell }) => cell(row, slice)));
		yield lines;
	}
}
