import { expect, test } from 'vitest';
import { activityXml, fileXml } from '../support/iati-activity.ts';
import { activitiesOf, ofKind, readText, ruled } from '../support/iati-files.ts';

test('organisations come once for a file, with the name that they give themselves', async () => {
	const of = (id: string, ref: string, name: string, participant: string) =>
		activityXml({ id })
			.replace(
				/<reporting-org.*<\/reporting-org>/,
				`<reporting-org ref="${ref}" type="21"><narrative>${name}</narrative></reporting-org>`
			)
			.replace(/<participating-org.*<\/participating-org>/, participant);
	const read = await readText(
		fileXml(
			of(
				'A-1',
				'A',
				'A itself',
				'<participating-org role="4" ref="B"><narrative>B as A says</narrative></participating-org>'
			),
			of(
				'B-1',
				'B',
				'B itself',
				'<participating-org role="1" ref="A"><narrative>A as B says</narrative></participating-org>'
			),
			of(
				'C-1',
				'C',
				'',
				'<participating-org role="1"><narrative>Nameless</narrative></participating-org><participating-org role="2"/>'
			)
		)
	);
	expect(ofKind(read, 'iati_organisation')).toMatchObject([
		{ key: 'A', name: { en: 'A itself' }, type: '21', reports: true },
		{ key: 'B', name: { en: 'B itself' }, type: '21', reports: true },
		{ key: 'C', name: null, reports: true },
		{ key: 'name:Nameless', reference: null, name: { en: 'Nameless' }, reports: false }
	]);
	expect(ruled(read, 'organisation-unnamed')).toHaveLength(1);
});

test('a reference that no register has, as long as it is, refuses its activity', async () => {
	const read = await readText(
		fileXml(
			activityXml({ inside: `<participating-org role="1" ref="${'Z'.repeat(2000)}"/>` }),
			activityXml({ id: 'GOOD' })
		)
	);
	expect(activitiesOf(read).map(({ key }) => key)).toEqual(['GOOD']);
	expect(ruled(read, 'reference-too-long')[0]).toMatch(/^Z{200}… \| activity not read$/);
});

test('people are never read', async () => {
	const read = await readText(
		fileXml(
			activityXml({
				inside:
					'<contact-info><person-name><narrative>A Person</narrative></person-name><email>a@example.org</email></contact-info>'
			})
		)
	);
	expect(JSON.stringify(read)).not.toMatch(/A Person|example\.org/);
	expect(ruled(read, 'not-held')).toEqual(['contact-info: once | kept with the source']);
});

test('links are kept as text, whatever they point at', async () => {
	const read = await readText(
		fileXml(
			activityXml({
				inside: `<document-link url="javascript:alert(1)" format="text/html"><title><narrative>d</narrative></title><category code="A01"/><language code="EN"/><document-date iso-date="2020-02-02"/></document-link><document-link format="x"/>`
			})
		)
	);
	expect(activitiesOf(read)[0]!.documents).toEqual([
		{
			url: 'javascript:alert(1)',
			format: 'text/html',
			titles: { en: 'd' },
			descriptions: null,
			categories: ['A01'],
			languages: ['en'],
			date: '2020-02-02'
		}
	]);
	expect(ruled(read, 'document-not-on-the-web')).toEqual([
		'javascript:alert(1) | kept as text, not as a link'
	]);
	expect(ruled(read, 'document-without-address')).toHaveLength(1);
});

test('places that are no places are left out, never half', async () => {
	const at = (pos: string) => `<location><point><pos>${pos}</pos></point></location>`;
	const read = await readText(
		fileXml(activityXml({ inside: ['12.5 -7.9', '12.5, 7', '91 0', '12', 'a b', '1 2 3'].map(at).join('') }))
	);
	expect(activitiesOf(read)[0]!.locations.map(({ latitude, longitude }) => [latitude, longitude])).toEqual([
		['12.5', '-7.9'],
		['12.5', '7'],
		[null, null],
		[null, null],
		[null, null],
		[null, null]
	]);
	expect(ruled(read, 'not-a-position')).toHaveLength(4);
});

test('codes that are words of the language are codes like any other', async () => {
	const words = ['constructor', 'toString', '__proto__', 'hasOwnProperty'];
	const inside = words.map(
		(
			word
		) => `<participating-org role="${word}" ref="A"/><activity-date type="${word}" iso-date="2020-01-01"/>
		<policy-marker code="${word}" vocabulary="${word}"/><sector vocabulary="${word}" code="${word}" percentage="${word}"/>
		<recipient-country code="${word}"/><beneficiary-${word}/><default-aid-type code="${word}" vocabulary="${word}"/>`
	);
	const read = await readText(fileXml(activityXml({ inside: inside.join('') })));
	expect(JSON.parse(JSON.stringify(activitiesOf(read)))).toEqual(activitiesOf(read));
	expect(activitiesOf(read)[0]!.policyMarkers.map(({ code }) => code)).toEqual(words);
	expect(ruled(read, 'role-unknown')).toHaveLength(4);
	expect(ruled(read, 'date-type-unknown')).toHaveLength(4);
});

test('related activities, hierarchy and secondary reporting', async () => {
	const read = await readText(
		fileXml(
			activityXml({
				attributes: 'hierarchy="2" xml:lang="en"',
				inside:
					'<related-activity type="1" ref="P"/><related-activity type="1" ref="XM-DAC-41128-1"/><related-activity ref="Q"/>'
			}).replace('type="40">', 'type="40" secondary-reporter="1">')
		)
	);
	expect(activitiesOf(read)).toMatchObject([
		{ hierarchy: 2, secondaryReporter: true, related: [{ type: '1', key: 'P' }] }
	]);
	expect(ruled(read, 'related-to-itself')).toHaveLength(1);
	expect(ruled(read, 'relation-incomplete')).toHaveLength(1);
});
