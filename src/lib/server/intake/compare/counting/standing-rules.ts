import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import type { Nature } from '#lib/slice/slice.ts';
import type { Proposal } from '../../preview.ts';
import type { ActivitySpan, CountingMatch } from '../../record.ts';

export type CountingProposal = Extract<Proposal, { what: 'counting' }>;

/** Matches everything; a proposal says what not. */
export const ANY: CountingMatch = {
	entryKind: null,
	project: null,
	provider: null,
	receiver: null,
	agreement: null,
	budgetVersion: null,
	from: null,
	to: null
};

export type StandingRule = { key: string; reporter: string; match: CountingMatch };

/** The rules in force that name activities, by the key under which a proposal would replace them. */
export class StandingRules {
	#rules: ReadonlyMap<string, StandingRule>;

	private constructor(rules: ReadonlyMap<string, StandingRule>) {
		this.#rules = rules;
	}

	static async read(db: Kysely<DB>, nature: Nature): Promise<StandingRules> {
		const { rows } = await sql<StandingRule>`
			select latest.key, organisation.key as reporter, condition as match from (
				select distinct on (key) * from counting_rule where nature = ${nature} order by key, posting_no desc
			) latest join organisation on organisation_id = reporting_organisation_id
			where jsonb_typeof(condition->'activities') = 'array'`.execute(db);
		return new StandingRules(new Map(rows.map((rule) => [rule.key, rule])));
	}

	/** What a rule names already; empty for one that is not there. */
	spansOf(key: string): readonly ActivitySpan[] {
		return this.#rules.get(key)?.match.activities ?? [];
	}

	/** Rules on an organisation's entries whose keys begin so. */
	of(reporter: string, beginning: string): StandingRule[] {
		return [...this.#rules.values()].filter(
			(rule) => rule.reporter === reporter && rule.key.startsWith(beginning)
		);
	}

	/**
	 * What a rule would name from now on: what it names of other activities, and these. Null where that is what it names.
	 * @param isAnew true for an activity of which the new spans say everything
	 */
	next(
		key: string,
		spans: readonly ActivitySpan[],
		isAnew: (activity: string) => boolean
	): ActivitySpan[] | null {
		const before = this.spansOf(key);
		const byName = new Map<string, ActivitySpan>();
		for (const span of [...before.filter(({ activity }) => !isAnew(activity)), ...spans])
			byName.set(nameOf(span), span);
		const had = new Set(before.map(nameOf));
		const isSame = had.size === byName.size && [...byName.keys()].every((name) => had.has(name));
		return isSame ? null : [...byName.values()];
	}
}

function nameOf({ activity, from, to }: ActivitySpan): string {
	return JSON.stringify([activity, from, to]);
}
