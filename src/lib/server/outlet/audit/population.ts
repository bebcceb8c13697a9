import { sql } from 'kysely';
import type { Decimal } from '#lib/money/decimal.ts';
import { compareItems, type Item } from '#lib/sample/item.ts';
import { SEVERAL, type StratumDimension } from '#lib/sample/plan.ts';
import type { RowForm } from '#lib/server/ledger/row-texts.ts';
import { NONE } from '#lib/slice/parameter.ts';
import { CSV_ROWS } from '../csv-line.ts';
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
const KEY = `(select encode(sha256(convert_to(concat_ws(E'\\n', reporter.key, line.activity, line.kind, e.entry_key), 'UTF8')), 'hex')
	from ledger_entry e join organisation reporter on reporter.organisation_id = e.reporting_organisation_id
	where e.reporting_organisation_id = line."~reporter" and e.entry_id = line."~entry")`;

/** The stratum of an entry, over one row of a download. */
const STRATUM: Readonly<Record<StratumDimension, string>> = {
	country: `(select case when count(distinct coalesce(s.country::text, '${NONE}')) = 1 then max(coalesce(s.country::text, '${NONE}')) else '${SEVERAL}' end
		from entry_share s where s.reporting_organisation_id = line."~reporter" and s.entry_id = line."~entry")`,
	provider: 'line.provider',
	receiver: 'line.receiver',
	reporter: 'line.reporter',
	project: 'line.project',
	activity: 'line.activity',
	objective: 'line.objective',
	heading: 'line.heading',
	agreement: 'line.agreement',
	kind: 'line.kind',
	booked_currency: 'line.currency',
	year: 'case when left(line.date_from, 4) = left(line.date_to, 4) then left(line.date_from, 4) end'
};

function formOf(by: StratumDimension | null, lines: boolean): RowForm {
	const stratum = by === null ? `''` : `coalesce(${STRATUM[by]}, '${NONE}')`;
	const text = lines ? CSV_ROWS.line : sql`''::text`;
	return {
		line: sql<string>`json_build_array(line."~date"::text, ${sql.raw(KEY)}, line.amount_in_slice, ${sql.raw(stratum)}, line.entry, line.booked_in_slice, line.currency, ${text})::text`,
		between: ',',
		...(lines ? { prepared: CSV_ROWS.prepared } : {})
	};
}

type Row = [
	...[day: string, key: string, amount: Decimal | null, stratum: string, entry: string],
	...[booked: Decimal, currency: string, line: string]
];

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
	for await (const { text } of extract.rows(formOf(by, lines))) {
		const read = (JSON.parse(`[${text}]`) as Row[]).map(toItem);
		const last = read.at(-1)!.day;
		const whole = day.concat(read);
		const end = whole.findIndex((item) => item.day === last);
		day = whole.slice(end);
		if (end > 0) yield whole.slice(0, end).sort(compareItems);
	}
	if (day.length > 0) yield day.sort(compareItems);
}

const toItem = ([day, key, amount, stratum, entry, booked, currency, line]: Row): PopulationItem => ({
	day,
	key,
	amount,
	stratum,
	entry,
	booked,
	currency,
	line
});
