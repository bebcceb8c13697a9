import fc from 'fast-check';
import { expect, test } from 'vitest';
import { acceptedOf } from '#lib/server/intake/decided.ts';
import { readDecisions } from '#lib/server/intake/desk/decisions-form.ts';
import type { Decisions, Preview, Proposal } from '#lib/server/intake/preview.ts';
import { expectAlways } from '../support/property.ts';

/** The form as a browser sends it: boxes that are not ticked are not there. */
function formOf({ explanation, complete, accepted, refused, pairs }: Decisions): FormData {
	const form = new FormData();
	form.set('import', '7');
	for (const key of [...accepted, ...refused]) form.append('proposed', key);
	for (const key of accepted) form.append('proposal', key);
	if (complete) form.set('complete', 'yes');
	for (const [change, entry] of Object.entries(pairs)) form.set(`pair:${change}`, entry ?? 'new');
	form.set('explanation', explanation);
	return form;
}

const number = fc.bigInt({ min: 1n, max: 10n ** 17n }).map(String);
const key = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 30 });

test('what a person decided is what the form says', () => {
	expectAlways(
		fc.property(
			fc.uniqueArray(fc.tuple(key, fc.boolean()), { selector: ([name]) => name }),
			fc.dictionary(number, fc.option(number), { noNullPrototype: true }),
			fc.boolean(),
			key.map((text) => text.trim()),
			(proposals, pairs, complete, explanation) => {
				const decided: Decisions = {
					explanation,
					complete,
					accepted: proposals.filter(([, holds]) => holds).map(([name]) => name),
					refused: proposals.filter(([, holds]) => !holds).map(([name]) => name),
					pairs
				};
				expect(readDecisions(formOf(decided))).toEqual(decided);
			}
		),
		300
	);
});

test('nothing is decided by fields that are not of the form', () => {
	const form = new FormData();
	form.set('pair:x', '5');
	form.set('pair:3', '');
	form.set('complete', 'on');
	form.set('explanation', '  ');
	expect(readDecisions(form)).toEqual({
		explanation: '',
		complete: false,
		accepted: [],
		refused: [],
		pairs: {}
	});
});

test('a certain proposal whose box is taken away does not hold, one that was never shown does', () => {
	const proposal = (name: string): Proposal => ({
		what: 'counting',
		key: name,
		counting: 'secondary',
		reason: '',
		reporter: 'R',
		match: {} as Extract<Proposal, { what: 'counting' }>['match'],
		entries: 1,
		sums: [],
		certain: true
	});
	const form = new FormData();
	form.append('proposed', 'shown');
	const preview = { proposals: [proposal('shown'), proposal('not shown')] } as unknown as Preview;
	expect(acceptedOf(preview, readDecisions(form)).rules.map((rule) => rule.key)).toEqual(['not shown']);
});
