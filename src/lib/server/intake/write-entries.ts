import { sql, type RawBuilder } from 'kysely';
import type { PostingContext } from './directory.ts';
import type { CellPlace, EntryRow } from './entry-rows.ts';
import { arrayText, takeNumbers } from './insert.ts';

/** Columns of an entry that differ from one to another, with their types. */
const COLUMNS: Readonly<Record<string, string>> = {
	reporting_organisation_id: 'bigint',
	entry_id: 'bigint',
	entry_key: 'text',
	fingerprint: 'text',
	project_id: 'bigint',
	activity_id: 'bigint',
	kind: 'text',
	returned: 'boolean',
	counting: 'text',
	basis: 'text',
	state: 'text',
	date_from: 'date',
	date_to: 'date',
	date_precision: 'date_precision_code',
	period_from: 'date',
	period_to: 'date',
	value_date: 'date',
	amount: 'numeric',
	currency: 'text',
	amount_eur: 'numeric',
	amount_usd: 'numeric',
	rate_publisher: 'text',
	rate_date: 'date',
	rate_eur: 'numeric',
	rate_usd: 'numeric',
	provider_id: 'bigint',
	receiver_id: 'bigint',
	provider_activity: 'text',
	receiver_activity: 'text',
	agreement_id: 'bigint',
	budget_version: 'text',
	heading: 'text',
	objective_id: 'bigint',
	description: 'text',
	voucher: 'text',
	exchange_difference: 'boolean',
	country_key: 'text',
	sector_key: 'text',
	codes: 'jsonb',
	place: 'text'
};
const NAMES = Object.keys(COLUMNS);

/** What a version of an entry says: what a new version takes over from the one before, but for what it changes. */
export const ENTRY_COLUMNS: readonly string[] = [
	'nature',
	'source_id',
	...NAMES.filter((name) => name !== 'entry_id')
];

/** So many cells go in one statement, but for one entry's. */
const MOST_CELLS = 60_000;

/**
 * Writes new versions of entries with their cells, and gives each its number. A column is one array: what is the same in many
 * cells, where they lie and by what they were cut, is sent once.
 */
export async function writeEntries(context: PostingContext, rows: readonly EntryRow[]): Promise<void> {
	const numbers = await takeNumbers(context.db, 'ledger_entry', 'entry_id', rows.length);
	for (const [index, row] of rows.entries()) row.entry.entry_id = numbers[index]!;
	for (const batch of inBatches(rows)) await write(context, batch);
}

function* inBatches(rows: readonly EntryRow[]): Generator<readonly EntryRow[]> {
	let [start, cells] = [0, 0];
	for (const [index, row] of rows.entries()) {
		cells += row.cells.amounts.length;
		if (cells > MOST_CELLS && index > start) {
			yield rows.slice(start, index);
			[start, cells] = [index, row.cells.amounts.length];
		}
	}
	if (start < rows.length) yield rows.slice(start);
}

async function write(
	{ db, nature, postingNo, sourceId }: PostingContext,
	rows: readonly EntryRow[]
): Promise<void> {
	// What no entry of the batch has need not be sent.
	const names = NAMES.filter((name) => rows.some(({ entry }) => entry[name] !== null));
	const arrays = names.map((name) => array(COLUMNS[name]!, arrayText(rows.map(({ entry }) => entry[name]))));
	const columns = list(names);
	const { cells, places } = cellsOf(rows);
	await sql`
		with entry as (
			insert into ledger_entry (nature, added_by, source_id, ${columns})
			select ${nature}::nature_code, ${postingNo}::integer, ${sourceId}::bigint, ${columns}
			from unnest(${sql.join(arrays)}) as row(${columns})
			returning reporting_organisation_id, entry_id, sort_date
		), cell as (
			select * from unnest(${sql.join(cells)}) as cell(entry_id, cell_no, place_no, amount, amount_eur, amount_usd)
		), place as materialized (
			select * from unnest(${sql.join(places)}) with ordinality
				as place(country, region, sector, country_basis, sector_basis, place_no)
		)
		insert into entry_share (reporting_organisation_id, entry_id, cell_no, country, region, sector, amount, amount_eur, amount_usd,
			country_basis, sector_basis, sort_date)
		select reporting_organisation_id, entry_id, cell_no, country, region, sector, amount, amount_eur, amount_usd,
			country_basis, sector_basis, sort_date
		from cell join entry using (entry_id) join place using (place_no)`.execute(db);
}

const list = (names: readonly string[]) => sql.raw(names.join(', '));

function array(type: string, text: string): RawBuilder<unknown> {
	return sql`${text}::${sql.raw(type)}[]`;
}

/** The cells of all entries, column by column, and the places that they name by number, from 1. */
function cellsOf(rows: readonly EntryRow[]): { cells: RawBuilder<unknown>[]; places: RawBuilder<unknown>[] } {
	const places = new Map<string, number>();
	const lists = new Map<readonly CellPlace[], number[]>();
	const distinct: CellPlace[] = [];
	const numbersOf = (list: readonly CellPlace[]): number[] => {
		let numbers = lists.get(list);
		if (numbers) return numbers;
		numbers = list.map((place) => {
			const name = JSON.stringify(place);
			const known = places.get(name);
			if (known !== undefined) return known;
			places.set(name, distinct.push(place));
			return distinct.length;
		});
		lists.set(list, numbers);
		return numbers;
	};
	const [ids, cellNumbers, placeNumbers, amounts, eur, usd]: unknown[][] = [[], [], [], [], [], []];
	for (const { entry, cells } of rows) {
		for (const [index, place] of numbersOf(cells.places).entries()) {
			ids!.push(entry.entry_id);
			cellNumbers!.push(index + 1);
			placeNumbers!.push(place);
			amounts!.push(cells.amounts[index]);
			eur!.push(cells.eur?.[index]);
			usd!.push(cells.usd?.[index]);
		}
	}
	const ofPlaces = (name: keyof CellPlace) => array('text', arrayText(distinct.map((place) => place[name])));
	return {
		cells: [
			array('bigint', arrayText(ids!)),
			array('smallint', arrayText(cellNumbers!)),
			array('bigint', arrayText(placeNumbers!)),
			...[amounts, eur, usd].map((values) => array('numeric', arrayText(values!)))
		],
		places: (['country', 'region', 'sector', 'countryBasis', 'sectorBasis'] as const).map(ofPlaces)
	};
}
