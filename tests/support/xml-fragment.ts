import { SaxesParser } from 'saxes';
import type { XmlElement } from '#lib/iati/xml.ts';

type Growing = { -readonly [K in keyof XmlElement]: XmlElement[K] } & { children: Growing[] };

/** A hand-written fragment of XML as the light tree that checks take, without going through the reader of files. */
export function fragment(xml: string): XmlElement {
	const parser = new SaxesParser();
	const open: Growing[] = [];
	let root: Growing | undefined;
	parser.on('opentag', ({ name, attributes }) => {
		const parent = open.at(-1);
		const element: Growing = {
			name,
			attributes: Object.assign(Object.create(null), attributes),
			children: [],
			text: '',
			line: parser.line,
			column: parser.column,
			parent: parent ?? null,
			offset: parent?.text.length ?? 0,
			ordinal: 0,
			path: parent ? '' : `/${name}`
		};
		parent?.children.push(element);
		root ??= element;
		open.push(element);
	});
	const addText = (text: string) => {
		if (open.length > 0) open.at(-1)!.text += text;
	};
	parser.on('text', addText);
	parser.on('cdata', addText);
	parser.on('closetag', () => {
		const closed = open.pop()!;
		if (closed.children.length > 0 && closed.text.trim() === '') closed.text = '';
	});
	parser.write(xml).close();
	return root!;
}
