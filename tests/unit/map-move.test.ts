import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moved, showing, within, zoomed, type Bounds } from '#lib/map/map-view.ts';
import { nextMark } from '#lib/map/next-mark.ts';
import type { View } from '#lib/map/region-view.ts';

const whole: Bounds = { width: 1920, height: 845, base: { x: 0, y: 0, width: 1920, height: 845 } };
/** What a narrow screen shows at first. */
const cropped: Bounds = { ...whole, base: { x: 500, y: 0, width: 1100, height: 845 } };
const boundsOfAll = fc.constantFrom(whole, cropped);
const steps = fc.array(
	fc.oneof(
		fc.record({ factor: fc.double({ min: 0.2, max: 5, noNaN: true }), x: fc.nat(1920), y: fc.nat(845) }),
		fc.record({
			across: fc.double({ min: -2, max: 2, noNaN: true }),
			down: fc.double({ min: -2, max: 2, noNaN: true })
		})
	),
	{ maxLength: 20 }
);

const isInside = (bounds: Bounds, view: View) =>
	view.x >= -1e-6 &&
	view.y >= -1e-6 &&
	view.x + view.width <= bounds.width + 1e-6 &&
	view.y + view.height <= bounds.height + 1e-6;

describe('a map that is zoomed and moved', () => {
	it('never shows what lies outside the drawing, and keeps its proportions', () => {
		fc.assert(
			fc.property(boundsOfAll, steps, (bounds, all) => {
				let view = bounds.base;
				for (const step of all) {
					view =
						'factor' in step
							? zoomed(bounds, view, step.factor, step)
							: moved(bounds, view, step.across, step.down);
					expect(isInside(bounds, view)).toBe(true);
					expect(view.width / view.height).toBeCloseTo(bounds.base.width / bounds.base.height, 6);
					expect(view.width).toBeLessThanOrEqual(bounds.base.width + 1e-6);
				}
			})
		);
	});

	it('keeps the point that it is zoomed about where it is on the screen', () => {
		const at = { x: 700, y: 400 };
		const view = zoomed(whole, whole.base, 3, at);
		expect(((at.x - view.x) / view.width) * 1920).toBeCloseTo(at.x, 6);
		expect(((at.y - view.y) / view.height) * 845).toBeCloseTo(at.y, 6);
	});

	it('goes to a place only when it is out of view', () => {
		const view = within(whole, { x: 0, y: 0, width: 480, height: 211 });
		expect(showing(whole, view, { x: 240, y: 100 })).toBe(view);
		const next = showing(whole, view, { x: 1500, y: 600 });
		expect(next.x).toBeLessThan(1500);
		expect(next.x + next.width).toBeGreaterThan(1500);
	});
});

describe('the arrow keys', () => {
	const marks = [
		{ name: 'here', x: 100, y: 100 },
		{ name: 'east', x: 160, y: 110 },
		{ name: 'far east', x: 300, y: 100 },
		{ name: 'south', x: 90, y: 200 },
		{ name: 'north east', x: 130, y: 60 }
	];
	const from = (direction: 'left' | 'right' | 'up' | 'down') =>
		nextMark(marks[0]!, marks, direction, (mark) => mark)?.name ?? null;

	it('go to what lies next that way', () => {
		expect([from('right'), from('down'), from('up'), from('left')]).toEqual([
			'east',
			'south',
			'north east',
			null
		]);
	});
});
