import { columnLetters } from './cell.ts';
import { headerAt } from './guess-header.ts';
import { headersOf } from './headers.ts';
import {
	CONSTANTS,
	FIELDS,
	parseMapping,
	type ConstantField,
	type Field,
	type Mapping,
	type NumberStyle
} from './mapping.ts';
import {
	readStated,
	readTranslations,
	writeStated,
	writeTranslations,
	type FormProblem
} from './mapping-lines.ts';
import type { SheetSurvey } from './survey.ts';

/** What a column is read as where it is never read. */
export const MASKED = 'masked';

/** A mapping as the mapping page's form holds it, right or wrong: what a person gave is shown to them again as it was. */
export type MappingDraft = {
	sheet: string;
	headerRow: string;
	/** Decimal and group mark: `comma point`. */
	numberStyle: string;
	dateOrder: string;
	sign: string;
	/** Number of a column to the field that it is read as, or {@link MASKED}; the rest is not read. */
	columns: Record<number, string>;
	constants: Partial<Record<ConstantField, string>>;
	/** Lines `field: word = meaning`. */
	translations: string;
	/** Lines `amount`, `heading = amount` and `2017-03 = amount`, amounts as the sheet writes them. */
	stated: string;
};

/** Two columns that are to be read as the same field; `column` holds the letters of both. */
export type SameField = { code: 'same-field'; field: Field; column: string };

/** What of a draft cannot be read: lines of its texts, and columns that were given the same field. */
export type DraftProblems = { unread: FormProblem[]; wrong: SameField[] };

/** Reads what the form sent: columns are selects `column:<number>`, constants `constant:<field>`, the rest by name. */
export function readDraft(form: FormData): MappingDraft {
	const text = (name: string) => String(form.get(name) ?? '').trim();
	const columns: MappingDraft['columns'] = {};
	for (const [name, value] of form) {
		const column = /^column:([1-9]\d{0,4})$/.exec(name)?.[1];
		if (column !== undefined && value !== '') columns[Number.parseInt(column, 10)] = String(value);
	}
	return {
		// Names of sheets may begin and end with blanks.
		sheet: String(form.get('sheet') ?? ''),
		headerRow: text('headerRow'),
		numberStyle: text('numberStyle'),
		dateOrder: text('dateOrder'),
		sign: text('sign'),
		columns,
		constants: Object.fromEntries(
			CONSTANTS.flatMap((field) => {
				const given = text(`constant:${field}`);
				return given === '' ? [] : [[field, given]];
			})
		),
		translations: text('translations'),
		stated: text('stated')
	};
}

/** A mapping as the form shows it. Totals that stand in cells have no place there and are left out. */
export function draftOf(mapping: Mapping): MappingDraft {
	const columns: MappingDraft['columns'] = {};
	for (const field of FIELDS) {
		const mapped = mapping.columns[field];
		if (mapped !== undefined) columns[mapped.column] = field;
	}
	for (const { column } of mapping.masked) columns[column] = MASKED;
	return {
		sheet: mapping.sheet,
		headerRow: String(mapping.headerRow),
		numberStyle: `${mapping.numberStyle.decimal} ${mapping.numberStyle.group}`,
		dateOrder: mapping.dateStyle.order,
		sign: mapping.sign,
		columns,
		constants: mapping.constants,
		translations: writeTranslations(mapping),
		stated: writeStated(mapping)
	};
}

/** The mapping that a draft describes, its columns with the headings that stand above them in the sheet now. */
export function mappingOf(draft: MappingDraft, sheet: SheetSurvey): { mapping: Mapping } | DraftProblems {
	const problems: DraftProblems = { unread: [], wrong: [] };
	const headerRow = Number.parseInt(draft.headerRow, 10) || 1;
	const header = headerAt(sheet, headerRow);
	const headers = header === null ? new Map<number, string>() : headersOf(header.row, header.above);
	const columns: Mapping['columns'] = {};
	const masked: Mapping['masked'] = [];
	for (const [name, use] of Object.entries(draft.columns)) {
		const column = Number.parseInt(name, 10);
		const mapped = { column, header: headers.get(column) ?? '' };
		const field = FIELDS.find((known) => known === use);
		if (use === MASKED) masked.push(mapped);
		else if (field === undefined) problems.unread.push({ field: columnLetters(column), given: use });
		else if (columns[field] === undefined) columns[field] = mapped;
		else problems.wrong.push(sameField(field, columns[field].column, column));
	}
	const translations = readTranslations(draft.translations, problems.unread);
	const [decimal, group] = draft.numberStyle.split(' ') as [NumberStyle['decimal'], NumberStyle['group']];
	const statedTotals = readStated(draft.stated, { decimal, group }, problems.unread);
	if (problems.unread.length + problems.wrong.length > 0) return problems;
	const parsed = parseMapping({
		sheet: sheet.name,
		headerRow,
		columns,
		constants: draft.constants,
		translations,
		masked,
		numberStyle: { decimal, group },
		dateStyle: { order: draft.dateOrder },
		sign: draft.sign,
		statedTotals
	});
	if ('mapping' in parsed) return parsed;
	return {
		...problems,
		unread: parsed.problems.map(({ path, message }) => ({ field: path, given: message }))
	};
}

function sameField(field: Field, first: number, second: number): SameField {
	return { code: 'same-field', field, column: `${columnLetters(first)}, ${columnLetters(second)}` };
}
