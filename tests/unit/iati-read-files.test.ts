import { describe, expect, test } from 'vitest';
import { iatiActivities } from '#lib/server/intake/readers/iati-activities.ts';
import { activityXml, fileXml } from '../support/iati-activity.ts';
import { activitiesOf, inPieces, readText, type ReadFile } from '../support/iati-files.ts';

const keysOf = (read: ReadFile) => activitiesOf(read).map(({ key }) => key);
const rulesOf = ({ findings }: ReadFile) =>
	findings.filter(({ rule }) => !rule.startsWith('iati-')).map(({ severity, rule }) => `${severity} ${rule}`);

describe('what stands around the activities', () => {
	const good = activityXml();

	test.each([
		['a bare activity', good, 'root-bare'],
		[
			'a wrapper',
			`<result><ok>True</ok><iati-activities version="2.03">${good}</iati-activities></result>`,
			'root-wrapper'
		],
		[
			'a root in a root',
			`<iati-activities version="2.03"><iati-activities>${good}</iati-activities></iati-activities>`,
			'root-nested'
		]
	])('%s is looked through, with a warning', async (_, xml, rule) => {
		const read = await readText(xml);
		expect(keysOf(read)).toEqual(['XM-DAC-41128-1']);
		expect(rulesOf(read)).toContain(`warning ${rule}`);
		expect(activitiesOf(read)).toMatchObject([{ version: '2.03' }]);
	});

	test('foreign elements are neither read nor taken for ours', async () => {
		const read = await readText(
			fileXml(
				activityXml({
					inside:
						'<x:transaction xmlns:x="http://example.org/x"><x:value>9</x:value></x:transaction><beneficiaries>5</beneficiaries><beneficiaries/>',
					attributes: 'default-currency="EUR" xml:lang="en" colour="red"'
				})
			)
		);
		expect(read.counts?.counts).toMatchObject({ transactions: 1, sums: [{ sum: '1000' }] });
		expect(read.findings.filter(({ rule }) => rule === 'not-held').map(({ read: what }) => what)).toEqual([
			'elements of http://example.org/x: once',
			'beneficiaries: 2 times',
			'@colour: once'
		]);
	});

	test('an organisation file is told apart', async () => {
		const read = await readText(
			'<iati-organisations version="2.03"><iati-organisation/></iati-organisations>'
		);
		expect(rulesOf(read)).toEqual(['critical other-kind-of-file']);
	});

	test.each([
		['', 'xml.empty'],
		['<html/>', 'xml.root'],
		['<constructor/>', 'xml.root'],
		['<!DOCTYPE x [<!ENTITY a "b">]><iati-activities/>', 'xml.doctype'],
		['<iati-activities version="2.03"/>', 'nothing-to-import'],
		['<iati-activities xmlns="http://example.org/none" version="2.03"/>', 'xml.root'],
		[fileXml(activityXml()).replace('</iati-activities>', ''), 'xml.truncated'],
		[fileXml(activityXml({ id: ' ' })), 'nothing-to-import'],
		[fileXml(activityXml()).replace('2.03', '9.99'), 'version-unsupported']
	])('%j is no file to import', async (xml, rule) => {
		const read = await readText(xml);
		expect(read.rejected).toBe(true);
		expect(rulesOf(read)).toContain(`critical ${rule}`);
	});
});

describe('the version', () => {
	const versionsOf = async (root: string, ...activities: string[]) => {
		const read = await readText(`<iati-activities ${root}>${activities.join('')}</iati-activities>`);
		return { versions: activitiesOf(read).map(({ version }) => version), read };
	};
	const of = (version: string, id = 'A') =>
		activityXml({ id, attributes: `default-currency="EUR" xml:lang="en" version="${version}"` });
	const old = activityXml({ id: 'OLD' }).replaceAll(/<\/?narrative>/g, '');

	test('may differ in one file: the activity’s own wins', async () => {
		const { versions } = await versionsOf('version="2.03"', of('2.01'), of('1.04', 'B'), of('', 'C'));
		expect(versions).toEqual(['2.01', '1.04', '2.03']);
	});

	test('is told from the structure where it is missing, and that is said once', async () => {
		const { versions, read } = await versionsOf('', activityXml(), old, activityXml({ id: 'C' }));
		expect(versions).toEqual(['2.03', '1.05', '2.03']);
		expect(
			read.findings
				.filter(({ rule }) => rule === 'version-missing')
				.map(({ read: what, done }) => [what, done])
		).toEqual([
			['no version: 2 times', 'read as 2.03'],
			['no version: once', 'read as 1.05']
		]);
	});

	test.each([
		['1.0', '1.05'],
		['1.00', '1.05'],
		['2.9', '2.03']
	])('%s, on no list, is read as %s', async (stated, version) => {
		const { versions, read } = await versionsOf(`version="${stated}"`, stated < '2' ? old : activityXml());
		expect(versions).toEqual([version]);
		expect(rulesOf(read)).toContain('warning version-unlisted');
	});

	test('that is none stops its activity only', async () => {
		const { versions, read } = await versionsOf('version="2.03"', of('3.01'), activityXml());
		expect(versions).toEqual(['2.03']);
		expect(rulesOf(read)).toContain('error version-unsupported');
	});

	test('2 with the texts of version 1 is refused by name', async () => {
		const { read } = await versionsOf('version="2.03"', old, activityXml());
		expect(keysOf(read)).toEqual(['XM-DAC-41128-1']);
		expect(read.counts?.refused).toEqual(['OLD']);
		expect(rulesOf(read)).toContain('error version-contradicted');
	});
});

describe('an identifier', () => {
	test('keeps its case and what stands inside it', async () => {
		const ids = [
			'XM-1-Case',
			'XM-1-CASE',
			'00123',
			'1e5',
			'null',
			'XM-1-Sierra Leone-3900/A0',
			'ХM-1',
			'__proto__'
		];
		const read = await readText(fileXml(...ids.map((id) => activityXml({ id: ` ${id}\n` }))));
		expect(keysOf(read)).toEqual(ids);
	});

	test('that stands twice is nobody’s: neither is read, both places are named', async () => {
		const read = await readText(
			fileXml(
				activityXml({ id: 'DUP' }),
				activityXml({ id: 'GOOD' }),
				activityXml({ id: ' DUP ' }),
				activityXml({ id: 'DUP' })
			)
		);
		expect(keysOf(read)).toEqual(['GOOD']);
		expect(read.records.filter((record) => record.kind === 'ledger_entry')).toHaveLength(1);
		expect(read.counts?.refused).toEqual(['DUP']);
		expect(
			read.findings
				.filter(({ rule }) => rule === 'identifier-repeated')
				.map(({ place, read: what }) => [place, what])
		).toEqual([
			['file.xml line 3 iati-activity[DUP]', 'DUP is also the identifier of the activity in line 27'],
			['file.xml line 27 iati-activity[DUP]', 'DUP is also the identifier of the activity in line 3'],
			['file.xml line 39 iati-activity[DUP]', 'DUP is also the identifier of the activity in line 3']
		]);
	});

	test('of an activity that was refused is taken all the same', async () => {
		const bad = activityXml({ id: 'DUP' }).replace('>1000<', '>x<');
		const read = await readText(fileXml(bad, activityXml({ id: 'DUP' }), activityXml({ id: 'GOOD' })));
		expect(keysOf(read)).toEqual(['GOOD']);
	});

	test('that is missing leaves the activity to be named by its place', async () => {
		const read = await readText(fileXml(activityXml(), activityXml({ id: '' })));
		expect(read.counts?.refused).toEqual(['file.xml line 15 iati-activity[#2]']);
	});
});

describe('the stream', () => {
	test('takes back by name what has left already, before the end', async () => {
		const xml = fileXml(activityXml({ id: 'DUP' }), activityXml({ id: 'DUP' }), activityXml());
		const items = [];
		const options = { fileName: 'f.xml', nature: 'published' as const, today: '2026-01-01' };
		for await (const item of iatiActivities.read(inPieces(Buffer.from(xml)), options)) items.push(item);
		expect(items.map(({ kind }) => kind).filter((kind) => kind !== 'finding')).toEqual([
			'iati_activity',
			'ledger_entry',
			'retraction',
			'iati_activity',
			'ledger_entry',
			'iati_organisation',
			'read_counts'
		]);
		expect(items).toContainEqual({
			kind: 'retraction',
			place: 'f.xml line 3 iati-activity[DUP]',
			activity: 'DUP'
		});
	});

	test('asks for no more of the file than is wanted', async () => {
		let asked = 0;
		async function* bytes() {
			for (;;) {
				asked++;
				yield Buffer.from(
					asked === 1 ? '<iati-activities version="2.03">' : activityXml({ id: `A${asked}` })
				);
			}
		}
		for await (const item of iatiActivities.read(bytes(), { fileName: 'f.xml', nature: 'published' })) {
			if (item.kind === 'iati_activity' && item.key === 'A5') break;
		}
		expect(asked).toBeLessThan(10);
	});
});

test('one bad activity never stops a good one', async () => {
	const bad = activityXml({ id: 'BAD' }).replace('>1000<', '>12 000<');
	const read = await readText(fileXml(activityXml({ id: 'A' }), bad, activityXml({ id: 'B' })));
	expect(keysOf(read)).toEqual(['A', 'B']);
	expect(read.counts).toMatchObject({ counts: { activities: 3, transactions: 3 }, refused: ['BAD'] });
	expect(read.rejected).toBe(false);
});

test('the rules of the standard are warnings, with their place', async () => {
	const read = await readText(
		fileXml(
			activityXml().replace('<activity-status code="2"/>', '<activity-status code="99"/>'),
			activityXml({ id: 'B' })
		)
	);
	expect(keysOf(read)).toHaveLength(2);
	expect(read.findings).toContainEqual(
		expect.objectContaining({
			severity: 'warning',
			rule: 'code-unknown',
			place: 'file.xml line 9 iati-activity[XM-DAC-41128-1]/activity-status[1]/@code'
		})
	);
});
