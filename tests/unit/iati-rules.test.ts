import { existsSync, readFileSync } from 'node:fs';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { checkActivity, checkOrganisation, type RuleFinding } from '#lib/iati/rules/check.ts';
import { fragment } from '../support/xml-fragment.ts';
import { ACTIVITY_CASES, ORGANISATION_CASES } from './iati-rules-cases.ts';

const CONTEXT = { today: '2026-11-24', version: '2.03' };

function findings(
	root: 'iati-activity' | 'iati-organisation',
	inside: string,
	context = CONTEXT
): RuleFinding[] {
	const bar = inside.startsWith('<') ? -1 : inside.indexOf('|');
	const element = fragment(
		`<${root} ${inside.slice(0, Math.max(0, bar))}>${inside.slice(bar + 1)}</${root}>`
	);
	return root === 'iati-activity' ? checkActivity(element, context) : checkOrganisation(element, context);
}

const activity = (inside: string, context = CONTEXT) => findings('iati-activity', inside, context);
const idsOf = (found: RuleFinding[]) => found.map(({ id }) => id);

describe('a rule for activities', () => {
	it.each(ACTIVITY_CASES)('%s, %s: passes what is right, finds what is not', (id, _where, passes, fails) => {
		expect(idsOf(activity(passes))).not.toContain(`iati-${id}`);
		expect(idsOf(activity(fails)).filter((found) => found === `iati-${id}`)).toHaveLength(1);
	});
});

describe('a rule for organisations', () => {
	it.each(ORGANISATION_CASES)(
		'%s, %s: passes what is right, finds what is not',
		(id, _where, passes, fails) => {
			expect(idsOf(findings('iati-organisation', passes))).not.toContain(`iati-${id}`);
			expect(
				idsOf(findings('iati-organisation', fails)).filter((found) => found === `iati-${id}`)
			).toHaveLength(1);
		}
	);
});

describe('a finding', () => {
	it('lets the activity through and says what the standard thinks', () => {
		const [found] = activity('<recipient-country percentage="7"/>').filter(({ id }) => id === 'iati-3.1.4');
		expect(found).toMatchObject({ severity: 'warning', standard: 'error', read: '7', line: 1, further: 0 });
		expect(found!.message).toContain('The IATI standard calls it an error');
		expect(found!.path).toBe('/iati-activity/recipient-country[1]/@percentage');
	});

	it('shows how percentages were added', () => {
		const reads = activity('<sector percentage="60"/><sector percentage="39.90"/>')
			.filter(({ id }) => id === 'iati-2.1.2')
			.map(({ read }) => read);
		expect(reads).toEqual(['vocabulary 1: 60 + 39.90 = 99.9']);
	});

	it('names three places of one kind and counts the rest', () => {
		const found = activity('<policy-marker code="1"/>'.repeat(8)).filter(({ id }) => id === 'iati-6.14.1');
		expect(found.map(({ path }) => path)).toEqual(
			[1, 2, 3].map((number) => `/iati-activity/policy-marker[${number}]`)
		);
		expect(found.map(({ further }) => further)).toEqual([0, 0, 5]);
	});

	it('shows no more than the beginning of a long text', () => {
		const [found] = activity(`<iati-identifier>${'/'.repeat(1_000_000)}</iati-identifier>`).filter(
			({ id }) => id === 'iati-1.3.13'
		);
		expect(found!.read).toHaveLength(81);
	});
});

describe('identifiers of organisations that are known to publish', () => {
	const known = { ...CONTEXT, publishers: new Set(['SE-0', 'A/B']) };
	it.each([
		['1.14.8', '<reporting-org ref="SE-0"/>', '<reporting-org ref="SE-6"/>'],
		['1.14.13', '<reporting-org ref="A/B"/>', '<reporting-org ref="A/C"/>'],
		['1.3.13', '<iati-identifier>A/B-1/2</iati-identifier>', '<iati-identifier>A/B/1</iati-identifier>']
	])('are spared by %s', (id, spared, found) => {
		expect(idsOf(activity(spared, known))).not.toContain(`iati-${id}`);
		expect(idsOf(activity(spared))).toContain(`iati-${id}`);
		expect(idsOf(activity(found, known))).toContain(`iati-${id}`);
	});
});

describe('version 1', () => {
	const version1 = { ...CONTEXT, version: '1.05' };
	it.each([
		['4.3.1', '<title>Words</title>'],
		['6.11.1', '<activity-date type="start-planned" iso-date="2020-01-01"/>'],
		['102.1.1', '<sector vocabulary="DAC"/>'],
		['6.10.1', '<participating-org role="Funding">A ministry</participating-org>']
	])('passes %s in its own words', (id, inside) => {
		expect(idsOf(activity(inside, version1))).not.toContain(`iati-${id}`);
		expect(idsOf(activity(inside))).toContain(`iati-${id}`);
	});

	it('fails where its own codes fail', () => {
		const reversed =
			'<activity-date type="start-actual" iso-date="2020-01-01"/><activity-date type="End-Actual" iso-date="2019-01-01"/>';
		expect(idsOf(activity(reversed, version1))).toContain('iati-11.1.3');
		expect(idsOf(activity('<sector vocabulary="RO"/>', version1))).toContain('iati-2.2.1');
	});
});

const RULES = '../shared/iati/rules/rules-2.03.csv';

describe.skipIf(!existsSync(RULES))("the standard's own table", () => {
	const rows = existsSync(RULES)
		? Papa.parse<{ id: string; severity: string; xpath: string; rule_type: string }>(
				readFileSync(RULES, 'utf8'),
				{ header: true, skipEmptyLines: true }
			).data
		: [];
	const cases = [...ACTIVITY_CASES, ...ORGANISATION_CASES];

	it('has no rule that is not tried here, and we have none that it has not', () => {
		expect(rows).toHaveLength(107);
		expect(new Set(cases.map(([id]) => id))).toEqual(new Set(rows.map(({ id }) => id)));
	});

	it('has no more cases of a rule than are tried here', () => {
		for (const id of new Set(rows.map((row) => row.id))) {
			const asked = rows.filter((row) => row.id === id).length;
			expect(cases.filter((own) => own[0] === id).length, id).toBeGreaterThanOrEqual(asked);
		}
	});

	it('calls them by the same severity', () => {
		const severities = new Map(rows.map(({ id, severity }) => [`iati-${id}`, severity]));
		const found = [
			...ACTIVITY_CASES.flatMap(([, , , fails]) => activity(fails)),
			...ORGANISATION_CASES.flatMap(([, , , fails]) => findings('iati-organisation', fails))
		].filter(({ standard }) => standard !== null);
		expect(found.filter(({ id, standard }) => standard !== severities.get(id))).toEqual([]);
		expect(new Set(found.map(({ id }) => id)).size).toBe(severities.size);
	});
});
