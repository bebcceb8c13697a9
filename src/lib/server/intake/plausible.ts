import { LikelyDates, type Period } from './plausible/dates.ts';
import { UsualAmounts } from './plausible/amounts.ts';
import type { Finding } from './record.ts';
import type { Read } from './readers/reader.ts';

export type { Period } from './plausible/dates.ts';

/**
 * What is well written and still hard to believe: amounts far beyond what the reporter usually books, dates far outside
 * the activity or the agreement. Looks at the records of one file as they pass, keeps little of them, and only warns.
 */
export class Plausibility {
	readonly #amounts = new UsualAmounts();
	readonly #dates: LikelyDates;

	/** @param agreements when each agreement that is known runs, by its key; those of the file itself are added */
	constructor(agreements: ReadonlyMap<string, Period> = new Map()) {
		this.#dates = new LikelyDates(agreements);
	}

	/** Takes note of a record. Answers what there is to say of an activity whose records have all passed. */
	look(item: Read): readonly Finding[] {
		switch (item.kind) {
			case 'iati_activity':
				return this.#dates.begin(item);
			case 'agreement':
				this.#dates.agree(item);
				return NOTHING;
			case 'ledger_entry':
				this.#amounts.look(item);
				this.#dates.look(item);
				return NOTHING;
			default:
				return NOTHING;
		}
	}

	/** What is left to say at the end of the file. */
	rest(): Finding[] {
		return [...this.#dates.rest(), ...this.#amounts.unusual()];
	}
}

const NOTHING: readonly Finding[] = [];
