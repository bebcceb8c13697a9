import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { SEVERAL, type StratumDimension } from '#lib/sample/plan.ts';
import type { Chosen } from '#lib/sample/selection.ts';
import { NONE } from '#lib/slice/parameter.ts';
import type { Kind } from '#lib/slice/slice.ts';
import { countryName } from '#lib/words/country.ts';
import { noneLabel } from '#lib/words/dimension.ts';
import { headingLabel } from '#lib/words/heading.ts';
import { kindLabel } from '#lib/words/ledger.ts';

/** What a stratum is called. Names of organisations and keys stand for themselves. */
export function stratumLabel(by: StratumDimension, stratum: string): string {
	if (stratum === NONE) return noneLabel(by);
	switch (by) {
		case 'country':
			return stratum === SEVERAL ? m.audit_several_countries() : countryName(stratum, getLocale());
		case 'heading':
			return headingLabel(stratum);
		case 'kind':
			return kindLabel(stratum as Kind);
		default:
			return stratum;
	}
}

/** Why an item was chosen, where that is said in words: one chosen for a unit of money names the unit. */
export function chosenLabel({ how, at }: Chosen): string {
	return how === 'top' ? m.audit_taken_whole() : m.audit_drawn_as({ no: at });
}
