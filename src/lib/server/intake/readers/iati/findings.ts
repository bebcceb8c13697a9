import type { Note } from '#lib/iati/read/notes.ts';
import type { Tallied } from '#lib/iati/read/tally.ts';
import type { RuleFinding } from '#lib/iati/rules/finding.ts';
import { pathOf, type XmlElement, type XmlProblem } from '#lib/iati/xml.ts';
import type { Finding, Severity } from '../../record.ts';

/** One activity (or organisation) of a file, by the name that stands in every place inside it. */
export class Site {
	readonly #fileName: string;
	readonly #element: XmlElement;
	readonly #path: string;
	readonly #whole: 'activity' | 'organisation';

	/** @param identifier null: then its number among its siblings stands for it */
	constructor(fileName: string, element: XmlElement, identifier: string | null) {
		const ordinal = /\[(\d+)\]$/.exec(element.path)?.[1] ?? '1';
		this.#fileName = fileName;
		this.#element = element;
		this.#whole = element.name === 'iati-organisation' ? 'organisation' : 'activity';
		this.#path = `${element.name}[${identifier?.replaceAll(/\s+/g, ' ') ?? `#${ordinal}`}]`;
	}

	/** `file.xml line 120 iati-activity[XM-DAC-41128-1]`, with what stands further below. */
	place(line: number = this.#element.line, below = ''): string {
		return `${this.#fileName} line ${line} ${this.#path}${below}`;
	}

	finding(note: Note): Finding {
		const below = pathOf(note.element).slice(this.#element.path.length);
		const attribute = note.attribute === null ? '' : `/@${note.attribute}`;
		return {
			kind: 'finding',
			severity: note.severity,
			rule: note.rule,
			place: this.place(note.element.line, below + attribute),
			read: note.read,
			done: andFurther(note.done, note.further)
		};
	}

	ruleFinding(found: RuleFinding): Finding {
		return {
			kind: 'finding',
			severity: found.severity,
			rule: found.id,
			place: this.place(found.line, found.path.slice(this.#element.path.length)),
			read: found.read === '' ? found.message : `${found.message} Read: ${found.read}`,
			done: andFurther(found.severity === 'error' ? `${this.#whole} not read` : 'read', found.further)
		};
	}
}

function andFurther(done: string, further: number): string {
	return further === 0 ? done : `${done}; ${further} more like this in it`;
}

/** About the whole file: what is wrong with it as XML. */
export function problemFinding(fileName: string, severity: Severity, problem: XmlProblem): Finding {
	const { line, column, byte, path, found, message, rule } = problem;
	const at = line === null ? (byte === null ? '' : ` byte ${byte}`) : ` line ${line} column ${column}`;
	return {
		kind: 'finding',
		severity,
		rule,
		place: `${fileName}${at}${path === '' ? '' : ` ${path}`}`,
		read: found === '' ? message : `${message} Read: ${found}`,
		done: severity === 'critical' ? 'file not read' : 'read'
	};
}

/** Said once for a whole file, with how often. */
export function talliedFinding(fileName: string, { rule, what, done, times, line }: Tallied): Finding {
	return {
		kind: 'finding',
		severity: 'warning',
		rule,
		place: `${fileName} line ${line}`,
		read: `${what}: ${times === 1 ? 'once' : `${times} times`}`,
		done
	};
}
