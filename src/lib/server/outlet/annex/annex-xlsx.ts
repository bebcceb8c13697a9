import { m } from '#lib/paraglide/messages.js';
import type { Evidence } from '#lib/server/ledger/evidence.ts';
import type { StreamedRow } from '#lib/server/ledger/row-stream.ts';
import { readVersion } from '#lib/slice/version.ts';
import { ANNEX_COLUMNS } from '#lib/words/annex-column.ts';
import { ENTRY_COLUMNS } from '#lib/words/entry-column.ts';
import { streamPieces } from '../stream.ts';
import {
	columnsOf,
	dictionarySheet,
	evidenceSheets,
	totalsSheet,
	WORKBOOK_TYPE,
	type SheetValues
} from '../workbook-sheets.ts';
import { writeWorkbook, type Sheet } from '../xlsx/workbook.ts';
import { annexHeaders, isInvented, rowsOfRule, type Annex, type AnnexRule } from './annex.ts';
import { rulesSheet } from './rules-sheet.ts';

const COLUMNS = [...ANNEX_COLUMNS, ...ENTRY_COLUMNS];

/** A workbook: the rows that count, what each rule comes to, what was asked and its totals, sources, rates and the dictionary. */
export function writeAnnexXlsx(annex: Annex): Response {
	const pieces = writeWorkbook({
		title: annex.words,
		created: annex.state.knownAt,
		sheets: [
			...dataSheets(annex),
			rulesSheet(annex),
			totalsSheet(factsOf(annex)),
			...evidenceSheets(() => evidenceOf(annex)),
			dictionarySheet(COLUMNS)
		]
	});
	return new Response(streamPieces(pieces), {
		headers: annexHeaders(annex, { ending: 'xlsx', type: WORKBOOK_TYPE })
	});
}

/** What is published and what is invented have a sheet each; without any rule there is one with its heads alone. */
function dataSheets({ rules }: Annex): Sheet[] {
	const of = (nature: AnnexRule['nature']) => rules.filter((rule) => rule.nature === nature);
	const sheet = (name: string, own: readonly AnnexRule[]): Sheet => ({
		name,
		columns: columnsOf(COLUMNS),
		rows: rowsOfAll(own)
	});
	const invented = of('demonstration');
	const published = of('published');
	return [
		...(published.length > 0 || invented.length === 0 ? [sheet(m.exports_sheet_data(), published)] : []),
		...(invented.length > 0 ? [sheet(`DEMONSTRATION ${m.exports_sheet_data()}`, invented)] : [])
	];
}

async function* rowsOfAll(rules: readonly AnnexRule[]): AsyncGenerator<readonly StreamedRow[]> {
	for (const rule of rules) yield* rowsOfRule(rule);
}

function factsOf(annex: Annex): SheetValues[] {
	const { words, address, asof, state, rules, rows } = annex;
	const invented = isInvented(annex);
	const version = readVersion(state.version ?? '0.0');
	return [
		...(invented ? [['DEMONSTRATION', m.exports_demonstration(), null, null]] : []),
		[m.exports_title(), words, null, null],
		[m.exports_address(), address, null, null],
		[m.exports_as_of(), asof ?? m.exports_as_of_now(), null, null],
		[
			m.exports_data_version(),
			`published ${version?.published ?? 0}, demonstration ${version?.demonstration ?? 0}`,
			null,
			null
		],
		[m.exports_generated_at(), state.knownAt, null, null],
		[
			m.exports_terms_label(),
			invented ? `${m.exports_terms()} ${m.exports_terms_demonstration()}` : m.exports_terms(),
			null,
			null
		],
		[m.exports_row_count(), null, String(rows), null],
		...rules.flatMap(({ nature, rule, measured, extracts }): SheetValues[] => {
			const totals = extracts.map(({ pinned }) => pinned.total);
			return [
				[m.agreement_annex_control({ rule: rule.key }), nature, measured.counted, measured.slice.currency],
				...totals.flatMap(({ unconverted }) =>
					unconverted.map(({ currency, amount }) => [m.exports_unconverted(), rule.key, amount, currency])
				)
			];
		})
	];
}

/** Files and rates behind the rows of all parts; one that stands behind several counts the entries of each. */
async function evidenceOf({ rules }: Annex): Promise<Evidence> {
	const parts = await Promise.all(
		rules.flatMap(({ extracts }) => extracts.map((extract) => extract.evidence()))
	);
	return {
		sources: added(
			parts.flatMap(({ sources }) => sources),
			({ sha256, posting_no }) => `${sha256} ${posting_no}`
		),
		rates: added(
			parts.flatMap(({ rates }) => rates),
			({ publisher, currency, rate_date, rate_eur, rate_usd }) =>
				JSON.stringify([publisher, currency, rate_date, rate_eur, rate_usd])
		)
	};
}

function added<T extends { entries: number }>(all: readonly T[], keyOf: (one: T) => string): T[] {
	const merged = new Map<string, T>();
	for (const one of all) {
		const key = keyOf(one);
		merged.set(key, { ...one, entries: one.entries + (merged.get(key)?.entries ?? 0) });
	}
	return [...merged.values()];
}
