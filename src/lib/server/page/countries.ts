import type { Question } from '#lib/server/answer.ts';
import { labelsOf } from '#lib/server/facts/names.ts';
import { sumParticipants, type ParticipantSum } from '#lib/server/facts/participants.ts';
import { breakdown } from '#lib/server/ledger/breakdown.ts';
import { total } from '#lib/server/ledger/total.ts';
import type { Nature, Sum } from '#lib/slice/slice.ts';
import { readCoverage } from './coverage.ts';
import { natureOfMoney, openSlice } from './money.ts';
import { allActivities, readReach } from './reach.ts';
import { refuseRestrictions } from './restrictions.ts';
import { readSort } from './sort.ts';

const SORTS = ['name', 'region', 'launch', 'activities', 'participants', 'spent'] as const;
export type CountrySort = (typeof SORTS)[number];

export type CountryLine = {
	code: string;
	name: string;
	region: string | null;
	launch_date: string | null;
	launch_precision: string;
	/** The chosen claim about the launch, where there are several. */
	launch_claim: string | null;
	activities: number;
	/** At activities of this country alone; null where none states a number. */
	participants: Pick<ParticipantSum, 'participants' | 'qualifier' | 'stated'> | null;
};

/** The countries of a portfolio: what happened in each, and what was spent there. */
export async function readCountries(question: Question<never>) {
	refuseRestrictions(question);
	const { db, at, slice, view } = question;
	const sort = readSort(view, SORTS, { column: 'activities', descending: true });
	const nature = await natureOfMoney(question);
	const filter = allActivities(slice.portfolio);
	const coverage = await readCoverage(question);
	const [reach, participants, spending] = await Promise.all([
		readReach(question, filter, coverage.codes),
		sumParticipants(db, at, filter),
		nature && readSpending(question, nature, coverage.codes)
	]);
	const lines = reach.countries.map(({ key, name, activities }): CountryLine => {
		const detail = coverage.details.get(key);
		return {
			code: key,
			name,
			activities,
			region: detail?.region ?? null,
			launch_date: detail?.launch_date ?? null,
			launch_precision: detail?.launch_precision ?? 'unknown',
			launch_claim: coverage.launches.get(key)?.find(({ chosen }) => chosen)?.claim_id ?? null,
			participants: participants.find(({ country }) => country === key) ?? null
		};
	});
	const shared = participants.find(({ country }) => country === null) ?? null;
	return {
		sort,
		spending,
		countries: sortLines(lines, sort),
		held: reach.held,
		total: reach.total,
		programmeWide: reach.programmeWide,
		/** Activities of more than one country, which count in each of them. */
		several: (shared?.activities ?? 0) - reach.programmeWide,
		shared: shared && {
			participants: shared.participants,
			qualifier: shared.qualifier,
			activities: shared.activities
		},
		project:
			coverage.projects.length === 1
				? (coverage.projects[0]!.short_name ?? coverage.projects[0]!.name)
				: null,
		loadedOn: at.loadedOn,
		asof: slice.asof
	};
}

/** What was spent by country, every country of the programme among them; the null code is the part allocated to none. */
async function readSpending(question: Question<never>, nature: Nature, codes: readonly string[]) {
	const { db } = question;
	const slice = openSlice(question, { nature });
	const [sum, rows] = await Promise.all([total(db, slice), breakdown(db, slice, ['country'])]);
	const of = new Map(
		rows.map(({ keys, amount, entries, unconverted }) => [keys[0] ?? null, { amount, entries, unconverted }])
	);
	const names = await labelsOf(db, 'country', [...codes, ...of.keys()]);
	const all = [...new Set<string | null>([...codes, ...of.keys()])];
	const parts = all.map((code): { code: string | null; name: string; spent: Sum | null } => ({
		code,
		name: code === null ? '' : (names.get(code) ?? code),
		spent: of.get(code) ?? null
	}));
	return { slice, total: sum, parts };
}

function sortLines(
	lines: CountryLine[],
	{ column, descending }: { column: CountrySort; descending: boolean }
): CountryLine[] {
	const byName = (a: CountryLine, b: CountryLine) => a.name.localeCompare(b.name);
	// The table of spending has an order of its own; this one keeps its usual.
	if (column === 'spent') return lines.toSorted((a, b) => b.activities - a.activities || byName(a, b));
	if (column === 'name') return lines.toSorted((a, b) => (descending ? byName(b, a) : byName(a, b)));
	const valueOf = (line: CountryLine): string | number | null => {
		if (column === 'activities') return line.activities;
		if (column === 'participants') return line.participants?.participants ?? null;
		return column === 'region' ? line.region : line.launch_date;
	};
	return lines.toSorted((a, b) => {
		const [x, y] = [valueOf(a), valueOf(b)];
		if (x === y) return byName(a, b);
		// What is not published stands last either way.
		if (x === null) return 1;
		if (y === null) return -1;
		return x < y === descending ? 1 : -1;
	});
}
