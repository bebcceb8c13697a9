import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { XmlElement } from '#lib/iati/xml.ts';
import { checkActivity, checkOrganisation } from '#lib/iati/rules/check.ts';
import { expectAlways } from '../support/property.ts';
import { ACTIVITY_CASES, ORGANISATION_CASES } from './iati-rules-cases.ts';

describe('anything that may stand in a file', () => {
	const names = fc.constantFrom(
		...[...ACTIVITY_CASES, ...ORGANISATION_CASES]
			.flatMap(([, , , fails]) => [...fails.matchAll(/<([\w-]+)/g)].map(([, name]) => name!))
			.filter((name, index, all) => all.indexOf(name) === index),
		'narrative',
		'location',
		'__proto__',
		'constructor'
	);
	const attributes = fc.dictionary(
		fc.constantFrom(
			'ref',
			'type',
			'vocabulary',
			'percentage',
			'iso-date',
			'value',
			'code',
			'measure',
			'xml:lang'
		),
		fc.oneof(
			fc.string(),
			fc.constantFrom('1', '2', '99', '50', '100', '2020-02-30', '2021-01-01', 'EN', '__proto__')
		),
		{ maxKeys: 4 }
	);
	type Drawn = { name: string; attributes: Record<string, string>; text: string; children: Drawn[] };
	const { drawn } = fc.letrec<{ drawn: Drawn }>((tie) => ({
		drawn: fc.record({
			name: names,
			attributes,
			text: fc.oneof(fc.string(), fc.constant('')),
			children: fc.oneof(
				{ depthSize: 'small', withCrossShrink: true },
				fc.constant<Drawn[]>([]),
				fc.array(tie('drawn'), { maxLength: 8 })
			)
		})
	}));

	it('is checked without an exception, the same each time, and is not changed', () => {
		expectAlways(
			fc.property(
				fc.array(drawn, { maxLength: 12 }),
				fc.constantFrom('1.02', '2.03', ''),
				(children, version) => {
					const root = grow({ name: 'iati-activity', attributes: {}, text: '', children });
					for (const check of [checkActivity, checkOrganisation]) {
						const once = check(root, { today: '2026-11-24', version });
						const before = JSON.stringify(root, withoutParent);
						expect(check(root, { today: '2026-11-24', version })).toEqual(once);
						expect(JSON.stringify(root, withoutParent)).toBe(before);
						for (const found of once) {
							expect(found.path.startsWith('/iati-activity')).toBe(true);
							expect(found.message).not.toBe('');
						}
					}
				}
			),
			300
		);
	});

	/** The same light tree that a reader makes. */
	function grow(drawnElement: Drawn, parent: XmlElement | null = null): XmlElement {
		const element = {
			...drawnElement,
			attributes: Object.assign(Object.create(null), drawnElement.attributes) as Record<string, string>,
			children: [] as XmlElement[],
			line: 1,
			column: 1,
			parent,
			offset: 0,
			ordinal: 0,
			path: parent ? '' : '/iati-activity'
		};
		element.children = drawnElement.children.map((child) => grow(child, element));
		return element;
	}

	function withoutParent(key: string, value: unknown): unknown {
		return key === 'parent' ? undefined : value;
	}
});
