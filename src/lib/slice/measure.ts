import { KINDS, MEASURES } from './slice.ts';
import type { Kind, Measure } from './slice.ts';

/**
 * Which entries make up a measure. `returned` is the entry's own mark: money that goes back to the funder (negative
 * incoming funds, or paid to the organisation that funds). The sign turns booked amounts into the measure's own:
 * incoming funds taken back are booked negative, "returned" is a positive number.
 */
export type MeasureTerm = { kinds: readonly Kind[]; returned: boolean; sign: 1 | -1 };

// Numbers are IATI's TransactionType. Reimbursement (7) stands alone: it is never netted against anything.
const TERMS: Readonly<Record<Measure, readonly MeasureTerm[]>> = {
	spent: [{ kinds: ['3', '4'], returned: false, sign: 1 }],
	disbursement: [{ kinds: ['3'], returned: false, sign: 1 }],
	expenditure: [{ kinds: ['4'], returned: false, sign: 1 }],
	received: [{ kinds: ['1'], returned: false, sign: 1 }],
	returned: [
		{ kinds: ['1'], returned: true, sign: -1 },
		{ kinds: ['3', '4'], returned: true, sign: 1 }
	],
	returned_receipts: [{ kinds: ['1'], returned: true, sign: -1 }],
	paid_back: [{ kinds: ['3', '4'], returned: true, sign: 1 }],
	contribution_committed: [{ kinds: ['11'], returned: false, sign: 1 }],
	contribution_pledged: [{ kinds: ['13'], returned: false, sign: 1 }],
	committed: [{ kinds: ['2'], returned: false, sign: 1 }],
	pledged: [{ kinds: ['12'], returned: false, sign: 1 }],
	budget: [{ kinds: ['budget'], returned: false, sign: 1 }],
	planned_disbursement: [{ kinds: ['planned_disbursement'], returned: false, sign: 1 }],
	reimbursement: [{ kinds: ['7'], returned: false, sign: 1 }],
	interest: [{ kinds: ['5'], returned: false, sign: 1 }],
	loan_repayment: [{ kinds: ['6'], returned: false, sign: 1 }],
	equity: [{ kinds: ['8'], returned: false, sign: 1 }],
	equity_sale: [{ kinds: ['9'], returned: false, sign: 1 }],
	guarantee: [{ kinds: ['10'], returned: false, sign: 1 }]
};

/** The entries of a measure; their signed sum is the measure. */
export function termsOf(measure: Measure): readonly MeasureTerm[] {
	return TERMS[measure];
}

/** All kinds that a measure draws on, in IATI's order. */
export function kindsOf(measure: Measure): Kind[] {
	const kinds = new Set(TERMS[measure].flatMap((term) => term.kinds));
	return KINDS.filter((kind) => kinds.has(kind));
}

/** The measure of one kind alone, what is returned left out. */
export function measureOfKind(kind: Kind): Measure {
	return ALONE.get(kind)!;
}

const ALONE: ReadonlyMap<Kind, Measure> = new Map(
	MEASURES.flatMap((measure) => {
		const [term, ...others] = TERMS[measure];
		const isAlone = others.length === 0 && term!.kinds.length === 1 && !term!.returned;
		return isAlone ? [[term!.kinds[0]!, measure] as const] : [];
	})
);

/** The measures that an entry counts towards. */
export function measuresOf(entry: { kind: Kind; returned: boolean }): Measure[] {
	return MEASURES.filter((measure) =>
		TERMS[measure].some((term) => term.kinds.includes(entry.kind) && term.returned === entry.returned)
	);
}
