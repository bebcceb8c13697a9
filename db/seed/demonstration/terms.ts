import { BUDGET_VERSIONS } from './budget.ts';
import { fromCents } from './cents.ts';
import { csvOf } from './csv.ts';
import {
	AGREEMENT,
	IOM,
	LAST_DAY,
	PROJECT,
	PUBLISHED,
	RATE_PUBLISHER,
	REPORTER,
	UNICEF,
	UNION,
	UNODC
} from './frame.ts';
import { COMMITTED_ON, INSTALMENTS, planOf } from './funding.ts';

const COLUMNS = [
	'nature',
	'record',
	'key',
	'agreement',
	'project',
	'title',
	'funder',
	'recipient',
	'number',
	'amount',
	'currency',
	'direct',
	'indirect',
	'signed_on',
	'valid_from',
	'start',
	'end',
	'rate_publisher',
	'rate_series',
	'article',
	'rule',
	'value',
	'unit',
	'kinds',
	'sense',
	'base',
	'bases',
	'headings',
	'planned_on',
	'replaces',
	'reporter',
	'match_kind',
	'match_provider',
	'match_receiver',
	'match_budget_version',
	'match_from',
	'match_to',
	'counting',
	'text'
] as const;
type Row = Partial<Record<(typeof COLUMNS)[number], string>>;

/** What a posting brings of the agreement: itself at first, its revised budget later. Null when nothing. */
export function writeTerms(posting: number): string | null {
	const rows = [
		...(posting === 0
			? [AGREEMENT_ROW, ...RULES, ...INTERNAL_TRANSFERS, ...INSTALMENTS.map(instalmentRow)]
			: []),
		...BUDGET_VERSIONS.filter((version) => version.posting === posting).flatMap(budgetVersion)
	];
	return rows.length === 0
		? null
		: csvOf(
				COLUMNS,
				rows.map((row) => ({ nature: 'demonstration', ...row }))
			);
}

const AGREEMENT_ROW: Row = {
	record: 'agreement',
	key: AGREEMENT,
	project: PROJECT,
	title: 'EU-UNODC demonstration agreement',
	funder: UNION,
	recipient: UNODC,
	amount: fromCents(PUBLISHED.union),
	currency: 'EUR',
	signed_on: COMMITTED_ON,
	start: '2015-07-01',
	end: LAST_DAY,
	rate_publisher: RATE_PUBLISHER,
	rate_series: 'monthly',
	text: 'Invented for the demonstration. The real contract and its number have not been published.'
};

const RULES: Row[] = [
	rule('1', {
		rule: 'indirect_rate',
		value: '7',
		unit: 'percent',
		kinds: '4',
		sense: 'at_most',
		base: 'other_headings',
		headings: 'indirect',
		text: 'indirect costs are at most 7% of direct costs.'
	}),
	rule('2', {
		rule: 'instalment_threshold',
		value: '70',
		unit: 'percent',
		kinds: '3;4',
		sense: 'at_least',
		base: 'last_instalment',
		bases: 'cash;accrual',
		text: 'the next instalment may be asked for when 70% of the last one and all of those before have been spent.'
	}),
	rule('3', {
		rule: 'heading_transfer_limit',
		value: '25',
		unit: 'percent',
		kinds: '3;4',
		sense: 'at_most',
		base: 'heading_budget',
		text: 'a budget heading may take up to 25% of itself from others without an amendment.'
	}),
	rule('4', {
		rule: 'final_report_deadline',
		value: '180',
		unit: 'days',
		sense: 'at_most',
		base: 'end_date',
		text: 'the final report is due 180 days after the end.'
	})
];

function rule(
	article: string,
	{ text, ...terms }: Row & Required<Pick<Row, 'rule' | 'value' | 'unit' | 'sense' | 'base' | 'text'>>
): Row {
	return {
		record: 'agreement_rule',
		key: `${AGREEMENT}-${article}`,
		agreement: AGREEMENT,
		article: `Demonstration article ${article}`,
		...terms,
		valid_from: '2015-07-01',
		text: `Invented rule: ${text}`
	};
}

const INTERNAL_TRANSFERS: Row[] = [IOM, UNICEF].flatMap((partner) =>
	(['2', '3'] as const).map((kind) => ({
		record: 'counting_rule',
		key: `DEMO-internal-${kind}-${partner}`,
		project: PROJECT,
		reporter: REPORTER,
		match_kind: kind,
		match_provider: UNODC,
		match_receiver: partner,
		counting: 'internal_transfer',
		valid_from: '2015-07-01',
		text: 'Money that stays inside the project: the partner reports what it spends itself.'
	}))
);

function budgetVersion({
	key,
	number,
	validFrom,
	approved,
	replaces
}: (typeof BUDGET_VERSIONS)[number]): Row[] {
	const version: Row = {
		record: 'budget_version',
		key,
		agreement: AGREEMENT,
		number: String(number),
		amount: fromCents(PUBLISHED.budget),
		direct: fromCents(PUBLISHED.budgetDirect),
		indirect: fromCents(PUBLISHED.budgetIndirect),
		currency: 'EUR',
		signed_on: approved,
		valid_from: validFrom,
		replaces: replaces ?? '',
		text:
			replaces === null
				? 'Invented first budget.'
				: 'Invented revision: lines from July 2017 on are planned anew.'
	};
	if (replaces === null) return [version];
	return [
		version,
		{
			record: 'counting_rule',
			key: `DEMO-superseded-${replaces}`,
			project: PROJECT,
			reporter: REPORTER,
			match_kind: 'budget',
			match_budget_version: replaces,
			match_from: validFrom,
			counting: 'superseded_budget',
			valid_from: validFrom,
			text: `Lines of the first budget from ${validFrom} on: budget version ${number} takes their place.`
		}
	];
}

/** As planned at signature; the receipts in the ledger say what came of it. */
function instalmentRow(instalment: (typeof INSTALMENTS)[number]): Row {
	const { plannedOn, condition } = planOf(instalment);
	return {
		record: 'instalment',
		key: `${AGREEMENT}-${instalment.number}`,
		agreement: AGREEMENT,
		number: String(instalment.number),
		amount: fromCents(instalment.union),
		currency: 'EUR',
		planned_on: plannedOn,
		text: condition
	};
}
