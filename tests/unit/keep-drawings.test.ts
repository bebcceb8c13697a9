import { describe, expect, it } from 'vitest';
import { keepDrawings } from '#lib/chart/keep-drawings.ts';

describe('drawings that are kept', () => {
	const drawn: string[] = [];
	const counting = (most: number) => {
		drawn.length = 0;
		return keepDrawings(({ of }: { of: string }) => {
			drawn.push(of);
			return `<svg>${of}</svg>`;
		}, most);
	};

	it('are drawn once for the same, and anew for what differs', () => {
		const draw = counting(1000);
		expect([draw({ of: 'a' }), draw({ of: 'a' }), draw({ of: 'b' })]).toEqual([
			'<svg>a</svg>',
			'<svg>a</svg>',
			'<svg>b</svg>'
		]);
		expect(drawn).toEqual(['a', 'b']);
	});

	it('make room for others, those first that were asked for longest ago', () => {
		// Each takes 22 characters with what it is of.
		const draw = counting(50);
		for (const of of ['a', 'b', 'a', 'c', 'a', 'b']) draw({ of });
		expect(drawn).toEqual(['a', 'b', 'c', 'b']);
	});

	it('are drawn all the same where there is no room for a single one', () => {
		const draw = counting(10);
		expect([draw({ of: 'a' }), draw({ of: 'a' })]).toEqual(['<svg>a</svg>', '<svg>a</svg>']);
		expect(drawn).toEqual(['a', 'a']);
	});
});
