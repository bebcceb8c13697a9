import { upgradeCode } from '../version1.ts';
import type { XmlElement } from '../xml.ts';
import { readPlainDay } from './dates.ts';
import type { Scope } from './scope.ts';
import { readCode } from './values.ts';

type ActivityDates = {
	plannedStart: string | null;
	actualStart: string | null;
	plannedEnd: string | null;
	actualEnd: string | null;
};

const NAMES: ReadonlyMap<string, keyof ActivityDates> = new Map([
	['1', 'plannedStart'],
	['2', 'actualStart'],
	['3', 'plannedEnd'],
	['4', 'actualEnd']
]);

/** The first of each type counts; another that says otherwise is a warning. */
export function readActivityDates(elements: readonly XmlElement[], scope: Scope): ActivityDates {
	const dates: ActivityDates = { plannedStart: null, actualStart: null, plannedEnd: null, actualEnd: null };
	for (const element of elements) {
		const type = readCode(element, scope, 'type');
		const name = type === null ? undefined : NAMES.get(upgradeCode('ActivityDateType', type) ?? type);
		if (name === undefined) {
			scope.notes.warn('date-type-unknown', element, `type: ${type ?? 'none'}`, 'left out', 'type');
			continue;
		}
		const day = readPlainDay(element, scope);
		if (day === null) continue;
		const first = (dates[name] ??= day);
		if (first !== day) scope.notes.warn('date-repeated', element, day, `${first}, the first one, counts`);
	}
	return dates;
}
