import type { Question } from '#lib/server/answer.ts';
import { listClaimsOf, type Claim } from '#lib/server/facts/claims.ts';
import { describeActivities, type DescribedActivity } from '#lib/server/facts/described-activities.ts';
import { listProjects } from '#lib/server/facts/projects.ts';

const PROPERTIES = ['contribution', 'contribution_unattributed', 'budget_total'] as const;

/** What a source states of money for a project or for one activity. */
export type FundingStatement = {
	claim: Claim;
	/** Key of the project that it, or its activity, belongs to. */
	project: string;
	activity: DescribedActivity | null;
};
/** Statements about one project, with those that speak of the same and differ. */
export type FundingStatements = {
	project: { key: string; name: string };
	statements: FundingStatement[];
	conflicts: FundingStatement[][];
};

/**
 * All statements of funding, by project: those of the portfolio first, then of every other project.
 * @param project only this one's, where it is given
 */
export async function listFundingStatements(
	{ db, at, slice }: Pick<Question<never>, 'db' | 'at' | 'slice'>,
	project: string | null
): Promise<{ own: FundingStatements[]; others: FundingStatements[] }> {
	const [ofProjects, ofActivities, own, all] = await Promise.all([
		listClaimsOf(db, at, 'project', PROPERTIES),
		listClaimsOf(db, at, 'activity', PROPERTIES),
		listProjects(db, at, slice.portfolio),
		listProjects(db, at, 'all')
	]);
	const activities = await describeActivities(
		db,
		at,
		ofActivities.map(({ subject_key }) => subject_key)
	);
	const statements = [
		...ofProjects.map((claim): FundingStatement => ({ claim, project: claim.subject_key, activity: null })),
		...ofActivities.flatMap((claim): FundingStatement[] => {
			const activity = activities.get(claim.subject_key);
			return activity ? [{ claim, project: activity.project_key, activity }] : [];
		})
	];
	const groups = all.flatMap(({ key, name, short_name }): FundingStatements[] => {
		const stated = statements.filter((statement) => statement.project === key);
		if (stated.length === 0 || (project !== null && project !== key)) return [];
		return [
			{ project: { key, name: short_name ?? name }, statements: stated, conflicts: conflictsAmong(stated) }
		];
	});
	const isOwn = ({ project: { key } }: FundingStatements) => own.some((project) => project.key === key);
	return { own: groups.filter(isOwn), others: groups.filter((group) => !isOwn(group)) };
}

/** Groups of statements on the same property of the same subject by the same party whose amounts differ. */
function conflictsAmong(statements: readonly FundingStatement[]): FundingStatement[][] {
	const same = Map.groupBy(statements, ({ claim }) =>
		JSON.stringify([claim.subject_kind, claim.subject_key, claim.property, claim.party_id])
	);
	return [...same.values()].filter(
		(group) => new Set(group.map(({ claim }) => `${claim.value ?? ''} ${claim.unit ?? ''}`)).size > 1
	);
}
