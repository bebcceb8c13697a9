import { parseDecimal, type Decimal } from '#lib/money/decimal.ts';
import type { XmlElement } from '../xml.ts';
import { readPlainDay } from './dates.ts';
import { shown } from './notes.ts';
import type { Scope } from './scope.ts';
import { readTexts, type Texts } from './texts.ts';
import { LONGEST_NUMBER, readAttribute, readCode, readFlag, readSmallNumber } from './values.ts';

/** `value` is null where the file has none or no number; then `text` is as read. */
export type ReadValue = {
	value: Decimal | null;
	text: string | null;
	dimensions: Record<string, string> | null;
	comment: Texts | null;
};

export type ReadPeriod = {
	from: string | null;
	to: string | null;
	targets: ReadValue[];
	actuals: ReadValue[];
};

export type ReadIndicator = {
	title: Texts;
	description: Texts | null;
	/** Code of IndicatorMeasure. */
	measure: string | null;
	ascending: boolean | null;
	aggregationStatus: boolean | null;
	codes: { vocabulary: string; code: string }[];
	baselines: (ReadValue & { year: number | null; date: string | null })[];
	periods: ReadPeriod[];
};

/** Its values are words and no numbers. */
const QUALITATIVE = '5';
const NO_PERIOD_HELD = ['period-start', 'period-end', 'target', 'actual'];

export function readIndicator(element: XmlElement, scope: Scope): ReadIndicator {
	const titles: XmlElement[] = [];
	const descriptions: XmlElement[] = [];
	const measure = readCode(element, scope, 'measure');
	const indicator: ReadIndicator = {
		title: {},
		description: null,
		measure,
		ascending: readFlag(element, scope, 'ascending'),
		aggregationStatus: readFlag(element, scope, 'aggregation-status'),
		codes: [],
		baselines: [],
		periods: []
	};
	for (const child of element.children) {
		if (child.name === 'title') titles.push(child);
		else if (child.name === 'description') descriptions.push(child);
		else if (child.name === 'reference') {
			const code = readCode(child, scope);
			if (code !== null)
				indicator.codes.push({ vocabulary: readCode(child, scope, 'vocabulary') ?? '', code });
		} else if (child.name === 'baseline') {
			indicator.baselines.push({
				...readValue(child, measure, scope),
				year: readSmallNumber(child, scope, 'year'),
				date: readPlainDay(child.attributes['iso-date'] === undefined ? undefined : child, scope)
			});
		} else if (child.name === 'period') indicator.periods.push(readPeriod(child, measure, scope));
		else scope.tally.notHeld(`result/indicator/${child.name}`, child);
	}
	indicator.title = readTexts(titles, scope) ?? {};
	indicator.description = readTexts(descriptions, scope);
	return indicator;
}

function readPeriod(element: XmlElement, measure: string | null, scope: Scope): ReadPeriod {
	const first = (name: string) => element.children.find((child) => child.name === name);
	const values = (name: string) =>
		element.children.filter((child) => child.name === name).map((child) => readValue(child, measure, scope));
	for (const child of element.children) {
		if (!NO_PERIOD_HELD.includes(child.name)) {
			scope.tally.notHeld(`result/indicator/period/${child.name}`, child);
		}
	}
	const from = readPlainDay(first('period-start'), scope);
	const to = readPlainDay(first('period-end'), scope);
	const period = { targets: values('target'), actuals: values('actual') };
	if (from === null || to === null || from <= to) return { from, to, ...period };
	scope.notes.warn('period-reversed', element, `${from} to ${to}`, 'read as not dated');
	return { from: null, to: null, ...period };
}

/** A value that is no number (`20,000`, `N/A`) stays as the text it is; of a qualitative indicator that is no fault. */
function readValue(element: XmlElement, measure: string | null, scope: Scope): ReadValue {
	const comments: XmlElement[] = [];
	let dimensions: Record<string, string> | null = null;
	for (const child of element.children) {
		if (child.name === 'comment') comments.push(child);
		else if (child.name === 'dimension') {
			const name = readAttribute(child, 'name');
			const value = readAttribute(child, 'value');
			// Without a prototype, so that no name of a file is one of the language's.
			if (name !== null) (dimensions ??= Object.create(null) as Record<string, string>)[name] = value ?? '';
		} else scope.tally.notHeld(`result/indicator/.../${element.name}/${child.name}`, child);
	}
	const stated = readAttribute(element, 'value');
	const value = stated === null || stated.length > LONGEST_NUMBER ? null : parseDecimal(stated);
	if (stated !== null && value === null && measure !== QUALITATIVE) {
		scope.notes.warn('value-not-a-number', element, stated, 'kept as text', 'value');
	}
	return {
		value,
		text: value === null && stated !== null ? shown(stated) : null,
		dimensions,
		comment: readTexts(comments, scope)
	};
}
