import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readVersion } from '#lib/iati/read/version.ts';
import { checkActivity, checkOrganisation, type RuleFinding } from '#lib/iati/rules/check.ts';
import { readElements } from '#lib/iati/xml.ts';

const SHARED = '../shared/iati';
const TRUTH = `${SHARED}/truth/iati-rules`;
const there = existsSync(TRUTH);

/** Where our results and those of the IATI team's own checker are meant to differ. */
const REASONS = {
	words:
		'a `narrative` without words is no name and no title here; theirs asks only that the element is there',
	'every-vocabulary':
		'theirs never adds up sectors of other vocabularies than 1: its condition asks for a vocabulary called `$1`',
	'never-fires': 'in theirs the condition of 3.7.1 is a list of nodes, which is true also when it is empty',
	'no-value':
		'theirs calls a value that is missing no number, beside calling it missing (8.8.1, 8.9.1, 8.10.1)',
	'each-sector': 'theirs names the activity once; here it is each sector',
	'later-ruleset':
		'files of 2.01 and 2.02 are held to the rules of 2.03 here; their own ruleset has not this one'
} as const;

/** File, rule, theirs and ours as places/activities. */
const DIFFERENCES: readonly [string, string, string, string, keyof typeof REASONS][] = [
	['iaticloud--example_203_file', '8.9.2', '1/1', '0/0', 'no-value'],
	['iaticloud--example_203_file', '8.10.2', '1/1', '0/0', 'no-value'],
	['iaticloud--iom-577-activities-2.03', '3.7.1', '0/0', '1/1', 'never-fires'],
	['ocha-page--tests-covid-dportal-ns0', '2.1.2', '8/8', '37/32', 'every-vocabulary'],
	['ocha-page--tests-covid-dportal-ns0', '3.7.1', '0/0', '2/2', 'never-fires'],
	['pydantic--11.11.11-belgium', '8.10.2', '0/0', '1/1', 'later-ruleset'],
	['regrouped--44000-2.03', '2.1.2', '0/0', '6/5', 'every-vocabulary'],
	['regrouped--44000-2.03', '6.10.1', '0/0', '18/9', 'words'],
	['regrouped--XI-IATI-EC_INTPA-2.03', '6.9.2', '0/0', '55/38', 'words'],
	['regrouped--XI-IATI-EC_NEAR-2.03', '6.9.2', '0/0', '287/209', 'words'],
	['regrouped--XM-DAC-3-1-2.03', '8.8.2', '32/5', '0/0', 'no-value'],
	['regrouped--XM-DAC-3-1-2.03', '3.7.1', '0/0', '31/31', 'never-fires'],
	['regrouped--XM-DAC-41114-ES-2.03', '8.8.2', '15/15', '0/0', 'no-value'],
	['regrouped--XM-DAC-41114-ES-2.03', '8.9.2', '35/15', '0/0', 'no-value'],
	['regrouped--XM-DAC-41114-ES-2.03', '8.10.2', '27/15', '0/0', 'no-value'],
	['regrouped--XM-DAC-41114-ES-2.03', '2.1.2', '0/0', '13/13', 'every-vocabulary'],
	['regrouped--XM-DAC-41122-2.02', '2.1.2', '7/7', '20/11', 'every-vocabulary'],
	['regrouped--XM-DAC-41122-2.02', '6.9.1', '0/0', '1078/35', 'words'],
	['regrouped--XM-DAC-41122-2.02', '6.9.2', '0/0', '95/35', 'words'],
	['regrouped--XM-DAC-41122-2.02', '7.9.4', '0/0', '1/1', 'later-ruleset'],
	['regrouped--XM-DAC-41304-2.03', '2.2.1', '45/45', '131/45', 'each-sector'],
	['regrouped--XM-DAC-41304-2.03', '2.1.2', '0/0', '41/25', 'every-vocabulary'],
	['regrouped--XM-DAC-41304-2.03', '3.7.1', '0/0', '2/2', 'never-fires'],
	['regrouped--XM-DAC-6-4-2.01', '6.8.1', '0/0', '23/23', 'words'],
	['regrouped--XM-DAC-903-2.02', '8.8.2', '0/0', '3/3', 'later-ruleset'],
	['regrouped--XM-DAC-903-2.02', '8.9.2', '0/0', '3/3', 'later-ruleset'],
	['regrouped--XM-DAC-903-2.02', '8.10.2', '0/0', '3/3', 'later-ruleset'],
	['regrouped--long-tail-2.03', '3.7.1', '0/0', '2/2', 'never-fires'],
	['regrouped--long-tail-2.03', '2.1.2', '0/0', '1/1', 'every-vocabulary'],
	['regrouped--long-tail-2.03', '6.9.2', '0/0', '7/1', 'words'],
	['regrouped--mentions-UNODC-2.03', '6.9.2', '0/0', '8/2', 'words']
];

/** The day on which theirs were made. */
const TODAY = '2026-11-24';

type Checked = { identifier: string; findings: RuleFinding[] };

async function checkFile(path: string): Promise<Checked[]> {
	const checked: Checked[] = [];
	const wanted = {
		element: ['iati-activity', 'iati-organisation'],
		root: ['iati-activities', 'iati-organisations'],
		wrapper: ['result']
	};
	for await (const item of readElements(createReadStream(path), wanted)) {
		if (item.kind !== 'element') continue;
		const { element, within } = item;
		const stated = element.attributes.version ?? within?.attributes.version ?? null;
		const context = { today: TODAY, version: readVersion(stated, element)?.version ?? '2.03' };
		const check = element.name === 'iati-activity' ? checkActivity : checkOrganisation;
		const identifier = element.children.find(({ name }) => name === 'iati-identifier')?.text ?? '';
		checked.push({ identifier, findings: check(element, context) });
	}
	return checked;
}

/** How many places in how many activities, by rule of the standard. */
function counted(checked: readonly Checked[]): Record<string, string> {
	const counts = new Map<string, { places: number; activities: number }>();
	for (const { findings } of checked) {
		for (const [id, own] of Map.groupBy(findings, (finding) => finding.id)) {
			if (!id.startsWith('iati-')) continue;
			const count = counts.get(id) ?? { places: 0, activities: 0 };
			count.places += own.length + own.reduce((total, { further }) => total + further, 0);
			count.activities++;
			counts.set(id, count);
		}
	}
	return Object.fromEntries(
		[...counts].map(([id, { places, activities }]) => [id.slice('iati-'.length), `${places}/${activities}`])
	);
}

describe.skipIf(!there)('published files give what the checker of the IATI team gives', () => {
	const files = there ? readdirSync(TRUTH).map((name) => name.replace('.xml.rules.json', '')) : [];

	it.each(files)('%s', async (file) => {
		const truth = JSON.parse(readFileSync(`${TRUTH}/${file}.xml.rules.json`, 'utf8')) as {
			rules: { id: string; count: number; activities: number }[];
		};
		const expected = Object.fromEntries(
			truth.rules.map(({ id, count, activities }) => [id, `${count}/${activities}`])
		);
		for (const [, id, theirs, ours, why] of DIFFERENCES.filter(([name]) => name === file)) {
			expect(expected[id] ?? '0/0', `${id}: ${REASONS[why]}`).toBe(theirs);
			if (ours === '0/0') delete expected[id];
			else expected[id] = ours;
		}
		expect(counted(await checkFile(`${SHARED}/real/${file}.xml`))).toEqual(expected);
	});
});

/** What the notes on the hostile files ask of rules and lists: file, the end of an identifier, an id, what is said. */
const HOSTILE: readonly [string, string, string, string][] = [
	['f02-dates-out-of-order', '-1', 'iati-11.1.2', '2022-01-01 to 2020-01-01'],
	['f02-dates-out-of-order', '-2', 'iati-6.11.1', ''],
	['f02-dates-out-of-order', '-3', 'iati-11.2.1', '2090-01-01'],
	['h17-sector-and-country-on-both-levels', '-1', 'iati-6.6.2', 'on 1 of 2 transactions'],
	['h17-sector-and-country-on-both-levels', '-1', 'iati-3.6.2', 'on 1 of 2 transactions'],
	['h22-budget-faults', '-1', 'iati-7.5.3', '2020-01-01 to 2024-12-31'],
	['i10-languages', '-1', 'iati-4.1.1', '4 of 6 without'],
	['i10-languages', '-2', 'code-unknown', 'xx-klingon'],
	['i10-languages', '-3', 'iati-4.3.1', ''],
	['h07-unknown-codes', '-U2', 'code-unknown', '99'],
	['h07-unknown-codes', '-U3', 'code-unknown', '99999'],
	['h07-unknown-codes', '-U4', 'code-unknown', 'ZZ'],
	['h07-unknown-codes', '-U5', 'code-unknown', '999'],
	['h07-unknown-codes', '-U6', 'code-unknown', '88'],
	['h07-unknown-codes', '-U7', 'code-unknown', 'iq'],
	['h08-withdrawn-codes', '-1', 'code-withdrawn', 'AN'],
	['g04-identifier-like-numbers', '00123', 'iati-1.1.21', '00123'],
	['e05-currency-zoo', '-C7', 'code-withdrawn', 'LVL']
];

describe.skipIf(!existsSync(`${SHARED}/hostile`))('hostile files', () => {
	const file = (name: string) => checkFile(`${SHARED}/hostile/${name}.xml`);

	it.each(HOSTILE)('%s %s: %s', async (name, end, id, read) => {
		const activity = (await file(name)).find(({ identifier }) => identifier.endsWith(end));
		expect(activity!.findings).toContainEqual(expect.objectContaining({ id, read, severity: 'warning' }));
	});

	it('names the two identifiers that only look like the third', async () => {
		const said = (await file('g05-identifier-lookalike')).map(({ findings }) =>
			findings.filter(({ id }) => id === 'identifier-characters').map(({ read }) => read)
		);
		expect(said).toEqual([['Х<U+0425>M-DAC-99999-1'], ['XM-DAC-99999-<U+200B>1'], []]);
	});

	it('says nothing of Kosovo, and nothing of what is in order', async () => {
		const kosovo = (await file('h07-unknown-codes')).find(({ identifier }) => identifier.endsWith('-U8'));
		expect(kosovo!.findings).toEqual([]);
	});

	it('never finds what stops an activity', async () => {
		for (const name of readdirSync(`${SHARED}/hostile`).filter((entry) => entry.endsWith('.xml'))) {
			const findings = (await file(name.slice(0, -4))).flatMap((checked) => checked.findings);
			expect(findings.every(({ severity }) => severity === 'warning')).toBe(true);
		}
	}, 60_000);
});
