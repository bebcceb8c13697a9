import { valuesOf } from '#lib/slice/parameter.ts';
import { lastDay } from '#lib/slice/period.ts';
import type { Dimension, Slice } from '#lib/slice/slice.ts';
import { SUMMARIES, type Summary, type SummaryField } from './summaries.ts';

/** Fields that every summary holds, so that they restrict nothing. */
const COMMON_DIMENSIONS: readonly Dimension[] = [
	'project',
	'kind',
	'counting',
	'state',
	'reporter',
	'booked_currency'
];

/**
 * The smallest summary that can answer a slice broken down by these dimensions, or null when only the entries can.
 * Counts are why the grain matters: a summary per country may only count where one country is asked for at a time.
 */
export function pickSummary(slice: Slice, by: readonly Dimension[]): Summary | null {
	const needed = neededFields(slice, by);
	if (needed === null) return null;
	/** An entry that lies in two of the countries asked for would count twice, unless each is a row of its own. */
	const countsOnce = (grain: 'country' | 'sector') =>
		needed.includes(grain) && (by.includes(grain) || valuesOf(slice[grain]).length < 2);
	return (
		SUMMARIES.find(
			({ grain, fields }) =>
				needed.every((field) => fields.includes(field)) && (grain === 'entry' || countsOnce(grain))
		) ?? null
	);
}

function neededFields(slice: Slice, by: readonly Dimension[]): SummaryField[] | null {
	const fields = new Set<SummaryField>();
	if (slice.basis !== null || slice.allocation != null || slice.change != null) return null;
	for (const field of ['activity', 'country', 'sector', 'heading', 'objective', 'agreement'] as const) {
		if (slice[field] !== null) fields.add(field);
	}
	if (slice.organisation !== null && slice.part !== 'reporter') fields.add(slice.part);
	if (slice.receiver !== null) fields.add('receiver');
	const fineness = finenessOf(slice);
	if (fineness === 'day') return null;
	if (fineness !== null) fields.add(fineness);
	for (const dimension of by) {
		if (dimension === 'basis') return null;
		if (COMMON_DIMENSIONS.includes(dimension)) continue;
		if (dimension === 'quarter') fields.add('month');
		else fields.add(dimension as SummaryField);
	}
	// Months tell years too.
	if (fields.has('month')) fields.delete('year');
	return [...fields];
}

/** How finely time must be held to tell exactly what lies wholly inside the slice's days. */
function finenessOf({ from, to, undated }: Slice): 'year' | 'month' | 'day' | null {
	if (from === null && to === null && undated === null) return null;
	const wholeMonths =
		(from === null || from.endsWith('-01')) && (to === null || to === lastDay(to.slice(0, 7)));
	if (!wholeMonths) return 'day';
	const wholeYears = (from === null || from.endsWith('-01-01')) && (to === null || to.endsWith('-12-31'));
	return wholeYears && (undated === null || undated === 'year') ? 'year' : 'month';
}
