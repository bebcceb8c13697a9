import { Unreadable } from '../unreadable.ts';
import type { DateSystem } from '../serial-day.ts';
import type { Container } from './container.ts';
import { readPart, readRelationships, relationshipOf, type Relationship } from './parts.ts';

/** What a workbook says of itself before any sheet is read. */
export type Contents = {
	dates: DateSystem;
	sheets: { name: string; hidden: boolean; part: string }[];
	sharedTexts: string | null;
	formats: string | null;
};

/** Finds the sheets of a workbook, in their order. Charts and macro sheets are none. Throws Unreadable for what is no workbook. */
export async function readContents(container: Container): Promise<Contents> {
	const root = [...(await readRelationships(container, '')).values()];
	const workbook = root.find(({ type }) => type === 'officeDocument')?.target;
	if (workbook === undefined) throw notAWorkbook(container);
	if (workbook.toLowerCase().endsWith('.bin'))
		throw new Unreadable('workbook-unsupported', 'a binary workbook (.xlsb); save it as .xlsx');
	const relationships = await readRelationships(container, workbook);
	const contents: Contents = {
		dates: '1900',
		sheets: [],
		sharedTexts: targetOf(relationships, 'sharedStrings'),
		formats: targetOf(relationships, 'styles')
	};
	for await (const events of readPart(container, workbook)) {
		for (const event of events) {
			if (event.kind !== 'open') continue;
			if (event.name === 'workbookPr' && /^(1|true)$/.test(event.attributes.date1904 ?? ''))
				contents.dates = '1904';
			if (event.name !== 'sheet') continue;
			const target = relationships.get(relationshipOf(event) ?? '');
			if (target?.type !== 'worksheet') continue;
			const { name = '', state = 'visible' } = event.attributes;
			contents.sheets.push({ name, hidden: state !== 'visible', part: target.target });
		}
	}
	if (contents.sheets.length === 0) throw notAWorkbook(container);
	// A name stands for one sheet: in findings, in mappings, and for whoever reads the file in another program.
	if (new Set(contents.sheets.map(({ name }) => name)).size < contents.sheets.length)
		throw new Unreadable('workbook-malformed', 'two sheets of one name');
	return contents;
}

function targetOf(relationships: ReadonlyMap<string, Relationship>, type: string): string | null {
	return [...relationships.values()].find((relationship) => relationship.type === type)?.target ?? null;
}

function notAWorkbook({ names }: Container): Unreadable {
	const has = (ending: RegExp) => [...names].some((name) => ending.test(name));
	if (names.has('content.xml') && names.has('mimetype'))
		return new Unreadable('workbook-unsupported', 'an OpenDocument file; save it as .xlsx or .csv');
	if (has(/^word\//)) return new Unreadable('not-a-workbook', 'a text document, no workbook');
	if (has(/\.(xlsx|xlsm|xls|csv)$/))
		return new Unreadable(
			'not-a-workbook',
			'an archive with files in it; unpack it and hand in the workbook itself'
		);
	return new Unreadable('not-a-workbook', 'a ZIP file that holds no workbook');
}
