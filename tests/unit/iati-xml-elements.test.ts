import { describe, expect, it } from 'vitest';
import { pathOf, wordsOf, type ElementsItem, type XmlElement } from '#lib/iati/xml.ts';
import { itemsOf, problemOf } from '../support/xml-reading.ts';

const activity = (inside: string) =>
	`<iati-activities><iati-activity>${inside}</iati-activity></iati-activities>`;

function elementsOf(items: readonly ElementsItem[]): XmlElement[] {
	return items.flatMap((item) => (item.kind === 'element' ? [item.element] : []));
}

async function only(xml: string, ...lengths: number[]): Promise<XmlElement> {
	const [element, ...more] = elementsOf(await itemsOf(xml, {}, ...lengths));
	if (!element || more.length > 0) throw new Error('Expected one element.');
	return element;
}

/** An item in one line. */
function told(item: ElementsItem): string {
	switch (item.kind) {
		case 'root':
			return `${item.role} ${item.start.path}`;
		case 'element':
			return `element ${item.element.path} in ${item.within?.path ?? 'nothing'}`;
		case 'stray':
			return `stray ${item.start.path}, ${item.elements} elements, ${item.start.line}:${item.start.column}`;
		case 'stray-text':
			return `words ${item.path} ${item.line}:${item.column} ${item.text}`;
		case 'end':
			return 'end';
		default:
			return `${item.kind} ${item.problem.rule}`;
	}
}

describe('a wanted element', () => {
	it('is a tree with its texts, attributes and places', async () => {
		const xml = activity(
			'\n <title a="1">\n  <narrative xml:lang="fr">Eau &amp; <![CDATA[<terre>]]></narrative>\n </title>\n <empty/>\n <blank> </blank>'
		);
		const top = await only(xml);
		expect(top).toMatchObject({ name: 'iati-activity', text: '', parent: null, line: 1, column: 18 });
		expect(top.children.map(({ name, line, column }) => [name, line, column])).toEqual([
			['title', 2, 2],
			['empty', 5, 2],
			['blank', 6, 2]
		]);
		const [title, empty, blank] = top.children;
		expect(title).toMatchObject({ text: '', attributes: { a: '1' } });
		expect(title?.parent).toBe(top);
		expect(title?.children[0]).toMatchObject({ text: 'Eau & <terre>', attributes: { 'xml:lang': 'fr' } });
		expect(empty).toMatchObject({ text: '', children: [] });
		expect(blank).toMatchObject({ text: ' ' });
	});

	it('is the same however the bytes come', async () => {
		const xml = activity('<title>a &amp; b<b c="&#233;">é</b> 🙂</title>\r\n<value>1</value>');
		const whole = await itemsOf(xml);
		for (let length = 1; length < 40; length++) expect(await itemsOf(xml, {}, length)).toEqual(whole);
		expect(whole.map(told)).toEqual([
			'root /iati-activities',
			'element /iati-activities/iati-activity[1] in /iati-activities',
			'end'
		]);
	});

	it('knows where each of its elements stands', async () => {
		const top = await only(
			activity('<value/><transaction/><transaction><value/><date/><value/></transaction>')
		);
		const [value, first, second] = top.children;
		expect(
			[value, first, second, ...(second?.children ?? [])].map((element) => element && pathOf(element))
		).toEqual([
			'/iati-activities/iati-activity[1]/value[1]',
			'/iati-activities/iati-activity[1]/transaction[1]',
			'/iati-activities/iati-activity[1]/transaction[2]',
			'/iati-activities/iati-activity[1]/transaction[2]/value[1]',
			'/iati-activities/iati-activity[1]/transaction[2]/date[1]',
			'/iati-activities/iati-activity[1]/transaction[2]/value[2]'
		]);
		expect(pathOf(top)).toBe('/iati-activities/iati-activity[1]');
	});

	it.each([
		['Fight <b>human</b> trafficking', 'Fight human trafficking'],
		['<b>Fight</b> <i>human</i>\n<u>trafficking</u>', 'Fight human trafficking'],
		['traf<b>fick</b>ing', 'trafficking'],
		['<p>One.</p><p>Two <b>and <i>three</i></b>.</p>', 'One.\nTwo and three.\n'],
		['One<br/>two<BR></BR>three', 'One\ntwo\nthree'],
		['<ul><li>One</li><li>two</li></ul>', 'One\ntwo\n'],
		['plain &lt;b&gt;', 'plain <b>'],
		['<x:p xmlns:x="http://www.w3.org/1999/xhtml">One</x:p>two', 'One\ntwo'],
		['', '']
	])('keeps all words of %s in their order', async (inside, words) => {
		const top = await only(activity(`<narrative>${inside}</narrative>`));
		expect(top.children[0] && wordsOf(top.children[0])).toBe(words);
	});

	it('puts many line breaks together without losing time or words', async () => {
		const top = await only(activity(`<narrative>${'a<br/>'.repeat(20_000)}</narrative>`));
		expect(top.children[0] && wordsOf(top.children[0])).toBe('a\n'.repeat(20_000));
	});

	it('numbers many elements of one name without losing time', async () => {
		const top = await only(activity('<transaction/>'.repeat(20_000)));
		const paths = top.children.map(pathOf);
		expect(new Set(paths).size).toBe(20_000);
		expect(paths.at(-1)).toBe('/iati-activities/iati-activity[1]/transaction[20000]');
	});
});

describe('a file of wanted elements', () => {
	it('tells of its root and whatever else stands in it', async () => {
		const items = await itemsOf(
			`<iati-activities version="2.03">\n<note>a<b/></note> lost words <iati-activity/>\n<iati-activity/><note/><x:iati-activity xmlns:x="urn:x"/></iati-activities>`
		);
		expect(items.map(told)).toEqual([
			'root /iati-activities',
			'stray /iati-activities/note[1], 2 elements, 2:1',
			'words /iati-activities 2:19 lost words',
			'element /iati-activities/iati-activity[1] in /iati-activities',
			'element /iati-activities/iati-activity[2] in /iati-activities',
			'stray /iati-activities/note[2], 1 elements, 3:17',
			'stray /iati-activities/{urn:x}iati-activity[1], 1 elements, 3:24',
			'end'
		]);
		expect(items[0]).toMatchObject({ start: { attributes: { version: '2.03' } }, faults: [] });
	});

	it('may be nested in another of its kind', async () => {
		const items = await itemsOf(
			'<iati-activities version="1.03"><iati-activities version="1.04"><iati-activity/></iati-activities><iati-activity/></iati-activities>'
		);
		expect(items.map(told)).toEqual([
			'root /iati-activities',
			'nested /iati-activities/iati-activities[1]',
			'element /iati-activities/iati-activities[1]/iati-activity[1] in /iati-activities/iati-activities[1]',
			'element /iati-activities/iati-activity[1] in /iati-activities',
			'end'
		]);
		expect(items[2]).toMatchObject({ within: { attributes: { version: '1.04' } } });
	});

	it('may be wrapped', async () => {
		const items = await itemsOf(
			'<result><ok>True</ok><iati-activities><iati-activity/></iati-activities></result>'
		);
		expect(items.map(told)).toEqual([
			'wrapper /result',
			'stray /result/ok[1], 1 elements, 1:9',
			'root /result/iati-activities[1]',
			'element /result/iati-activities[1]/iati-activity[1] in /result/iati-activities[1]',
			'end'
		]);
	});

	it('may be one bare element', async () => {
		const items = await itemsOf('<iati-activity version="2.01"><title/></iati-activity>');
		expect(items.map(told)).toEqual(['bare /iati-activity', 'element /iati-activity in nothing', 'end']);
	});

	it('may hold none', async () => {
		expect((await itemsOf('<iati-activities/>')).map(told)).toEqual(['root /iati-activities', 'end']);
	});

	it.each([
		['<html/>', '<html>'],
		['<iati-activities xmlns="urn:x"/>', '<iati-activities> in the namespace urn:x'],
		['<iati-organisations/>', '<iati-organisations>']
	])('is refused with another root: %s', async (xml, found) => {
		const items = await itemsOf(xml);
		expect(items.map(told)).toEqual(['problem xml.root']);
		expect(items[0]).toMatchObject({ problem: { line: 1, column: 1 } });
		expect(items[0]?.kind === 'problem' && items[0].problem.message).toContain(
			`The root element is ${found}`
		);
	});

	it('gives up what is good before it is refused', async () => {
		const items = await itemsOf(
			'<iati-activities><iati-activity/><iati-activity><title>a & b</title></iati-activity></iati-activities>'
		);
		expect(items.map(told)).toEqual([
			'root /iati-activities',
			'element /iati-activities/iati-activity[1] in /iati-activities',
			'problem xml.entity'
		]);
	});

	it('never gives an element whose end tag is another', async () => {
		const items = await itemsOf('<iati-activities><iati-activity><title/></iati-activities>');
		expect(items.map(told)).toEqual(['root /iati-activities', 'problem xml.end-tag']);
	});
});

describe('an element that is larger than it may be', () => {
	const good = '<iati-activity><title>good</title></iati-activity>';

	async function faultsOf(bad: string, limits: object): Promise<string[]> {
		const items = await itemsOf(`<iati-activities>${good}${bad}${good}</iati-activities>`, { limits });
		expect(items.map(({ kind }) => kind)).toEqual(['root', 'element', 'element', 'element', 'end']);
		const [, before, one, after] = items;
		expect(before).toMatchObject({ faults: [], element: { children: [{ text: 'good' }] } });
		expect(after).toMatchObject({ faults: [], element: { children: [{ text: 'good' }] } });
		return one?.kind === 'element' ? one.faults.map(({ rule, path }) => `${rule} ${path}`) : [];
	}

	it('by one attribute, carries that fault alone', async () => {
		const bad = `<iati-activity><a/><a b="${'é'.repeat(11)}" c="d"/></iati-activity>`;
		expect(await faultsOf(bad, { attributeLength: 10 })).toEqual([
			'xml.attribute-length /iati-activities/iati-activity[2]/a[2]'
		]);
	});

	it('by its text, is cut', async () => {
		const bad = `<iati-activity><a>${'x'.repeat(300)}</a><a><b>more</b></a></iati-activity>`;
		expect(await faultsOf(bad, { elementLength: 200 })).toEqual([
			'xml.element-length /iati-activities/iati-activity[2]'
		]);
	});

	it('by its elements, is cut', async () => {
		const bad = `<iati-activity>${'<a><b/></a>'.repeat(20)}</iati-activity>`;
		expect(await faultsOf(bad, { elementSize: 10 })).toEqual([
			'xml.element-size /iati-activities/iati-activity[2]'
		]);
	});

	it('by its root alone, tells so with the root', async () => {
		const items = await itemsOf('<iati-activities version="2.03 and more"/>', {
			limits: { attributeLength: 4 }
		});
		expect(items[0]).toMatchObject({
			start: { attributes: { version: '2.03' } },
			faults: [{ rule: 'xml.attribute-length', path: '/iati-activities' }]
		});
		expect(await problemOf('<a b="12345"/>', { limits: { attributeLength: 4 } })).toBeNull();
	});
});
