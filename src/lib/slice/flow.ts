import { add, isZero } from '#lib/money/decimal.ts';
import type { Decimal } from '#lib/money/decimal.ts';
import { FORMULAS, type PartyTerm } from './formula.ts';
import { NONE } from './parameter.ts';
import type { BreakdownRow, Slice, Sum } from './slice.ts';

/** What a flow is made from: breakdowns of one slice, each by the two dimensions in its name. */
export type FlowBooks = {
	/** Counted incoming funds, by provider and receiver. */
	received: BreakdownRow[];
	/** Money that stays inside the books, by provider and receiver. */
	transferred: BreakdownRow[];
	/** What was spent, by provider and receiver. */
	spent: BreakdownRow[];
	/** What was spent without a receiver, by provider and country. */
	spentIn: BreakdownRow[];
	/** What was spent, by receiver and country; its rows without a receiver are those of `spentIn`. */
	paidIn: BreakdownRow[];
	/** Incoming funds returned, by receiver; funds paid back, by provider. */
	returned: BreakdownRow[];
	paidBack: BreakdownRow[];
};

/** Where money stops on its way, or ends. `key` is the organisation's number or the country's code; null is the part without. */
export type FlowNode = {
	id: string;
	kind: 'organisation' | 'country' | 'returned' | 'untraced';
	key: string | null;
};

/** Money from one node to the next, with the question it answers. */
export type FlowLink = Sum & {
	from: string;
	to: string;
	origin: { kind: 'slice'; slice: Slice } | { kind: 'formula'; formula: 'untraced'; slice: Slice };
};

export type Flow = { nodes: FlowNode[]; links: FlowLink[] };

const RETURNED: FlowNode = { id: 'returned', kind: 'returned', key: null };
const UNTRACED: FlowNode = { id: 'untraced', kind: 'untraced', key: null };

/**
 * Money from who provides it over those who pass it on to the country it was spent for. What an organisation got and did not
 * yet use goes to "not yet traced", negative where it used more than these books show it got; so flow in equals flow out at
 * every organisation that received anything or was transferred anything. The others are where the flow begins.
 * @param slice what all of it is restricted to; its own measure, counting and organisation do not matter
 */
export function assembleFlow(slice: Slice, books: FlowBooks): Flow {
	const nodes = new Map<string, FlowNode>();
	const links: FlowLink[] = [];
	const node = (found: FlowNode) => nodes.set(found.id, found).get(found.id)!.id;
	const organisation = (key: string | null) =>
		node({ id: `organisation ${key ?? NONE}`, kind: 'organisation', key });
	const country = (key: string | null) => node({ id: `country ${key ?? NONE}`, kind: 'country', key });
	const asked = (change: Partial<Slice>): Slice => ({ ...slice, counting: 'counted', ...change });
	const link = (from: string, to: string, { amount, entries, unconverted }: Sum, change: Partial<Slice>) =>
		links.push({
			from,
			to,
			amount,
			entries,
			unconverted,
			origin: { kind: 'slice', slice: asked(change) }
		});

	const between = ([provider = null, receiver = null]: BreakdownRow['keys']): Partial<Slice> => ({
		organisation: provider ?? NONE,
		part: 'provider',
		receiver: receiver ?? NONE
	});
	for (const row of books.received) {
		const [provider = null, receiver = null] = row.keys;
		link(organisation(provider), organisation(receiver), row, { measure: 'received', ...between(row.keys) });
	}
	for (const row of books.transferred) {
		const [provider = null, receiver = null] = row.keys;
		const change = { measure: 'spent', counting: 'internal_transfer', ...between(row.keys) } as const;
		link(organisation(provider), organisation(receiver), row, change);
	}
	const paying = new Set<string | null>();
	for (const row of books.spent) {
		const [provider = null, receiver = null] = row.keys;
		if (receiver === null) continue;
		paying.add(provider);
		link(organisation(provider), organisation(receiver), row, { measure: 'spent', ...between(row.keys) });
	}
	for (const row of books.spentIn) {
		const [provider = null, code = null] = row.keys;
		link(organisation(provider), country(code), row, {
			measure: 'spent',
			organisation: provider ?? NONE,
			part: 'provider',
			// Said only where it leaves something out.
			receiver: paying.has(provider) ? NONE : null,
			country: code ?? NONE
		});
	}
	for (const row of books.paidIn) {
		const [receiver = null, code = null] = row.keys;
		if (receiver === null) continue;
		const change = { organisation: receiver, part: 'receiver', country: code ?? NONE } as const;
		link(organisation(receiver), country(code), row, { measure: 'spent', ...change });
	}
	for (const row of books.returned) {
		const [receiver = null] = row.keys;
		const change = { organisation: receiver ?? NONE, part: 'receiver' } as const;
		link(organisation(receiver), node(RETURNED), row, { measure: 'returned_receipts', ...change });
	}
	for (const row of books.paidBack) {
		const [provider = null] = row.keys;
		const change = { organisation: provider ?? NONE, part: 'provider' } as const;
		link(organisation(provider), node(RETURNED), row, { measure: 'paid_back', ...change });
	}
	const termsOf = sumByParty(books);
	for (const { id, key } of [...nodes.values()].filter(({ kind }) => kind === 'organisation')) {
		const amount = FORMULAS.untraced.evaluate(termsOf(key));
		if (amount === null || isZero(amount)) continue;
		const change = { organisation: key ?? NONE, part: 'provider' } as const;
		const origin = { kind: 'formula', formula: 'untraced', slice: asked(change) } as const;
		links.push({ from: id, to: node(UNTRACED), amount, entries: 0, unconverted: [], origin });
	}
	return { nodes: [...nodes.values()], links };
}

/** What the books hold of each organisation, by the terms of the formula that says what is left with it. */
function sumByParty(books: FlowBooks): (key: string | null) => Partial<Record<PartyTerm, Decimal | null>> {
	const by = (rows: readonly BreakdownRow[], index: 0 | 1) => {
		const sums = new Map<string | null, Decimal>();
		for (const { keys, amount } of rows) {
			const key = keys[index] ?? null;
			if (amount !== null) sums.set(key, add(sums.get(key) ?? '0', amount));
		}
		return sums;
	};
	const terms = Object.entries({
		received_by: by(books.received, 1),
		transferred_to: by(books.transferred, 1),
		received_from: by(books.received, 0),
		transferred_by: by(books.transferred, 0),
		spent_by: by(books.spent, 0),
		returned_by: by(books.returned, 0),
		paid_back_by: by(books.paidBack, 0)
	} satisfies Partial<Record<PartyTerm, ReadonlyMap<string | null, Decimal>>>);
	return (key) => Object.fromEntries(terms.map(([term, sums]) => [term, sums.get(key) ?? null]));
}
