import type { Question } from '#lib/server/answer.ts';
import { countActivities } from '#lib/server/facts/activities.ts';
import { labelsOf } from '#lib/server/facts/names.ts';
import { sumParticipants, type ParticipantSum } from '#lib/server/facts/participants.ts';
import { breakdowns } from '#lib/server/ledger/breakdown.ts';
import type { BreakdownRow, Nature, Slice, Sum } from '#lib/slice/slice.ts';
import type { CountryCoverage } from './coverage.ts';
import { openSlice } from './money.ts';
import { allActivities } from './reach.ts';

/** What one country is compared with another by. */
export type ComparedLine = {
	code: string;
	name: string;
	activities: number;
	/** At activities of this country alone; null where there is none of those. */
	participants: Pick<ParticipantSum, 'participants' | 'qualifier'> | null;
	launch_date: string | null;
	launch_precision: string;
	/** Money of the nature that the page shows; the slice of each figure is `slice` with its measure. */
	money: { slice: Slice; spent: Sum; budget: Sum } | null;
};

/** The same figures of some countries of a programme, in the order given. */
export async function readCompared(
	question: Question<never>,
	coverage: CountryCoverage,
	codes: readonly string[],
	nature: Nature | null
): Promise<ComparedLine[]> {
	const { db, at, slice } = question;
	const filter = { ...allActivities(slice.portfolio), country: codes.join(',') };
	const [names, activities, participants, money] = await Promise.all([
		labelsOf(db, 'country', codes),
		countActivities(db, at, filter, 'country'),
		sumParticipants(db, at, filter),
		nature && readMoney(question, nature)
	]);
	return codes.map((code): ComparedLine => {
		const detail = coverage.details.get(code);
		return {
			code,
			name: names.get(code) ?? code,
			activities: activities.find(({ key }) => key === code)?.activities ?? 0,
			participants: participants.find(({ country }) => country === code) ?? null,
			launch_date: detail?.launch_date ?? null,
			launch_precision: detail?.launch_precision ?? 'unknown',
			money: money && money(code)
		};
	});
}

/** Spent and budget of every country at once: what one of them has is looked up. */
async function readMoney(question: Question<never>, nature: Nature) {
	const slice = openSlice(question, { nature });
	const { spent, budget } = await breakdowns(question.db, slice, ['spent', 'budget'], ['country']);
	const sumOf = (rows: readonly BreakdownRow[], code: string): Sum => {
		const found = rows.find(({ keys }) => keys[0] === code);
		const { amount, entries, unconverted } = found ?? { amount: null, entries: 0, unconverted: [] };
		return { amount, entries, unconverted };
	};
	return (code: string) => ({
		slice: { ...slice, country: code },
		spent: sumOf(spent, code),
		budget: sumOf(budget, code)
	});
}
