import { headersOf } from './headers.ts';
import {
	CONSTANTS,
	FIELDS,
	TRANSLATED,
	parseMapping,
	type Mapping,
	type NumberStyle,
	type StatedTotal,
	type TranslatedField
} from './mapping.ts';
import type { SheetSurvey } from './survey.ts';

/** What of a form cannot be read as it stands: the field, and the line that is wrong. */
export type FormProblem = { field: string; given: string };

/**
 * A mapping as the mapping page's form sends it. Columns are selects `column:<field>` with a number, constants texts
 * `constant:<field>`, masks check boxes `mask`, translations lines `field: word = meaning`, stated totals lines
 * `amount`, `heading = amount` and `2017-03 = amount`.
 */
export function readMappingForm(
	form: FormData,
	sheet: SheetSurvey
): { mapping: Mapping } | { problems: FormProblem[] } {
	const text = (name: string) => String(form.get(name) ?? '').trim();
	const problems: FormProblem[] = [];
	const headerRow = Number.parseInt(text('headerRow'), 10) || 1;
	const index = sheet.first.findIndex(({ row }) => row === headerRow);
	const headers =
		index < 0 ? new Map<number, string>() : headersOf(sheet.first[index]!, sheet.first[index - 1] ?? null);
	const mapped = (column: number) => ({ column, header: headers.get(column) ?? '' });
	const [decimal, group] = text('numberStyle').split(' ') as [NumberStyle['decimal'], NumberStyle['group']];
	const given = {
		sheet: sheet.name,
		headerRow,
		columns: Object.fromEntries(
			FIELDS.flatMap((field) => {
				const column = Number.parseInt(text(`column:${field}`), 10);
				return Number.isInteger(column) ? [[field, mapped(column)]] : [];
			})
		),
		constants: Object.fromEntries(
			CONSTANTS.flatMap((field) =>
				text(`constant:${field}`) === '' ? [] : [[field, text(`constant:${field}`)]]
			)
		),
		translations: readTranslations(text('translations'), problems),
		masked: form.getAll('mask').map((column) => mapped(Number.parseInt(String(column), 10))),
		numberStyle: { decimal, group },
		dateStyle: { order: text('dateOrder') },
		sign: text('sign'),
		statedTotals: readStated(text('stated'), problems)
	};
	if (problems.length > 0) return { problems };
	const parsed = parseMapping(given);
	return 'mapping' in parsed
		? parsed
		: { problems: parsed.problems.map(({ path, message }) => ({ field: path, given: message })) };
}

function linesOf(text: string): string[] {
	return text
		.split(/\r\n|\n|\r/)
		.map((line) => line.trim())
		.filter((line) => line !== '');
}

function readTranslations(text: string, problems: FormProblem[]): Mapping['translations'] {
	const translations: Mapping['translations'] = {};
	for (const line of linesOf(text)) {
		const [, name, from, to] = /^([a-zA-Z]+)\s*:\s*(.+?)\s*=\s*(.+)$/.exec(line) ?? [];
		const field = TRANSLATED.find((known) => known.toLowerCase() === name?.toLowerCase());
		if (field === undefined) problems.push({ field: 'translations', given: line });
		else translations[field as TranslatedField] = { ...translations[field], [from!]: to! };
	}
	return translations;
}

function readStated(text: string, problems: FormProblem[]): StatedTotal[] {
	return linesOf(text).flatMap((line): StatedTotal[] => {
		const [, label, amount, currency] =
			/^(?:(.+?)\s*=\s*)?(-?\d+(?:\.\d+)?)(?:\s+([A-Z]{3}))?$/.exec(line) ?? [];
		if (amount === undefined) {
			problems.push({ field: 'stated', given: line });
			return [];
		}
		const by = label === undefined ? 'overall' : /^\d{4}-\d{2}$/.test(label) ? 'month' : 'heading';
		return [{ from: 'typed', by, amount, ...(label ? { label } : {}), ...(currency ? { currency } : {}) }];
	});
}

/** A mapping's translations as the form writes them. */
export function writeTranslations({ translations }: Mapping): string {
	return TRANSLATED.flatMap((field) =>
		Object.entries(translations[field] ?? {}).map(([from, to]) => `${field}: ${from} = ${to}`)
	).join('\n');
}

/** Typed totals of a mapping as the form writes them. */
export function writeStated({ statedTotals }: Mapping): string {
	return statedTotals
		.flatMap((total) => {
			if (total.from !== 'typed') return [];
			const amount = `${total.amount}${total.currency ? ` ${total.currency}` : ''}`;
			return [total.label ? `${total.label} = ${amount}` : amount];
		})
		.join('\n');
}
