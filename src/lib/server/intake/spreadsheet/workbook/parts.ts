import { readXml, type XmlEvent } from '#lib/iati/xml.ts';
import { Unreadable } from '../unreadable.ts';
import type { Container } from './container.ts';

/** Namespaces of workbooks, in the two editions of the standard (transitional and strict). */
const HOME = [
	'http://schemas.openxmlformats.org/spreadsheetml/2006/main',
	'http://purl.oclc.org/ooxml/spreadsheetml/main',
	'http://schemas.openxmlformats.org/package/2006/relationships'
];

const RELATIONSHIP_IDS = [
	'{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id',
	'{http://purl.oclc.org/ooxml/officeDocument/relationships}id'
];

/** A cell's text is the longest thing that a workbook holds in one piece. */
const LIMITS = { depth: 64, attributes: 256, attributeLength: 65_536, tokenLength: 1_000_000 };

/** The events of a part, by batches. A part that is not there has none; one that is not XML, or has a DOCTYPE, is unreadable. */
export async function* readPart(container: Container, name: string): AsyncGenerator<XmlEvent[]> {
	const bytes = container.part(name);
	if (bytes === null) return;
	for await (const events of readXml(bytes, { home: HOME, limits: LIMITS })) {
		const last = events.at(-1);
		if (last?.kind === 'problem') {
			const { rule, message, line } = last.problem;
			throw new Unreadable(
				rule === 'xml.doctype' ? 'doctype-refused' : 'workbook-malformed',
				`${name}${line === null ? '' : ` line ${line}`}: ${message}`
			);
		}
		yield events;
	}
}

export type Relationship = { type: string; target: string };

/** The relationships of a part by their ids: `type` is its last word (`worksheet`), `target` a part's name or outside. */
export async function readRelationships(
	container: Container,
	name: string
): Promise<Map<string, Relationship>> {
	const slash = name.lastIndexOf('/');
	const folder = name.slice(0, slash + 1);
	const found = new Map<string, Relationship>();
	for await (const events of readPart(container, `${folder}_rels/${name.slice(slash + 1)}.rels`)) {
		for (const event of events) {
			if (event.kind !== 'open' || event.name !== 'Relationship') continue;
			const { Id, Type = '', Target = '', TargetMode } = event.attributes;
			if (Id === undefined || TargetMode === 'External') continue;
			found.set(Id, { type: Type.slice(Type.lastIndexOf('/') + 1), target: resolve(folder, Target) });
		}
	}
	return found;
}

/** The id of a relationship that an element names. */
export function relationshipOf(event: Extract<XmlEvent, { kind: 'open' }>): string | null {
	for (const name of RELATIONSHIP_IDS) {
		const id = event.attributes[name];
		if (id !== undefined) return id;
	}
	return null;
}

/** A target is relative to its part's folder, or starts at the root. It names a part or nothing. */
function resolve(folder: string, target: string): string {
	const parts: string[] = [];
	for (const step of `${target.startsWith('/') ? '' : folder}${target}`.split('/')) {
		if (step === '..') parts.pop();
		else if (step !== '.' && step !== '') parts.push(step);
	}
	return parts.join('/');
}
