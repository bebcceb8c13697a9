import { sql } from 'kysely';
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
			sense: record.sense,
			base: record.base,
			bases: record.bases,
			headings: record.headings,
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

/** Adds versions of the rates that are new or differ from the latest; a list posted again adds nothing. */
export async function postExchangeRates(
	context: PostingContext,
	records: readonly ExchangeRateRecord[]
): Promise<void> {
	const { db, nature, postingNo } = context;
	const rows = records.map((record) => ({
		publisher: record.publisher,
		series: record.series,
		currency: record.currency,
		valid_from: record.validFrom,
		...versionOf(context),
		units_per_eur: record.unitsPerEur,
		units_per_usd: record.unitsPerUsd,
		...placeOf(context, record.place)
	}));
	await sql`
		insert into exchange_rate
		select rate.* from json_populate_recordset(null::exchange_rate, ${JSON.stringify(rows)}::json) rate
		left join lateral (
			select true as known, units_per_eur, units_per_usd from exchange_rate there
			where there.publisher = rate.publisher and there.series = rate.series and there.currency = rate.currency
				and there.valid_from = rate.valid_from and there.nature = ${nature} and there.posting_no < ${postingNo}::integer
			order by posting_no desc limit 1
		) latest on true
		where latest.known is null or latest.units_per_eur is distinct from rate.units_per_eur
			or latest.units_per_usd is distinct from rate.units_per_usd`.execute(db);
}

/** Organisations that the rule names are made with it: entries of its own file, which name them too, are counted by it. */
export async function postCountingRule(context: PostingContext, record: CountingRuleRecord): Promise<void> {
	const { provider, receiver } = record.match;
	await context.directory.organisationsOfKeys([provider, receiver].filter((key) => key !== null));
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
