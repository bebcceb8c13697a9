import { m } from '#lib/paraglide/messages.js';
import type { KeyAmount, ReportPart } from '#lib/server/outlet/report/report.ts';
import type { AgreementBlock, AgreementsOf } from '#lib/server/page/agreement.ts';
import type { Nature } from '#lib/slice/slice.ts';
import { formatDay, formatPeriod } from '#lib/words/date.ts';
import { rulesInOrder } from '#lib/words/rule-outcome.ts';
import { ruleParts } from './annex-rule.ts';
import { keptAt } from './kept-at.ts';
import type { Stated } from './stated.ts';

/** All agreements of one nature: terms, instalments, what each rule comes to, and a place to sign. */
export function agreementParts(stated: Stated, found: AgreementsOf, asof: string | null): ReportPart[] {
	const { nature, day, agreements, later } = found;
	return [
		...(later && asof
			? [{ kind: 'text' as const, text: m.agreement_not_yet({ date: formatDay(asof) }) }]
			: []),
		...agreements.flatMap((block) => [
			{ kind: 'heading' as const, text: block.agreement.title },
			...knownOn(block, day, asof),
			...termsOf(stated, block, nature),
			instalments(stated, block, nature),
			...nextInstalment(stated, block, nature),
			...rulesInOrder(block.rules).flatMap((line) => ruleParts(stated, line, { block, day, nature })),
			...budgets(stated, block, nature),
			signature(nature)
		])
	];
}

function knownOn(
	{ agreement, ended }: AgreementBlock,
	day: string | null,
	asof: string | null
): ReportPart[] {
	if (day === null) return [];
	const date = formatDay(day);
	const known = asof ? m.agreement_on_day({ date }) : m.agreement_on_posting({ date });
	const over = ended && agreement.end_date ? m.agreement_ended({ date: formatDay(agreement.end_date) }) : '';
	return [{ kind: 'text', text: `${known} ${over}`.trim(), strong: true }];
}

function termsOf(stated: Stated, { agreement, received }: AgreementBlock, nature: Nature): ReportPart[] {
	const { source_sha256: sha256, place } = agreement;
	const amounts: KeyAmount[] = [
		stated.key(
			{ label: m.project_agreement_amount(), nature, origin: { kind: 'place', sha256, place } },
			{ amount: agreement.amount, currency: agreement.currency ?? '' }
		),
		...(received
			? [
					stated.key(
						{
							label: m.project_agreement_receipts(),
							nature,
							origin: { kind: 'slice', slice: received.slice }
						},
						received.total
					)
				]
			: [])
	];
	return [
		{
			kind: 'facts',
			terms: [
				{ term: m.agreement_funder(), text: agreement.funder ?? m.project_not_stated() },
				{ term: m.agreement_recipient(), text: agreement.recipient ?? m.project_not_stated() },
				{ term: m.agreement_annex_reference(), text: agreement.key },
				{
					term: m.overview_period(),
					text: formatPeriod(agreement.start_date, agreement.end_date) ?? m.project_not_stated()
				},
				{
					term: m.project_agreement_signed(),
					text: agreement.signed_on === null ? m.project_not_stated() : formatDay(agreement.signed_on)
				},
				{ term: m.project_agreement_rates(), text: agreement.rate_publisher ?? m.project_not_stated() },
				{ term: m.project_fact_place(), text: keptAt(sha256, place) }
			]
		},
		{ kind: 'figures', figures: amounts },
		...(agreement.note ? [{ kind: 'text' as const, text: agreement.note }] : [])
	];
}

const dayOr = (date: string | null, absent: string) => (date === null ? absent : formatDay(date));
const plain = (title: string) => ({ title, unit: null, numeric: false, narrow: false });
const money = (title: string, unit: string | null) => ({ title, unit, numeric: true, narrow: false });

/** The currency of all amounts of a table, to stand above them; null where they differ, and each names its own. */
function unitOf(currencies: readonly string[]): string | null {
	return new Set(currencies).size === 1 ? currencies[0]! : null;
}

function instalments(stated: Stated, { instalments: lines }: AgreementBlock, nature: Nature): ReportPart {
	if (lines.length === 0) return { kind: 'text', text: m.agreement_no_instalments() };
	const unit = unitOf(
		lines.flatMap(({ currency, received }) => [currency, ...(received ? [received.total.currency] : [])])
	);
	const written = (...asked: Parameters<Stated['amount']>) =>
		unit === null ? stated.whole(asked[0], asked[1]) : stated.amount(...asked);
	return {
		kind: 'table',
		title: m.project_instalments(),
		note: m.agreement_annex_instalments_note(),
		columns: [
			plain(m.agreement_annex_instalment()),
			plain(m.project_column_planned()),
			plain(m.project_column_requested()),
			money(m.agreement_column_agreed(), unit),
			plain(m.project_column_received()),
			money(m.agreement_column_came_in(), unit)
		],
		rows: lines.map((line) => {
			const no = String(line.instalment_no);
			const label = (text: string) =>
				m.agreement_annex_named({ name: `${m.project_column_instalment()} ${no}`, text });
			const { source_sha256: sha256, place, amount, currency, condition, received } = line;
			return [
				condition === null ? no : `${no}. ${condition}`,
				dayOr(line.planned_on, m.project_none()),
				dayOr(line.requested_on, m.project_none()),
				written(
					{
						label: label(m.agreement_column_agreed()),
						nature,
						origin: { kind: 'place', sha256, place }
					},
					{ amount, currency }
				),
				dayOr(line.received_on, m.agreement_not_received()),
				received === null
					? ''
					: written(
							{
								label: label(m.agreement_column_came_in()),
								nature,
								origin: { kind: 'slice', slice: received.slice }
							},
							received.total
						)
			];
		}),
		total: null
	};
}

/** The instalment that a request would be about: the first that had not come in. */
function nextInstalment(
	stated: Stated,
	{ instalments: lines }: AgreementBlock,
	nature: Nature
): ReportPart[] {
	const next = lines.find(({ received_on }) => received_on === null);
	if (next === undefined) return [];
	const { source_sha256: sha256, place, amount, currency, requested_on: on } = next;
	const label = `${m.project_column_instalment()} ${next.instalment_no}`;
	const text = m.agreement_annex_next({
		no: String(next.instalment_no),
		amount: stated.whole({ label, nature, origin: { kind: 'place', sha256, place } }, { amount, currency })
	});
	const asked =
		on === null ? m.agreement_annex_not_requested() : m.agreement_annex_requested({ date: formatDay(on) });
	return [{ kind: 'text', text: `${text} ${asked}`, strong: true }];
}

function budgets(stated: Stated, { agreement }: AgreementBlock, nature: Nature): ReportPart[] {
	if (agreement.budgets.length === 0) return [];
	const unit = unitOf(agreement.budgets.map(({ currency }) => currency));
	return [
		{
			kind: 'table',
			title: m.agreement_amendments(),
			note: m.agreement_amendments_note(),
			columns: [
				plain(m.project_column_version()),
				plain(m.agreement_column_approved()),
				plain(m.project_column_valid()),
				money(m.project_column_direct(), unit),
				money(m.project_column_indirect(), unit),
				money(m.project_column_whole(), unit)
			],
			rows: agreement.budgets.map((version) => {
				const { key, replaces, note, currency, source_sha256: sha256, place } = version;
				const amountOf = (title: string, amount: string) => {
					const label = m.agreement_annex_named({ name: key, text: title });
					const asked = { label, nature, origin: { kind: 'place', sha256, place } } as const;
					const value = { amount, currency };
					return unit === null ? stated.whole(asked, value) : stated.amount(asked, value);
				};
				return [
					[key + (replaces ? ` (${m.agreement_replaces({ version: replaces })})` : ''), note]
						.filter(Boolean)
						.join('. '),
					dayOr(version.approved_on, m.project_none()),
					formatDay(version.valid_from),
					amountOf(m.project_column_direct(), version.direct),
					amountOf(m.project_column_indirect(), version.indirect),
					amountOf(m.project_column_whole(), version.amount)
				];
			}),
			total: null
		}
	];
}

/** A place to sign. What is invented must not be, and says so. */
function signature(nature: Nature): ReportPart {
	return {
		kind: 'signature',
		lines: [m.report_sign_place(), m.report_sign_name(), m.report_sign()],
		note: nature === 'demonstration' ? m.report_sign_invented() : m.agreement_annex_sign_note()
	};
}
