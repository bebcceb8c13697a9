import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Parents } from '#lib/iati/rules/parents.ts';
import { activityXml, fileXml } from '../support/iati-activity.ts';
import { readText } from '../support/iati-files.ts';
import { expectAlways } from '../support/property.ts';

function circles(...links: [activity: string, type: string, key: string][]): string[][] {
	const parents = new Parents();
	for (const [activity, type, key] of links) parents.add(activity, [{ type, key }], 1);
	return parents.circles().map(({ activities }) => activities);
}

describe('activities that are parts of each other', () => {
	it.each([
		[
			'two that call each other parent',
			[
				['B', '1', 'C'],
				['C', '1', 'B']
			],
			[['B', 'C']]
		],
		[
			'a parent that calls its parent a child',
			[
				['B', '2', 'C'],
				['C', '2', 'B']
			],
			[['C', 'B']]
		],
		[
			'three in a row',
			[
				['A', '1', 'B'],
				['B', '1', 'C'],
				['C', '1', 'A']
			],
			[['A', 'B', 'C']]
		],
		[
			'some on the way to a circle',
			[
				['A', '1', 'B'],
				['B', '1', 'C'],
				['C', '1', 'B']
			],
			[['B', 'C']]
		],
		[
			'a parent that says so too',
			[
				['A', '1', 'B'],
				['B', '2', 'A']
			],
			[]
		],
		[
			'two parents of one child',
			[
				['A', '1', 'B'],
				['A', '1', 'C'],
				['B', '1', 'D'],
				['C', '1', 'D']
			],
			[]
		],
		['itself', [['A', '1', 'A']], []],
		[
			'siblings',
			[
				['A', '3', 'B'],
				['B', '3', 'A']
			],
			[]
		],
		['one that is not there', [['D', '1', 'E']], []]
	] as [string, [string, string, string][], string[][]][])('%s', (_what, links, found) => {
		expect(circles(...links)).toEqual(found);
	});

	it('are found at the end of a chain as long as a file', () => {
		const parents = new Parents();
		const length = 100_000;
		for (let n = 0; n < length; n++)
			parents.add(String(n), [{ type: '1', key: String((n + 1) % length) }], n);
		expect(parents.circles().map((circle) => [circle.activities.length, circle.length])).toEqual([
			[10, length]
		]);
	});

	it('are told with the line that says so of the first', () => {
		const parents = new Parents();
		parents.add('A', [{ type: '1', key: 'B' }], 10);
		parents.add('C', [{ type: '2', key: 'B' }], 30);
		parents.add('C', [{ type: '1', key: 'B' }], 30);
		expect(parents.circles()).toEqual([{ activities: ['B', 'C'], length: 2, line: 30 }]);
	});

	it('are told of a hundred times at most', () => {
		const parents = new Parents();
		for (let n = 1; n < 1000; n++) {
			const related = [String(n + 1), '1'].map((key) => ({ type: '1', key }));
			parents.add(String(n), related, n);
		}
		expect(parents.circles()).toHaveLength(100);
	});

	it('are real: each leads from parent to parent back to its start, and none is missed', () => {
		const one = fc.constantFrom('A', 'B', 'C', 'D', 'E');
		expectAlways(
			fc.property(fc.array(fc.tuple(one, one), { maxLength: 9 }), (pairs) => {
				const links = pairs.filter(([child, parent]) => child !== parent);
				const found = circles(
					...links.map(([child, parent]): [string, string, string] => [child, '1', parent])
				);
				const isLink = (child: string, parent: string) => links.some(([c, p]) => c === child && p === parent);
				for (const circle of found) {
					expect(circle.every((child, index) => isLink(child, circle[(index + 1) % circle.length]!))).toBe(
						true
					);
				}
				expect(found.length > 0).toBe(hasCircle(links));
			})
		);
	});
});

describe('a file whose activities are parts of each other', () => {
	it('is read, with one warning for each circle', async () => {
		const part = (id: string, of: string) =>
			activityXml({ id, inside: `<related-activity type="1" ref="${of}"/>` });
		const { findings, records } = await readText(
			fileXml(part('XM-DAC-41128-B', 'XM-DAC-41128-C'), part('XM-DAC-41128-C', 'XM-DAC-41128-B'))
		);
		expect(records.filter(({ kind }) => kind === 'iati_activity')).toHaveLength(2);
		expect(findings).toEqual([
			{
				kind: 'finding',
				severity: 'warning',
				rule: 'related-in-a-circle',
				place: 'file.xml line 3 iati-activity[XM-DAC-41128-B]',
				read: 'each is a part of the next, the last of the first: XM-DAC-41128-B, XM-DAC-41128-C',
				done: 'read; ask the reporter which of them is the whole'
			}
		]);
	});
});

/** Takes away what has no parent left, again and again: what remains goes in circles. */
function hasCircle(links: [string, string][]): boolean {
	const left = links.filter(([, parent]) => links.some(([child]) => child === parent));
	return left.length < links.length ? hasCircle(left) : left.length > 0;
}
