import { sql } from 'kysely';
import type { Decimal } from '#lib/money/decimal.ts';
import { compareItems, type Item } from '#lib/sample/item.ts';
import { SEVERAL, type StratumDimension } from '#lib/sample/plan.ts';
import { rowsOf, type MoreOfRow, type StreamedRow } from '#lib/server/ledger/row-stream.ts';
import { NONE } from '#lib/slice/parameter.ts';
import { ENTRY_COLUMNS, type EntryColumnName } from '#lib/words/entry-column.ts';
import { csvRowWriter } from '../csv.ts';
import type { Extract } from '../extract.ts';

export type PopulationItem = Item & {
	/** The entry's name in this installation. */
	entry: string;
	/** Its part in the slice as booked. */
	booked: Decimal;
	currency: string;
	/** Its row as a line of a CSV file; empty where that is not asked for. */
	line: string;
};

/**
 * What an item is called whatever numbers a database gave: all that an entry's key is unique within, and that key. Its
 * hash is short, shows nothing of the parties and is of letters that sort alike everywhere.
 */
const KEY: MoreOfRow = sql.raw(`encode(sha256(convert_to(concat_ws(E'\\n',
	(select o.key from organisation o where o.organisation_id = page.reporting_organisation_id),
	activity.key, page.kind, page.entry_key), 'UTF8')), 'hex')`);

const COUNTRY: MoreOfRow = sql.raw(`(
	select case when count(distinct coalesce(s.country::text, '${NONE}')) = 1 then max(coalesce(s.country::text, '${NONE}')) else '${SEVERAL}' end
	from entry_share s where s.reporting_organisation_id = page.reporting_organisation_id and s.entry_id = page.entry_id)`);

const PLACE = Object.fromEntries(ENTRY_COLUMNS.map(({ name }, index) => [name, index])) as Record<
	EntryColumnName,
	number
>;
/** Where in a row what is asked beside its columns stands. */
const [KEY_PLACE, COUNTRY_PLACE] = [ENTRY_COLUMNS.length, ENTRY_COLUMNS.length + 1];

function stratumOf(row: StreamedRow, by: StratumDimension | null): string {
	if (by === null) return '';
	return stratumIn(row, by) || NONE;
}

/** Empty for a blank one. */
function stratumIn(row: StreamedRow, by: StratumDimension): string {
	switch (by) {
		case 'country':
			return row[COUNTRY_PLACE]!;
		case 'booked_currency':
			return row[PLACE.currency]!;
		case 'year': {
			const year = row[PLACE.date_from]!.slice(0, 4);
			return year === row[PLACE.date_to]!.slice(0, 4) ? year : '';
		}
		default:
			return row[PLACE[by]]!;
	}
}

/**
 * The items of a population in the order in which they are sampled, batch by batch. The ledger hands them out by day;
 * within a day they are put in the order of their keys here, so that none of it depends on the numbers of a database.
 */
export async function* readPopulation(
	extract: Extract,
	by: StratumDimension | null,
	lines: boolean
): AsyncGenerator<PopulationItem[]> {
	/** Of the last day read so far, which may go on. */
	let day: PopulationItem[] = [];
	const more = by === 'country' ? [KEY, COUNTRY] : [KEY];
	const write = lines ? csvRowWriter(ENTRY_COLUMNS) : null;
	for await (const batch of extract.lines(more)) {
		const read = rowsOf(batch).map((row) => ({
			day: row[PLACE.date_from] || 'infinity',
			key: row[KEY_PLACE]!,
			amount: row[PLACE.amount_in_slice] || null,
			stratum: stratumOf(row, by),
			entry: row[PLACE.entry]!,
			booked: row[PLACE.booked_in_slice]!,
			currency: row[PLACE.currency]!,
			line: write === null ? '' : `${write(row)}\r\n`
		}));
		const last = read.at(-1)!.day;
		const whole = day.concat(read);
		const end = whole.findIndex((item) => item.day === last);
		day = whole.slice(end);
		if (end > 0) yield whole.slice(0, end).sort(compareItems);
	}
	if (day.length > 0) yield day.sort(compareItems);
}
