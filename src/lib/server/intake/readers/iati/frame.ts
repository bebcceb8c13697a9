import type { Tally } from '#lib/iati/read/tally.ts';
import { generationOf } from '#lib/iati/read/version.ts';
import type { ElementsItem, XmlElement, XmlProblem, XmlStart } from '#lib/iati/xml.ts';
import type { Finding, Severity } from '../../record.ts';
import { problemFinding } from './findings.ts';

/** What surrounds the activities of a file: its roots, what is astray between them, and what is wrong with it as XML. */
export class FileFrame {
	/** True after something that stops the whole file. */
	stopped = false;
	readonly #fileName: string;
	readonly #tally: Tally;
	/** Of the roots so far, for an inner one that does not say. */
	#version: string | null = null;

	constructor(fileName: string, tally: Tally) {
		this.#fileName = fileName;
		this.#tally = tally;
	}

	/** Takes whatever is no element that was asked for, and no end. */
	take(item: Exclude<ElementsItem, { kind: 'element' | 'end' }>): Finding[] {
		switch (item.kind) {
			case 'root':
				return this.#takeRoot(item.role, item.start);
			case 'stray':
				this.#tally.notHeld(item.start.name, item.start);
				return [];
			case 'stray-text':
				this.#tally.count('stray-text', item.text, 'passed over', item.line);
				return [];
			case 'warning':
				return [problemFinding(this.#fileName, 'warning', item.problem)];
			case 'problem':
				this.stopped = true;
				return [this.#problem(item.problem)];
		}
	}

	/** As an element, its innermost root or a root further out states it; null where none does. */
	versionOf(element: XmlElement, within: XmlStart | null): string | null {
		return element.attributes.version?.trim() || within?.attributes.version?.trim() || this.#version;
	}

	/** A finding that stops the whole file. */
	stop(rule: string, read: string, line = 1): Finding {
		this.stopped = true;
		return this.#finding(line, 'critical', rule, read, 'file not read');
	}

	#problem(problem: XmlProblem): Finding {
		const kind = problem.rule === 'xml.root' ? OTHER_KINDS.get(problem.found) : undefined;
		const finding = problemFinding(this.#fileName, 'critical', problem);
		return kind === undefined ? finding : { ...finding, rule: 'other-kind-of-file', read: kind };
	}

	#takeRoot(role: 'root' | 'wrapper' | 'nested' | 'bare', start: XmlStart): Finding[] {
		const findings: Finding[] = [];
		if (role !== 'root') {
			const read = `${ROLES[role]} ${start.name}`;
			findings.push(this.#finding(start.line, 'warning', `root-${role}`, read, 'read all the same'));
		}
		const stated = start.attributes.version?.trim() || null;
		// The version of a bare root is one activity's, and refuses no more than that.
		if (role === 'bare' || stated === null) return findings;
		if (generationOf(stated) === null) {
			findings.push(this.stop('version-unsupported', `version ${stated}`, start.line));
		}
		this.#version = stated;
		return findings;
	}

	#finding(line: number, severity: Severity, rule: string, read: string, done: string): Finding {
		return { kind: 'finding', severity, rule, place: `${this.#fileName} line ${line}`, read, done };
	}
}

const ROLES = { wrapper: 'all stands inside of', nested: 'inside a root, another root', bare: 'the root is' };

const ORGANISATIONS = 'This is an IATI organisation file: choose that format to read it.';
const ACTIVITIES = 'This is an IATI activity file: choose that format to read it.';
const OTHER_KINDS: ReadonlyMap<string, string> = new Map([
	['iati-organisations', ORGANISATIONS],
	['iati-organisation', ORGANISATIONS],
	['iati-activities', ACTIVITIES],
	['iati-activity', ACTIVITIES]
]);
