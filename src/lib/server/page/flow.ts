import type { Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { labelsOf } from '#lib/server/facts/names.ts';
import { breakdown } from '#lib/server/ledger/breakdown.ts';
import { assembleFlow, type Flow, type FlowBooks, type FlowNode } from '#lib/slice/flow.ts';
import type { BreakdownRow, Dimension, Slice } from '#lib/slice/slice.ts';

/** A node with its name in the visitor's language; null is the part that is not stated or not allocated. */
export type NamedNode = FlowNode & { name: string | null };
export type NamedFlow = Omit<Flow, 'nodes'> & { nodes: NamedNode[] };

/**
 * All money of a slice on its way from who provides it to the country it was spent for.
 * @param slice of one nature; its measure, counting and organisation do not matter
 */
export async function readFlow(db: Kysely<DB>, slice: Slice): Promise<NamedFlow> {
	return nameNodes(db, assembleFlow(slice, await readBooks(db, slice)));
}

/** What flows to and from one organisation alone. */
export async function readChain(db: Kysely<DB>, slice: Slice, organisation: string): Promise<NamedFlow> {
	const books = await readBooks(db, slice, organisation);
	const flow = assembleFlow(slice, books);
	const own = `organisation ${organisation}`;
	const links = flow.links.filter(({ from, to }) => from === own || to === own);
	const named = new Set(links.flatMap(({ from, to }) => [from, to]));
	return nameNodes(db, { links, nodes: flow.nodes.filter(({ id }) => named.has(id)) });
}

async function readBooks(db: Kysely<DB>, slice: Slice, organisation?: string): Promise<FlowBooks> {
	const whole: Slice = {
		...slice,
		counting: 'counted',
		organisation: null,
		part: 'provider',
		receiver: null
	};
	const between = (change: Partial<Slice>) =>
		cut(db, { ...whole, ...change }, ['provider', 'receiver'], organisation);
	const spent = between({ measure: 'spent' });
	const asSpent: Slice = { ...whole, measure: 'spent' };
	const [received, transferred, spentBetween, spentIn, paidIn, returned, paidBack] = await Promise.all([
		between({ measure: 'received' }),
		between({ measure: 'spent', counting: 'internal_transfer' }),
		spent,
		cut(db, { ...asSpent, receiver: 'none' }, ['provider', 'country'], organisation),
		// Most books name no receiver of what is spent: then there is nothing to ask for.
		spent.then((rows) =>
			rows.some(({ keys }) => keys[1] !== null) ? cut(db, asSpent, ['receiver', 'country'], organisation) : []
		),
		cut(db, { ...whole, measure: 'returned_receipts' }, ['receiver'], organisation),
		cut(db, { ...whole, measure: 'paid_back' }, ['provider'], organisation)
	]);
	return { received, transferred, spent: spentBetween, spentIn, paidIn, returned, paidBack };
}

/** A breakdown, of one organisation's rows where one is given: those that name it in any of the parts cut by. */
async function cut(
	db: Kysely<DB>,
	slice: Slice,
	by: readonly [Dimension] | readonly [Dimension, Dimension],
	organisation: string | undefined
): Promise<BreakdownRow[]> {
	if (organisation === undefined) return breakdown(db, slice, by);
	const parts = by.filter((dimension) => dimension === 'provider' || dimension === 'receiver');
	const found = await Promise.all(parts.map((part) => breakdown(db, { ...slice, organisation, part }, by)));
	const rows = new Map(found.flat().map((row) => [JSON.stringify(row.keys), row]));
	return [...rows.values()];
}

async function nameNodes(db: Kysely<DB>, flow: Flow): Promise<NamedFlow> {
	const keysOf = (kind: FlowNode['kind']) =>
		flow.nodes.flatMap((node) => (node.kind === kind ? node.key : []));
	const [organisations, countries] = await Promise.all([
		labelsOf(db, 'provider', keysOf('organisation')),
		labelsOf(db, 'country', keysOf('country'))
	]);
	const nameOf = ({ kind, key }: FlowNode) =>
		key === null ? null : ((kind === 'country' ? countries : organisations).get(key) ?? key);
	return { ...flow, nodes: flow.nodes.map((node) => ({ ...node, name: nameOf(node) })) };
}
