import { readActivity } from '#lib/iati/read/activity.ts';
import { FileReading } from '#lib/iati/read/reading.ts';
import { generationOf, readVersion } from '#lib/iati/read/version.ts';
import { checkActivity } from '#lib/iati/rules/check.ts';
import { readElements, type ElementsItem, type XmlStart } from '#lib/iati/xml.ts';
import type { Finding } from '../record.ts';
import { recordsOf } from './iati/activity-records.ts';
import { problemFinding, Site, talliedFinding } from './iati/findings.ts';
import { Identifiers } from './iati/identifiers.ts';
import { OrganisationList } from './iati/organisation-list.ts';
import type { Read, Reader, ReaderOptions } from './reader.ts';

/**
 * IATI activity files, versions 1.01 to 2.03, also mixed, wrapped or bare. An activity is read whole or, with an error
 * in it, not at all. Of two activities with one identifier neither is read: the first has left already when the second
 * comes, so a retraction follows. Holds one activity at a time, and the identifiers and organisations of the file.
 */
export const iatiActivities: Reader<Read> = {
	name: 'iati-activities',
	version: '1',
	async *read(bytes, options) {
		const file = new ActivityFile(options);
		for await (const item of readElements(bytes, WANTED)) {
			yield* file.take(item);
			if (file.stopped) return;
		}
	}
};

const WANTED = {
	element: ['iati-activity'],
	root: ['iati-activities'],
	// What the first IATI Datastore and its like put around a file.
	wrapper: ['result', 'response', 'results', 'data', 'root', 'xml']
};

type Element = Extract<ElementsItem, { kind: 'element' }>;

class ActivityFile {
	/** True after something that stops the whole file. */
	stopped = false;
	readonly #fileName: string;
	readonly #today: string;
	readonly #reading = new FileReading();
	readonly #organisations = new OrganisationList();
	readonly #identifiers = new Identifiers();
	/** Of the outer roots, for an inner one that does not say. */
	#version: string | null = null;

	constructor({ fileName, today }: ReaderOptions) {
		this.#fileName = fileName;
		this.#today = today ?? new Date().toISOString().slice(0, 10);
	}

	take(item: ElementsItem): Iterable<Read> {
		switch (item.kind) {
			case 'root':
				return this.#takeRoot(item.role, item.start);
			case 'element':
				return this.#takeActivity(item);
			case 'stray':
				this.#reading.tally.notHeld(item.start.name, item.start);
				return [];
			case 'stray-text':
				this.#reading.tally.count('stray-text', item.text, 'passed over', item.line);
				return [];
			case 'warning':
				return [problemFinding(this.#fileName, 'warning', item.problem)];
			case 'problem':
				return this.#stop(problemFinding(this.#fileName, 'critical', item.problem));
			case 'end':
				return this.#end();
		}
	}

	*#takeRoot(role: 'root' | 'wrapper' | 'nested' | 'bare', start: XmlStart): Generator<Read> {
		if (role !== 'root') {
			yield this.#about(
				start.line,
				'warning',
				`${role}-root`,
				`${ROLES[role]} ${start.name}`,
				'read all the same'
			);
		}
		if (role === 'bare') return;
		const stated = start.attributes.version?.trim() || null;
		if (stated !== null && generationOf(stated) === null) {
			yield* this.#stop(
				this.#about(start.line, 'critical', 'version-unsupported', `version ${stated}`, 'file not read')
			);
		}
		this.#version = stated ?? this.#version;
	}

	*#takeActivity({ element, within, faults }: Element): Generator<Read> {
		const stated = element.attributes.version?.trim() || within?.attributes.version?.trim() || this.#version;
		const version = readVersion(stated, element);
		const known = version ?? { version: '2.03', generation: 2, assumed: null };
		const { identifier, content, notes } = readActivity(
			element,
			known,
			this.#reading,
			within?.attributes['xml:lang'] ?? null
		);
		const site = new Site(this.#fileName, element, identifier);
		if (version === null) notes.error('version-unsupported', element, `version ${stated}`, 'version');
		for (const fault of faults) notes.error(fault.rule, element, `${fault.message} Read: ${fault.found}`);
		if (known.assumed !== null) {
			const what =
				known.assumed === 'missing' ? 'no version' : `version ${stated}, which IATI's list has not`;
			this.#reading.tally.count(`version-${known.assumed}`, what, `read as ${known.version}`, element.line);
		}
		for (const note of notes.list) yield site.finding(note);
		let refused = notes.refused;
		for (const found of checkActivity(element, { today: this.#today, version: known.version })) {
			refused ||= found.severity === 'error';
			yield site.ruleFinding(found);
		}
		const name = identifier ?? site.place();
		if (identifier !== null) {
			const repeated = this.#identifiers.meet(identifier, element.line);
			if (repeated) {
				yield* this.#repeated(identifier, site, repeated);
				refused = true;
			}
		}
		if (refused || content === null) return void this.#identifiers.refuse(name);
		this.#identifiers.accept(name);
		yield* recordsOf(content, known.version, site, this.#organisations);
		yield* this.#organisations.overflow();
	}

	*#repeated(identifier: string, site: Site, first: { line: number; accepted: boolean }): Generator<Read> {
		const rule = 'identifier-repeated';
		const done = 'activity not read';
		const read = (line: number) => `${identifier} stands at line ${line} too`;
		const place = site.place();
		if (first.accepted) {
			const firstPlace = site.place(first.line);
			const line = Number.parseInt(/ line (\d+) /.exec(place)![1]!, 10);
			yield { kind: 'finding', severity: 'error', rule, place: firstPlace, read: read(line), done };
			yield { kind: 'retraction', place: firstPlace, activity: identifier };
		}
		yield { kind: 'finding', severity: 'error', rule, place, read: read(first.line), done };
	}

	*#end(): Generator<Read> {
		const { counter, tally } = this.#reading;
		const { activities, transactions } = counter;
		for (const tallied of tally.all()) yield talliedFinding(this.#fileName, tallied);
		yield* this.#organisations.rest();
		yield {
			kind: 'read_counts',
			counts: { activities, transactions, sums: counter.sums() },
			refused: this.#identifiers.refused()
		};
		if (activities === 0) {
			yield* this.#stop(this.#about(1, 'critical', 'nothing-to-import', 'no iati-activity', 'file not read'));
		} else if (this.#identifiers.accepted === 0) {
			const read = `${activities} activities, and none that can be read`;
			yield* this.#stop(this.#about(1, 'critical', 'nothing-to-import', read, 'file not read'));
		}
	}

	*#stop(finding: Finding): Generator<Finding> {
		this.stopped = true;
		yield finding;
	}

	#about(line: number, severity: Finding['severity'], rule: string, read: string, done: string): Finding {
		return { kind: 'finding', severity, rule, place: `${this.#fileName} line ${line}`, read, done };
	}
}

const ROLES = { wrapper: 'around the file stands', nested: 'a root inside a root:', bare: 'the root is' };
