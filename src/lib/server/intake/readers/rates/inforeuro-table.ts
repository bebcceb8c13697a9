import type { ExchangeRateRecord, Finding } from '../../record.ts';
import { readUnderHeader, type UnderHeader } from './header.ts';
import { createInforEuroList, decideMonth, readHistoryRow } from './inforeuro.ts';
import { findInforEuroColumns, type InforEuroList } from './recognise.ts';
import { refusal, type RateList } from './table.ts';
import { monthsIn, readUnits } from './values.ts';

const LAYOUT = 'ISO code and amount for 1 euro, as InforEuro heads its columns';

/** InforEuro's list or history as a table: CSV or XLSX. */
export async function* readInforEuroTable(
	bytes: AsyncIterable<Uint8Array>,
	fileName: string
): AsyncGenerator<ExchangeRateRecord | Finding> {
	const list = createInforEuroList();
	let month: string | null = null;
	for await (const part of readUnderHeader(bytes, fileName, LAYOUT, findInforEuroColumns)) {
		if (part.kind === 'finding') {
			yield part;
			continue;
		}
		const { row, columns } = part;
		const cell = (column: number) => row.cells[column] ?? '';
		if (cell(columns.units) === '' && cell(columns.code) === '') continue;
		const units = readUnits(cell(columns.units), row.decimalComma);
		if (columns.kind === 'list' && columns.month < 0 && month === null) {
			const texts = [...part.above.flatMap(({ cells }) => cells), part.header.cells[columns.units] ?? ''];
			const decided = decideMonth(texts.flatMap(monthsIn), fileName, part.header.at());
			if ('kind' in decided) return yield decided;
			month = decided.month;
			if (decided.warning) yield decided.warning;
		}
		if (units === null) {
			yield refusal(row.at(columns.units), 'not-a-rate', cell(columns.units), 'row not read');
		} else if (columns.kind === 'history') {
			yield* readHistoryRow(list, {
				place: row.at(columns.units),
				currency: cell(columns.code),
				base: cell(columns.base),
				from: cell(columns.from),
				to: columns.to < 0 ? '' : cell(columns.to),
				units
			});
		} else {
			yield* readListRow(list, part as UnderHeader<InforEuroList>, units, month);
		}
	}
}

function* readListRow(
	list: RateList,
	{ row, columns }: UnderHeader<InforEuroList>,
	units: string,
	fileMonth: string | null
): Generator<ExchangeRateRecord | Finding> {
	const cell = (column: number) => row.cells[column] ?? '';
	const stated = columns.year < 0 ? cell(columns.month) : `${cell(columns.month)}/${cell(columns.year)}`;
	const month = fileMonth ?? monthsIn(stated.replace(/^(\p{L}+)\//u, '$1 '))[0] ?? null;
	if (month === null) return yield refusal(row.at(columns.month), 'not-a-month', stated, 'row not read');
	yield* list.read({
		place: row.at(columns.units),
		currency: cell(columns.code),
		validFrom: `${month}-01`,
		units
	});
}
