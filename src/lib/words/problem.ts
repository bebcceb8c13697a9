import { m } from '#lib/paraglide/messages.js';

/** The sentences that an import keeps about how its work ended: written once, and read again in the visitor's language. */
export const PROBLEMS = {
	reading_cancelled: 'Reading was cancelled.',
	posting_not_begun: 'Posting was cancelled before it began.',
	posting_cancelled: 'Posting was cancelled; nothing of it is in the books.',
	books_moved: 'The books have changed since this was accepted, and so has what it would do: look again.'
} as const;

const FAILED = { posted: 'It could not be posted: ', read: 'It could not be read: ' } as const;

/** Why work failed that a disk had no room for: the one reason of a machine that whoever handed in can act on. */
export const FULL_DISK = 'the disk is full. Make room and do it again; nothing was changed.';

/** The sentence for work that failed, with why. */
export const failed = (what: keyof typeof FAILED, why: string): string => FAILED[what] + why;

/** What an import says of how its work ended: in words of ours where it is one of the usual endings. */
export type Problem = { text: string; rest: string | null };

/**
 * Reads the sentence that an import keeps about its ending. What is not of ours, a person's reason or a message of the
 * database, stays as it is in `rest`.
 */
export function readProblem(problem: string): Problem {
	switch (problem) {
		case PROBLEMS.reading_cancelled:
			return { text: m.intake_problem_reading_cancelled(), rest: null };
		case PROBLEMS.posting_not_begun:
		case PROBLEMS.posting_cancelled:
			return { text: m.intake_problem_posting_cancelled(), rest: null };
		case PROBLEMS.books_moved:
			return { text: m.intake_problem_books_moved(), rest: null };
	}
	if (problem.startsWith(FAILED.posted))
		return { text: m.intake_problem_not_posted(), rest: readReason(problem.slice(FAILED.posted.length)) };
	if (problem.startsWith(FAILED.read))
		return { text: m.intake_problem_not_read(), rest: readReason(problem.slice(FAILED.read.length)) };
	return { text: '', rest: problem };
}

const readReason = (why: string): string => (why === FULL_DISK ? m.intake_problem_full_disk() : why);
