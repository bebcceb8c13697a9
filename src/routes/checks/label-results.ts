import { m } from '#lib/paraglide/messages.js';
import type { ChecksOf, ResultShown } from '#lib/server/page/checks.ts';
import type { CheckLine } from '#lib/slice/check.ts';
import { NONE } from '#lib/slice/parameter.ts';
import type { Counting, Measure } from '#lib/slice/slice.ts';
import { checkTermLabel } from '#lib/words/check.ts';
import { formatDay } from '#lib/words/date.ts';
import { noneLabel } from '#lib/words/dimension.ts';
import { headingLabel } from '#lib/words/heading.ts';
import { statedLabel } from '#lib/words/intake.ts';
import { countingLabel, measureLabel } from '#lib/words/ledger.ts';

/** What a result is about, within its project: "UNODC to IOM", "Spent, until 30 June 2017". */
export function subjectLabel({ code, subject, day, right }: ResultShown, names: ChecksOf['names']): string {
	const words = subject.split(' ');
	const organisation = (id = '') => names.organisations[id] ?? id;
	switch (code) {
		case 'sent_equals_received':
			return m.checks_transfer({ provider: organisation(words[0]), receiver: organisation(words[1]) });
		case 'spent_within_advances':
			return organisation(subject);
		case 'headings_equal_budget':
			return subject === 'direct' ? m.checks_direct() : m.checks_indirect();
		case 'instalments_equal_receipts':
			return names.agreements[subject] ?? subject;
		case 'rows_equal_stated':
			return statedLabel(right.lines[0]?.name ?? subject);
		case 'countries_equal_whole':
			return measureLabel(subject as Measure);
		case 'closing_equals_opening': {
			const measure = measureLabel(subject as Measure);
			return day === null ? measure : m.checks_period({ measure, date: formatDay(day) });
		}
		case 'converted_at_rates':
		case 'summary_equals_entries':
		case 'iati_equals_entries': {
			const [measure, counting, currency] = words;
			return [
				measureLabel(measure as Measure),
				...(counting === 'counted' ? [] : [countingLabel(counting as Counting)]),
				...(currency === undefined ? [] : [currency])
			].join(m.words_slice_join());
		}
		default:
			return m.checks_whole_project();
	}
}

/** What a line of a side is called. */
export function lineLabel({ term, name }: CheckLine, names: ChecksOf['names']): string {
	if (name === undefined) return checkTermLabel(term);
	if (term === 'spent_under' || term === 'fees' || term === 'budget_under')
		return checkTermLabel(term, name === NONE ? noneLabel('heading') : headingLabel(name));
	if (term === 'stated_total') return checkTermLabel(term, statedLabel(name));
	return checkTermLabel(term, term === 'agreed' ? (names.agreements[name] ?? name) : name);
}
