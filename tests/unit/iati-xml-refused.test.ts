import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { readXml, XML_LIMITS, type XmlOptions, type XmlProblem } from '#lib/iati/xml.ts';
import { asBytes, eventsOf, inPieces, problemOf } from '../support/xml-reading.ts';

/** What is in use once the garbage is gone. */
function heapInUse(): number {
	setFlagsFromString('--expose-gc');
	(runInNewContext('gc') as () => void)();
	return process.memoryUsage().heapUsed;
}

/** Reads what is never there as a whole: the pieces are made while they are read. */
async function answerTo(pieces: Iterable<string>, options: XmlOptions = {}): Promise<XmlProblem | null> {
	async function* bytes() {
		for (const piece of pieces) yield asBytes(piece);
	}
	for await (const batch of readXml(bytes(), options)) {
		const last = batch.at(-1);
		if (last?.kind === 'problem') return last.problem;
		if (last?.kind === 'end') return null;
	}
	throw new Error('There was no answer.');
}

/** A start, then the same piece over and over. */
function* endless(start: string, piece: string, times = 1_000_000): Generator<string> {
	yield start;
	const block = piece.repeat(Math.ceil(65_536 / piece.length));
	for (let index = 0; index < times; index++) yield block;
}

describe('a DOCTYPE', () => {
	const laughs = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join(
		'\n'
	);

	it.each([
		['billion laughs', `<!DOCTYPE a [<!ENTITY l0 "ha">${laughs}]><a>&l9;</a>`],
		[
			'a quadratic blow-up',
			`<!DOCTYPE a [<!ENTITY x "${'x'.repeat(50_000)}">]><a>${'&x;'.repeat(3_000)}</a>`
		],
		['an external entity', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
		['a parameter entity', '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:1/x">%x;]><a/>'],
		['an external subset', '<!DOCTYPE a SYSTEM "http://127.0.0.1:1/a.dtd"><a/>'],
		['a harmless one', '<!DOCTYPE a><a/>'],
		['a web page', '<!DOCTYPE html><html></html>'],
		['one that is malformed', '<!DOCTYPE'],
		['one in the second line', '<?xml version="1.0"?>\n<!-- a --><!DOCTYPE a><a/>']
	])('is refused before anything in it is read: %s', async (_, xml) => {
		const problem = await problemOf(xml);
		expect(problem).toMatchObject({ rule: 'xml.doctype', found: '<!DOCTYPE' });
		const before = xml.slice(0, xml.indexOf('<!DOCTYPE'));
		expect(problem).toMatchObject({
			line: before.split('\n').length,
			column: before.length - before.lastIndexOf('\n')
		});
	});

	it('is refused without waiting for its end', async () => {
		expect(await answerTo(endless('<!DOCTYPE a [', '<!ENTITY a "b">'))).toMatchObject({
			rule: 'xml.doctype'
		});
	});

	it('is refused inside the root too', async () => {
		expect(await problemOf('<a><!DOCTYPE a></a>')).toMatchObject({ rule: 'xml.doctype', line: 1, column: 4 });
		expect(await problemOf('<a/><!DOCTYPE a>')).toMatchObject({ rule: 'xml.doctype', line: 1, column: 5 });
	});

	it('is only a word in comments, CDATA and processing instructions', async () => {
		const xml = '<!-- <!DOCTYPE a> --><?x <!DOCTYPE a> ?><a><![CDATA[<!DOCTYPE a>]]></a><!-- <!DOCTYPE -->';
		expect(await problemOf(xml)).toBeNull();
	});
});

describe('what is not well-formed', () => {
	it.each([
		['xml.entity', 1, 10, '<a>Water & Sanitation</a>', 'An & stands alone here. Write it as &amp;.'],
		['xml.entity', 1, 4, '<a>&nbsp;</a>', '&nbsp; means nothing in XML'],
		['xml.entity', 2, 2, '<a>\r\n &#0;</a>', '&#0; stands for a character that XML does not allow.'],
		['xml.entity', 1, 4, '<a>&#xD800;</a>', '&#xD800; stands for'],
		['xml.entity', 1, 4, '<a>&#x110000;</a>', 'stands for a character'],
		['xml.entity', 1, 7, '<a b="&c"/>', 'An & stands alone'],
		['xml.entity', 2, 1, '<a>\r&</a>', 'An & stands alone'],
		['xml.entity', 1, 4, '<a>&lt</a>', 'An & stands alone'],
		['xml.character', 1, 5, '<a>b\0</a>', 'The character U+0000 is not allowed in XML.'],
		['xml.character', 1, 4, '<a>\u000b</a>', 'U+000B'],
		['xml.character', 1, 8, '<a b="c\u001f"/>', 'U+001F'],
		['xml.character', 1, 4, '<a>\ufffe</a>', 'U+FFFE'],
		[
			'xml.end-tag',
			2,
			1,
			'<a><b>\n</c></a>',
			'The end tag </c> stands where </b> is expected, for the <b> in line 1.'
		],
		['xml.end-tag', 1, 5, '<a/></a>', 'The end tag </a> stands where no element is open.'],
		['xml.duplicate-attribute', 1, 4, '<a><b c="1"\nc="2"/></a>', 'the same attribute twice: c.'],
		['xml.syntax', 1, 6, '<a b=1/>', 'a value without quotation marks'],
		['xml.syntax', 1, 5, '<a b/>', 'A character stands here that belongs in no tag.'],
		['xml.syntax', 1, 9, '<a b="1"c="2"/>', 'without a space between them'],
		['xml.syntax', 1, 8, '<a b="c<d"/>', 'A < stands in the value of an attribute'],
		['xml.syntax', 1, 6, '<a>1 < 2</a>', 'A < stands here that begins no tag'],
		['xml.syntax', 1, 6, '<a>]]></a>', ']]>'],
		['xml.syntax', 1, 11, '<a><!-- -- --></a>', 'two hyphens'],
		['xml.syntax', 1, 5, '<a/><b/>', 'A second root element begins here'],
		['xml.syntax', 2, 2, '<a/>\n b', 'Text stands outside of the root element.'],
		['xml.syntax', 1, 5, '<a/><![CDATA[b]]>', 'Text stands outside'],
		['xml.syntax', 1, 4, '<a><!ELEMENT a></a>', 'neither a comment nor CDATA'],
		['xml.syntax', 1, 2, ' <?xml version="1.0"?><a/>', 'does not stand at the very start'],
		['xml.syntax', 1, 34, '<?xml version="1.0" encoding="a b"?><a/>', 'The XML declaration is wrong'],
		['xml.truncated', 1, 7, '<a><b>c', '<b> in line 1 is still open'],
		['xml.truncated', 1, 9, '<a/><!-- ', 'ends in the middle']
	])('is %s at %i:%i in %s', async (rule, line, column, xml, message) => {
		const problem = await problemOf(xml);
		expect(problem).toMatchObject({ rule, line, column });
		expect(problem?.message).toContain(message);
	});

	it('is told once, with the open elements and what stood there', async () => {
		const events = await eventsOf('<a><b>\n<c>Dams & dykes & wells</c></x>');
		expect(events.filter(({ kind }) => kind === 'problem')).toEqual([
			{
				kind: 'problem',
				problem: {
					rule: 'xml.entity',
					message: 'An & stands alone here. Write it as &amp;.',
					line: 2,
					column: 9,
					byte: null,
					path: '/a/b/c',
					found: '<a><b>\n<c>Dams &'
				}
			}
		]);
		expect(events.at(-1)?.kind).toBe('problem');
	});

	it('shows nothing invisible and no half characters', async () => {
		const problem = await problemOf(`<a>${'🙂'.repeat(40)}\u0001</a>`);
		expect(problem?.found).toBe(`${'🙂'.repeat(19)}␁`);
	});

	it('knows an & by its place alone, however far the file goes on without a ;', async () => {
		expect(await answerTo(endless('<a>fish & chips', ' and so on'))).toMatchObject({
			rule: 'xml.entity',
			line: 1,
			column: 9
		});
	});

	it('leaves an & in comments, CDATA and processing instructions alone', async () => {
		expect(
			await problemOf('<!-- & &x; --><a><?x & &#0; ?><![CDATA[& &nbsp; ]]><!-- &&& --></a><!-- & -->')
		).toBeNull();
	});
});

describe('more than an honest file holds', () => {
	it('is answered at once: 100 000 elements inside each other', async () => {
		expect(await problemOf('<a>'.repeat(100_000))).toMatchObject({ rule: 'xml.depth', line: 1, column: 769 });
		const deepest = '<a>'.repeat(XML_LIMITS.depth) + '</a>'.repeat(XML_LIMITS.depth);
		expect(await problemOf(deepest)).toBeNull();
	});

	it('is answered at once: a million attributes on one element', async () => {
		const attributes = Array.from({ length: 1_000_000 }, (_, n) => `a${n}=""`).join(' ');
		expect(await problemOf(`<a ${attributes}/>`)).toMatchObject({
			rule: 'xml.attributes',
			line: 1,
			column: 1
		});
		const many = Array.from({ length: 20_000 }, (_, n) => `a${n}="${n}"`).join(' ');
		const [event] = await eventsOf(`<a ${many}/>`);
		expect(event?.kind === 'open' && Object.keys(event.attributes)).toHaveLength(20_000);
	});

	it('is answered at once: very many prefixes, declared over and over', async () => {
		const prefixes = Array.from({ length: 5_000 }, (_, n) => `xmlns:a${n}="urn:${n}"`).join(' ');
		const xml = `<a ${prefixes}>${'<b xmlns:c="urn:c"><c:d/></b>'.repeat(5_000)}</a>`;
		expect((await eventsOf(xml)).at(-1)).toMatchObject({ kind: 'end', summary: { elements: 10_001 } });
		const used = Array.from({ length: 5_000 }, (_, n) => `a${n}:b="1"`).join(' ');
		expect(await problemOf(`<a ${prefixes} ${used}/>`)).toBeNull();
	});

	it('an attribute of a megabyte: cut, and told of with its element', async () => {
		const events = await eventsOf(`<a><b c="1" d="${'x'.repeat(1024 * 1024)}" e="2"/></a>`);
		const element = events.find((event) => event.kind === 'open' && event.name === 'b');
		expect(element).toMatchObject({
			attributes: { c: '1', d: 'x'.repeat(XML_LIMITS.attributeLength), e: '2' },
			faults: [{ rule: 'xml.attribute-length', line: 1, column: 4, path: '/a/b', found: 'd' }]
		});
		expect(events.at(-1)?.kind).toBe('end');
	});

	it('a text of a megabyte: read', async () => {
		const events = await eventsOf(`<a>${'x'.repeat(1024 * 1024)}</a>`);
		expect(events[1]).toEqual({ kind: 'text', text: 'x'.repeat(1024 * 1024) });
	});

	it.each([
		['a text', '<a>', 'xxxx'],
		['a text of references', '<a>', '&amp;'],
		['CDATA', '<a><![CDATA[', 'xxxx'],
		['CDATA of brackets', '<a><![CDATA[', ']] '],
		['a comment', '<a><!--', 'xxxx'],
		['a comment of hyphens', '<a><!--', '- '],
		['a processing instruction', '<a><?b ', 'xx?'],
		['a value', '<a b="', 'xxxx'],
		['blanks in a tag', '<a ', '    '],
		['a name', '<', 'abcd'],
		['the name of an attribute', '<a ', 'abcd'],
		['an end tag', '<a></', 'abcd']
	])('without end is given up: %s', async (_, start, piece) => {
		const problem = await answerTo(endless(start, piece), { limits: { tokenLength: 500_000 } });
		expect(problem?.rule).toMatch(/^xml\.(?:token|name|prolog)-length$/);
		expect(problem).toMatchObject({ line: 1 });
	});

	it('a text without end is given up after sixteen megabytes', async () => {
		expect(await answerTo(endless('<a>', 'text '))).toMatchObject({
			rule: 'xml.token-length',
			line: 1,
			column: 4
		});
	});

	it.each([
		['white space', ' ', ' '],
		['a comment', '<!--', 'x'],
		['comments', '<?xml version="1.0"?>', '<!-- -->']
	])('before the first element is given up: %s', async (_, start, piece) => {
		expect(await answerTo(endless(start, piece))).toMatchObject({
			rule: 'xml.prolog-length'
		});
	});

	it('a name of a kilobyte and more is given up', async () => {
		const name = 'n'.repeat(1_001);
		expect(await problemOf(`<${name}/>`)).toMatchObject({ rule: 'xml.name-length' });
		expect(await problemOf(`<a ${name}="1"/>`)).toMatchObject({ rule: 'xml.name-length' });
		expect(await problemOf(`<a xmlns="${name}"/>`)).toMatchObject({ rule: 'xml.name-length' });
		expect(await problemOf(`<${name.slice(1)} ${name.slice(1)}="1"/>`)).toBeNull();
	});

	it('takes other limits when told so', async () => {
		expect(await problemOf('<a><b/></a>', { limits: { depth: 1 } })).toMatchObject({ rule: 'xml.depth' });
		expect(await problemOf('<a b="1" c="2"/>', { limits: { attributes: 1 } })).toMatchObject({
			rule: 'xml.attributes'
		});
		expect(await problemOf('<a>12345</a>', { limits: { tokenLength: 4 } })).toMatchObject({
			rule: 'xml.token-length'
		});
	});
});

describe('memory', () => {
	it('keeps no piece of the file alive by a text or a value cut from it', async () => {
		const filler = `<!--${'x'.repeat(60_000)}-->`;
		async function* bytes() {
			yield asBytes('<a>');
			for (let n = 0; n < 200; n++)
				yield asBytes(`${filler}<item value="value number ${n}">text number ${n}</item>`);
			yield asBytes('</a>');
		}
		const before = heapInUse();
		const kept: string[] = [];
		for await (const batch of readXml(bytes())) {
			for (const event of batch) {
				if (event.kind === 'text') kept.push(event.text);
				if (event.kind === 'open') kept.push(event.attributes.value ?? '');
			}
		}
		// Twelve megabytes went by.
		expect(heapInUse() - before).toBeLessThan(5_000_000);
		expect(kept).toHaveLength(401);
	});

	it('is not that of the bytes: pieces may be overwritten once they are read', async () => {
		const text = 'a sentence that is long enough to be kept as a piece of another';
		const events = [];
		for await (const batch of readXml(inPieces(asBytes(`<a>${text}</a>`), 7))) events.push(...batch);
		expect(events[1]).toEqual({ kind: 'text', text });
	});
});
