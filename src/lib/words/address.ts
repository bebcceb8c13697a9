import { m } from '#lib/paraglide/messages.js';
import type { Locale } from '#lib/paraglide/runtime.js';
import type { AddressError } from '#lib/slice/codec.ts';
import type { Reason } from '#lib/slice/parameter.ts';

type Text = (inputs: { parameter: string; value: string }, options: { locale?: Locale }) => string;

const TEXTS: Record<Reason, Text> = {
	unknown: m.words_address_unknown,
	repeated: m.words_address_repeated,
	too_many: m.filters_too_many,
	empty: m.words_address_empty,
	not_one_of: m.words_address_not_one_of,
	not_a_day: m.words_address_not_a_day,
	not_a_period: m.words_address_not_a_period,
	not_a_country: m.words_address_not_a_country,
	not_a_sector: m.words_address_not_a_sector,
	not_a_number: m.words_address_not_a_number,
	too_large: m.audit_too_large,
	too_long_a_page: m.api_too_long_a_page,
	not_an_amount: m.audit_not_an_amount,
	not_a_seed: m.audit_not_a_seed,
	not_a_key: m.words_address_not_a_key,
	not_a_code: m.words_address_not_a_code,
	not_text: m.words_address_not_text,
	not_a_cursor: m.words_address_not_a_cursor,
	not_columns: m.words_address_not_columns,
	not_a_version: m.citation_not_a_version,
	not_a_reference: m.citation_not_a_reference,
	from_after_to: m.words_address_from_after_to
};

/** Says which parameter of an address is wrong and what it should be: the text of a 400 page. */
export function addressErrorText({ parameter, value, reason }: AddressError, locale?: Locale): string {
	return TEXTS[reason]({ parameter, value }, { locale });
}
