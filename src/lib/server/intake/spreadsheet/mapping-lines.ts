import {
	TRANSLATED,
	type Mapping,
	type NumberStyle,
	type StatedTotal,
	type TranslatedField
} from './mapping.ts';
import { readNumber } from './read-number.ts';

/** What of a form cannot be read as it stands: the field, and the line that is wrong. */
export type FormProblem = { field: string; given: string };

function linesOf(text: string): string[] {
	return text
		.split(/\r\n|\n|\r/)
		.map((line) => line.trim())
		.filter((line) => line !== '');
}

/** Lines `field: word = meaning`; the field in its own name, in any case. */
export function readTranslations(text: string, problems: FormProblem[]): Mapping['translations'] {
	const translations: Mapping['translations'] = {};
	for (const line of linesOf(text)) {
		const [, name, from, to] = /^([a-zA-Z]+)\s*:\s*(.+?)\s*=\s*(.+)$/.exec(line) ?? [];
		const field = TRANSLATED.find((known) => known.toLowerCase() === name?.toLowerCase());
		if (field === undefined) problems.push({ field: 'translations', given: line });
		else translations[field as TranslatedField] = { ...translations[field], [from!]: to! };
	}
	return translations;
}

/**
 * Lines `amount`, `heading = amount` and `2017-03 = amount`, with or without a currency beside the amount, which is written
 * as the sheet's own are or with a decimal point and no groups.
 */
export function readStated(text: string, style: NumberStyle, problems: FormProblem[]): StatedTotal[] {
	return linesOf(text).flatMap((line): StatedTotal[] => {
		const [, label, written] = /^(?:(.*\S)\s*=\s*)?([^=]+)$/.exec(line) ?? [];
		const read = written && (readNumber(written, style) ?? readNumber(written, PLAIN));
		if (!read) {
			problems.push({ field: 'stated', given: line });
			return [];
		}
		const by = label === undefined ? 'overall' : /^\d{4}-\d{2}$/.test(label) ? 'month' : 'heading';
		const { decimal: amount, currency } = read;
		return [{ from: 'typed', by, amount, ...(label ? { label } : {}), ...(currency ? { currency } : {}) }];
	});
}

const PLAIN: NumberStyle = { decimal: 'point', group: 'none' };

/** A mapping's translations as the form writes them. */
export function writeTranslations({ translations }: Mapping): string {
	return TRANSLATED.flatMap((field) =>
		Object.entries(translations[field] ?? {}).map(([from, to]) => `${field}: ${from} = ${to}`)
	).join('\n');
}

/** Typed totals of a mapping as the form writes them: in the sheet's own style, without groups. */
export function writeStated({ statedTotals, numberStyle }: Mapping): string {
	return statedTotals
		.flatMap((total) => {
			if (total.from !== 'typed') return [];
			const written = numberStyle.decimal === 'comma' ? total.amount.replace('.', ',') : total.amount;
			const amount = total.currency ? `${written} ${total.currency}` : written;
			return [total.label ? `${total.label} = ${amount}` : amount];
		})
		.join('\n');
}
