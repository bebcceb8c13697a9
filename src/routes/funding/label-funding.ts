import type { readFunding } from '#lib/server/page/funding.ts';
import type { FundingStatement, FundingStatements } from '#lib/server/page/funding-statements.ts';
import type { DatePrecision } from '#lib/slice/period.ts';
import { formatDayWithPrecision } from '#lib/words/date.ts';
import { fundingKindLabel, propertyLabel } from '#lib/words/fact.ts';
import { labelSource } from '../facts/fact-source.ts';
import { inLanguage } from '../facts/in-language.ts';

/** What is stated of funding in the visitor's language, so that the glossary need not travel to the browser. */
export function labelFunding({ statements, ...data }: Awaited<ReturnType<typeof readFunding>>) {
	const known = data.loadedOn === null;
	return {
		...data,
		own: statements.own.map((group) => labelGroup(group, known)),
		others: statements.others.map((group) => labelGroup(group, known))
	};
}

function labelGroup({ project, statements, conflicts }: FundingStatements, known: boolean) {
	return {
		project,
		statements: statements.map((statement) => labelStatement(statement, known)),
		conflicts: conflicts.map((group) => group.map((statement) => labelStatement(statement, known)))
	};
}

function labelStatement({ claim, project, activity }: FundingStatement, known: boolean) {
	return {
		claim: claim.claim_id,
		project,
		activity: activity && { id: activity.activity_id, title: inLanguage(activity.title) },
		party: claim.party_id && claim.party ? { id: claim.party_id, name: claim.party } : null,
		property: propertyLabel(claim.property),
		called: claim.stated_as && fundingKindLabel(claim.stated_as),
		date: claim.date_from
			? formatDayWithPrecision(claim.date_from, claim.date_to, claim.date_precision as DatePrecision)
			: null,
		value: { amount: known ? claim.value : null, currency: claim.unit ?? '', qualifier: claim.qualifier },
		chosen: claim.chosen,
		reason: claim.reason,
		source: labelSource(claim)
	};
}
export type StatementRow = ReturnType<typeof labelStatement>;
export type StatementGroup = ReturnType<typeof labelGroup>;
