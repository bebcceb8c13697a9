import { m } from '#lib/paraglide/messages.js';
import { FORMULA_NAMES } from '#lib/slice/formula.ts';
import { DATE_PRECISIONS } from '#lib/slice/period.ts';
import {
	ALLOCATIONS,
	BASES,
	COUNTINGS,
	DIMENSIONS,
	KINDS,
	MEASURES,
	NATURES,
	PARTS,
	STATES
} from '#lib/slice/slice.ts';
import {
	precisionDefinition,
	precisionLabel,
	qualifierDefinition,
	qualifierLabel
} from '#lib/words/activity.ts';
import { dimensionDefinition, dimensionLabel, partDefinition, partLabel } from '#lib/words/dimension.ts';
import {
	confidenceDefinition,
	confidenceLabel,
	factBasisDefinition,
	factBasisLabel
} from '#lib/words/fact.ts';
import { formulaDefinition, formulaInWords, formulaLabel } from '#lib/words/formula.ts';
import { headingDefinition, headingLabel } from '#lib/words/heading.ts';
import {
	allocationDefinition,
	allocationLabel,
	basisDefinition,
	basisLabel,
	countingDefinition,
	countingLabel,
	kindDefinition,
	kindLabel,
	measureDefinition,
	measureLabel,
	natureDefinition,
	natureLabel,
	stateDefinition,
	stateLabel
} from '#lib/words/ledger.ts';
import { roleDefinition, roleLabel } from '#lib/words/organisation.ts';

/** A word with what it means; `code` is how addresses and downloads write it, `id` the anchor that pages link to. */
export type Definition = { id: string; term: string; text: string; code: string };
export type DefinitionGroup = { id: string; title: string; words: Definition[] };

const HEADINGS = [
	'staff',
	'supplies',
	'equipment',
	'contractual',
	'travel',
	'transfers',
	'operating',
	'indirect'
];
const QUALIFIERS = ['exact', 'at_least', 'at_most', 'approximate'];
const CONFIDENCES = ['high', 'medium', 'low'];
const FACT_BASES = ['stated', 'assigned', 'assumed'];
const ROLES = ['1', '2', '3', '4'];

/** Every word of the dashboard that has one fixed meaning, in the visitor's language. */
export function listDefinitions(): DefinitionGroup[] {
	return [
		group('measure', m.about_words_measures(), MEASURES, measureLabel, measureDefinition),
		group('formula', m.about_words_formulas(), FORMULA_NAMES, formulaLabel, (name) =>
			m.about_formula({ formula: formulaInWords(name), definition: formulaDefinition(name) })
		),
		group('kind', m.about_words_kinds(), KINDS, kindLabel, kindDefinition),
		group('counting', m.about_words_counting(), COUNTINGS, countingLabel, countingDefinition),
		group('nature', m.about_words_natures(), NATURES, natureLabel, natureDefinition),
		group('allocation', m.about_words_allocations(), ALLOCATIONS, allocationLabel, allocationDefinition),
		group('basis', m.about_words_bases(), BASES, basisLabel, basisDefinition),
		group('state', m.about_words_states(), STATES, stateLabel, stateDefinition),
		group('dimension', m.about_words_dimensions(), DIMENSIONS, dimensionLabel, dimensionDefinition),
		group('part', m.about_words_parts(), PARTS, partLabel, partDefinition),
		group('heading', m.about_words_headings(), HEADINGS, headingLabel, headingDefinition),
		group('precision', m.about_words_precisions(), DATE_PRECISIONS, precisionLabel, precisionDefinition),
		group('qualifier', m.about_words_qualifiers(), QUALIFIERS, qualifierLabel, qualifierDefinition),
		group('confidence', m.about_words_confidences(), CONFIDENCES, confidenceLabel, confidenceDefinition),
		group('fact-basis', m.about_words_fact_bases(), FACT_BASES, factBasisLabel, factBasisDefinition),
		group('role', m.about_words_roles(), ROLES, roleLabel, roleDefinition)
	];
}

function group<Code extends string>(
	id: string,
	title: string,
	codes: readonly Code[],
	label: (code: Code) => string,
	definition: (code: Code) => string | null
): DefinitionGroup {
	return {
		id,
		title,
		words: codes.map((code) => ({
			id: `${id}-${code}`,
			code,
			term: label(code),
			text: definition(code) ?? ''
		}))
	};
}
