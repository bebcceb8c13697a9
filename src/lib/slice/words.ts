import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import type { Locale } from '#lib/paraglide/runtime.js';
import { formatDay, formatPeriod } from '#lib/words/date.ts';
import { noneLabel } from '#lib/words/dimension.ts';
import { headingLabel } from '#lib/words/heading.ts';
import { allocationLabel, basisLabel, countingLabel, measureLabel, stateLabel } from '#lib/words/ledger.ts';
import { NONE } from './parameter.ts';
import type { Dimension, Slice } from './slice.ts';

/** Names of what a slice is restricted to, for those fields that hold keys, numbers or codes. */
export type SliceNames = Partial<
	Record<
		| 'project'
		| 'activity'
		| 'country'
		| 'organisation'
		| 'receiver'
		| 'sector'
		| 'heading'
		| 'objective'
		| 'agreement',
		string
	>
>;

/**
 * The question in one phrase: "Spent in Mali, 2017, as of 30 June 2017". A name that is missing is replaced by the
 * slice's own key or code. The portfolio is not said: it is the page's heading.
 */
export function describeSlice(slice: Slice, names: SliceNames = {}, locale: Locale = getLocale()): string {
	const sentence = [subject(slice, names, locale), ...restrictions(slice, names, locale)].join(
		m.words_slice_join({}, { locale })
	);
	return slice.nature === 'demonstration' ? m.words_slice_demonstration({ sentence }, { locale }) : sentence;
}

function subject(slice: Slice, names: SliceNames, locale: Locale): string {
	const measure = measureLabel(slice.measure, locale);
	if (slice.country === null || slice.country === NONE) return measure;
	return m.words_slice_in_country({ measure, country: names.country ?? slice.country }, { locale });
}

function restrictions(slice: Slice, names: SliceNames, locale: Locale): string[] {
	const phrases = [
		slice.country === NONE ? within(noneLabel('country', locale)) : null,
		slice.allocation ? within(allocationLabel(slice.allocation, locale)) : null,
		named('project', m.words_slice_project),
		named('activity', m.words_slice_activity),
		organisation(slice, names, locale),
		named('receiver', m.words_slice_receiver),
		named('sector', m.words_slice_sector),
		named('heading', m.words_slice_heading),
		named('objective', m.words_slice_objective),
		named('agreement', m.words_slice_agreement),
		slice.counting === 'counted'
			? null
			: m.words_slice_counting({ counting: within(countingLabel(slice.counting, locale)) }, { locale }),
		slice.basis === null ? null : within(basisLabel(slice.basis, locale)),
		slice.state === null ? null : within(stateLabel(slice.state, locale)),
		formatPeriod(slice.from, slice.to, locale),
		undated(slice, locale),
		slice.asof === null ? null : m.words_slice_asof({ date: formatDay(slice.asof, locale) }, { locale }),
		slice.currency === 'EUR' ? null : m.words_slice_currency({ currency: slice.currency }, { locale })
	];
	return phrases.filter((phrase) => phrase !== null);

	function named(
		field: keyof SliceNames & Dimension,
		text: (inputs: { name: string }, options: { locale: Locale }) => string
	): string | null {
		const value = slice[field];
		if (value === null) return null;
		if (value === NONE) return within(noneLabel(field, locale));
		const name = names[field] ?? (field === 'heading' ? headingLabel(value, locale) : value);
		return text({ name }, { locale });
	}
}

function organisation(slice: Slice, names: SliceNames, locale: Locale): string | null {
	if (slice.organisation === null) return null;
	if (slice.organisation === NONE) return within(noneLabel(slice.part, locale));
	const text = {
		provider: m.words_slice_provider,
		receiver: m.words_slice_receiver,
		reporter: m.words_slice_reporter
	}[slice.part];
	return text({ name: names.organisation ?? slice.organisation }, { locale });
}

function undated(slice: Slice, locale: Locale): string | null {
	if (slice.undated === null) return null;
	const text = {
		year: m.words_slice_undated_year,
		quarter: m.words_slice_undated_quarter,
		month: m.words_slice_undated_month
	}[slice.undated];
	return text({}, { locale });
}

/** A label inside a sentence: labels begin with a capital, and none of them with a name. */
function within(label: string): string {
	return label.charAt(0).toLowerCase() + label.slice(1);
}
