import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrangeFlow, type FlowMovement, type FlowPlace } from '#lib/chart/flow-bands.ts';
import { layoutFlow } from '#lib/chart/flow-layout.ts';
import { isZero, subtract, sum } from '#lib/money/decimal.ts';

const WORDS = { turned: 'turned', unrecorded: 'unrecorded', others: (count: number) => `${count} others` };
const place = (key: string, rest: Partial<FlowPlace> = {}): FlowPlace => ({ key, label: key, ...rest });
const move = (from: string, to: string, amount: string): FlowMovement => ({
	key: `${from} ${to} ${amount}`,
	from,
	to,
	amount
});
const PLACES = [
	place('union'),
	place('unodc'),
	place('iom'),
	place('ML', { end: true }),
	place('NE', { end: true }),
	place('untraced', { end: true, look: 'untraced' })
];
const side = (bands: { from: string; to: string; value: string }[], end: 'from' | 'to', key: string) =>
	sum(bands.flatMap((band) => (band[end] === key ? [band.value] : [])));

describe('the picture of a flow', () => {
	it('stands from funder to lead to partner to country', () => {
		const movements = [move('union', 'unodc', '10'), move('unodc', 'iom', '4'), move('iom', 'ML', '3')];
		const { nodes, columns } = arrangeFlow(
			PLACES,
			[...movements, move('unodc', 'ML', '6'), move('iom', 'untraced', '1')],
			WORDS
		);
		expect(Object.fromEntries(nodes.map(({ key, column }) => [key, column]))).toEqual({
			union: 0,
			unodc: 1,
			iom: 2,
			ML: 3,
			untraced: 3
		});
		expect(columns).toBe(4);
	});

	it('shows negative money and money that goes back beside the rest, from and to a place of its own', () => {
		const { bands } = arrangeFlow(
			PLACES,
			[
				move('union', 'iom', '10'),
				move('iom', 'ML', '12'),
				move('iom', 'NE', '-1'),
				move('iom', 'untraced', '-1')
			],
			WORDS
		);
		expect(bands.filter(({ turned }) => turned).map(({ from, to, value }) => [from, to, value])).toEqual([
			['turned 0', 'iom', '1'],
			['unrecorded 0', 'iom', '1']
		]);
	});

	it('draws many small places as one, and leaves nothing out', () => {
		const countries = Array.from({ length: 60 }, (_, i) => place(`C${i}`, { end: true }));
		const movements = countries.map(({ key }, i) => move('unodc', key, String(i + 1)));
		const { nodes, bands } = arrangeFlow([place('unodc'), ...countries], movements, WORDS);
		expect(nodes.find(({ merged }) => merged)?.label).toBe('37 others');
		expect(nodes.length).toBe(25);
		expect(sum(bands.map(({ value }) => value))).toBe(String((60 * 61) / 2));
	});

	it('lets as much out of every place on the way as goes in, whatever the money does', () => {
		const keys = ['union', 'unodc', 'iom', 'unicef'];
		const movement = fc
			.record({
				from: fc.constantFrom(...keys),
				to: fc.constantFrom(...keys, 'ML', 'NE'),
				cents: fc.integer({ min: -900, max: 9000 })
			})
			.map(({ from, to, cents }, i = 0) => ({
				...move(from, to, String(cents)),
				key: `${from}${to}${cents}${i}`
			}));
		fc.assert(
			fc.property(fc.array(movement, { maxLength: 25 }), (moves) => {
				// What is left at a place is a movement of its own, as a ledger's flow has it.
				const left = keys.map((key) => {
					const others = moves.filter(({ from, to }) => from !== to);
					const into = sum(others.flatMap(({ to, amount }) => (to === key ? [amount] : [])));
					const out = sum(others.flatMap(({ from, amount }) => (from === key ? [amount] : [])));
					return move(key, 'untraced', subtract(into, out));
				});
				const places = [...keys.map((key) => place(key)), ...PLACES.slice(3)];
				const picture = arrangeFlow(places, [...moves, ...left], WORDS);
				for (const key of keys) {
					expect(
						isZero(subtract(side(picture.bands, 'to', key), side(picture.bands, 'from', key))),
						key
					).toBe(true);
				}
				const columnOf = new Map(picture.nodes.map((node) => [node.key, node.column]));
				for (const { from, to } of picture.bands) expect(columnOf.get(from)!).toBeLessThan(columnOf.get(to)!);
				const label = 34;
				const { boxes, ribbons } = layoutFlow(picture, {
					width: 700,
					height: 900,
					box: 10,
					gap: 4,
					label: () => label
				});
				expect(boxes.length).toBe(picture.nodes.length);
				for (const a of boxes)
					for (const b of boxes.filter((box) => box !== a && box.x === a.x))
						expect(Math.abs(a.y + a.height / 2 - (b.y + b.height / 2))).toBeGreaterThanOrEqual(label);
				expect(ribbons.map(({ path }) => path).join('')).not.toMatch(/NaN|undefined|Infinity/);
			})
		);
	});
});
