import type { Question } from '#lib/server/answer.ts';
import { labelsOf } from '#lib/server/facts/names.ts';
import { readPostings, type PostingStamp } from '#lib/server/facts/posting.ts';
import { listProjects } from '#lib/server/facts/projects.ts';
import { CHECKS } from '#lib/server/ledger/checks/all.ts';
import {
	countChecks,
	listChecks,
	type CheckCounts,
	type CheckResult
} from '#lib/server/ledger/checks/list.ts';
import {
	CHECK_CODES,
	checkAnchor,
	differenceOf,
	stateOf,
	type CheckCode,
	type CheckLine,
	type CheckState
} from '#lib/slice/check.ts';
import { CURRENCIES, type Currency, type Nature, type Slice } from '#lib/slice/slice.ts';
import { natureOfMoney, openSlice } from './money.ts';
import { refuseRestrictions } from './restrictions.ts';

/** Results of one check that a page lists; a project's own page has them all. */
const MOST_LISTED = 60;

/** A result with both of its sides. Amounts are decimal text in `unit`. */
export type ResultShown = {
	anchor: string;
	code: CheckCode;
	project: string;
	subject: string;
	state: CheckState;
	unit: string;
	left: { amount: string | null; lines: CheckLine[] };
	right: { amount: string | null; lines: CheckLine[] };
	difference: string | null;
	tolerance: string;
	missing: string | null;
	postingNo: number;
	/** The result's own address, which names its terms. */
	slice: Slice;
	/** The rows that decide; the entries among them that are at fault, as far as they are named. */
	rows: Slice | null;
	entries: { named: string[]; count: number } | null;
	/** The day that a sum of an earlier time ends with. */
	day: string | null;
	/** How many transfers of the project only one side reports, of which the largest are listed. */
	oneSided: number;
};

export type CheckGroup = {
	code: CheckCode;
	counts: Record<CheckState, number>;
	results: ResultShown[];
	more: number;
};

export type ChecksOf = {
	nature: Nature;
	posting: PostingStamp | null;
	counts: CheckCounts['whole'];
	postingNo: number | null;
	groups: CheckGroup[];
	names: {
		projects: Record<string, string>;
		organisations: Record<string, string>;
		agreements: Record<string, string>;
	};
};

/** The checks of the published books and, where it is shown, of the demonstration's: as they stood on the day asked for. */
export async function readChecks(question: Question<never>) {
	refuseRestrictions(question, ['project']);
	const { db, at, slice } = question;
	const asked = openSlice(question, { project: slice.project });
	const [projects, shown] = await Promise.all([
		listProjects(db, at, slice.portfolio),
		natureOfMoney(question)
	]);
	const [published, demonstration] = await Promise.all([
		readNature(question, { ...asked, nature: 'published' }),
		shown === 'demonstration' ? readNature(question, { ...asked, nature: 'demonstration' }) : null
	]);
	return {
		published,
		demonstration,
		/** There is money to check, whatever has been checked of it. */
		hasMoney: shown === 'published',
		project: slice.project,
		projects: projects.map(({ key, name, short_name }) => ({ value: key, label: short_name ?? name })),
		loadedOn: at.loadedOn,
		asof: slice.asof
	};
}

async function readNature({ db }: Question<never>, slice: Slice): Promise<ChecksOf> {
	const [results, counts, postings] = await Promise.all([
		listChecks(db, slice, MOST_LISTED),
		countChecks(db, slice),
		readPostings(db, slice.asof, slice.version)
	]);
	const groups = CHECK_CODES.flatMap((code): CheckGroup[] => {
		const own = counts.ofCheck[code];
		if (!own) return [];
		const listed = results.filter((result) => result.code === code).map((result) => show(result, slice));
		return [{ code, counts: own, results: listed, more: own.holds + own.fails + own.open - listed.length }];
	});
	return {
		nature: slice.nature,
		posting: postings[slice.nature],
		counts: counts.whole,
		postingNo: counts.postingNo,
		groups,
		names: await namesOf(
			db,
			groups.flatMap((group) => group.results)
		)
	};
}

function show(result: CheckResult, asked: Slice): ResultShown {
	const { code, project, subject, about, unit, left, right, passed, missing, tolerance, postingNo } = result;
	const own: Slice = { ...asked, project, currency: isCurrency(unit) ? unit : asked.currency };
	const kept = { subject, about, slice: own };
	const check = CHECKS[code];
	const sides = check.sides(kept);
	const {
		entries,
		count: faulty,
		day,
		one_sided
	} = about as {
		entries?: string[];
		count?: string;
		day?: string;
		one_sided?: string;
	};
	return {
		anchor: checkAnchor(result),
		code,
		project,
		subject,
		state: stateOf(passed),
		unit,
		left: { amount: left, lines: sides.left },
		right: { amount: right, lines: sides.right },
		difference: differenceOf(left, right),
		tolerance,
		missing: passed === null ? missing : null,
		postingNo,
		slice: own,
		rows: check.deciding?.(kept) ?? null,
		entries: entries ? { named: entries.slice(0, 20), count: Number.parseInt(faulty ?? '0', 10) } : null,
		day: day ?? null,
		oneSided: Number.parseInt(one_sided ?? '0', 10)
	};
}

const isCurrency = (unit: string): unit is Currency => (CURRENCIES as readonly string[]).includes(unit);

async function namesOf(
	db: Question<never>['db'],
	results: readonly ResultShown[]
): Promise<ChecksOf['names']> {
	const keys = (codes: readonly CheckCode[]) =>
		results.filter(({ code }) => codes.includes(code)).flatMap(({ subject }) => subject.split(' '));
	const agreements = results
		.filter(({ code }) => code === 'instalments_equal_receipts')
		.map(({ subject }) => subject);
	const named = [
		...new Set(
			results.flatMap(({ left, right }) =>
				[...left.lines, ...right.lines].flatMap(({ term, name }) => (term === 'agreed' && name ? [name] : []))
			)
		)
	];
	const [projects, organisations, titles] = await Promise.all([
		labelsOf(
			db,
			'project',
			results.map(({ project }) => project)
		),
		labelsOf(db, 'provider', keys(['sent_equals_received', 'spent_within_advances'])),
		labelsOf(db, 'agreement', [...agreements, ...named])
	]);
	return {
		projects: Object.fromEntries(projects),
		organisations: Object.fromEntries(organisations),
		agreements: Object.fromEntries(titles)
	};
}
