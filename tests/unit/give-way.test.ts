import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { answerFirst, inTurn } from '#lib/server/give-way.ts';

/** Something that is under way until it is told to end. */
function underWay() {
	let end = () => {};
	const whole = new Promise<void>((resolve) => (end = resolve));
	return { whole, end: () => end() };
}

describe('downloads', () => {
	it('make nothing while a page is being answered, and go on when it is', async () => {
		vi.useFakeTimers();
		onTestFinished(() => void vi.useRealTimers());
		const happened: string[] = [];
		const page = underWay();
		const answered = answerFirst(async () => {
			await page.whole;
			happened.push('page');
		});
		const piece = inTurn(async () => happened.push('piece'));
		await vi.advanceTimersByTimeAsync(20);
		expect(happened).toEqual([]);
		page.end();
		await answered;
		await vi.advanceTimersByTimeAsync(20);
		await piece;
		expect(happened).toEqual(['page', 'piece']);
	});

	it('go on all the same beside pages that take long', async () => {
		const page = underWay();
		const answered = answerFirst(() => page.whole);
		expect(await inTurn(async () => 'piece')).toBe('piece');
		page.end();
		await answered;
	});

	it('go on after a page that failed', async () => {
		await expect(answerFirst(() => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
		expect(await inTurn(async () => 'piece')).toBe('piece');
	});

	it('take turns, in the order in which they came', async () => {
		const happened: string[] = [];
		const download = (name: string) =>
			inTurn(async () => {
				happened.push(`${name} begins`);
				await pause(10);
				happened.push(`${name} ends`);
			});
		await Promise.all([download('a'), download('b'), download('c')]);
		expect(happened).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
	});

	it('do not wait for one that waits for something else', async () => {
		const stuck = underWay();
		const first = inTurn(() => stuck.whole);
		expect(await inTurn(async () => 'second')).toBe('second');
		stuck.end();
		await first;
	});

	it('leave their turn to the next when they fail', async () => {
		await expect(inTurn(() => Promise.reject(new Error('torn')))).rejects.toThrow('torn');
		await pause(50);
		// With a clock that stands still, whoever had to wait would wait for ever.
		vi.useFakeTimers();
		onTestFinished(() => void vi.useRealTimers());
		expect(await inTurn(async () => 'next')).toBe('next');
	});
});
