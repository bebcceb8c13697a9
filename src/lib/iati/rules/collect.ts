import { pathOf, type XmlElement } from '../xml.ts';
import type { RuleFinding } from './finding.ts';

/** How many places of one activity are listed for the same fault; the rest are counted. */
const PLACES = 3;
const READ_LENGTH = 80;

/** What a finding says beside its place. */
type Statement = Pick<RuleFinding, 'id' | 'standard'> & { says: string };

export type FindingCollection = {
	/**
	 * Adds a finding about an element or, where `attribute` is given, one of its attributes. Findings of the same `kind`
	 * (the id, unless said otherwise) are listed a few times and then counted.
	 */
	add(statement: Statement, element: XmlElement, attribute: string | null, read: string, kind?: string): void;
	all: RuleFinding[];
};

export function collectFindings(): FindingCollection {
	const all: RuleFinding[] = [];
	const kinds = new Map<string, { places: number; last: RuleFinding }>();
	return {
		all,
		add(statement, element, attribute, read, kind = statement.id) {
			const known = kinds.get(kind);
			if (known && known.places === PLACES) {
				known.last.further++;
				return;
			}
			const finding = describe(statement, element, attribute, read);
			all.push(finding);
			if (known) {
				known.places++;
				known.last = finding;
			} else kinds.set(kind, { places: 1, last: finding });
		}
	};
}

function describe(
	{ id, standard, says }: Statement,
	element: XmlElement,
	attribute: string | null,
	read: string
): RuleFinding {
	return {
		id: standard === null ? id : `iati-${id}`,
		severity: 'warning',
		standard,
		message:
			standard === 'error' ? `${says} The IATI standard calls it an error; it stops nothing here.` : says,
		path: attribute === null ? pathOf(element) : `${pathOf(element)}/@${attribute}`,
		line: element.line,
		read: read.length > READ_LENGTH ? `${read.slice(0, READ_LENGTH)}…` : read,
		further: 0
	};
}
