import type { FlowBand, FlowNode, FlowPicture } from './flow-bands.ts';

/** A place as drawn. */
export type FlowBox = { node: FlowNode; x: number; y: number; height: number };
/** A band as drawn: its outline. */
export type FlowRibbon = { band: FlowBand; path: string };

type Room = {
	width: number;
	height: number;
	box: number;
	/** Between two neighbours of a column, or their labels. */
	gap: number;
	/** How tall a place's label is: it keeps its neighbours that far away, however thin it is itself. */
	label: (node: FlowNode) => number;
};
/** What stands in a column: a place, or the way through it of bands that end further right. */
type Item = { key: string; node: FlowNode | null; value: number; y: number; height: number; label: number };
type Hop = { band: FlowBand; value: number; items: string[]; at: number[] };

/**
 * Where the places and bands of a flow lie. A band that skips a column goes through a way kept free for all bands of its
 * origin. Floats serve only for drawing here.
 */
export function layoutFlow(
	{ nodes, bands, columns }: FlowPicture,
	{ width, height, box, gap, label }: Room
): { boxes: FlowBox[]; ribbons: FlowRibbon[] } {
	const columnOf = new Map(nodes.map((node) => [node.key, node.column]));
	const hops = bands.map((band): Hop => {
		const [from, to] = [columnOf.get(band.from)!, columnOf.get(band.to)!];
		const through = Array.from({ length: to - from - 1 }, (_, i) => `via ${band.from} ${from + i + 1}`);
		return { band, value: Number(band.value), items: [band.from, ...through, band.to], at: [] };
	});
	const stacks = stack(nodes, hops, columns, label);
	const scale = Math.min(...stacks.map((items) => scaleOf(items, height - gap * (items.length - 1))));
	const items = new Map<string, Item>();
	for (const column of stacks) {
		for (const item of column) item.height = Math.max(1, item.value * scale);
		const used = column.reduce((sum, item) => sum + slotOf(item), gap * (column.length - 1));
		let y = Math.max(0, (height - used) / 2);
		for (const item of column) {
			item.y = y + (slotOf(item) - item.height) / 2;
			items.set(item.key, item);
			y += slotOf(item) + gap;
		}
	}
	const x = (column: number) => (columns < 2 ? 0 : (column * (width - box)) / (columns - 1));
	attach(hops, items, scale);
	return {
		boxes: [...items.values()].flatMap(({ node, y, height }) =>
			node ? [{ node, x: x(node.column), y, height }] : []
		),
		ribbons: hops.map(({ band, value, at }) => ({
			band,
			path: outline(
				at,
				at.map((_, i) => x(columnOf.get(band.from)! + i)),
				Math.max(0.6, value * scale),
				box
			)
		}))
	};
}

const slotOf = ({ height, label }: { height: number; label: number }) => Math.max(height, label);

/** How tall one unit of value may be so that a column's items, none lower than its label, fill so much height. */
function scaleOf(items: readonly Item[], height: number): number {
	const total = items.reduce((sum, { value }) => sum + value, 0);
	if (total === 0) return Infinity;
	const used = (scale: number) =>
		items.reduce((sum, { value, label }) => sum + slotOf({ height: value * scale, label }), 0);
	// What is used grows with the scale, in steps that the labels make: halving finds it to a thousandth of a pixel.
	let [low, high] = [0, Math.max(1, height) / total];
	for (let step = 0; step < 24; step += 1) {
		const middle = (low + high) / 2;
		if (used(middle) <= height) low = middle;
		else high = middle;
	}
	return Math.max(low, 1 / total);
}

/** Items of each column from top to bottom: near to where their money comes from; at the right the largest first. */
function stack(
	nodes: readonly FlowNode[],
	hops: readonly Hop[],
	columns: number,
	label: Room['label']
): Item[][] {
	const stacks: Item[][] = [];
	const place = new Map<string, number>();
	for (let column = 0; column < columns; column += 1) {
		const here = nodes.filter((node) => node.column === column);
		const items = here.map((node): Item => ({
			key: node.key,
			node,
			value: Number(node.value),
			y: 0,
			height: 0,
			label: label(node)
		}));
		const ways = new Set(hops.flatMap((hop) => hop.items.slice(1, -1)));
		for (const key of ways) {
			if (!key.endsWith(` ${column}`)) continue;
			const value = hops.reduce((sum, hop) => sum + (hop.items.includes(key) ? hop.value : 0), 0);
			items.push({ key, node: null, value, y: 0, height: 0, label: 0 });
		}
		const from = (key: string) => {
			const into = hops.flatMap((hop) => {
				const at = hop.items.indexOf(key);
				return at > 0 ? [{ place: place.get(hop.items[at - 1]!) ?? 0, value: hop.value }] : [];
			});
			const total = into.reduce((sum, { value }) => sum + value, 0);
			return total === 0 ? 0 : into.reduce((sum, one) => sum + one.place * one.value, 0) / total;
		};
		const last = column === columns - 1;
		const order = ({ node }: Item) => (node?.look ? 2 : node?.merged ? 1 : 0);
		items.sort(
			(a, b) =>
				order(a) - order(b) ||
				(last ? 0 : from(a.key) - from(b.key)) ||
				b.value - a.value ||
				(a.key < b.key ? -1 : 1)
		);
		items.forEach(({ key }, index) => place.set(key, index));
		stacks.push(items);
	}
	return stacks;
}

/** Gives every band its place on the edges of the items it touches, so that bands cross as little as they can. */
function attach(hops: readonly Hop[], items: ReadonlyMap<string, Item>, scale: number): void {
	const middle = (key: string | undefined) => {
		const item = key === undefined ? undefined : items.get(key);
		return item ? item.y + item.height / 2 : 0;
	};
	const ends = (hop: Hop) => middle(hop.items.at(-1));
	const pile = (
		key: string,
		own: Hop[],
		compare: (a: Hop, b: Hop) => number,
		write: (hop: Hop, y: number) => void
	) => {
		let y = items.get(key)!.y;
		for (const hop of [...own].sort(compare)) {
			write(hop, y);
			y += hop.value * scale;
		}
	};
	const out = new Map<Hop, number>();
	const into = new Map<Hop, number>();
	for (const key of items.keys()) {
		pile(
			key,
			hops.filter((hop) => hop.items[0] === key),
			(a, b) => middle(a.items[1]) - middle(b.items[1]) || ends(a) - ends(b),
			(hop, y) => out.set(hop, y)
		);
		pile(
			key,
			hops.filter((hop) => hop.items.at(-1) === key),
			(a, b) => middle(a.items.at(-2)) - middle(b.items.at(-2)) || middle(a.items[0]) - middle(b.items[0]),
			(hop, y) => into.set(hop, y)
		);
		pile(
			key,
			hops.filter((hop) => hop.items.slice(1, -1).includes(key)),
			(a, b) => ends(a) - ends(b),
			(hop, y) => (hop.at[hop.items.indexOf(key)] = y)
		);
	}
	for (const hop of hops) {
		hop.at[0] = out.get(hop)!;
		hop.at[hop.items.length - 1] = into.get(hop)!;
	}
}

/** The outline of a band through its stops: its upper edge to the right, its lower edge back. */
function outline(at: readonly number[], x: readonly number[], thick: number, box: number): string {
	const edge = (down: number, forward: boolean) => {
		const points = at.map((y, i) => ({ left: x[i]!, right: x[i]! + box, y: y + down }));
		const steps = forward ? points : points.toReversed();
		let path = '';
		steps.forEach((point, i) => {
			const [enter, leave] = forward ? [point.left, point.right] : [point.right, point.left];
			if (i > 0) {
				const before = steps[i - 1]!;
				const start = forward ? before.right : before.left;
				const bend = (start + enter) / 2;
				path += `C${bend} ${before.y} ${bend} ${point.y} ${enter} ${point.y}`;
			}
			if (i === 0) path += `${forward ? 'M' : 'L'}${leave} ${point.y}`;
			else if (i < steps.length - 1) path += `H${leave}`;
		});
		return path;
	};
	return `${edge(0, true)}${edge(thick, false)}Z`;
}
