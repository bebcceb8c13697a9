import type { Field, ConstantField, Mapping } from './mapping.ts';
import type { Survey } from './survey.ts';

/**
 * What keeps a mapping from being read with. `missing`: needed and neither a column nor a constant; `both`: given as
 * column and constant; `twice`: one column for two things, or masked and read; `no-such-*`: the file has it not;
 * `wrong`: the constant's value is no currency, kind, country, date ...
 */
export type MappingProblem = {
	code:
		| 'missing'
		| 'both'
		| 'twice'
		| 'no-such-sheet'
		| 'no-such-row'
		| 'no-such-column'
		| 'header-differs'
		| 'wrong';
	field?: Field | ConstantField;
	column?: number;
	/** What is wrong, as given. */
	given?: string;
};

/** Everything that is missing or wrong; empty when the file can be read with it. Without a survey the file is not looked at. */
export function checkMapping(_mapping: Mapping, _survey?: Survey): MappingProblem[] {
	throw new Error('not built yet');
}
