import type { ReadReporter, ReadStatement, StatementName } from '#lib/iati/read/organisation-file.ts';
import type { ClaimRecord } from '../../record.ts';
import type { Site } from './findings.ts';
import type { OrganisationList } from './organisation-list.ts';

const PROPERTIES: Record<StatementName, string> = {
	'total-budget': 'total_budget',
	'recipient-org-budget': 'recipient_organisation_budget',
	'recipient-country-budget': 'recipient_country_budget',
	'recipient-region-budget': 'recipient_region_budget',
	'total-expenditure': 'total_expenditure'
};
const STATED_AS: ReadonlyMap<string | null, string> = new Map([
	['1', 'indicative'],
	['2', 'committed']
]);

/**
 * What an organisation states of itself. A property names its period and its place (`recipient_country_budget:IQ:
 * 2020-01-01/2020-12-31`): only statements on the same of all of them are rivals, and the first one is shown.
 */
export function claimsOf(
	reporter: ReadReporter,
	fileName: string,
	site: Site,
	organisations: OrganisationList
): ClaimRecord[] {
	const { identifier, names, type, statements } = reporter;
	const name = Object.values(names ?? {})[0] ?? null;
	organisations.add({ reference: identifier, name, names, type }, site.place(), true);
	const seen = new Map<string, number>();
	const claim = (
		place: string,
		property: string,
		evidence: string,
		stated: Partial<ClaimRecord>
	): ClaimRecord => {
		const party = stated.party != null && 'key' in stated.party ? `:${stated.party.key}` : '';
		const thing = `${property}${party}`;
		const rivals = seen.get(thing) ?? 0;
		seen.set(thing, rivals + 1);
		return {
			kind: 'claim',
			place,
			key: `iati-organisation:${identifier}:${thing}${rivals === 0 ? '' : `:${rivals + 1}`}`,
			subjectKind: 'organisation',
			subjectKey: identifier,
			property,
			party: null,
			statedAs: null,
			valueText: null,
			value: null,
			unit: null,
			qualifier: null,
			date: null,
			dateTo: null,
			datePrecision: 'unknown',
			chosen: rivals === 0,
			why: rivals === 0 ? null : 'stated after another one in the same file',
			evidence: { originUrl: null, originTitle: fileName, evidence, confidence: null },
			...stated
		};
	};
	return [
		...Object.entries(names ?? {}).map(([language, text]) =>
			claim(site.place(), `name:${language}`, text, { valueText: text })
		),
		...statements.map((statement) =>
			claim(
				site.place(statement.element.line, `/${statement.name}`),
				propertyOf(statement),
				written(statement),
				{
					party:
						statement.recipient === null
							? null
							: { key: organisations.add(statement.recipient, site.place(statement.element.line)) },
					statedAs: STATED_AS.get(statement.status) ?? null,
					value: statement.amount,
					unit: statement.currency,
					date: statement.date.from,
					dateTo: statement.date.to,
					datePrecision: statement.date.precision
				}
			)
		)
	];
}

function propertyOf({ name, place, date }: ReadStatement): string {
	const period = date.from === null ? 'undated' : `${date.from}/${date.to}`;
	return [PROPERTIES[name], ...(place === null ? [] : [place]), period].join(':');
}

function written({ name, date, amount, currency }: ReadStatement): string {
	return `${name} ${currency} ${amount}${date.from === null ? '' : `, ${date.from} to ${date.to}`}`;
}
