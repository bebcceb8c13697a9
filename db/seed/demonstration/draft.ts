import type { Kind } from '#lib/slice/slice.ts';
import type { Cents } from './cents.ts';

/** How an invented entry is spread over countries or sectors, as the ledger file writes it. */
export type Split = { shares: string; basis: 'measured' | 'apportioned'; key: string };

export const UNALLOCATED: Split = { shares: 'none', basis: 'measured', key: '' };
export const whole = (code: string): Split => ({ shares: code, basis: 'measured', key: '' });

/** An invented entry before it is written into the file of the posting that brings it. */
export type Draft = {
	kind: Kind;
	activity: string;
	from: string;
	to: string;
	precision: 'day' | 'month' | 'quarter';
	/** As booked, in hundredths of `currency`. */
	amount: Cents;
	currency: string;
	/** In euro, converted by the month's rate. */
	eur: Cents;
	provider: string | null;
	receiver: string | null;
	agreement: string | null;
	budgetVersion: string | null;
	heading: string | null;
	objective: string | null;
	countries: Split;
	sectors: Split;
	basis: 'cash' | 'accrual' | 'not_stated';
	exchangeDifference: boolean;
	/** Of its agreement, by number: the one that a receipt pays. */
	instalment: number | null;
	/** Voucher number; given to all of them at the end, in order of date. */
	reference: string;
	/** What stands behind the voucher number in the description; an entry it refers to lends its number. */
	remark: string;
	about: Draft | null;
	/** The posting that brings it. */
	known: number;
	/** A first version in error, and the posting that puts it right. Only for entries in euro. */
	wrong: { amount: Cents; until: number } | null;
	/** The posting that takes it back. */
	withdrawn: number | null;
};

/** A draft with the usual values for what is not given. */
export function draft(
	given: Partial<Draft> & Pick<Draft, 'kind' | 'activity' | 'from' | 'amount' | 'known'>
): Draft {
	return {
		to: given.from,
		precision: 'day',
		currency: 'EUR',
		eur: given.amount,
		provider: null,
		receiver: null,
		agreement: null,
		budgetVersion: null,
		heading: null,
		objective: null,
		countries: UNALLOCATED,
		sectors: UNALLOCATED,
		basis: 'accrual',
		exchangeDifference: false,
		instalment: null,
		reference: '',
		remark: '',
		about: null,
		wrong: null,
		withdrawn: null,
		...given
	};
}

/** What was known of an entry's euro amount after a posting; null when it was not there. */
export function eurAt(entry: Draft, posting: number): Cents | null {
	if (posting < entry.known || (entry.withdrawn !== null && posting >= entry.withdrawn)) return null;
	return entry.wrong !== null && posting < entry.wrong.until ? entry.wrong.amount : entry.eur;
}

/** The most that was ever reported of an entry; nothing of one that was only booked to be taken back. */
export function highest({ eur, wrong, withdrawn }: Draft): Cents {
	if (withdrawn !== null) return 0n;
	return wrong !== null && wrong.amount > eur ? wrong.amount : eur;
}
