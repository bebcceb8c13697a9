import type { Question } from '#lib/server/answer.ts';
import { totalActivities } from '#lib/server/facts/activities.ts';
import { labelsOf } from '#lib/server/facts/names.ts';
import { sumParticipants, type ParticipantSum } from '#lib/server/facts/participants.ts';
import { total } from '#lib/server/ledger/total.ts';
import type { Nature, Slice, Total } from '#lib/slice/slice.ts';
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
	money: { slice: Slice; spent: Total; budget: Total } | null;
};

/** The same figures of some countries of a programme, in the order given. */
export async function readCompared(
	question: Question<never>,
	coverage: CountryCoverage,
	codes: readonly string[],
	nature: Nature | null
): Promise<ComparedLine[]> {
	const { db, at, slice } = question;
	const names = await labelsOf(db, 'country', codes);
	return Promise.all(
		codes.map(async (code): Promise<ComparedLine> => {
			const filter = { ...allActivities(slice.portfolio), country: code };
			const detail = coverage.details.get(code);
			const [activities, participants, money] = await Promise.all([
				totalActivities(db, at, filter),
				sumParticipants(db, at, filter),
				nature && readMoney(question, code, nature)
			]);
			return {
				code,
				name: names.get(code) ?? code,
				activities,
				participants: participants.find(({ country }) => country === code) ?? null,
				launch_date: detail?.launch_date ?? null,
				launch_precision: detail?.launch_precision ?? 'unknown',
				money
			};
		})
	);
}

async function readMoney(question: Question<never>, code: string, nature: Nature) {
	const slice = openSlice(question, { country: code, nature });
	const [spent, budget] = await Promise.all([
		total(question.db, { ...slice, measure: 'spent' }),
		total(question.db, { ...slice, measure: 'budget' })
	]);
	return { slice, spent, budget };
}
