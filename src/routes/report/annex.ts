import { notLoaded } from '#lib/layout/absence.ts';
import { m } from '#lib/paraglide/messages.js';
import type { ReportPart, ReportSection } from '#lib/server/outlet/report/report.ts';
import { readAgreementPage, type AgreementsOf } from '#lib/server/page/agreement.ts';
import { readAnnexEvidence } from '#lib/server/page/annex-evidence.ts';
import { rulesInOrder } from '#lib/words/rule-outcome.ts';
import { formatPeriodOf } from '../projects/project-period.ts';
import { agreementParts } from './annex-agreement.ts';
import type { ReportQuestion } from './answer-report.ts';
import { demonstrationSection } from './demonstration-section.ts';
import type { Draft } from './draft.ts';
import { loadedPart } from './loaded-part.ts';
import { notesOf } from './notes.ts';
import type { ProvedBy, Stated } from './stated.ts';

type Read = Awaited<ReturnType<typeof readAgreementPage>>;

/** The annex to a project's request for payment: its agreements, their instalments and what each rule comes to. 404 for no project. */
export async function draftAnnex(question: ReportQuestion, key: string, stated: Stated): Promise<Draft> {
	const read = await readAgreementPage(question, key);
	const { project, published, demonstration, asof, loadedOn } = read;
	const name = project.short_name ?? project.name;
	const path = `/projects/${encodeURIComponent(project.key)}/agreement`;
	const evidence = await readAnnexEvidence(question, [published, demonstration]);
	const sections: ReportSection[] = [
		{
			nature: 'published',
			heading: m.agreement_published(),
			explanation: null,
			parts: [
				...loadedPart(asof, loadedOn),
				...statedTerms(stated, read),
				...(published ? agreementParts(stated, published, asof) : [])
			]
		},
		...(demonstration
			? [demonstrationSection(name, demonstration.posting, agreementParts(stated, demonstration, asof))]
			: []),
		notesOf(
			{
				measures: ['received', 'spent'],
				formulas: [],
				rules: ['rule_counted', 'rule_base', 'rule_threshold', 'rule_distance', 'rule_share', 'rule_crossing']
			},
			evidence
		)
	];
	return {
		path,
		file: `${path}.pdf`,
		filter: [
			m.agreement_annex_filter({ name }),
			...(question.view.demonstration === 'off' ? [m.report_without_demonstration()] : [])
		].join('; '),
		kind: m.agreement_annex(),
		title: name,
		name: `${project.key}-annex`,
		sections,
		evidence,
		leading: leadingOf(published) ?? leadingOf(demonstration) ?? contractOf(read)
	};
}

/** What of the agreement was published, each amount by its claim. */
function statedTerms(stated: Stated, { project, money, claims, published }: Read): ReportPart[] {
	const absence = notLoaded(money.notLoadedBefore);
	const partiesOf = (role: number) => {
		const names = project.parties.filter((party) => party.role === role).map(({ name }) => name);
		return names.length === 0 ? m.layout_not_published() : names.join(m.words_slice_join());
	};
	const numbers = claims.filter(({ property }) => property === 'agreement_number');
	const numberOf = ({ value_text, value }: (typeof numbers)[number]) =>
		value_text ?? value ?? m.layout_not_published();
	const chosen = numbers.filter(({ chosen }) => chosen).map(numberOf);
	/** Numbers that sources give and that were not chosen, each with why. */
	const others = numbers
		.filter(({ chosen }) => !chosen)
		.map((claim) =>
			[numberOf(claim), `(${m.project_not_chosen()})`, claim.reason].filter((part) => part !== null).join(' ')
		);
	const contributions = money.contributions.map((line) => ({
		line,
		label: line.party === null ? m.overview_contribution() : m.overview_contribution_of({ party: line.party })
	}));
	return [
		{
			kind: 'facts',
			terms: [
				{ term: m.agreement_funder(), text: partiesOf(1) },
				{ term: m.agreement_recipient(), text: partiesOf(2) },
				{ term: m.overview_period(), text: formatPeriodOf(project) ?? m.project_not_stated() },
				{
					term: m.agreement_number(),
					text: chosen.length === 0 ? m.layout_not_published() : chosen.join('; ')
				}
			]
		},
		{
			kind: 'figures',
			figures: [
				...contributions,
				...(money.budget ? [{ line: money.budget, label: m.overview_budget() }] : [])
			].map(({ line, label }) =>
				stated.key({ label, nature: 'published', origin: { kind: 'claim', claim: line.claim } }, line, {
					absence
				})
			)
		},
		...others.map((text) => ({
			kind: 'text' as const,
			text: m.agreement_annex_named({ name: m.agreement_number(), text })
		})),
		...(published
			? []
			: [
					{
						kind: 'text' as const,
						text: m.agreement_annex_named({
							name: m.agreement_text(),
							text: m.agreement_text_not_published()
						})
					},
					{
						kind: 'text' as const,
						text: m.agreement_annex_named({
							name: m.project_instalments(),
							text: m.agreement_instalments_not_published()
						})
					}
				])
	];
}

/** What counts towards the next payment: the figure that the annex is about. */
function leadingOf(found: AgreementsOf | null): ProvedBy | null {
	const lines = (found?.agreements ?? []).flatMap(({ rules }) => rulesInOrder(rules));
	for (const line of lines) {
		if (line.state !== 'money') continue;
		const { rule, measured } = line;
		return { kind: 'rule', formula: 'rule_counted', rule: rule.key, slice: measured.slice };
	}
	return null;
}

function contractOf({ money }: Read): ProvedBy | null {
	const line = money.contributions[0] ?? money.budget;
	return line ? { kind: 'claim', claim: line.claim } : null;
}
