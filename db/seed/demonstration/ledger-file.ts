import { fromCents } from './cents.ts';
import { csvOf } from './csv.ts';
import type { Draft } from './draft.ts';
import { INSTALMENTS, planOf } from './funding.ts';
import { PARTY_ACTIVITIES, PARTY_NAMES, PROJECT, RATE_PUBLISHER, REPORTER } from './frame.ts';

const COLUMNS = [
	'nature',
	'action',
	'reporter',
	'project',
	'activity',
	'kind',
	'reference',
	'date_from',
	'date_to',
	'date_precision',
	'value_date',
	'amount',
	'currency',
	'provider',
	'provider_name',
	'receiver',
	'receiver_name',
	'provider_activity',
	'receiver_activity',
	'agreement',
	'budget_version',
	'heading',
	'objective',
	'description',
	'basis',
	'state',
	'countries',
	'country_basis',
	'country_key',
	'sectors',
	'sector_basis',
	'sector_key',
	'exchange_difference',
	'rate_publisher',
	'instalment',
	'instalment_planned_on',
	'instalment_requested_on',
	'instalment_condition',
	'reason'
] as const;
type Row = Partial<Record<(typeof COLUMNS)[number], string>>;

/** The file of one posting: what is new, what is put right, what is taken back, in order of date and voucher. */
export function writeLedger(entries: readonly Draft[], posting: number): string {
	const rows = entries
		.filter(
			({ known, wrong, withdrawn }) => known === posting || wrong?.until === posting || withdrawn === posting
		)
		.toSorted((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1))
		.map((entry) => (entry.withdrawn === posting ? withdrawal(entry) : movement(entry, posting)));
	return csvOf(COLUMNS, rows);
}

const sortKey = (entry: Draft) => `${entry.from} ${entry.kind} ${entry.reference}`;

function identity(entry: Draft): Row {
	return {
		nature: 'demonstration',
		reporter: REPORTER,
		project: PROJECT,
		activity: entry.activity,
		kind: entry.kind,
		reference: entry.reference
	};
}

function withdrawal(entry: Draft): Row {
	return {
		...identity(entry),
		action: 'withdraw',
		reason: 'Invented: the cost was found to belong to another programme'
	};
}

function movement(entry: Draft, posting: number): Row {
	const amount = entry.wrong !== null && posting < entry.wrong.until ? entry.wrong.amount : entry.amount;
	return {
		...identity(entry),
		action: 'post',
		date_from: entry.from,
		date_to: entry.to,
		date_precision: entry.precision,
		value_date: entry.kind === 'budget' ? entry.from : entry.to,
		amount: fromCents(amount),
		currency: entry.currency,
		provider: entry.provider ?? '',
		provider_name: PARTY_NAMES[entry.provider ?? ''] ?? '',
		receiver: entry.receiver ?? '',
		receiver_name: PARTY_NAMES[entry.receiver ?? ''] ?? '',
		provider_activity: activityOf(entry, entry.provider),
		receiver_activity: activityOf(entry, entry.receiver),
		agreement: entry.agreement ?? '',
		budget_version: entry.budgetVersion ?? '',
		heading: entry.heading ?? '',
		objective: entry.objective ?? '',
		description: describe(entry),
		basis: entry.basis,
		state: 'not_stated',
		countries: entry.countries.shares,
		country_basis: entry.countries.basis,
		country_key: entry.countries.key,
		sectors: entry.sectors.shares,
		sector_basis: entry.sectors.basis,
		sector_key: entry.sectors.key,
		exchange_difference: entry.exchangeDifference ? 'yes' : 'no',
		rate_publisher: RATE_PUBLISHER,
		...instalmentOf(entry)
	};
}

/** A budget line is no movement between activities. */
function activityOf({ kind }: Draft, party: string | null): string {
	return kind === 'budget' ? '' : (PARTY_ACTIVITIES[party ?? ''] ?? '');
}

function instalmentOf(entry: Draft): Row {
	const paid = INSTALMENTS.find(({ number }) => number === entry.instalment);
	if (!paid) return {};
	return {
		instalment: String(paid.number),
		instalment_planned_on: planOf(paid).plannedOn,
		instalment_requested_on: paid.requested,
		instalment_condition: planOf(paid).condition
	};
}

function describe({ kind, reference, remark, about }: Draft): string {
	const name = kind === 'budget' ? 'Demonstration budget line' : 'Demonstration voucher';
	const more = [remark, about?.reference ?? ''].filter((part) => part !== '').join(' ');
	return `${name} ${reference}${more === '' ? '' : ` (${more})`}`;
}
