import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import type { Locale } from '#lib/paraglide/runtime.js';
import { changeWords } from '#lib/words/change.ts';
import { formatDay } from '#lib/words/date.ts';
import { dimensionLabel, noneLabel, partLabel } from '#lib/words/dimension.ts';
import { headingLabel } from '#lib/words/heading.ts';
import {
	allocationLabel,
	basisLabel,
	countingLabel,
	measureLabel,
	natureLabel,
	stateLabel
} from '#lib/words/ledger.ts';
import { NONE } from './parameter.ts';
import { valuesIn } from './values.ts';
import type { Slice } from './slice.ts';
import { nameIn, type SliceNames } from './words.ts';

/** One line of a list of what a figure is restricted to. `parameter` is the field's name in the address. */
export type Filter = { parameter: keyof Slice; label: string; value: string };

/**
 * What a slice asks for, line by line: measure, nature, counting and currency always, every other field where it restricts
 * something. A name that is missing is replaced by the slice's own key or code.
 */
export function listFilters(slice: Slice, names: SliceNames = {}, locale: Locale = getLocale()): Filter[] {
	const filters: Filter[] = [];
	const add = (parameter: keyof Slice, label: string, value: string | null) => {
		if (value !== null) filters.push({ parameter, label, value });
	};
	const addNamed = (field: Exclude<keyof SliceNames, 'organisation'>) => {
		if (slice[field] === null) return;
		const labels = valuesIn(slice, field).map((one) => {
			if (one === NONE) return noneLabel(field, locale);
			return nameIn(names, field, one) ?? (field === 'heading' ? headingLabel(one, locale) : one);
		});
		add(field, dimensionLabel(field, locale), labels.join('; '));
	};

	add('measure', m.words_field_measure({}, { locale }), measureLabel(slice.measure, locale));
	add('nature', m.words_field_nature({}, { locale }), natureLabel(slice.nature, locale));
	addNamed('project');
	addNamed('activity');
	addNamed('country');
	if (slice.allocation) {
		add('allocation', m.words_field_allocation({}, { locale }), allocationLabel(slice.allocation, locale));
	}
	if (slice.organisation !== null) {
		const labels = valuesIn(slice, 'organisation').map((one) =>
			one === NONE ? noneLabel(slice.part, locale) : (nameIn(names, 'organisation', one) ?? one)
		);
		add('organisation', partLabel(slice.part, locale), labels.join('; '));
	}
	addNamed('receiver');
	addNamed('sector');
	addNamed('heading');
	addNamed('objective');
	addNamed('agreement');
	add('counting', dimensionLabel('counting', locale), countingLabel(slice.counting, locale));
	if (slice.basis) add('basis', dimensionLabel('basis', locale), basisLabel(slice.basis, locale));
	if (slice.state) add('state', dimensionLabel('state', locale), stateLabel(slice.state, locale));
	if (slice.booked) {
		add('booked', dimensionLabel('booked_currency', locale), valuesIn(slice, 'booked').join('; '));
	}
	if (slice.from) add('from', m.words_field_from({}, { locale }), formatDay(slice.from, locale));
	if (slice.to) add('to', m.words_field_to({}, { locale }), formatDay(slice.to, locale));
	if (slice.undated)
		add('undated', m.words_field_undated({}, { locale }), dimensionLabel(slice.undated, locale));
	if (slice.change) add('change', m.spending_field_change({}, { locale }), changeWords(slice.change, locale));
	if (slice.asof) add('asof', m.words_field_asof({}, { locale }), formatDay(slice.asof, locale));
	if (slice.version) add('version', m.citation_field_version({}, { locale }), slice.version);
	add('currency', m.words_field_currency({}, { locale }), slice.currency);
	return filters;
}
