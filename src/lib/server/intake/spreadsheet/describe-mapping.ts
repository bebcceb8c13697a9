import type { ConstantField, Field, Mapping } from './mapping.ts';

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

export function describeMapping(_mapping: Mapping): MappingDescription {
	throw new Error('not built yet');
}
