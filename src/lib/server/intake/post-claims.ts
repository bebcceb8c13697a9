import type { PostingContext } from './directory.ts';
import { originOf, versionOf } from './post-facts.ts';
import type { ClaimRecord, IndicatorRecord } from './record.ts';

/** Writes a stated fact and whether it is the one shown. */
export async function postClaim(context: PostingContext, record: ClaimRecord): Promise<void> {
	const { claim_id } = await context.db
		.insertInto('claim')
		.values({
			...versionOf(context),
			key: record.key,
			subject_kind: record.subjectKind,
			subject_key: record.subjectKey,
			property: record.property,
			value: record.value,
			value_text: record.valueText,
			unit: record.unit,
			qualifier: record.qualifier,
			party_id: record.party ? await context.directory.organisation(record.party) : null,
			stated_as: record.statedAs,
			date_from: record.date,
			date_to: record.dateTo,
			date_precision: record.datePrecision,
			...originOf(context, record.place, record.evidence)
		})
		.returning('claim_id')
		.executeTakeFirstOrThrow();
	await context.db
		.insertInto('claim_choice')
		.values({ claim_id, ...versionOf(context), chosen: record.chosen, reason: record.why })
		.execute();
}

/** Writes indicators, grouped into one result for each project (or for the field at large) and posting. */
export async function postIndicators(
	context: PostingContext,
	records: readonly IndicatorRecord[]
): Promise<void> {
	const results = new Map<string, string>();
	const indicators = new Map<string, { id: string; periods: number }>();
	for (const record of records) {
		const resultId = await resultOf(context, results, record);
		const name = `${resultId} ${record.title}`;
		let indicator = indicators.get(name);
		if (!indicator) {
			const row = await context.db
				.insertInto('indicator')
				.values({
					result_id: resultId,
					title: record.title,
					unit: record.unit,
					accumulation: record.accumulation
				})
				.returning('indicator_id')
				.executeTakeFirstOrThrow();
			indicator = { id: row.indicator_id, periods: 0 };
			indicators.set(name, indicator);
		}
		indicator.periods++;
		await context.db
			.insertInto('indicator_period')
			.values({
				indicator_id: indicator.id,
				period_no: indicator.periods,
				key: record.key,
				countries: record.countries,
				activity_id: record.activity
					? context.directory.knownActivity(record.activity, record.place).activityId
					: null,
				period_from: record.asOf,
				period_to: record.asOf,
				date_precision: record.asOfPrecision,
				target: record.side === 'target' ? record.value : null,
				// Also what was staged before rows said which.
				actual: record.side === 'target' ? null : record.value,
				qualifier: record.qualifier,
				repeats_activity: record.repeatsActivity,
				disaggregation: record.disaggregation,
				note: record.note,
				...originOf(context, record.place, record.evidence)
			})
			.execute();
	}
}

async function resultOf(
	context: PostingContext,
	results: Map<string, string>,
	{ project, place }: IndicatorRecord
) {
	const key = project ?? 'context';
	const known = results.get(key);
	if (known) return known;
	const { result_id } = await context.db
		.insertInto('result')
		.values({
			...versionOf(context),
			key,
			title: key,
			project_id: project === null ? null : context.directory.knownProject(project, place)
		})
		.returning('result_id')
		.executeTakeFirstOrThrow();
	results.set(key, result_id);
	return result_id;
}
