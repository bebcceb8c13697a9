import type { Fallback, WrittenIndicator, WrittenResult, WrittenValue } from './content.ts';
import { element, escaped, flag, texts, type Attributes } from './xml.ts';

/** ResultType: other. */
const OTHER = '9';
const UNIT = '1';

/** A result with its indicators. */
export function writeResult(result: WrittenResult, fallback: Fallback): string {
	const indicators = result.indicators.map((indicator) => writeIndicator(indicator, fallback));
	const none = element('indicator', { measure: UNIT, 'own:added': 'element' }, addedTitle('-'));
	return element(
		'result',
		{
			type: result.type ?? OTHER,
			'aggregation-status': flag(result.aggregationStatus),
			'own:added': result.type === null ? 'type' : null
		},
		texts('title', result.title) || addedTitle('-'),
		texts('description', result.description),
		...(indicators.length > 0 ? indicators : [none])
	);
}

export function addedTitle(text: string): string {
	return element('title', { 'own:added': 'element' }, `<narrative>${escaped(text)}</narrative>`);
}

function writeIndicator(indicator: WrittenIndicator, fallback: Fallback): string {
	return element(
		'indicator',
		{
			measure: indicator.measure,
			ascending: flag(indicator.ascending),
			'aggregation-status': flag(indicator.aggregationStatus)
		},
		texts('title', indicator.title) || addedTitle('-'),
		texts('description', indicator.description),
		...(indicator.codes ?? []).map(({ vocabulary, code }) => element('reference', { vocabulary, code })),
		...indicator.baselines.map((baseline) => writeBaseline(baseline, fallback)),
		...indicator.periods.map(({ from, to, targets, actuals }) =>
			element(
				'period',
				{},
				edge('period-start', from, fallback),
				edge('period-end', to, fallback),
				...targets.map((target) => writeValue('target', target, {})),
				...actuals.map((actual) => writeValue('actual', actual, {}))
			)
		)
	);
}

function edge(name: string, day: string | null, fallback: Fallback): string {
	return element(name, { 'iso-date': day ?? fallback.day, 'own:added': day === null ? 'element' : null });
}

function writeBaseline(baseline: WrittenValue, fallback: Fallback): string {
	const hasYear = baseline.year !== null && baseline.year > 0;
	return writeValue('baseline', baseline, {
		year: hasYear ? baseline.year : (baseline.date ?? fallback.day).slice(0, 4).replace(/^0+/, '') || '1',
		'iso-date': baseline.date,
		'own:added': hasYear ? null : 'year'
	});
}

function writeValue(
	name: string,
	{ value, text, dimensions, comment }: WrittenValue,
	attributes: Attributes
): string {
	return element(
		name,
		{ ...attributes, value: value ?? text },
		...Object.entries(dimensions ?? {}).map(([dimension, of]) =>
			element('dimension', { name: dimension, value: of })
		),
		texts('comment', comment)
	);
}
