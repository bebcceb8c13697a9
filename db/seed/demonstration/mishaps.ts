import { draft, type Draft } from './draft.ts';
import { IOM, LAST_POSTING, MONTHS, monthOf, postingOf } from './frame.ts';
import type { Random } from './random.ts';

/**
 * What goes wrong in real books, so that history has something to show: amounts put right later, costs booked
 * twice and reversed, costs reported late, one row withdrawn. In the end none of it changes a total.
 */
export function addMishaps(random: Random, costs: readonly Draft[]): Draft[] {
	const untouched = costs.filter((cost) => cost.currency === 'EUR' && !cost.exchangeDifference);
	const take = (suits: (cost: Draft) => boolean): Draft => {
		const candidates = untouched.filter((cost) => suits(cost) && cost.known < LAST_POSTING);
		const taken = random.pick(candidates);
		untouched.splice(untouched.indexOf(taken), 1);
		return taken;
	};
	for (let posting = 0; posting < LAST_POSTING; posting += 1) {
		take((cost) => cost.known === posting && cost.heading !== 'staff').known += 1;
		for (let count = posting === 0 ? 1 : 2; count > 0; count -= 1) {
			const cost = take(({ known }) => known === posting);
			const tenths = random.pick([7n, 8n, 9n, 11n, 12n]);
			cost.wrong = { amount: (cost.eur * tenths) / 10n, until: posting + 1 };
		}
	}
	const doubled = Array.from({ length: LAST_POSTING - 1 }, (_, index) =>
		bookTwice(
			random,
			take(({ known, precision }) => known === index + 1 && precision === 'day')
		)
	);
	return [...doubled.flat(), strayCost(take(({ known, provider }) => known === 4 && provider === IOM))];
}

/** The same cost again some days later, and its reversal in the half-year after. */
function bookTwice(random: Random, cost: Draft): Draft[] {
	const month =
		MONTHS[Math.min(postingOf(monthOf(cost.from)) * 6 + random.integer(6, 9), MONTHS.length - 1)]!;
	const again = draft({
		...cost,
		from: `${cost.from.slice(0, 7)}-28`,
		to: `${cost.from.slice(0, 7)}-28`,
		reference: ''
	});
	const day = `${month}-${String(random.integer(2, 28)).padStart(2, '0')}`;
	const reversal = draft({
		...again,
		from: day,
		to: day,
		amount: -again.amount,
		eur: -again.eur,
		known: postingOf(monthOf(day)),
		remark: 'reverses',
		about: again
	});
	return [again, reversal];
}

/** A cost that does not belong to the project, withdrawn by the posting after. */
function strayCost(like: Draft): Draft {
	return draft({ ...like, reference: '', withdrawn: like.known + 1 });
}
