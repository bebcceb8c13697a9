import type { PostingContext } from './directory.ts';
import { versionOf } from './post-facts.ts';
import type {
	AgreementRecord,
	AgreementRuleRecord,
	BudgetVersionRecord,
	CountingRuleRecord,
	ExchangeRateRecord,
	InstalmentRecord
} from './record.ts';

const placeOf = (context: PostingContext, place: string) => ({ source_id: context.sourceId, place });

export async function postAgreement(context: PostingContext, record: AgreementRecord): Promise<void> {
	const { db, directory } = context;
	const id = await directory.agreement(record.key, directory.knownProject(record.project, record.place));
	await db
		.insertInto('agreement_version')
		.values({
			agreement_id: id,
			...versionOf(context),
			title: record.title,
			funder_id: await directory.organisation(record.funder),
			recipient_id: await directory.organisation(record.recipient),
			amount: record.amount,
			currency: record.currency,
			signed_on: record.signedOn,
			start_date: record.start,
			end_date: record.end,
			rate_publisher: record.ratePublisher,
			rate_series: record.rateSeries,
			note: record.note,
			...placeOf(context, record.place)
		})
		.execute();
}

export async function postAgreementRule(context: PostingContext, record: AgreementRuleRecord): Promise<void> {
	await context.db
		.insertInto('agreement_rule')
		.values({
			agreement_id: context.directory.knownAgreement(record.agreement, record.place),
			...versionOf(context),
			rule: record.rule,
			key: record.key,
			article: record.article,
			value: record.value,
			unit: record.unit,
			kinds: record.kinds,
			text: record.text,
			valid_from: record.validFrom,
			...placeOf(context, record.place)
		})
		.execute();
}

export async function postInstalment(context: PostingContext, record: InstalmentRecord): Promise<void> {
	await context.db
		.insertInto('instalment')
		.values({
			agreement_id: context.directory.knownAgreement(record.agreement, record.place),
			instalment_no: record.number,
			...versionOf(context),
			amount: record.amount,
			currency: record.currency,
			planned_on: record.plannedOn,
			requested_on: record.requestedOn,
			received_on: record.receivedOn,
			receipts: record.receipts,
			condition: record.condition,
			...placeOf(context, record.place)
		})
		.execute();
}

export async function postBudgetVersion(context: PostingContext, record: BudgetVersionRecord): Promise<void> {
	await context.db
		.insertInto('budget_version')
		.values({
			agreement_id: context.directory.knownAgreement(record.agreement, record.place),
			version_no: record.number,
			...versionOf(context),
			key: record.key,
			valid_from: record.validFrom,
			approved_on: record.approvedOn,
			amount: record.amount,
			direct: record.direct,
			indirect: record.indirect,
			currency: record.currency,
			replaces: record.replaces,
			note: record.note,
			...placeOf(context, record.place)
		})
		.execute();
}

export async function postExchangeRate(context: PostingContext, record: ExchangeRateRecord): Promise<void> {
	await context.db
		.insertInto('exchange_rate')
		.values({
			publisher: record.publisher,
			series: record.series,
			currency: record.currency,
			valid_from: record.validFrom,
			...versionOf(context),
			units_per_eur: record.unitsPerEur,
			units_per_usd: record.unitsPerUsd,
			...placeOf(context, record.place)
		})
		.execute();
}

export async function postCountingRule(context: PostingContext, record: CountingRuleRecord): Promise<void> {
	await context.db
		.insertInto('counting_rule')
		.values({
			...versionOf(context),
			key: record.key,
			reporting_organisation_id: await context.directory.organisationOfKey(record.reporter),
			condition: JSON.stringify(record.match),
			counting: record.counting,
			valid_from: record.validFrom,
			reason: record.reason,
			...placeOf(context, record.place)
		})
		.execute();
}
