import { describe, expect, test } from 'vitest';
import { describeProgress, type ProgressWords } from '#lib/words/progress.ts';
import { FULL_DISK, failed, readProblem } from '#lib/words/problem.ts';
import { refusalText, transferRefusals } from '#lib/words/refusal.ts';

describe('a refusal', () => {
	test('is said in our words by its code, in the server’s own where it has none', () => {
		expect(refusalText({ code: 'posted', message: 'x' })).toBe(
			'It has been posted already. Nothing was changed.'
		);
		expect(refusalText({ code: 'of-tomorrow', message: 'The moon is full.' })).toBe('The moon is full.');
	});

	test('of a transfer is there for the page’s script, with a text for each code', () => {
		const texts = transferRefusals();
		expect(Object.keys(texts)).toContain('too-large');
		for (const [code, text] of Object.entries(texts)) expect(text).not.toBe(code);
	});
});

describe('how an import’s work ended', () => {
	test.each([
		['Reading was cancelled.', 'Reading was cancelled.', null],
		[
			'Posting was cancelled; nothing of it is in the books.',
			'Posting was cancelled. Nothing of it is in the books.',
			null
		],
		[
			'It could not be posted: a.csv row 3 names\nnobody',
			'It could not be posted:',
			'a.csv row 3 names\nnobody'
		],
		['It could not be read: no memory', 'It could not be read:', 'no memory'],
		[
			failed('posted', FULL_DISK),
			'It could not be posted:',
			'the disk is full. Make room and do it again; nothing was changed.'
		],
		['sent to us by mistake', '', 'sent to us by mistake']
	])('%j', (problem, text, rest) => {
		expect(readProblem(problem)).toEqual({ text, rest });
	});
});

describe('how far work is', () => {
	const words: ProgressWords = {
		phases: { waiting: 'Waiting', reading: 'Reading' },
		percent: '{percent} %',
		records: '{records} records',
		left: '{seconds} s left'
	};
	test.each([
		[null, { phase: 'Waiting', rest: '' }],
		[
			{ phase: 'reading', done: 41, total: 100, records: 12_000, secondsLeft: 5 },
			{ phase: 'Reading', rest: '41 %, 12\u202f000 records, 5 s left' }
		],
		[
			{ phase: 'reading', done: 101, total: 100, records: 0, secondsLeft: 0 },
			{ phase: 'Reading', rest: '100 %' }
		],
		[
			{ phase: 'baking', done: 0, total: null, records: 0, secondsLeft: null },
			{ phase: 'baking', rest: '' }
		]
	])('%j', (progress, told) => {
		expect(describeProgress(progress, words)).toEqual(told);
	});
});
