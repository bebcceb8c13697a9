import type { Question } from '#lib/server/answer.ts';
import { labelsOf } from '#lib/server/facts/names.ts';
import { readPostings, type PostingStamp } from '#lib/server/facts/posting.ts';
import {
	countResults,
	listResults,
	type ResultFacet,
	type ResultFilter,
	type ResultLine
} from '#lib/server/facts/results.ts';
import { breakdown, totalsBy } from '#lib/server/ledger/breakdown.ts';
import { valuesOf } from '#lib/slice/parameter.ts';
import type { Slice, Sum, Total } from '#lib/slice/slice.ts';
import { refuseUnknownKeys } from './known-keys.ts';
import { natureOfMoney, openSlice } from './money.ts';
import { refuseRestrictions } from './restrictions.ts';

const PAGE_LINES = 50;
/** Choices of a filter; of more only those with the most results are offered. */
const MOST_CHOICES = 250;

export type ResultChoice = { value: string; label: string; lines: number };

/** What was spent on an activity, by its number. Only activities with entries are in it. */
export type ActivityCosts = Record<string, { slice: Slice; total: Total }>;

/** Spending by objective: the null key names none. */
export type ObjectiveCosts = {
	slice: Slice;
	posting: PostingStamp | null;
	parts: { key: string | null; label: string; sum: Sum }[];
};

/** Results of a portfolio by objective, a page of them, with what was spent beside them where entries say so. */
export async function readResults(question: Question<never>) {
	refuseRestrictions(question, ['project', 'country', 'objective']);
	const { db, at, slice, view } = question;
	const { portfolio, project, country, objective } = slice;
	await Promise.all([
		refuseUnknownKeys(db, { portfolio, objective }),
		// As in the ledger, a project beside the portfolio is known, and nothing of it is in it.
		refuseUnknownKeys(db, { portfolio: 'all', project })
	]);
	const filter: ResultFilter = { portfolio, project, country, objective };
	const [page, projects, countries, objectives, nature] = await Promise.all([
		listResults(db, at, filter, { after: view.after, limit: PAGE_LINES }),
		readChoices(question, filter, 'project'),
		readChoices(question, filter, 'country'),
		readChoices(question, filter, 'objective'),
		natureOfMoney(question)
	]);
	const [costs, spending] = await Promise.all([
		readActivityCosts(question, page.lines),
		nature && readObjectiveCosts(question, { project, country, objective, nature })
	]);
	return {
		...(await withCountryNames(db, page.lines)),
		total: page.total,
		next: page.next,
		after: view.after,
		filter,
		choices: { projects, countries, objectives },
		costs,
		spending,
		loadedOn: at.loadedOn,
		asof: slice.asof
	};
}

/** The results of one project, as many as its page shows. */
export async function readProjectResults(
	question: Pick<Question<never>, 'db' | 'at' | 'slice' | 'runtime'>,
	project: string
) {
	const filter: ResultFilter = { portfolio: 'all', project, country: null, objective: null };
	const page = await listResults(question.db, question.at, filter, { after: null, limit: PAGE_LINES });
	const [named, costs] = await Promise.all([
		withCountryNames(question.db, page.lines),
		readActivityCosts(question, page.lines)
	]);
	return { ...named, total: page.total, costs };
}

async function readChoices(
	{ db, at }: Question<never>,
	filter: ResultFilter,
	facet: ResultFacet
): Promise<ResultChoice[]> {
	const counted = await countResults(db, at, filter, facet, MOST_CHOICES);
	const chosen = filter[facet];
	const known = counted.map(({ key, ...rest }) => ({ ...rest, value: key ?? 'none' }));
	for (const value of facet === 'country' ? valuesOf(chosen) : chosen === null ? [] : [chosen]) {
		if (!known.some((choice) => choice.value === value)) known.push({ value, name: null, lines: 0 });
	}
	const labels = await labelsOf(
		db,
		facet,
		known.map(({ value }) => value)
	);
	return known.map(({ value, name, lines }) => ({ value, label: name ?? labels.get(value) ?? value, lines }));
}

async function readActivityCosts(
	question: Pick<Question<never>, 'db' | 'slice' | 'runtime'>,
	lines: readonly ResultLine[]
): Promise<ActivityCosts> {
	const activities = [...new Set(lines.flatMap(({ activity_id: id }) => id ?? []))];
	if (activities.length === 0) return {};
	// The results are published, and so is what stands beside them.
	const slice = openSlice(question, { portfolio: 'all', nature: 'published' });
	const sums = await totalsBy(question.db, { ...slice, activity: activities.join(',') }, 'activity');
	return Object.fromEntries(
		activities.flatMap((activity) => {
			const sum = sums.get(activity);
			return sum && sum.entries > 0 ? [[activity, { slice: { ...slice, activity }, total: sum }]] : [];
		})
	);
}

async function readObjectiveCosts(
	question: Question<never>,
	restriction: Partial<Slice> & Pick<Slice, 'nature'>
): Promise<ObjectiveCosts | null> {
	const { db } = question;
	const slice = openSlice(question, restriction);
	const [rows, postings] = await Promise.all([
		breakdown(db, slice, ['objective']),
		readPostings(db, slice.asof, slice.version)
	]);
	const keys = rows.map(({ keys: [key] }) => key ?? null);
	if (!keys.some((key) => key !== null)) return null;
	const labels = await labelsOf(db, 'objective', keys);
	return {
		slice,
		posting: postings[slice.nature],
		parts: rows.map(({ keys: [key = null], ...sum }) => ({
			key,
			label: key === null ? '' : (labels.get(key) ?? key),
			sum
		}))
	};
}

async function withCountryNames(db: Question<never>['db'], lines: readonly ResultLine[]) {
	const names = await labelsOf(
		db,
		'country',
		lines.flatMap(({ countries }) => countries)
	);
	return {
		lines: lines.map((line) => ({
			...line,
			countries: line.countries.map((code) => names.get(code) ?? code)
		}))
	};
}
