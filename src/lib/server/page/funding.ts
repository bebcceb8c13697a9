import type { Question } from '#lib/server/answer.ts';
import { readPostings, type PostingStamp } from '#lib/server/facts/posting.ts';
import { listProjects } from '#lib/server/facts/projects.ts';
import type { Nature, Slice } from '#lib/slice/slice.ts';
import { readContributions, type Contributions } from './contributions.ts';
import { readFlow, type NamedFlow } from './flow.ts';
import { listFundingStatements } from './funding-statements.ts';
import { natureOfMoney, openSlice } from './money.ts';
import { refuseRestrictions } from './restrictions.ts';
import { readTransfers, type Transfer } from './transfers.ts';

/** Parameters of the page beside those of the slice. */
export const FUNDING_FIELDS = ['pooled'] as const;

/** Money of one nature from who gives it to where it goes; every figure is of `slice` with its own restrictions. */
export type FundingMoney = {
	slice: Slice;
	contributions: Contributions;
	flow: NamedFlow;
	transfers: Transfer[];
	posting: PostingStamp | null;
};

/** What is stated of funding, and the money of whichever nature there is: published once there is any, else invented. */
export async function readFunding(question: Question<(typeof FUNDING_FIELDS)[number]>) {
	refuseRestrictions(question, ['project']);
	const { db, at, slice, demonstration } = question;
	const [nature, projects, statements, published] = await Promise.all([
		natureOfMoney(question),
		listProjects(db, at, slice.portfolio),
		listFundingStatements(question, slice.project),
		readMoney(question, 'published')
	]);
	return {
		pooled: question.fields.pooled,
		statements,
		published:
			published.contributions.contributions.length > 0 || published.contributions.pool ? published : null,
		invented: nature === 'demonstration' && demonstration ? await readMoney(question, 'demonstration') : null,
		project: slice.project,
		projects: projects.map(({ key, name, short_name }) => ({ value: key, label: short_name ?? name })),
		loadedOn: at.loadedOn,
		asof: slice.asof
	};
}

async function readMoney(question: Question<never>, nature: Nature): Promise<FundingMoney> {
	const { db } = question;
	const slice = openSlice(question, { nature, project: question.slice.project });
	const [contributions, flow, transfers, postings] = await Promise.all([
		readContributions(db, slice),
		readFlow(db, slice),
		readTransfers(db, slice),
		readPostings(db, slice.asof, slice.version)
	]);
	return { slice, contributions, flow, transfers, posting: postings[nature] };
}
