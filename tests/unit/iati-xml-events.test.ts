import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readXml, type XmlEvent } from '#lib/iati/xml.ts';
import { asBytes, eventsOf, latin1, problemOf, utf16 } from '../support/xml-reading.ts';

/** Expects a property that has to wait for its answer to hold for so many generated cases. */
async function expectAlways<Ts extends unknown[]>(
	property: fc.IAsyncProperty<Ts>,
	numRuns: number
): Promise<void> {
	const outcome = await fc.check(property, { numRuns });
	expect(outcome.failed, fc.defaultReportMessage(outcome)).toBe(false);
}

/** Events in one line each, which reads better than objects. */
function told(events: readonly XmlEvent[]): string[] {
	return events.map((event) => {
		switch (event.kind) {
			case 'open':
				return `<${event.name}${Object.entries(event.attributes)
					.map(([name, value]) => ` ${name}=${JSON.stringify(value)}`)
					.join('')}> ${event.line}:${event.column}`;
			case 'text':
				return JSON.stringify(event.text);
			case 'close':
				return `</${event.name}>`;
			case 'end':
				return 'end';
			default:
				return `${event.kind} ${event.problem.rule}`;
		}
	});
}

const SMALL = `<?xml version="1.0" encoding="UTF-8"?>\r
<!-- é 🙂 & <not a="tag"> -->
<iati-activities version='2.03' xmlns:x="http://example.org/">\r\n\t<iati-activity xml:lang="fr" x:id="1" note="a&amp;b&#x1F600;">
<title><narrative>L'été &lt;ici&gt; &#233;<![CDATA[ & <là> ]]]]>&gt; 字🙂</narrative></title>\r<empty/><?pi a & b?>
</iati-activity></iati-activities>
`;

describe('the events of an XML file', () => {
	it('are its tags and texts in their order, each tag with its place', async () => {
		const events = await eventsOf(
			`<?xml version="1.0"?>\n<a>\n  <b c="1"\n     d='"2"'>x &amp; <i>y</i><![CDATA[<z>]]></b>\n\n  <b/><c\n/></a>\n`
		);
		expect(told(events)).toEqual([
			'<a> 2:1',
			'"\\n  "',
			'<b c="1" d="\\"2\\""> 3:3',
			'"x & "',
			'<i> 4:22',
			'"y"',
			'</i>',
			'"<z>"',
			'</b>',
			'"\\n\\n  "',
			'<b> 6:3',
			'</b>',
			'<c> 6:7',
			'</c>',
			'</a>',
			'end'
		]);
	});

	it('place a tag right behind whatever stands before it', async () => {
		const events = await eventsOf(
			'<!--é--><?pi?><a><!----><b><![CDATA[🙂]]><c/>🙂<d\n/></b><e>&amp;</e><f/>\r<g/>\r\n<h/></a>'
		);
		expect(told(events).filter((line) => /^<[a-z]/.test(line))).toEqual([
			'<a> 1:15',
			'<b> 1:25',
			'<c> 1:41',
			'<d> 1:46',
			'<e> 2:7',
			'<f> 2:19',
			'<g> 3:1',
			'<h> 4:1'
		]);
	});

	it('decode entities once', async () => {
		const events = await eventsOf('<a b="&amp;lt;">&amp;amp; &lt;b&gt; &#38;#233; &quot;&apos;</a>');
		expect(told(events)).toEqual(['<a b="&lt;"> 1:1', `"&amp; <b> &#233; \\"'"`, '</a>', 'end']);
	});

	it('have one line end for all that XML knows, and count lines by it', async () => {
		const events = await eventsOf('<a>1\r\n2\r3\n4\r\r\n5<b c="x\r\n\ty"/></a>');
		expect(told(events).slice(1, 3)).toEqual(['"1\\n2\\n3\\n4\\n\\n5"', '<b c="x  y"> 6:2']);
	});

	it('leave out what stands around the root', async () => {
		expect(told(await eventsOf('\r\n \n<a/>'))).toEqual(['<a> 3:1', '</a>', 'end']);
		expect(told(await eventsOf('\r<a/>'))).toEqual(['<a> 2:1', '</a>', 'end']);
		expect(told(await eventsOf('\n<!-- a --> \n<?x y?><a/>\n<!-- b -->\n'))).toEqual([
			'<a> 3:8',
			'</a>',
			'end'
		]);
	});

	it('sum up the file at its end', async () => {
		const bytes = asBytes('<?xml version="1.0"?>\n<a>\n<b/>\n</a>');
		expect((await eventsOf(bytes)).at(-1)).toEqual({
			kind: 'end',
			summary: { bytes: bytes.length, lines: 4, elements: 2, encoding: 'utf-8', version: '1.0' }
		});
	});

	it('warn of XML 1.1 and go by the rules of 1.0', async () => {
		expect(told(await eventsOf('<?xml version="1.1"?><a>x</a>'))).toEqual([
			'warning xml.version',
			'<a> 1:22',
			'"x"',
			'</a>',
			'end'
		]);
		expect(await problemOf('<?xml version="1.1"?><a>&#1;</a>')).toMatchObject({ rule: 'xml.entity' });
	});

	it('are the same however the bytes come', async () => {
		const windows = latin1(SMALL.replace('UTF-8', 'windows-1252').replace(/[^\0-\xff]+/g, '\x80'));
		for (const bytes of [asBytes(SMALL), utf16(SMALL.replace('UTF-8', 'UTF-16'), 'be'), windows]) {
			const whole = await eventsOf(bytes);
			expect(whole.at(-1)?.kind).toBe('end');
			for (let length = 1; length <= 32; length++) {
				expect(await eventsOf(bytes, {}, length), `pieces of ${length}`).toEqual(whole);
			}
			for (let first = 1; first < bytes.length; first += 3) {
				expect(await eventsOf(bytes, {}, first, bytes.length), `cut at ${first}`).toEqual(whole);
			}
		}
	});

	it('stop the source when the consumer has enough', async () => {
		let closed = false;
		async function* source() {
			try {
				for (;;) yield asBytes('<a>');
			} finally {
				closed = true;
			}
		}
		for await (const batch of readXml(source())) if (batch.length > 0) break;
		expect(closed).toBe(true);
	});

	it('are asked for before more bytes are read', async () => {
		let given = 0;
		async function* source() {
			for (const part of ['<a><b/>', '<b/>', '<b/>', '</a>']) {
				given++;
				yield asBytes(part);
			}
		}
		const batches = readXml(source());
		await batches.next();
		expect(given).toBe(1);
		await batches.next();
		expect(given).toBe(2);
	});

	it('pass on what the source throws', async () => {
		async function* source(): AsyncGenerator<Uint8Array> {
			throw new Error('the disk is gone');
		}
		await expect(readXml(source()).next()).rejects.toThrow('the disk is gone');
	});
});

describe('names and namespaces', () => {
	it('tell a foreign element from ours of the same name', async () => {
		const events = await eventsOf(
			'<a xmlns:x="http://example.org/"><b/><x:b/><x:c xmlns:x="urn:other" x:d="1" d="2" xml:lang="fr"/><x:b/></a>'
		);
		expect(told(events).filter((line) => line.startsWith('<') && !line.startsWith('</'))).toEqual([
			'<a> 1:1',
			'<b> 1:34',
			'<{http://example.org/}b> 1:38',
			'<{urn:other}c d="2" xml:lang="fr" {urn:other}d="1"> 1:44',
			'<{http://example.org/}b> 1:98'
		]);
	});

	it('follow a default namespace, and its end', async () => {
		const events = await eventsOf('<a xmlns="urn:a"><b c="1"><d xmlns=""/></b></a>');
		expect(told(events).filter((line) => line.startsWith('<'))).toEqual([
			'<{urn:a}a> 1:1',
			'<{urn:a}b c="1"> 1:18',
			'<d> 1:27',
			'</d>',
			'</{urn:a}b>',
			'</{urn:a}a>'
		]);
	});

	it('are bare at home', async () => {
		const events = await eventsOf('<a xmlns="urn:a" xmlns:b="urn:b"><b:c/></a>', { home: ['urn:a'] });
		expect(told(events)).toEqual(['<a> 1:1', '<{urn:b}c> 1:34', '</{urn:b}c>', '</a>', 'end']);
	});

	it('may be those of an object', async () => {
		const [event] = await eventsOf('<constructor __proto__="1" toString="2"/>');
		expect(event).toMatchObject({ kind: 'open', name: 'constructor' });
		expect(event?.kind === 'open' && Object.entries(event.attributes)).toEqual([
			['__proto__', '1'],
			['toString', '2']
		]);
		expect(event?.kind === 'open' && event.attributes.valueOf).toBeUndefined();
	});

	it.each([
		['<x:a/>'],
		['<a x:b="1"/>'],
		['<a><b xmlns:x="urn:x"/><x:c/></a>'],
		['<a:b:c xmlns:a="urn:a"/>'],
		['<:a/>'],
		['<a: xmlns:a="urn:a"/>'],
		['<a:1 xmlns:a="urn:a"/>'],
		['<a xmlns:x=""/>'],
		['<a xmlns:xml="urn:x"/>'],
		['<a xmlns:x="http://www.w3.org/XML/1998/namespace"/>'],
		['<a xmlns="http://www.w3.org/2000/xmlns/"/>'],
		['<a xmlns:xmlns="urn:x"/>'],
		['<a xml:="1"/>'],
		['<?a:b?><a/>']
	])('are refused in %s', async (text) => {
		expect(await problemOf(text)).toMatchObject({ rule: 'xml.namespace', line: 1 });
	});

	it('are refused twice, by whatever prefix', async () => {
		expect(await problemOf('<a b="1" b="2"/>')).toMatchObject({
			rule: 'xml.duplicate-attribute',
			message: 'An element has the same attribute twice: b.'
		});
		expect(await problemOf('<a xmlns:x="urn:x" xmlns:y="urn:x" x:b="1" y:b="2"/>')).toMatchObject({
			rule: 'xml.duplicate-attribute'
		});
	});
});

describe('a file cut off', () => {
	it('anywhere is never taken for a whole one', async () => {
		const bytes = asBytes(SMALL.trimEnd());
		for (let length = 0; length < bytes.length; length++) {
			const problem = await problemOf(bytes.subarray(0, length));
			expect(problem, `after ${length} bytes`).not.toBeNull();
			expect(problem?.message).toMatch(/\.$/);
		}
	});

	it('says what is still open, and since where', async () => {
		const activity = '<iati-activity>\n<title>Wells</title>\n</iati-activity>\n';
		const bytes = asBytes(`<iati-activities>\n${activity.repeat(1_000)}</iati-activities>`);
		for (let length = 1024; length < bytes.length; length += 1024) {
			const problem = await problemOf(bytes.subarray(0, length));
			expect(problem).toMatchObject({ rule: 'xml.truncated' });
			expect(problem?.message).toMatch(/^The file ends too early: <[a-z-]+> in line \d+ is still open\./);
		}
	});
});

describe('damaged files', () => {
	const original = asBytes(SMALL);

	/** Reads all the same: to an end or to a problem, and to the same however the bytes come. */
	async function isAnswered(bytes: Uint8Array, length: number): Promise<boolean> {
		const whole = await eventsOf(bytes);
		expect(await eventsOf(bytes, {}, length)).toEqual(whole);
		return whole.at(-1)?.kind === 'end' || whole.at(-1)?.kind === 'problem';
	}

	it('with bytes overwritten, taken out or put in end in an answer', async () => {
		const change = fc.record({
			at: fc.nat({ max: original.length }),
			taken: fc.nat({ max: 4 }),
			put: fc.uint8Array({ maxLength: 4 })
		});
		await expectAlways(
			fc.asyncProperty(
				fc.array(change, { minLength: 1, maxLength: 4 }),
				fc.integer({ min: 1, max: 99 }),
				(changes, length) => {
					let bytes = [...original];
					for (const { at, taken, put } of changes) bytes = bytes.toSpliced(at, taken, ...put);
					return isAnswered(Uint8Array.from(bytes), length);
				}
			),
			500
		);
	});

	it('of nothing but the characters of markup end in an answer', async () => {
		const pieces = fc.constantFrom(
			...[
				'<',
				'>',
				'/',
				'&',
				';',
				'=',
				'"',
				"'",
				'<!--',
				'-->',
				'<![CDATA[',
				']]>',
				'<?',
				'?>',
				'<!DOCTYPE',
				'<a>',
				'</a>',
				'#',
				'xml',
				':',
				'a',
				' ',
				'\r',
				'\n',
				'\0',
				'🙂',
				'\uFFFE',
				'&amp',
				'&#',
				'xmlns',
				'<a ',
				'\u0301'
			]
		);
		await expectAlways(
			fc.asyncProperty(fc.array(pieces, { maxLength: 30 }), fc.integer({ min: 1, max: 9 }), (parts, length) =>
				isAnswered(asBytes(`<a>${parts.join('')}`), length)
			),
			1_000
		);
	});

	it('of a text behind a comment behind the root place it alike, however they come', async () => {
		const bytes = asBytes('<a></a><!---->:');
		for (const length of [1, 2, 3, bytes.length]) {
			expect((await eventsOf(bytes, {}, length)).at(-1)).toMatchObject({
				kind: 'problem',
				problem: { line: 1, column: 15, found: ':' }
			});
		}
	});

	it('of random bytes end in an answer', async () => {
		await expectAlways(
			fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.integer({ min: 1, max: 50 }), isAnswered),
			500
		);
	});
});

describe('texts written as XML and read back', () => {
	const escaped = (text: string) =>
		text.replace(/[&<>"'\t\r\n]/g, (character) => `&#x${character.charCodeAt(0).toString(16)};`);
	const legal = fc
		.string({ unit: 'binary', maxLength: 60 })
		.map((text) => text.replace(/[\0-\x08\v\f\x0e-\x1f\uFFFE\uFFFF]/g, ''));

	it('are the same, in elements and in attributes, in every encoding', async () => {
		await expectAlways(
			fc.asyncProperty(legal, legal, fc.integer({ min: 1, max: 40 }), async (text, value, length) => {
				const xml = `<a b="${escaped(value)}">${escaped(text)}</a>`;
				for (const bytes of [asBytes(xml), utf16(xml, 'le'), utf16(xml, 'be')]) {
					const events = await eventsOf(bytes, {}, length);
					expect(events[0]).toMatchObject({ attributes: { b: value } });
					expect(events.map((event) => (event.kind === 'text' ? event.text : '')).join('')).toBe(text);
					expect(events.at(-1)?.kind).toBe('end');
				}
				return true;
			}),
			500
		);
	});
});
