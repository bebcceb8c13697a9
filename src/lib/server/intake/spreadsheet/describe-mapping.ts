import { columnLetters } from './cell.ts';
import {
	CONSTANTS,
	FIELDS,
	TRANSLATED,
	type ConstantField,
	type Field,
	type Mapping,
	type NumberStyle
} from './mapping.ts';

/** A mapping as a person reads it back: one line per field, letters for columns, an example for each style. */
export type MappingDescription = {
	sheet: string;
	headerRow: number;
	lines: (
		| { from: 'column'; field: Field; letters: string; header: string }
		| { from: 'constant'; field: ConstantField; value: string }
	)[];
	masked: { letters: string; header: string }[];
	/** `1,234.56` and the like. */
	numberExample: string;
	dateOrder: Mapping['dateStyle']['order'];
	sign: Mapping['sign'];
	translations: { field: Field; from: string; to: string }[];
	statedTotals: number;
};

/** Fields in their order, those from columns first. */
export function describeMapping(mapping: Mapping): MappingDescription {
	const { columns, constants, translations } = mapping;
	return {
		sheet: mapping.sheet,
		headerRow: mapping.headerRow,
		lines: [
			...FIELDS.flatMap((field) => {
				const mapped = columns[field];
				if (mapped === undefined) return [];
				return [
					{ from: 'column' as const, field, letters: columnLetters(mapped.column), header: mapped.header }
				];
			}),
			...CONSTANTS.flatMap((field) => {
				const value = constants[field];
				return value === undefined ? [] : [{ from: 'constant' as const, field, value }];
			})
		],
		masked: mapping.masked.map(({ column, header }) => ({ letters: columnLetters(column), header })),
		numberExample: exampleOf(mapping.numberStyle),
		dateOrder: mapping.dateStyle.order,
		sign: mapping.sign,
		translations: TRANSLATED.flatMap((field) =>
			Object.entries(translations[field] ?? {}).map(([from, to]) => ({ field, from, to }))
		),
		statedTotals: mapping.statedTotals.length
	};
}

/** How one thousand two hundred and thirty-four and 56 hundredths is written in a style. */
export function exampleOf({ decimal, group }: NumberStyle): string {
	const mark = { none: '', comma: ',', point: '.', space: ' ', apostrophe: "'" }[group];
	return `1${mark}234${decimal === 'comma' ? ',' : '.'}56`;
}
