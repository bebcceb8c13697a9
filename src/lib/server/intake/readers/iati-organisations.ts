import { readReporter } from '#lib/iati/read/organisation-file.ts';
import { FileReading } from '#lib/iati/read/reading.ts';
import { readVersion } from '#lib/iati/read/version.ts';
import { checkOrganisation } from '#lib/iati/rules/check.ts';
import { readElements, type ElementsItem } from '#lib/iati/xml.ts';
import type { Finding, IntakeRecord } from '../record.ts';
import { Site, talliedFinding } from './iati/findings.ts';
import { FileFrame } from './iati/frame.ts';
import { Identifiers } from './iati/identifiers.ts';
import { OrganisationList } from './iati/organisation-list.ts';
import { claimsOf } from './iati/organisation-claims.ts';
import { todayOf, type Reader, type ReaderOptions } from './reader.ts';

/**
 * IATI organisation files: names, and the budgets and spending that an organisation states of itself as a whole. They are
 * claims, never ledger entries: the same money stands in its activities.
 */
export const iatiOrganisations: Reader = {
	name: 'iati-organisations',
	version: '1',
	async *read(bytes, options) {
		const file = new OrganisationFile(options);
		for await (const item of readElements(bytes, WANTED)) {
			yield* file.take(item);
			if (file.frame.stopped) return;
		}
	}
};

const WANTED = { element: ['iati-organisation'], root: ['iati-organisations'], wrapper: ['result'] };

type Element = Extract<ElementsItem, { kind: 'element' }>;

class OrganisationFile {
	readonly frame: FileFrame;
	readonly #fileName: string;
	readonly #today: string;
	readonly #reading = new FileReading();
	readonly #organisations = new OrganisationList();
	readonly #identifiers = new Identifiers();

	constructor(options: ReaderOptions) {
		this.#fileName = options.fileName;
		this.#today = todayOf(options);
		this.frame = new FileFrame(options.fileName, this.#reading.tally);
	}

	take(item: ElementsItem): Iterable<IntakeRecord | Finding> {
		if (item.kind === 'element') return this.#takeOrganisation(item);
		return item.kind === 'end' ? this.#end() : this.frame.take(item);
	}

	*#takeOrganisation({ element, within, faults }: Element): Generator<IntakeRecord | Finding> {
		const stated = this.frame.versionOf(element, within);
		const version = readVersion(stated, element);
		const language = within?.attributes['xml:lang'] ?? null;
		const { identifier, content, notes } = readReporter(element, this.#reading, language);
		if (version === null) notes.error('version-unsupported', element, `version ${stated}`, 'version');
		for (const fault of faults) notes.error(fault.rule, element, `${fault.message} Read: ${fault.found}`);
		const first = identifier === null ? null : this.#identifiers.meet(identifier, element.line);
		if (first !== null) {
			notes.error(
				'identifier-repeated',
				element,
				`${identifier} stands in line ${first.line} too, and counts there`
			);
		}
		const site = new Site(this.#fileName, element, identifier);
		let refused = notes.refused;
		for (const note of notes.list) yield site.finding(note);
		const context = { today: this.#today, version: version?.version ?? '2.03' };
		for (const found of checkOrganisation(element, context)) {
			refused ||= found.severity === 'error';
			yield site.ruleFinding(found);
		}
		if (refused || content === null) return;
		this.#identifiers.accept(content.identifier);
		yield* claimsOf(content, this.#fileName, site, this.#organisations);
	}

	*#end(): Generator<IntakeRecord | Finding> {
		for (const tallied of this.#reading.tally.all()) yield talliedFinding(this.#fileName, tallied);
		yield* this.#organisations.rest();
		if (this.#identifiers.accepted === 0) {
			yield this.frame.stop('nothing-to-import', 'no iati-organisation that can be read');
		}
	}
}
