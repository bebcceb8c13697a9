import { notLoaded } from '#lib/layout/absence.ts';
import { localized } from '#lib/layout/address.ts';
import { m } from '#lib/paraglide/messages.js';
import { findOrganisationNumber } from '#lib/server/facts/moved.ts';
import { addressOf } from '#lib/server/outlet/extract.ts';
import type { ReportPart, ReportSection, Term } from '#lib/server/outlet/report/report.ts';
import { readOrganisation, type StatedContribution } from '#lib/server/page/organisation.ts';
import { readReportEvidence } from '#lib/server/page/report.ts';
import { readFunderMoney, type FunderMoney } from '#lib/server/page/statement.ts';
import { CURRENCIES } from '#lib/slice/slice.ts';
import { fundingKindLabel } from '#lib/words/fact.ts';
import { sendOn } from '../moved.ts';
import type { ReportQuestion } from './answer-report.ts';
import { demonstrationSection } from './demonstration-section.ts';
import {
	contributionExchange,
	contributionParts,
	pooledExchange,
	pooledParts
} from './contribution-parts.ts';
import type { Draft } from './draft.ts';
import { filterWords } from './filter-words.ts';
import { notesOf, ratesWords } from './notes.ts';
import type { ProvedBy, Stated } from './stated.ts';

/** The contribution statement of a funder. An organisation that now goes by another number is sent on; 404 for none. */
export async function draftStatement(
	question: ReportQuestion,
	{ id, url }: { id: string; url: URL },
	stated: Stated
): Promise<Draft> {
	const read = await readOrganisation(question, id);
	if (read === null) {
		const moved = await findOrganisationNumber(question.db, id);
		sendOn(url, moved && `/organisations/${moved}.pdf`, 'no such organisation');
	}
	const { organisation, contributions, loadedOn, nature } = read;
	const { name } = organisation;
	const money = nature && (await readFunderMoney(question, id, nature));
	const evidence = await readReportEvidence(question, evidenceOf(money));
	const path = `/organisations/${id}`;
	const basis: ReportPart = {
		kind: 'terms',
		heading: m.report_basis_heading(),
		terms: [
			{ term: m.report_basis_what(), text: m.report_basis_text() },
			{ term: m.report_rates(), text: ratesWords(evidence.publishers) },
			otherCurrency(question, path)
		]
	};
	const parts =
		money === null
			? []
			: [...moneyParts(stated, money), basis, ...signature(money), ...exchangeOf(stated, money)];
	const sections: ReportSection[] = [
		...(organisation.nature === 'published'
			? [statedSection(stated, contributions, { name, loadedOn })]
			: []),
		...(money === null || parts.length === 0
			? []
			: nature === 'demonstration'
				? [demonstrationSection(name, money.posting, parts)]
				: [{ nature, heading: m.funding_contributions(), explanation: null, parts }]),
		notesOf(
			{
				measures: ['contribution_pledged', 'contribution_committed', 'received', 'spent', 'returned'],
				formulas: ['contribution_balance', 'pooled_share']
			},
			evidence
		)
	];
	return {
		kind: m.report_statement(),
		title: name,
		name: `contribution-${id}`,
		filter: filterWords(m.report_filter_funder({ name }), question),
		path,
		file: `${path}.pdf`,
		evidence,
		sections,
		leading: leadingOf(money, contributions)
	};
}

function statedSection(
	stated: Stated,
	contributions: readonly StatedContribution[],
	{ name, loadedOn }: { name: string; loadedOn: string | null }
): ReportSection {
	const rows = contributions.map((line) => [
		line.name,
		line.stated_as ? fundingKindLabel(line.stated_as) : '',
		stated.whole(
			{ label: line.name, nature: 'published', origin: { kind: 'claim', claim: line.claim } },
			line,
			notLoaded(loadedOn)
		)
	]);
	return {
		nature: 'published',
		heading: m.overview_published_heading(),
		explanation: null,
		parts:
			rows.length === 0
				? [{ kind: 'text', text: m.report_no_contribution({ name }) }]
				: [
						{
							kind: 'table',
							title: m.organisations_contributions(),
							note: m.organisations_contributions_note(),
							columns: [
								{ title: m.organisations_column_for(), unit: null, numeric: false, narrow: false },
								{ title: m.organisations_column_stated_as(), unit: null, numeric: false, narrow: false },
								{ title: m.organisations_column_amount(), unit: null, numeric: true, narrow: false }
							],
							rows,
							total: null
						}
					]
	};
}

function moneyParts(stated: Stated, { contributions, pooled }: FunderMoney): ReportPart[] {
	return [
		...contributions.flatMap((line) => contributionParts(stated, line)),
		...(pooled ? pooledParts(stated, pooled) : [])
	];
}

/** Behind the signature: how the sheet before agrees with the one in the other currency. */
function exchangeOf(stated: Stated, { contributions, pooled }: FunderMoney): ReportPart[] {
	return [
		...contributions.flatMap((line) => contributionExchange(stated, line)),
		...(pooled ? pooledExchange(stated, pooled) : [])
	];
}

/** Where the same statement is had in the other currency. */
function otherCurrency({ slice, runtime }: ReportQuestion, path: string): Term {
	const currency = CURRENCIES.find((one) => one !== slice.currency)!;
	const site = runtime.configuration;
	return {
		term: m.report_exchange_other({ currency }),
		text: addressOf(`${localized(path)}.pdf`, { ...slice, currency }, site)
	};
}

/** A place to sign. What is invented must not be, and says so. */
function signature({ slice, contributions, pooled }: FunderMoney): ReportPart[] {
	if (contributions.length === 0 && pooled === null) return [];
	return [
		{
			kind: 'signature',
			lines: [m.report_sign_place(), m.report_sign_name(), m.report_sign()],
			note: slice.nature === 'demonstration' ? m.report_sign_invented() : m.report_sign_note()
		}
	];
}

/** Of several contributions all spending there is: a file of it may concern any of them. */
function evidenceOf(money: FunderMoney | null) {
	if (money === null) return null;
	const lines = [...money.contributions, ...(money.pooled ? [money.pooled.pool] : [])];
	const entries = lines.reduce((count, { sums }) => count + (sums.spent?.entries ?? 0), 0);
	const slice = lines.length === 1 ? lines[0]!.slice : money.slice;
	return { slice: { ...slice, measure: 'spent' as const }, entries };
}

function leadingOf(money: FunderMoney | null, contributions: readonly StatedContribution[]): ProvedBy | null {
	const line = money?.contributions[0] ?? money?.pooled;
	if (line) return { kind: 'slice', slice: { ...line.slice, measure: 'received' } };
	const claim = contributions[0]?.claim;
	return claim === undefined ? null : { kind: 'claim', claim };
}
