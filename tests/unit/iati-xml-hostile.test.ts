import { existsSync, readdirSync, readFileSync } from 'node:fs';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { itemsOf } from '../support/xml-reading.ts';

const SHARED = '../shared/iati';

interface Expected {
	file: string;
	category: string;
	good_importer_does: string;
}

/** Refused, but for what the file says and not for how it is written: the reader of activities sees to it. */
const GOOD_XML = ['wild--aidstream-sample-bad.xml', 'wild--validator--two-iati-activities.xml'];

describe.runIf(existsSync(SHARED))('the hostile files beside the project', () => {
	const text = existsSync(SHARED) ? readFileSync(`${SHARED}/hostile/expected.csv`, 'utf8') : 'file\n';
	const { data } = Papa.parse<Expected>(text, { header: true, skipEmptyLines: true });
	const ofXml = data.filter(({ category }) =>
		['entities', 'broken', 'encoding', 'size', 'wild'].includes(category)
	);

	it.each(ofXml)('$file: $good_importer_does', async ({ file, good_importer_does }) => {
		const items = await itemsOf(readFileSync(`${SHARED}/hostile/${file}`));
		const last = items.at(-1);
		const isRefused = good_importer_does === 'reject whole file' && !GOOD_XML.includes(file);
		expect(last?.kind).toBe(isRefused ? 'problem' : 'end');
		if (good_importer_does === 'reject this activity and say which') {
			const faulty = items.filter((item) => item.kind === 'element' && item.faults.length > 0);
			expect(faulty).toHaveLength(1);
		}
	});
});

describe.runIf(existsSync(SHARED))('the published files beside the project', () => {
	const files = existsSync(SHARED)
		? readdirSync(`${SHARED}/real`).filter((name) => name.endsWith('.xml'))
		: [''];

	it.each(files)('%s: every activity is found, whole', async (file) => {
		const { well_formed: isWellFormed, n_activities: activities } = truthOf(file);
		const items = await itemsOf(readFileSync(`${SHARED}/real/${file}`), {
			element: ['iati-activity', 'iati-organisation'],
			root: ['iati-activities', 'iati-organisations']
		});
		expect(items.at(-1)?.kind).toBe(isWellFormed ? 'end' : 'problem');
		if (!isWellFormed) return;
		const found = items.filter((item) => item.kind === 'element' && item.element.name === 'iati-activity');
		expect(found).toHaveLength(activities);
		expect(items.some((item) => 'faults' in item && item.faults.length > 0)).toBe(false);
	});
});

function truthOf(file: string): { well_formed: boolean; n_activities: number } {
	return JSON.parse(readFileSync(`${SHARED}/truth/${file}.json`, 'utf8')) as {
		well_formed: boolean;
		n_activities: number;
	};
}
