import { randomUUID } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import type { DB } from '#lib/server/database/schema.ts';
import { insertMany } from '#lib/server/intake/insert.ts';
import { post, type PostOptions, type Posted } from '#lib/server/intake/post.ts';
import { receive } from '#lib/server/intake/receive.ts';
import type {
	ActivityRecord,
	AgreementRecord,
	AgreementRuleRecord,
	ClaimRecord,
	CountingMatch,
	CountingRuleRecord,
	ExchangeRateRecord,
	IndicatorRecord,
	InstalmentRecord,
	IntakeRecord,
	LedgerEntryRecord,
	LedgerWithdrawalRecord,
	ObjectiveRecord,
	OrganisationRecord,
	ProjectRecord
} from '#lib/server/intake/record.ts';
import { addToSummaries } from '#lib/server/ledger/sums.ts';
import type { Nature } from '#lib/slice/slice.ts';

const PLACE = 'made.csv row 1';

/** A stream of one piece, as a file arrives. */
export async function* bytesOf(content: string | Uint8Array): AsyncGenerator<Uint8Array> {
	yield typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
}

/** Stages records as if a reader had read them from a file of their own. Gives the import. */
export async function stageRecords(
	db: Kysely<DB>,
	nature: Nature,
	records: readonly IntakeRecord[]
): Promise<string> {
	const source = await receive(db, {
		name: 'made.csv',
		mediaType: 'text/csv',
		bytes: bytesOf(randomUUID()),
		receivedBy: 'command',
		released: false
	});
	const { import_id } = await db
		.insertInto('import')
		.values({ source_id: source.sourceId, nature, reader: 'made', reader_version: '1' })
		.returning('import_id')
		.executeTakeFirstOrThrow();
	await insertMany(
		db,
		'staged_record',
		records.map(({ kind, place, ...record }, index) => ({
			import_id,
			record_no: index + 1,
			kind,
			place,
			record
		}))
	);
	return import_id;
}

/** Posts records through the intake's own code. */
export async function postRecords(
	db: Kysely<DB>,
	nature: Nature,
	records: readonly IntakeRecord[],
	options: Partial<PostOptions> = {}
): Promise<Posted> {
	return post(db, await stageRecords(db, nature, records), { explanation: 'made by a test', ...options });
}

/** Lets the second clock of a nature reach an instant: an empty posting, and no later one is known earlier. */
export async function reachInstant(db: Kysely<DB>, nature: Nature, instant: string): Promise<void> {
	await db.transaction().execute(async (transaction) => {
		const { rows } = await sql<{ posting_no: number }>`
			insert into posting (nature, posting_no, known_at, cause, explanation)
			values (${nature}, null, ${instant}::timestamptz, 'rule', 'the clock goes on') returning posting_no`.execute(
			transaction
		);
		await addToSummaries(transaction, nature, rows[0]!.posting_no);
	});
}

export function anOrganisation(key: string, name = `Organisation ${key}`): OrganisationRecord {
	return {
		kind: 'organisation',
		place: PLACE,
		key,
		reference: null,
		referenceBasis: null,
		name,
		type: null,
		country: null,
		typeCountryBasis: null,
		parts: [],
		projects: [],
		evidence: null
	};
}

export function aProject(key: string, change: Partial<ProjectRecord> = {}): ProjectRecord {
	return {
		kind: 'project',
		place: PLACE,
		key,
		code: null,
		name: `Project ${key}`,
		shortName: key,
		description: '',
		start: null,
		startPrecision: 'unknown',
		end: null,
		endPrecision: 'unknown',
		status: null,
		relation: null,
		parties: [],
		countries: [],
		evidence: null,
		...change
	};
}

export function anObjective(key: string, project: string): ObjectiveRecord {
	return {
		kind: 'objective',
		place: PLACE,
		key,
		project,
		number: 1,
		name: `Objective ${key}`,
		lead: [],
		description: '',
		validFrom: null,
		validFromPrecision: 'unknown',
		evidence: null
	};
}

export function anActivity(
	key: string,
	project: string,
	change: Partial<ActivityRecord> = {}
): ActivityRecord {
	return {
		kind: 'activity',
		place: PLACE,
		key,
		project,
		title: { en: `Activity ${key}` },
		type: 'workshop',
		status: null,
		dateFrom: null,
		dateTo: null,
		datePrecision: 'unknown',
		hosts: [],
		participatingCountries: [],
		objective: null,
		objectiveBasis: null,
		lead: [],
		partners: [],
		coFunders: [],
		location: null,
		otherCities: [],
		participants: null,
		evidence: null,
		...change
	};
}

export function anAgreementRule(
	key: string,
	agreement: string,
	change: Partial<AgreementRuleRecord> = {}
): AgreementRuleRecord {
	return {
		kind: 'agreement_rule',
		place: PLACE,
		key,
		agreement,
		article: `Article ${key}`,
		rule: 'instalment_threshold',
		value: '70',
		unit: 'percent',
		kinds: ['3', '4'],
		sense: 'at_least',
		base: 'last_instalment',
		bases: [],
		headings: [],
		text: `Rule ${key}`,
		validFrom: null,
		...change
	};
}

export function anInstalment(
	number: number,
	agreement: string,
	change: Partial<InstalmentRecord> = {}
): InstalmentRecord {
	return {
		kind: 'instalment',
		place: PLACE,
		key: `${agreement}-${number}`,
		agreement,
		number,
		amount: '1000.00',
		currency: 'EUR',
		plannedOn: null,
		requestedOn: null,
		receivedOn: null,
		receipts: [],
		condition: null,
		...change
	};
}

export function anAgreement(
	key: string,
	project: string,
	change: Partial<AgreementRecord> = {}
): AgreementRecord {
	return {
		kind: 'agreement',
		place: PLACE,
		key,
		project,
		title: `Agreement ${key}`,
		funder: { name: 'A funder' },
		recipient: { name: 'A recipient' },
		amount: '1000000',
		currency: 'EUR',
		signedOn: null,
		start: null,
		end: null,
		ratePublisher: null,
		rateSeries: null,
		note: null,
		evidence: null,
		...change
	};
}

export function aRate(
	publisher: string,
	currency: string,
	validFrom: string,
	units: { eur?: string; usd?: string },
	series: ExchangeRateRecord['series'] = 'monthly'
): ExchangeRateRecord {
	return {
		kind: 'exchange_rate',
		place: PLACE,
		publisher,
		series,
		currency,
		validFrom,
		unitsPerEur: units.eur ?? null,
		unitsPerUsd: units.usd ?? null,
		evidence: null
	};
}

const MATCHES_ALL: CountingMatch = {
	entryKind: null,
	project: null,
	provider: null,
	receiver: null,
	agreement: null,
	budgetVersion: null,
	from: null,
	to: null
};

export function aCountingRule(
	key: string,
	reporter: string,
	counting: CountingRuleRecord['counting'],
	match: Partial<CountingMatch> = {}
): CountingRuleRecord {
	return {
		kind: 'counting_rule',
		place: PLACE,
		key,
		reporter,
		counting,
		match: { ...MATCHES_ALL, ...match },
		reason: 'a test says so',
		validFrom: null
	};
}

/** An expenditure of EUR 100 on a day, not allocated to anything. */
export function anEntry(
	identity: { reporter: string; activity: string; project: string; reference?: string | null },
	change: Partial<LedgerEntryRecord> = {}
): LedgerEntryRecord {
	return {
		kind: 'ledger_entry',
		place: PLACE,
		nature: null,
		reference: null,
		...identity,
		entryKind: '4',
		dateFrom: '2017-03-08',
		dateTo: '2017-03-08',
		datePrecision: 'day',
		valueDate: null,
		amount: '100.00',
		currency: 'EUR',
		provider: null,
		receiver: null,
		providerActivity: null,
		receiverActivity: null,
		agreement: null,
		budgetVersion: null,
		heading: null,
		objective: null,
		description: null,
		basis: 'not_stated',
		state: 'not_stated',
		countries: [],
		countryBasis: 'measured',
		countryKey: null,
		sectors: [],
		sectorBasis: 'measured',
		sectorKey: null,
		exchangeDifference: false,
		...change
	};
}

export function aWithdrawal(
	identity: { reporter: string; activity: string; reference: string },
	entryKind: LedgerWithdrawalRecord['entryKind'] = '4'
): LedgerWithdrawalRecord {
	return {
		kind: 'ledger_withdrawal',
		place: PLACE,
		nature: null,
		...identity,
		entryKind,
		reason: 'booked in error'
	};
}

export function aClaim(
	key: string,
	subjectKind: ClaimRecord['subjectKind'],
	subjectKey: string,
	change: Partial<ClaimRecord> = {}
): ClaimRecord {
	return {
		kind: 'claim',
		place: PLACE,
		key,
		subjectKind,
		subjectKey,
		property: 'budget_total',
		party: null,
		statedAs: null,
		valueText: null,
		value: '11000000',
		unit: 'EUR',
		qualifier: null,
		date: null,
		dateTo: null,
		datePrecision: 'unknown',
		chosen: true,
		why: null,
		evidence: {
			originUrl: 'https://example.org/',
			originTitle: 'A page',
			evidence: 'as it says',
			confidence: null
		},
		...change
	};
}

export function anIndicator(
	key: string,
	project: string,
	change: Partial<IndicatorRecord> = {}
): IndicatorRecord {
	return {
		kind: 'indicator',
		place: PLACE,
		key,
		project,
		countries: [],
		activity: null,
		title: `Indicator ${key}`,
		value: '25',
		side: 'actual',
		qualifier: 'at_least',
		unit: 'people',
		accumulation: null,
		asOf: null,
		asOfPrecision: 'unknown',
		disaggregation: null,
		repeatsActivity: false,
		note: null,
		evidence: null,
		...change
	};
}
