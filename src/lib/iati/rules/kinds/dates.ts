import { path, type Found } from '../paths.ts';
import type { Check, RuleOf } from '../rule.ts';
import { daysFrom, dayOf, utcDayOf } from '../days.ts';

/** What begins does not begin after it ends; the same day is fine. What is no date is passed over: the reader names it. */
export function order(rule: RuleOf<'order'>): Check {
	const firsts = path(rule.first);
	const lasts = path(rule.last);
	return (element, scope) => {
		const first = dated(firsts(element, scope)).at(-1);
		const last = dated(lasts(element, scope))[0];
		if (!first || !last || first.day <= last.day) return;
		scope.findings.add(
			rule,
			last.found.element,
			last.found.attribute,
			`${first.found.text} to ${last.found.text}`
		);
	};
}

/** Today is not in the future. */
export function notFuture(rule: RuleOf<'not-future'>): Check {
	const find = path(rule.path);
	return (element, scope) => {
		for (const found of find(element, scope)) {
			// Nearly all dates are past ones in their plain form: those are not taken apart.
			if (found.text.length === 10 && found.text <= scope.today) continue;
			const day = utcDayOf(found.text);
			if (day === null || day <= scope.today) continue;
			scope.findings.add(rule, found.element, found.attribute, found.text);
		}
	};
}

/** Dates inside a period, its first and last day included. */
export function within(rule: RuleOf<'within'>): Check {
	const find = path(rule.path);
	const from = path(rule.from);
	const to = path(rule.to);
	return (element, scope) => {
		const first = dated(from(element, scope))[0]?.day ?? null;
		const last = dated(to(element, scope)).at(-1)?.day ?? null;
		for (const { found, day } of dated(find(element, scope))) {
			if ((first === null || day >= first) && (last === null || day <= last)) continue;
			scope.findings.add(rule, found.element, found.attribute, found.text);
		}
	};
}

/** At most 365 days from the first to the last: a year, or a leap year counted to its last day. */
export function oneYear(rule: RuleOf<'one-year'>): Check {
	const starts = path(rule.from);
	const ends = path(rule.to);
	return (element, scope) => {
		const start = dated(starts(element, scope))[0];
		const end = dated(ends(element, scope)).at(-1);
		if (!start || !end || daysFrom(start.day, end.day) <= 365) return;
		scope.findings.add(rule, element, null, `${start.found.text} to ${end.found.text}`);
	};
}

/** What can be read as a day, the earliest first. */
function dated(found: readonly Found[]): { found: Found; day: string }[] {
	const days = found.flatMap((place) => {
		const day = dayOf(place.text);
		return day === null ? [] : [{ found: place, day }];
	});
	return days.length < 2 ? days : days.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}
