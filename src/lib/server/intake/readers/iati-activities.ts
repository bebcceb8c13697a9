import { readActivity } from '#lib/iati/read/activity.ts';
import { FileReading } from '#lib/iati/read/reading.ts';
import { readVersion } from '#lib/iati/read/version.ts';
import { checkActivity } from '#lib/iati/rules/check.ts';
import { Parents } from '#lib/iati/rules/parents.ts';
import { readElements, type ElementsItem } from '#lib/iati/xml.ts';
import { recordsOf } from './iati/activity-records.ts';
import { circleFinding } from './iati/circles.ts';
import { Site, talliedFinding } from './iati/findings.ts';
import { FileFrame } from './iati/frame.ts';
import { Identifiers, type Met } from './iati/identifiers.ts';
import { OrganisationList } from './iati/organisation-list.ts';
import { todayOf, type Read, type Reader, type ReaderOptions } from './reader.ts';

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
			if (file.frame.stopped) return;
		}
	}
};

const WANTED = {
	element: ['iati-activity'],
	root: ['iati-activities'],
	// What the first IATI Datastore and its like put around a file.
	wrapper: ['result', 'results', 'response', 'data']
};

type Element = Extract<ElementsItem, { kind: 'element' }>;

class ActivityFile {
	readonly frame: FileFrame;
	readonly #fileName: string;
	readonly #today: string;
	readonly #reading = new FileReading();
	readonly #organisations = new OrganisationList();
	readonly #identifiers = new Identifiers();
	readonly #parents = new Parents();

	constructor(options: ReaderOptions) {
		this.#fileName = options.fileName;
		this.#today = todayOf(options);
		this.frame = new FileFrame(options.fileName, this.#reading.tally);
	}

	take(item: ElementsItem): Iterable<Read> {
		if (item.kind === 'element') return this.#takeActivity(item);
		return item.kind === 'end' ? this.#end() : this.frame.take(item);
	}

	*#takeActivity({ element, within, faults }: Element): Generator<Read> {
		const stated = this.frame.versionOf(element, within);
		const known = readVersion(stated, element);
		const version = known ?? { version: '2.03', generation: 2, assumed: null };
		const language = within?.attributes['xml:lang'] ?? null;
		const { identifier, content, notes } = readActivity(element, version, this.#reading, language);
		if (known === null) notes.error('version-unsupported', element, `version ${stated}`, 'version');
		for (const fault of faults) notes.error(fault.rule, element, `${fault.message} Read: ${fault.found}`);
		if (version.assumed !== null) {
			const read = version.assumed === 'missing' ? 'no version' : `version ${stated}, which is on no list`;
			const done = `read as ${version.version}`;
			this.#reading.tally.count(`version-${version.assumed}`, read, done, element.line);
		}

		const site = new Site(this.#fileName, element, identifier);
		let refused = notes.refused;
		for (const note of notes.list) yield site.finding(note);
		for (const found of checkActivity(element, { today: this.#today, version: version.version })) {
			refused ||= found.severity === 'error';
			yield site.ruleFinding(found);
		}
		const first = identifier === null ? null : this.#identifiers.meet(identifier, element.line);
		if (first !== null) yield* this.#repeated(identifier!, site, element.line, first);
		if (refused || first !== null || content === null) {
			this.#identifiers.refuse(identifier ?? site.place());
			return;
		}
		this.#identifiers.accept(content.identifier);
		this.#parents.add(content.identifier, content.related, element.line);
		yield* recordsOf(content, version.version, site, this.#organisations);
		yield* this.#organisations.overflow();
	}

	/** Says so at both places, and takes back the first where it has left already. */
	*#repeated(activity: string, site: Site, line: number, first: Met): Generator<Read> {
		const finding = (there: number, other: number): Read => ({
			kind: 'finding',
			severity: 'error',
			rule: 'identifier-repeated',
			place: site.place(there),
			read: `${activity} is also the identifier of the activity in line ${other}`,
			done: 'activity not read'
		});
		if (!first.repeated) yield finding(first.line, line);
		if (first.accepted) yield { kind: 'retraction', place: site.place(first.line), activity };
		yield finding(line, first.line);
	}

	*#end(): Generator<Read> {
		const { counter, tally } = this.#reading;
		const { activities, transactions } = counter;
		for (const tallied of tally.all()) yield talliedFinding(this.#fileName, tallied);
		for (const circle of this.#parents.circles()) yield circleFinding(this.#fileName, circle);
		yield* this.#organisations.rest();
		yield {
			kind: 'read_counts',
			counts: { activities, transactions, sums: counter.sums() },
			refused: this.#identifiers.refused()
		};
		if (activities === 0) yield this.frame.stop('nothing-to-import', 'no iati-activity');
		else if (this.#identifiers.accepted === 0) {
			yield this.frame.stop('nothing-to-import', `none of ${activities} activities can be read`);
		}
	}
}
