import { writeDigits } from '#lib/money/digits.ts';
import { compare, isDecimal, isZero, percentOf, type Decimal } from '#lib/money/decimal.ts';
import { formatPercent } from '#lib/money/format.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import type { Locale } from '#lib/paraglide/runtime.js';
import { openGlossary } from './glossary.ts';

/** A code of IATI's ResultType: "Output". */
export const { label: resultTypeLabel, definition: resultTypeDefinition } = openGlossary({
	1: [m.words_result_type_1, m.words_result_type_1_definition],
	2: [m.words_result_type_2, m.words_result_type_2_definition],
	3: [m.words_result_type_3, m.words_result_type_3_definition],
	9: [m.words_result_type_9, m.words_result_type_9_definition]
});

/** What kind of values an indicator has: a number of units, a percentage, a rank, words. */
export const { label: indicatorMeasureLabel } = openGlossary({
	unit: [m.words_indicator_unit],
	percentage: [m.words_indicator_percentage],
	nominal: [m.words_indicator_nominal],
	ordinal: [m.words_indicator_ordinal],
	qualitative: [m.words_indicator_qualitative]
});

/** Whether values hold those before them; what no source says is said to be not stated. */
export function accumulationLabel(accumulation: 'cumulative' | 'periodic' | null, locale?: Locale): string {
	if (accumulation === 'cumulative') return m.words_accumulation_cumulative({}, { locale });
	if (accumulation === 'periodic') return m.words_accumulation_periodic({}, { locale });
	return m.words_accumulation_not_stated({}, { locale });
}

/** A value as its source gives it, no more exact: "at least 25", "45%" of a percentage; a text that is no number stands as it is. */
export function indicatorValue(
	value: string,
	{ measure, qualifier }: { measure: string; qualifier: string | null },
	locale: Locale = getLocale()
): string {
	if (!isDecimal(value)) return value;
	const number = measure === 'percentage' ? formatPercent(value, locale) : writeDigits(value, locale);
	if (qualifier === 'at_least') return m.words_at_least({ number }, { locale });
	if (qualifier === 'at_most') return m.words_at_most({ number }, { locale });
	return qualifier === 'approximate' ? m.words_about({ number }, { locale }) : number;
}

/**
 * The actual as a percentage of the target; null where that would say something false: values that are no numbers of
 * units, a target of nothing, a start above zero, an indicator that is to fall.
 */
export function targetReached(line: {
	measure: string;
	ascending: boolean | null;
	baseline: Decimal | null;
	target: Decimal | null;
	actual: Decimal | null;
}): Decimal | null {
	const { measure, ascending, baseline, target, actual } = line;
	if (measure !== 'unit' || ascending === false || target === null || actual === null) return null;
	if (baseline !== null && !isZero(baseline)) return null;
	if (compare(target, '0') <= 0 || compare(actual, '0') < 0) return null;
	return percentOf(actual, target, 1);
}
