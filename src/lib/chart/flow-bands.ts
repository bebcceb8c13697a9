import { add, compare, isZero, largestFirst, negate, sign, sum } from '#lib/money/decimal.ts';
import type { Decimal } from '#lib/money/decimal.ts';

/** Where money stops or ends. One with a look of its own is a part left over and is never merged with others. */
export type FlowPlace = { key: string; label: string; end?: boolean; look?: 'rest' | 'untraced' | 'turned' };
/** Money from place to place, in the sign it is booked with. */
export type FlowMovement = { key: string; from: string; to: string; amount: Decimal };

/** A place with its column, counted from the left; `merged` says of how many it is made. */
export type FlowNode = FlowPlace & { column: number; value: Decimal; merged?: number };
/** Money that is drawn: always positive and from left to right. `keys` are the movements in it. */
export type FlowBand = { from: string; to: string; value: Decimal; keys: string[]; turned?: boolean };
export type FlowPicture = { nodes: FlowNode[]; bands: FlowBand[]; columns: number };

/** Most places that a column shows by name; the smaller ones are drawn as one. */
const MOST = { passing: 10, ending: 24 };

/** What names the places that only the picture has. */
export type FlowWords = { turned: string; unrecorded: string; others: (count: number) => string };

/**
 * How a flow is drawn. Who is given nothing stands at the left, everyone else one column after those that give to them, and
 * what money ends in at the right. What is negative, or goes back to the left, is drawn as coming from and going to a place
 * of its own, so that as much comes out of each place on the way as goes in.
 */
export function arrangeFlow(
	places: readonly FlowPlace[],
	movements: readonly FlowMovement[],
	words: FlowWords
): FlowPicture {
	const moved = movements.filter(({ amount, from, to }) => !isZero(amount) && from !== to);
	const columns = columnsOf(places, moved);
	const drawn = drawForward(places, moved, columns, words);
	const left = Math.min(0, ...drawn.nodes.map(({ column }) => column));
	for (const node of drawn.nodes) node.column -= left;
	const used = new Set(drawn.bands.flatMap(({ from, to }) => [from, to]));
	const nodes = drawn.nodes.filter(({ key }) => used.has(key));
	const through = throughputs(drawn.bands);
	for (const node of nodes) node.value = through(node.key);
	return mergeSmall(nodes, drawn.bands, words);
}

/** Columns of the places on the way: one after the last of those that give to them. A circle is cut where most flows out. */
function columnsOf(places: readonly FlowPlace[], movements: readonly FlowMovement[]): Map<string, number> {
	const passing = new Set(places.filter(({ end }) => !end).map(({ key }) => key));
	const edges = movements.filter(
		({ from, to, amount }) => sign(amount) > 0 && passing.has(from) && passing.has(to)
	);
	const givers = Map.groupBy(edges, ({ to }) => to);
	const columns = new Map<string, number>();
	const left = new Set(passing);
	while (left.size > 0) {
		const given = new Set(edges.flatMap(({ from, to }) => (left.has(from) && left.has(to) ? [to] : [])));
		let next = [...left].filter((key) => !given.has(key));
		if (next.length === 0) next = [mostFlowingOut([...left], edges)];
		for (const key of next) {
			const before = (givers.get(key) ?? []).flatMap(({ from }) => columns.get(from) ?? []);
			columns.set(key, before.length === 0 ? 0 : Math.max(...before) + 1);
		}
		for (const key of next) left.delete(key);
	}
	const last = Math.max(0, ...columns.values()) + 1;
	for (const { key, end } of places) if (end) columns.set(key, last);
	return columns;
}

function mostFlowingOut(keys: readonly string[], edges: readonly FlowMovement[]): string {
	const net = (key: string) =>
		sum(
			edges.flatMap(({ from, to, amount }) => (from === key ? [amount] : to === key ? [negate(amount)] : []))
		);
	return [...keys].sort((a, b) => compare(net(b), net(a)) || (a < b ? -1 : 1))[0]!;
}

function drawForward(
	places: readonly FlowPlace[],
	movements: readonly FlowMovement[],
	columns: ReadonlyMap<string, number>,
	words: FlowWords
): { nodes: FlowNode[]; bands: FlowBand[] } {
	const nodes = places.map((place): FlowNode => ({ ...place, column: columns.get(place.key)!, value: '0' }));
	const of = new Map(nodes.map((node) => [node.key, node]));
	const last = Math.max(...nodes.map(({ column }) => column), 0);
	const bands: FlowBand[] = [];
	const special = (key: string, column: number, label: string) => {
		if (!of.has(key)) {
			const node: FlowNode = { key, label, column, value: '0', end: column === last, look: 'turned' };
			of.set(key, node);
			nodes.push(node);
		}
		return key;
	};
	for (const { key, from, to, amount } of movements) {
		const negative = sign(amount) < 0;
		const [source, target] = negative ? [of.get(to)!, of.get(from)!] : [of.get(from)!, of.get(to)!];
		const value = negative ? negate(amount) : amount;
		const turned = negative || undefined;
		if (source.column < target.column) {
			bands.push({ from: source.key, to: target.key, value, keys: [key], turned });
			continue;
		}
		if (!source.end) {
			const out = special('turned', last, words.turned);
			bands.push({ from: source.key, to: out, value, keys: [key], turned: true });
		}
		if (!target.end) {
			const column = target.column - 1;
			const untraced = source.look === 'untraced';
			const name = untraced ? `unrecorded ${column}` : `turned ${column}`;
			const into = special(name, column, untraced ? words.unrecorded : words.turned);
			bands.push({ from: into, to: target.key, value, keys: [key], turned: true });
		}
	}
	return { nodes, bands };
}

/** What flows through each place: the larger of what goes in and what comes out. */
function throughputs(bands: readonly FlowBand[]): (key: string) => Decimal {
	const into = Map.groupBy(bands, ({ to }) => to);
	const out = Map.groupBy(bands, ({ from }) => from);
	const total = (side: typeof into, key: string) => sum((side.get(key) ?? []).map(({ value }) => value));
	return (key) => {
		const [entered, left] = [total(into, key), total(out, key)];
		return compare(entered, left) < 0 ? left : entered;
	};
}

/** Makes one place of the smaller ones in each column, and one band of those between the same two places. */
function mergeSmall(nodes: FlowNode[], bands: FlowBand[], words: FlowWords): FlowPicture {
	const last = Math.max(0, ...nodes.map(({ column }) => column));
	const into = new Map<string, string>();
	const kept: FlowNode[] = [];
	for (let column = 0; column <= last; column += 1) {
		const here = nodes.filter((node) => node.column === column);
		const named = largestFirst(
			here.filter(({ look }) => !look),
			({ value }) => value
		);
		const most = column === last ? MOST.ending : MOST.passing;
		const small = named.length > most ? named.slice(most - 1) : [];
		const merging = new Set(small);
		kept.push(...here.filter((node) => !merging.has(node)));
		if (small.length === 0) continue;
		const key = `others ${column}`;
		for (const node of small) into.set(node.key, key);
		kept.push({
			key,
			label: words.others(small.length),
			column,
			value: sum(small.map(({ value }) => value)),
			end: column === last,
			merged: small.length
		});
	}
	const merged = new Map<string, FlowBand>();
	for (const band of bands) {
		const from = into.get(band.from) ?? band.from;
		const to = into.get(band.to) ?? band.to;
		const name = JSON.stringify([from, to, band.turned === true]);
		const known = merged.get(name);
		if (known) {
			known.value = add(known.value, band.value);
			known.keys.push(...band.keys);
		} else merged.set(name, { ...band, from, to, keys: [...band.keys] });
	}
	return { nodes: kept, bands: [...merged.values()], columns: last + 1 };
}
