import { m } from '#lib/paraglide/messages.js';
import type { Claim } from '#lib/server/facts/claims.ts';
import { readDate, type DatePrecision } from '#lib/slice/period.ts';
import { formatQualified } from '#lib/words/count.ts';
import { countryName } from '#lib/words/country.ts';
import { formatDayWithPrecision } from '#lib/words/date.ts';
import { confidenceLabel, unitLabel } from '#lib/words/fact.ts';
import { getLocale } from '#lib/paraglide/runtime.js';
import { labelSource, type FactSource } from './fact-source.ts';
import { FACTS_LANGUAGE } from './in-language.ts';

/** One statement of a source beside its rivals, in words. */
export type Statement = {
	claim: string;
	value: string;
	/** Language of the value where it is the source's own words. */
	lang?: string;
	chosen: boolean;
	reason: string | null;
	confidence: string | null;
	source: FactSource;
};

/** Statements that are no money, in the visitor's language: the glossary need not travel to the browser. */
export function labelStatements(claims: readonly Claim[]): Statement[] {
	return claims.map((claim) => ({
		claim: claim.claim_id,
		...valueOf(claim),
		chosen: claim.chosen,
		reason: claim.reason,
		confidence: claim.confidence && confidenceLabel(claim.confidence),
		source: labelSource(claim)
	}));
}

function valueOf({
	value,
	value_text,
	unit,
	qualifier,
	date_from,
	date_to,
	date_precision
}: Claim): Pick<Statement, 'value' | 'lang'> {
	if (value !== null && /^-?\d+$/.test(value)) {
		return { value: [formatQualified(value, qualifier), unit && unitLabel(unit)].filter(Boolean).join(' ') };
	}
	if (value !== null) return { value };
	if (value_text !== null) {
		const words = datesOf(value_text) ?? countriesOf(value_text);
		return words === null
			? { value: value_text.replaceAll(';', ', '), lang: FACTS_LANGUAGE }
			: { value: words };
	}
	return {
		value: date_from
			? formatDayWithPrecision(date_from, date_to, date_precision as DatePrecision)
			: m.layout_not_published()
	};
}

/** A date or a span of dates as the claims write them: `2018-07`, `2018-07-30/2018-08-03`. */
function datesOf(text: string): string | null {
	const [first, last = first] = text.split('/').map(readDate);
	return first && last ? formatDayWithPrecision(first.from, last.to, last.precision) : null;
}

/** A list of countries as the claims write it: `ML;NE`. */
function countriesOf(text: string): string | null {
	if (!/^[A-Z]{2}(;[A-Z]{2})*$/.test(text)) return null;
	return text
		.split(';')
		.map((code) => countryName(code, getLocale()))
		.join(m.words_slice_join());
}
