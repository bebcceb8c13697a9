import { amountWords, unconvertedWords } from '#lib/figure/figure-words.ts';
import { figureOf } from '#lib/figure/figure-value.ts';
import { m } from '#lib/paraglide/messages.js';
import type { CountriesMoney, CountryLine } from '#lib/server/page/countries.ts';
import type { Nature } from '#lib/slice/slice.ts';
import type { MapMeasure } from '#lib/slice/view.ts';
import { formatActivities, formatCount, formatQualified } from '#lib/words/count.ts';
import { countBand } from '../reach/bands.ts';
import type { Shown } from './map-classes.ts';

type Line = Pick<CountryLine, 'code' | 'name'> & Partial<CountryLine>;

/** What a map of a measure says of one country. */
export function showLine(line: Line, measure: MapMeasure, money: CountriesMoney | null): Shown {
	const { code, name } = line;
	if (measure === 'spent' || measure === 'budget') return { code, name, ...moneyOf(line, measure, money) };
	if (measure === 'participants') return { code, name, ...peopleOf(line) };
	const value = line[measure] ?? 0;
	return {
		code,
		name,
		// No published figure is no finding that there were no results.
		value: measure === 'results' && value === 0 ? null : value,
		label: value === 0 ? '' : formatCount(value),
		text: measure === 'activities' ? formatActivities(value) : resultsWords(value)
	};
}

type Value = Pick<Shown, 'value' | 'label' | 'text'>;

/** Someone who came to several activities is counted at each: these are participants and not different people. */
function peopleOf({ participants, activities }: Line): Value {
	if (participants?.participants == null) {
		const text = activities === 0 ? formatActivities(0) : m.layout_not_published();
		return { value: null, label: '', text };
	}
	const number = formatQualified(participants.participants, participants.qualifier);
	return {
		value: participants.participants,
		label: formatCount(participants.participants),
		text: m.places_participants_count({ number })
	};
}

function moneyOf({ code }: Line, measure: 'spent' | 'budget', money: CountriesMoney | null): Value {
	const part = money?.[measure];
	const sum = part?.of.get(code);
	const absent =
		part?.slice.nature === 'demonstration' ? m.layout_no_demonstration_entries() : m.layout_not_published();
	if (!part || !sum) return { value: null, label: '', text: absent };
	const figure = figureOf(sum, part.slice.currency);
	const words = sum.amount === null ? null : amountWords(sum.amount, part.slice.currency).exact;
	return {
		// Whole units are fine enough to choose a colour by.
		value: sum.amount === null ? null : Number.parseInt(sum.amount, 10),
		label: '',
		text: [words, unconvertedWords(figure)].filter(Boolean).join(' ') || absent
	};
}

export function resultsWords(results: number): string {
	if (results === 0) return m.places_figures_none();
	return results === 1 ? m.places_figures_one() : m.places_figures_count({ count: formatCount(results) });
}

/** Words for a class of a measure by its ends. */
export function bandWords(measure: MapMeasure, currency = 'EUR'): (from: number, to: number) => string {
	if (measure !== 'spent' && measure !== 'budget') {
		return countBand;
	}
	const short = (amount: number) => amountWords(String(amount), currency).short;
	return (from, to) =>
		from === 0 ? m.places_band_first({ to: short(to) }) : m.places_band({ from: short(from), to: short(to) });
}

/** What the classes without a colour are called. */
export function classWords(nature: Nature) {
	return {
		zero: m.map_legend_zero(),
		negative: m.map_legend_zero_or_less(),
		missing: nature === 'demonstration' ? m.layout_no_demonstration_entries() : m.map_legend_missing()
	};
}

export function measureWords(measure: MapMeasure): string {
	switch (measure) {
		case 'activities':
			return m.places_column_activities();
		case 'participants':
			return m.places_column_participants();
		case 'results':
			return m.places_column_results();
		case 'spent':
			return m.places_spent();
		case 'budget':
			return m.places_budget();
	}
}

/** What the map shows and how it was counted. */
export function subtitleOf(measure: MapMeasure, currency: string): string {
	switch (measure) {
		case 'activities':
			return m.places_map_subtitle();
		case 'participants':
			return m.places_map_people_subtitle();
		case 'results':
			return m.places_map_results_subtitle();
		case 'spent':
			return m.places_spending_subtitle({ currency });
		case 'budget':
			return m.places_map_budget_subtitle({ currency });
	}
}

/** The finding of a map of what is published; of money only its name, as amounts stand beside it. */
export function titleOf(measure: MapMeasure, shown: readonly Shown[], lines: readonly CountryLine[]): string {
	if (measure === 'spent') return m.places_spending();
	if (measure === 'budget') return m.places_map_budget();
	const top = shown.reduce<Shown | null>(
		(most, one) => ((one.value ?? 0) > (most?.value ?? 0) ? one : most),
		null
	);
	if (measure === 'participants') {
		return top === null
			? m.places_map_people_none()
			: m.places_map_people({ country: top.name, number: top.text });
	}
	if (measure === 'results') {
		return top === null
			? m.places_map_results_none()
			: m.places_map_results({ country: top.name, count: formatCount(top.value!) });
	}
	if (top === null) return m.places_map_title_none();
	const some = lines.filter(({ activities }) => activities > 0).length;
	const words = { count: formatCount(lines.length), country: top.name, activities: formatCount(top.value!) };
	return some === lines.length
		? m.places_map_title(words)
		: m.places_map_title_some({ ...words, some: formatCount(some) });
}
