import { m } from '#lib/paraglide/messages.js';
import { kindsOf } from '#lib/slice/measure.ts';
import type { SignedSlice } from '#lib/slice/rule.ts';
import type { Slice } from '#lib/slice/slice.ts';
import { formatPeriod } from '#lib/words/date.ts';
import { headingLabel } from '#lib/words/heading.ts';
import { basisLabel, kindLabel } from '#lib/words/ledger.ts';

/** The one kind of entry that a part of a rule's term is of. */
function kindOf(slice: Slice): string {
	return kindLabel(kindsOf(slice.measure)[0]!);
}

/** A part of a rule's term in a few words: "Expenditure, accrual, staff"; one that is taken away says so. */
export function termPartLabel({ slice, sign }: SignedSlice): string {
	const label = [
		kindOf(slice),
		slice.basis && basisLabel(slice.basis),
		slice.heading && headingLabel(slice.heading),
		formatPeriod(slice.from, slice.to)
	]
		.filter(Boolean)
		.join(', ');
	return sign === 1 ? label : m.agreement_less({ label });
}
