import type { PostingContext } from '../directory.ts';
import { insertMany, takeNumbers } from '../insert.ts';
import { versionOf } from '../post-facts.ts';
import type { IatiIndicator, IatiResultRecord, IndicatorValue, Texts } from '../record.ts';
import type { ActivityVersion } from './post-activities.ts';

/** IATI's IndicatorMeasure by number, as the books name it. */
const MEASURES: Record<string, string> = {
	1: 'unit',
	2: 'percentage',
	3: 'nominal',
	4: 'ordinal',
	5: 'qualitative'
};

type Owned = { version: ActivityVersion; record: IatiResultRecord; resultId: string };

/**
 * Writes the results of new versions of activities. They belong to that version: those in force are the ones of the
 * posting that brought the activity's version in force.
 */
export async function postIatiResults(
	context: PostingContext,
	versions: readonly ActivityVersion[]
): Promise<void> {
	const { db } = context;
	const found = versions.flatMap((version) => version.results.map((record) => ({ version, record })));
	if (found.length === 0) return;
	const resultIds = await takeNumbers(db, 'result', 'result_id', found.length);
	const results: Owned[] = found.map((result, index) => ({ ...result, resultId: resultIds[index]! }));
	await insertMany(
		db,
		'result',
		results.map(({ version, record, resultId }) => ({
			result_id: resultId,
			...versionOf(context),
			project_id: version.projectId,
			activity_id: version.activityId,
			key: resultKey(record),
			title: firstText(record.title) ?? record.activity,
			titles: record.title,
			descriptions: record.description,
			result_type: record.type,
			aggregation_status: record.aggregationStatus
		}))
	);
	const indicators = results.flatMap((owner) =>
		owner.record.indicators.map((indicator, index) => ({ owner, indicator, index }))
	);
	const ids = await takeNumbers(db, 'indicator', 'indicator_id', indicators.length);
	await insertMany(
		db,
		'indicator',
		indicators.map(({ owner, indicator, index }, at) => ({
			indicator_id: ids[at],
			result_id: owner.resultId,
			indicator_no: index + 1,
			title: firstText(indicator.title) ?? `${index + 1}`,
			titles: indicator.title,
			descriptions: indicator.description,
			measure: MEASURES[indicator.measure ?? ''] ?? 'unit',
			ascending: indicator.ascending,
			aggregation_status: indicator.aggregationStatus,
			codes: indicator.codes.length > 0 ? indicator.codes : null
		}))
	);
	const details = indicators.map(({ owner, indicator, index }, at) => ({
		id: ids[at]!,
		key: `${resultKey(owner.record)}/${index + 1}`,
		owner,
		indicator
	}));
	await insertMany(
		db,
		'indicator_period',
		details.flatMap((detail) => periodRows(context, detail))
	);
	await insertMany(
		db,
		'indicator_value',
		details.flatMap(({ id, indicator }) => valueRows(id, indicator))
	);
}

function resultKey({ activity, number }: IatiResultRecord): string {
	return `${activity}#${number}`;
}

function periodRows(
	{ sourceId }: PostingContext,
	{ id, key, owner, indicator }: { id: string; key: string; owner: Owned; indicator: IatiIndicator }
): Record<string, unknown>[] {
	return indicator.periods.map(({ from, to, targets, actuals }, index) => ({
		indicator_id: id,
		period_no: index + 1,
		key: `${key}/${index + 1}`,
		countries: [],
		activity_id: owner.version.activityId,
		period_from: from,
		period_to: to,
		date_precision: from === null || to === null ? 'unknown' : 'period',
		baseline: whole(indicator.baselines),
		target: whole(targets),
		actual: whole(actuals),
		repeats_activity: false,
		source_id: sourceId,
		place: owner.record.place
	}));
}

/** The value that is not disaggregated, the only one that a page may show as the whole. */
function whole(values: readonly IndicatorValue[]): string | null {
	return values.find(({ dimensions }) => dimensions === null)?.value ?? null;
}

function valueRows(id: string, { baselines, periods }: IatiIndicator): Record<string, unknown>[] {
	const row = (side: string, periodNo: number, value: IndicatorValue, index: number) => ({
		indicator_id: id,
		period_no: periodNo,
		value_no: index + 1,
		side,
		value: value.value,
		value_text: value.text,
		baseline_year: null as number | null,
		baseline_date: null as string | null,
		dimensions: value.dimensions,
		comment: value.comment
	});
	return [
		...baselines.map((value, index) => ({
			...row('baseline', 0, value, index),
			baseline_year: value.year,
			baseline_date: value.date
		})),
		...periods.flatMap(({ targets, actuals }, period) => [
			...targets.map((value, index) => row('target', period + 1, value, index)),
			...actuals.map((value, index) => row('actual', period + 1, value, index))
		])
	];
}

function firstText(texts: Texts): string | null {
	return texts.en ?? Object.values(texts)[0] ?? null;
}
