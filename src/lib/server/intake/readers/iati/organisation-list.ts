import type { NamedOrganisation } from '#lib/iati/read/organisation.ts';
import { organisationKey, type IatiOrganisationRecord } from '../../record.ts';

/** So many are held back for the best name; a file that names more gets the first ones as they are. */
const HELD = 20_000;

/**
 * The organisations that a file names, each once, with its own name where it reports itself. They are given out at the
 * end: only then is it known who reports.
 */
export class OrganisationList {
	#held = new Map<string, IatiOrganisationRecord>();
	#given = new Set<string>();
	#full: IatiOrganisationRecord[] = [];

	/** Answers its key. */
	add(named: NamedOrganisation, place: string, reports = false): string {
		const { reference, names, type } = named;
		const key = organisationKey(reference, named.name)!;
		const known = this.#held.get(key);
		if (!known) {
			if (this.#given.has(key)) return key;
			if (this.#held.size >= HELD) this.#giveOut();
			this.#held.set(key, { kind: 'iati_organisation', place, key, reference, name: names, type, reports });
			return key;
		}
		if (reports && !known.reports) {
			known.reports = true;
			known.name = names ?? known.name;
			known.type = type ?? known.type;
			known.place = place;
		} else {
			known.name ??= names;
			known.type ??= type;
		}
		return key;
	}

	/** Those that can no longer be held back; empty nearly always. */
	overflow(): IatiOrganisationRecord[] {
		const full = this.#full;
		if (full.length > 0) this.#full = [];
		return full;
	}

	rest(): IatiOrganisationRecord[] {
		return [...this.overflow(), ...this.#held.values()];
	}

	#giveOut(): void {
		for (const [key, organisation] of this.#held) {
			this.#given.add(key);
			this.#full.push(organisation);
		}
		this.#held.clear();
	}
}
