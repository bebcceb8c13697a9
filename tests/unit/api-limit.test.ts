import { describe, expect, it } from 'vitest';
import { RequestLimit } from '#lib/server/api/limit.ts';

describe('how often an address may ask', () => {
	it('is so many times at once, and then as fast as a minute refills it', () => {
		const limit = new RequestLimit(60);
		expect(Array.from({ length: 60 }, () => limit.take('a', 0))).toEqual(Array(60).fill(0));
		expect(limit.take('a', 0)).toBe(1);
		expect(limit.take('a', 500)).toBe(1);
		expect(limit.take('a', 1000)).toBe(0);
		expect(limit.take('a', 1000)).toBe(1);
	});

	it('says a wait after which it is answered', () => {
		const limit = new RequestLimit(2);
		limit.take('a', 0);
		limit.take('a', 0);
		const seconds = limit.take('a', 0);
		expect(seconds).toBe(30);
		expect(limit.take('a', seconds * 1000)).toBe(0);
	});

	it('is each address’s own, and never more than a minute’s worth', () => {
		const limit = new RequestLimit(1);
		expect([limit.take('a', 0), limit.take('b', 0)]).toEqual([0, 0]);
		expect(limit.take('a', 3_600_000)).toBe(0);
		expect(limit.take('a', 3_600_000)).toBe(60);
	});

	it('is without an end where nothing limits it', () => {
		const limit = new RequestLimit(0);
		expect(Array.from({ length: 1000 }, () => limit.take('a', 0)).every((seconds) => seconds === 0)).toBe(
			true
		);
	});
});
