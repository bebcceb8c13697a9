import { toCents, total, upTo } from './cents.ts';
import { UNALLOCATED, draft, highest, whole, type Draft } from './draft.ts';
import { COUNTRIES, monthOf, postingOf } from './frame.ts';

/**
 * What each organisation bound itself to pay, by output and year: rounded up to ten euro, dated in the year's
 * first month of spending. Nothing is spent that was not committed before.
 */
export function commitCosts(costs: readonly Draft[]): Draft[] {
	const byYear = new Map<string, Draft[]>();
	for (const cost of costs) {
		const key = [cost.activity, cost.provider, cost.agreement, cost.from.slice(0, 4)].join(' ');
		byYear.set(key, [...(byYear.get(key) ?? []), cost]);
	}
	return [...byYear.values()].flatMap((year) => {
		const amount = total(year.map(highest));
		if (amount <= 0n) return [];
		const [first] = year.toSorted((one, other) =>
			one.from < other.from ? -1 : one.from > other.from ? 1 : 0
		);
		const from = `${first!.from.slice(0, 7)}-01`;
		const country = COUNTRIES.find((code) => first!.activity.split('-')[1] === code);
		return draft({
			kind: '2',
			activity: first!.activity,
			from,
			amount: upTo(amount, toCents('10')),
			known: postingOf(monthOf(from)),
			provider: first!.provider,
			agreement: first!.agreement,
			heading: first!.heading,
			countries: country ? whole(country) : UNALLOCATED
		});
	});
}
