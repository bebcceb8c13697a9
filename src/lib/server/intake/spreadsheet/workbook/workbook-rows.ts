import type { Finding } from '../../record.ts';
import type { SheetRow, SheetStart } from '../cell.ts';
import { MOST_TEXT } from '../limits.ts';
import { Unreadable } from '../unreadable.ts';
import { openContainer, type Container } from './container.ts';
import { readContents } from './contents.ts';
import { Formats } from './formats.ts';
import { readPart } from './parts.ts';
import { SharedTexts } from './shared-texts.ts';
import { SheetRows } from './sheet-rows.ts';
import { spool } from './spool.ts';

/**
 * Rows of an XLSX workbook, sheet after sheet, from a copy on disk that is removed at the end. Links to other files,
 * queries and macros are warned about and left alone. Throws Unreadable.
 */
export async function* readWorkbookRows(
	bytes: AsyncIterable<Uint8Array>,
	fileName: string,
	wanted?: readonly string[]
): AsyncGenerator<SheetStart | SheetRow | Finding> {
	const spooled = await spool(bytes);
	try {
		const container = await openContainer(spooled.path);
		try {
			// It stays readable while it is open, and nothing is left of it however this process ends.
			await spooled.remove().catch(() => {});
			yield* linkWarnings(container, fileName);
			yield* readSheets(container, fileName, wanted);
		} finally {
			container.close();
		}
	} finally {
		await spooled.remove();
	}
}

async function* readSheets(
	container: Container,
	fileName: string,
	wanted?: readonly string[]
): AsyncGenerator<SheetStart | SheetRow | Finding> {
	const contents = await readContents(container);
	const setting = { dates: contents.dates, shared: new SharedTexts(), formats: new Formats() };
	for (const [part, reader] of [
		[contents.formats, setting.formats],
		[contents.sharedTexts, setting.shared]
	] as const) {
		if (part === null) continue;
		for await (const events of readPart(container, part)) for (const event of events) reader.take(event);
	}
	let characters = 0;
	let asksPrograms = false;
	for (const { name, hidden, part } of contents.sheets) {
		if (wanted !== undefined && !wanted.includes(name)) continue;
		yield { kind: 'sheet', name, hidden, dates: contents.dates };
		const rows = new SheetRows(fileName, name, setting);
		for await (const events of readPart(container, part)) {
			yield* rows.take(events);
			if (characters + rows.characters > MOST_TEXT)
				throw new Unreadable('workbook-too-large', `more than ${MOST_TEXT} characters of text`);
		}
		characters += rows.characters;
		asksPrograms ||= rows.asksPrograms;
	}
	if (asksPrograms)
		yield warning(fileName, 'external-link', 'formulas that ask another program for their value');
}

const LINKS: readonly (readonly [RegExp, string, string])[] = [
	[/^xl\/externallinks\/[^/]+\.xml$/, 'external-link', 'formulas that point to other files'],
	[/^xl\/(connections\.xml|querytables\/)/, 'external-link', 'queries to databases or web pages'],
	[/vbaproject\.bin$/, 'macro', 'macros']
];

function linkWarnings({ names }: Container, fileName: string): Finding[] {
	return LINKS.filter(([shape]) => [...names].some((name) => shape.test(name))).map(([, rule, read]) =>
		warning(fileName, rule, read)
	);
}

function warning(fileName: string, rule: string, read: string): Finding {
	return {
		kind: 'finding',
		severity: 'warning',
		rule,
		place: fileName,
		read,
		done: 'left alone; values are read as the workbook stores them'
	};
}
