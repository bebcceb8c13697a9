import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import type { Locale } from '#lib/paraglide/runtime.js';
import { formatDay, formatPeriod } from '#lib/words/date.ts';
import { noneLabel } from '#lib/words/dimension.ts';
import { headingLabel } from '#lib/words/heading.ts';
import { changeWords } from '#lib/words/change.ts';
import { allocationLabel, basisLabel, countingLabel, measureLabel, stateLabel } from '#lib/words/ledger.ts';
import { joinValues, NONE } from './parameter.ts';
import { fillSentence, joinPhrases, listPhrases, type SentencePart } from './sentence.ts';
import type { Dimension, Slice } from './slice.ts';
import { valuesIn } from './values.ts';
import { lastPostingOf } from './version.ts';

type NamedField =
	| 'project'
	| 'activity'
	| 'country'
	| 'organisation'
	| 'receiver'
	| 'sector'
	| 'heading'
	| 'objective'
	| 'agreement';

/**
 * Names of what a slice is restricted to, for those fields that hold keys, numbers or codes: one name, or where a field
 * holds several values the name of each.
 */
export type SliceNames = Partial<Record<NamedField, string | Readonly<Record<string, string>>>>;

/** The name of one value of a field, if it has one. */
export function nameIn(names: SliceNames, field: NamedField, value: string): string | undefined {
	const known = names[field];
	return typeof known === 'object' ? known[value] : known;
}

/**
 * The question in one phrase: "Spent in Mali, 2017, as of 30 June 2017". A name that is missing is replaced by the
 * slice's own key or code. The portfolio is not said: it is the page's heading.
 */
export function describeSlice(slice: Slice, names: SliceNames = {}, locale: Locale = getLocale()): string {
	return sliceSentence(slice, names, locale)
		.map(({ text }) => text)
		.join('');
}

/** The same phrase in parts; what restricts the slice says how an address without it differs. */
export function sliceSentence(
	slice: Slice,
	names: SliceNames = {},
	locale: Locale = getLocale()
): SentencePart[] {
	const sentence = joinPhrases(
		[subject(slice, names, locale), ...restrictions(slice, names, locale)],
		m.words_slice_join({}, { locale })
	);
	return slice.nature === 'demonstration'
		? fillSentence((inputs) => m.words_slice_demonstration(inputs, { locale }), { sentence })
		: sentence;
}

const fixed = (text: string): SentencePart[] => [{ text, without: null }];
const removable = (text: string, without: Record<string, null>): SentencePart[] => [{ text, without }];

function subject(slice: Slice, names: SliceNames, locale: Locale): SentencePart[] {
	const measure = fixed(measureLabel(slice.measure, locale));
	if (slice.country === null || slice.country === NONE) return measure;
	const country = listValues(slice, 'country', locale, (value) =>
		value === NONE ? within(noneLabel('country', locale)) : (nameIn(names, 'country', value) ?? value)
	);
	return fillSentence((inputs) => m.words_slice_in_country(inputs, { locale }), { measure, country });
}

function restrictions(slice: Slice, names: SliceNames, locale: Locale): SentencePart[][] {
	const phrases = [
		slice.country === NONE ? removable(within(noneLabel('country', locale)), { country: null }) : null,
		only('allocation', slice.allocation && within(allocationLabel(slice.allocation, locale))),
		named('project', m.words_slice_project),
		named('activity', m.words_slice_activity),
		organisation(slice, names, locale),
		named('receiver', m.words_slice_receiver),
		named('sector', m.words_slice_sector),
		named('heading', m.words_slice_heading),
		named('objective', m.words_slice_objective),
		named('agreement', m.words_slice_agreement),
		only(
			'counting',
			slice.counting === 'counted'
				? null
				: m.words_slice_counting({ counting: within(countingLabel(slice.counting, locale)) }, { locale })
		),
		only('basis', slice.basis && within(basisLabel(slice.basis, locale))),
		only('state', slice.state && within(stateLabel(slice.state, locale))),
		severalOf(slice, 'booked', locale, m.filters_booked, (value) => value),
		period(slice, locale),
		only('undated', undated(slice, locale)),
		only('change', slice.change && within(changeWords(slice.change, locale))),
		only('asof', slice.asof && m.words_slice_asof({ date: formatDay(slice.asof, locale) }, { locale })),
		only('version', versionWords(slice, locale)),
		only(
			'currency',
			slice.currency === 'EUR' ? null : m.words_slice_currency({ currency: slice.currency }, { locale })
		)
	];
	return phrases.filter((phrase) => phrase !== null);

	function named(field: NamedField & Dimension, text: Text): SentencePart[] | null {
		const nameOf = (value: string) =>
			nameIn(names, field, value) ?? (field === 'heading' ? headingLabel(value, locale) : value);
		if (slice[field] === NONE) return only(field, within(noneLabel(field, locale)));
		return severalOf(slice, field, locale, text, nameOf, noneLabel(field, locale));
	}
}

type Text = (inputs: { name: string }, options: { locale: Locale }) => string;

function organisation(slice: Slice, names: SliceNames, locale: Locale): SentencePart[] | null {
	const none = noneLabel(slice.part, locale);
	if (slice.organisation === NONE) return removable(within(none), { organisation: null, part: null });
	const text = {
		provider: m.words_slice_provider,
		receiver: m.words_slice_receiver,
		reporter: m.words_slice_reporter
	}[slice.part];
	const nameOf = (value: string) => nameIn(names, 'organisation', value) ?? value;
	return severalOf(slice, 'organisation', locale, text, nameOf, none);
}

/** A phrase about one value goes as a whole; about several, each value goes by itself. */
function severalOf(
	slice: Slice,
	field: keyof Slice,
	locale: Locale,
	text: Text,
	nameOf: (value: string) => string,
	none = ''
): SentencePart[] | null {
	const [value, ...others] = valuesIn(slice, field);
	if (value === undefined) return null;
	if (others.length === 0)
		return removable(text({ name: nameOf(value) }, { locale }), {
			[field]: null,
			...(field === 'organisation' ? { part: null } : {})
		});
	const name = listValues(slice, field, locale, (value) => (value === NONE ? within(none) : nameOf(value)));
	return fillSentence((inputs) => text(inputs, { locale }), { name });
}

function listValues(
	slice: Slice,
	field: keyof Slice,
	locale: Locale,
	nameOf: (value: string) => string
): SentencePart[] {
	const values = valuesIn(slice, field);
	return listPhrases(
		values.map((value) => ({
			text: nameOf(value),
			without: {
				[field]: values.length === 1 ? null : joinValues(values.filter((other) => other !== value))
			}
		})),
		locale
	);
}

function period({ from, to }: Slice, locale: Locale): SentencePart[] | null {
	const text = formatPeriod(from, to, locale);
	return text === null ? null : removable(text, { from: null, to: null });
}

function only(field: keyof Slice, text: string | null): SentencePart[] | null {
	return text === null ? null : removable(text, { [field]: null });
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

/** Of a data version only the posting of the slice's own nature can change its figure. */
function versionWords({ version, nature }: Slice, locale: Locale): string | null {
	const no = lastPostingOf(version, nature);
	return no === null ? null : m.citation_slice_version({ no: String(no) }, { locale });
}

/** A label inside a sentence: labels begin with a capital, and none of them with a name. */
function within(label: string): string {
	return label.charAt(0).toLowerCase() + label.slice(1);
}
