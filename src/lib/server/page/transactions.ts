import type { Question } from '#lib/server/answer.ts';
import { labelsOf, namesOf } from '#lib/server/facts/names.ts';
import { breakdown } from '#lib/server/ledger/breakdown.ts';
import { isOfCells } from '#lib/server/ledger/conditions.ts';
import { rows, type LedgerRow } from '#lib/server/ledger/rows.ts';
import { total } from '#lib/server/ledger/total.ts';
import { defaultSlice } from '#lib/slice/codec.ts';
import { valuesIn } from '#lib/slice/values.ts';
import type { Dimension, Slice, Total } from '#lib/slice/slice.ts';
import { describeSlice, sliceSentence, type SliceNames } from '#lib/slice/words.ts';
import { explainEmptySlice, type Exclusions } from './exclusions.ts';
import { groupableBy, readGroups } from './groups.ts';
import { openSlice } from './money.ts';
import { refuse } from './refuse.ts';

/** Parameters of the list beside those of the slice. */
export const TRANSACTION_FIELDS = ['open'] as const;
type TransactionsQuestion = Question<(typeof TRANSACTION_FIELDS)[number]>;

const PAGE_ROWS = 50;

/** What the list can show of a row beside its description and its amount, in the order of the columns. */
const TRANSACTION_COLUMNS = [
	'date',
	'voucher',
	'kind',
	'parties',
	'reporter',
	'activity',
	'project',
	'objective',
	'heading',
	'agreement',
	'countries',
	'basis',
	'state',
	'value_date',
	'booked',
	'rate',
	'source'
] as const;
export type TransactionColumn = (typeof TRANSACTION_COLUMNS)[number];
const DEFAULT_COLUMNS: readonly TransactionColumn[] = [
	'date',
	'parties',
	'heading',
	'booked',
	'rate',
	'source'
];
/** In an address that chooses no column but what is always there, which a form without a tick sends. */
const ALWAYS_THERE = 'amount';

/** Parts of a slice that the list can be narrowed by, with what each offers. */
export type FilterChoice = { field: 'country' | 'heading'; options: { value: string; label: string }[] };

/** The rows of a slice with its total, in groups where asked; where there are none, which part of the filter excludes them. */
export async function readTransactions(question: TransactionsQuestion) {
	const { db, slice, view } = question;
	const columns = columnsOf(view.columns);
	if (view.group === null && view.sort !== null) refuse('sort', view.sort, 'not_one_of');
	const [sum, grouped, page, names, choices] = await Promise.all([
		total(db, slice),
		view.group === null ? null : readGroups(question, view.group),
		view.group === null ? rows(db, slice, { after: view.after, limit: PAGE_ROWS }) : null,
		namesOf(db, slice),
		listChoices(db, slice)
	]);
	const listed = page?.rows ?? grouped?.opened?.rows ?? [];
	return {
		slice,
		total: sum,
		names,
		choices,
		columns,
		columnsAsked: view.columns,
		partial: isOfCells(slice),
		offered: { columns: TRANSACTION_COLUMNS, groups: groupableBy(slice).filter(isOpen(slice)) },
		grouped,
		next: page?.next ?? grouped?.next ?? null,
		after: view.after,
		words: describeSlice(slice, names),
		sentence: sliceSentence(slice, names),
		rows: listed,
		labels: await labelsOfRows(question, columns, listed),
		empty: await explainNoRows(question, sum, names)
	};
}

/** Null where there are rows; `nothing_published` where no filter is to blame for there being none. */
export async function explainNoRows(
	question: Pick<Question<never>, 'db' | 'slice' | 'runtime'>,
	{ entries }: Total,
	names: SliceNames
): Promise<Exclusions | 'nothing_published' | null> {
	if (entries > 0) return null;
	const { db, slice, runtime } = question;
	const any = await total(db, openSlice(question, { nature: slice.nature }));
	return slice.nature === 'published' && any.entries === 0
		? 'nothing_published'
		: explainEmptySlice(db, slice, names, defaultSlice(runtime.configuration.portfolio));
}

function columnsOf(asked: readonly string[] | null): readonly TransactionColumn[] {
	if (asked === null) return DEFAULT_COLUMNS;
	const names: readonly string[] = [...TRANSACTION_COLUMNS, ALWAYS_THERE];
	const unknown = asked.find((name) => !names.includes(name));
	if (unknown !== undefined) refuse('columns', unknown, 'not_columns');
	return TRANSACTION_COLUMNS.filter((name) => asked.includes(name));
}

/** What a slice holds only one of, there is nothing to group by. */
const isOpen = (slice: Slice) => (dimension: Dimension) => {
	switch (dimension) {
		case 'provider':
		case 'reporter':
			return valuesIn(slice, 'organisation').length !== 1;
		case 'receiver':
			return slice.receiver === null && (slice.organisation === null || slice.part !== 'receiver');
		case 'booked_currency':
			return valuesIn(slice, 'booked').length !== 1;
		case 'kind':
			return slice.measure === 'spent';
		case 'year':
		case 'quarter':
		case 'month':
			return true;
		default:
			return valuesIn(slice, dimension).length !== 1;
	}
};

/** Names behind the keys of the rows, for the columns that show them. */
async function labelsOfRows(
	{ db }: TransactionsQuestion,
	columns: readonly TransactionColumn[],
	listed: readonly LedgerRow[]
) {
	const of = async (column: TransactionColumn & Dimension, keys: (string | null)[]) =>
		Object.fromEntries(columns.includes(column) ? await labelsOf(db, column, keys) : []);
	const [activity, project, objective, agreement] = await Promise.all([
		of(
			'activity',
			listed.map((row) => row.activity_id)
		),
		of(
			'project',
			listed.map((row) => row.project_key)
		),
		of(
			'objective',
			listed.map((row) => row.objective_key)
		),
		of(
			'agreement',
			listed.map((row) => row.agreement_key)
		)
	]);
	return { activity, project, objective, agreement };
}

/** Only what leads to rows is offered, and what is chosen now. */
export async function listChoices(db: TransactionsQuestion['db'], slice: Slice): Promise<FilterChoice[]> {
	const fields = ['country', 'heading'] as const satisfies readonly Dimension[];
	return Promise.all(
		fields.map(async (field) => {
			const parts = await breakdown(db, { ...slice, country: null, allocation: null, heading: null }, [
				field
			]);
			const keys = parts.map(({ keys }) => keys[0] ?? null);
			const chosen = valuesIn(slice, field);
			for (const key of chosen)
				if (!keys.includes(key === 'none' ? null : key)) keys.push(key === 'none' ? null : key);
			const labels = await labelsOf(db, field, keys);
			const options = keys.flatMap((key) =>
				key === null ? [] : [{ value: key, label: labels.get(key) ?? key }]
			);
			return { field, options: options.sort((a, b) => a.label.localeCompare(b.label)) };
		})
	);
}
