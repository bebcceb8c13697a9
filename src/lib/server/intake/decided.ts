import type { Refusal, RefusalCode } from './desk.ts';
import type { Outcome } from './compare/classify.ts';
import type { Decisions, Preview, Proposal } from './preview.ts';

/** Something may not be posted as it stands; `refusal` says why and what to do. Nothing was written. */
export class PostingRefusedError extends Error {
	override name = 'PostingRefusedError';
	refusal: Refusal;

	constructor(code: RefusalCode, message: string) {
		super(message);
		this.refusal = { code, message };
	}
}

/** Where nobody decided: nothing is withdrawn, joined or left out, and nothing may be unclear. */
export const UNDECIDED: Decisions = {
	explanation: '',
	complete: false,
	accepted: [],
	refused: [],
	pairs: {}
};

type Proposed<W extends Proposal['what']> = Extract<Proposal, { what: W }>;

/** What of a preview's proposals holds. */
export type Accepted = {
	decisions: Decisions;
	rules: Proposed<'counting'>[];
	/** Project that an activity joins instead of its own, both by key. */
	joins: ReadonlyMap<string, string>;
};

/** The proposals that hold: those accepted, and certain ones that were not refused. */
export function acceptedOf(preview: Preview | null, decisions: Decisions | null): Accepted {
	const { accepted, refused } = decisions ?? UNDECIDED;
	const holds = (proposal: Proposal) =>
		accepted.includes(proposal.key) ||
		(proposal.what === 'counting' && proposal.certain && !refused.includes(proposal.key));
	const holding = decisions === null ? [] : (preview?.proposals ?? []).filter(holds);
	return {
		decisions: decisions ?? UNDECIDED,
		rules: holding.filter((proposal) => proposal.what === 'counting'),
		joins: new Map(
			holding.flatMap((proposal) =>
				proposal.what === 'join' ? [[proposal.activity, proposal.project] as const] : []
			)
		)
	};
}

/** An outcome that says what to write. */
export type Decided = Exclude<Outcome, { what: 'unclear' }>;

/**
 * What becomes of unclear entries, by record number: the version that each replaces, or null for a new one. Each version
 * is replaced once.
 */
export class PairDecisions {
	#pairs: ReadonlyMap<number, string | null>;
	#taken = new Set<string>();

	constructor(pairs: ReadonlyMap<number, string | null>) {
		this.#pairs = pairs;
	}

	/** @throws PostingRefusedError where it is not decided, or decided in a way that cannot be */
	decide(recordNo: number, outcome: Outcome): Decided {
		if (outcome.what !== 'unclear') return outcome;
		const { key, reporterId, candidates } = outcome;
		const entryId = this.#pairs.get(recordNo);
		if (entryId === undefined) {
			throw new PostingRefusedError(
				'undecided',
				'The file has entries that could replace one of several: say which before posting.'
			);
		}
		if (entryId === null) return { what: 'added', key };
		const chosen = candidates.find((candidate) => candidate.entryId === entryId);
		if (!chosen) {
			throw new PostingRefusedError(
				'undecided',
				'An entry was chosen to be replaced that is not one of those shown: choose again.'
			);
		}
		if (this.#taken.has(entryId)) {
			throw new PostingRefusedError(
				'undecided',
				'Two entries were chosen to replace the same one: choose again.'
			);
		}
		this.#taken.add(entryId);
		return { what: 'changed', key: chosen.key, entryId, reporterId };
	}

	/** True for a version that some entry of the file was chosen to replace. */
	isTaken(entryId: string): boolean {
		return this.#taken.has(entryId);
	}
}
