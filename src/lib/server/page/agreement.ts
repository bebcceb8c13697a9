import { error } from '@sveltejs/kit';
import type { Question } from '#lib/server/answer.ts';
import { listAgreements, type Agreement, type Instalment } from '#lib/server/facts/agreements.ts';
import { listClaims } from '#lib/server/facts/claims.ts';
import { readPostings, type PostingStamp } from '#lib/server/facts/posting.ts';
import { findProject, type Project } from '#lib/server/facts/projects.ts';
import { total } from '#lib/server/ledger/total.ts';
import type { Day } from '#lib/slice/period.ts';
import type { Nature, Slice, Total } from '#lib/slice/slice.ts';
import { readRule, type RuleLine } from './agreement-rules.ts';
import { readPublishedMoney, sliceOfProject } from './published.ts';
import { refuseRestrictions } from './restrictions.ts';
import { sliceOfAgreement } from './rule.ts';

/** An instalment beside what came in on its day: null where it has not, or is in a currency that is not converted to. */
export type InstalmentLine = Instalment & { received: { slice: Slice; total: Total } | null };

/** One agreement with what its rules come to. */
export type AgreementBlock = {
	agreement: Agreement;
	/** The project's money of the agreement's nature. */
	slice: Slice;
	/** All that came in under it, where its currency is one that is converted to. */
	received: { slice: Slice; total: Total } | null;
	instalments: InstalmentLine[];
	rules: RuleLine[];
	/** Whether it was over on the day looked at: then nothing is forecast. */
	ended: boolean;
};

/** The agreements of one nature. `day` is the one asked for, else that of the latest posting: what is known is known then. */
export type AgreementsOf = {
	nature: Nature;
	posting: PostingStamp | null;
	day: Day | null;
	agreements: AgreementBlock[];
	/** None was known on the day asked for, but later there was one. */
	later: boolean;
};

/** A rule with a threshold in money that is to be reached: a payment depends on it, and on the rows that count towards it. */
export type PaymentRule = { nature: Nature } & Extract<RuleLine, { state: 'money' }>;

/** A project's agreements: what is published, and the demonstration's where it may be shown. 404 for no such project. */
export async function readAgreementPage(question: Question<never>, key: string) {
	refuseRestrictions(question);
	const { db, at, slice: asked } = question;
	const project = await findProject(db, at, key);
	if (project === null) error(404, { message: 'no such project' });
	const slice = await sliceOfProject(question, project.key);
	const [money, claims, everSpent] = await Promise.all([
		readPublishedMoney(question, project, slice),
		listClaims(db, at, 'project', project.key),
		total(db, { ...slice, measure: 'spent', asof: null })
	]);
	// As on every page: with published spending the demonstration leaves.
	const isShown = question.demonstration && everSpent.entries === 0;
	const [published, demonstration] = await Promise.all([
		readAgreements(question, project, { ...slice, nature: 'published' }),
		isShown ? readAgreements(question, project, { ...slice, nature: 'demonstration' }) : null
	]);
	return {
		project,
		money,
		claims: claims.map(({ evidence: _, ...claim }) => claim),
		published,
		demonstration,
		paymentRules: [published, demonstration].flatMap((found) => (found === null ? [] : paymentRules(found))),
		loadedOn: at.loadedOn,
		asof: asked.asof
	};
}

function paymentRules({ nature, agreements }: AgreementsOf): PaymentRule[] {
	return agreements
		.flatMap((block) => block.rules)
		.flatMap((line) =>
			line.state === 'money' && line.rule.sense === 'at_least' ? [{ nature, ...line }] : []
		);
}

/** Null where there never was an agreement of that nature. */
async function readAgreements(
	{ db }: Question<never>,
	project: Project,
	slice: Slice
): Promise<AgreementsOf | null> {
	const { nature, asof, version } = slice;
	const [found, postings] = await Promise.all([
		listAgreements(db, nature, project.project_id, asof, version),
		readPostings(db, asof, version)
	]);
	const posting = postings[nature];
	const day = asof ?? posting?.knownAt.slice(0, 10) ?? null;
	const later =
		found.length === 0 &&
		asof !== null &&
		(await listAgreements(db, nature, project.project_id, null)).length > 0;
	if (found.length === 0 && !later) return null;
	const agreements =
		day === null ? [] : await Promise.all(found.map((agreement) => readBlock(db, agreement, slice, day)));
	return { nature, posting, day, agreements, later };
}

async function readBlock(
	db: Question<never>['db'],
	agreement: Agreement,
	slice: Slice,
	day: Day
): Promise<AgreementBlock> {
	const ended = agreement.end_date !== null && day > agreement.end_date;
	const own = sliceOfAgreement(slice, agreement);
	const ask = async (part: Partial<Slice>) => {
		if (own === null) return null;
		const receipts: Slice = { ...own, measure: 'received', ...part };
		return { slice: receipts, total: await total(db, receipts) };
	};
	const [received, instalments, rules] = await Promise.all([
		ask({}),
		Promise.all(
			agreement.instalments.map(async (instalment) => {
				const on = instalment.received_on;
				return { ...instalment, received: on === null ? null : await ask({ from: on, to: on }) };
			})
		),
		Promise.all(agreement.rules.map((rule) => readRule(db, agreement, rule, { slice, day, ended })))
	]);
	return { agreement, slice, received, instalments, rules, ended };
}
