import { addDays, firstDay, lastDay, type Day } from '#lib/slice/period.ts';
import { activityXml, fileXml } from './iati-activity.ts';

/** A project of a test's own that began two years ago and ends in a year, with the files that report it. */
export type RunningProject = { key: string; reporter: string; start: Day; end: Day };

const COUNTRIES = ['ML', 'NE', 'BR'] as const;
const HEADINGS = ['staff', 'travel'] as const;
/** Monthly spending by country and heading: Niger spends least of its budget, and least of that on travel. */
const MONTHLY = { ML: [900, 100], NE: [150, 10], BR: [1200, 140] } as const;
const COLUMNS =
	'reporter,project,activity,kind,reference,date_from,date_to,date_precision,amount,currency,provider,heading,countries';

/** @param code letters and digits that no other test uses */
export function aRunningProject(
	code: string,
	today: Day = new Date().toISOString().slice(0, 10)
): RunningProject {
	const reporter = `XM-DAC-41998-${code}`;
	const inYears = (years: number) =>
		`${String(Number.parseInt(today.slice(0, 4), 10) + years)}-${today.slice(5, 7)}-01`;
	return { key: `${reporter}-RUN`, reporter, start: inYears(-2), end: addDays(inYears(1), -1) };
}

/** The activity that is the project, without money. */
export function projectFile({ key, reporter, start, end }: RunningProject): Buffer {
	const xml = fileXml(
		activityXml({
			id: key,
			transactions: '',
			inside: `<activity-date type="3" iso-date="${end}"/>`
		})
	);
	return Buffer.from(
		xml
			.replaceAll('"XM-DAC-41128"', `"${reporter}"`)
			.replaceAll('Reporter', `Partner ${reporter}`)
			.replaceAll('2020-01-01', start)
			.replaceAll('<narrative>Title<', '<narrative>A running project<')
	);
}

/** Its ledger until the month before this one: what was committed and received, budgets and what was spent each month. */
export function projectLedger(
	project: RunningProject,
	today: Day = new Date().toISOString().slice(0, 10)
): Buffer {
	const { key, reporter, start, end } = project;
	const rows: string[] = [];
	const add = (kind: string, from: Day, to: Day, amount: string, heading = '', countries = '') => {
		const precision = from === to ? 'day' : 'period';
		rows.push(
			[
				reporter,
				key,
				key,
				kind,
				`R${rows.length + 1}`,
				from,
				to,
				precision,
				amount,
				'EUR',
				reporter,
				heading,
				countries
			].join(',')
		);
	};
	add('11', start, start, '90000.00');
	add('1', start, start, '60000.00');
	for (const country of COUNTRIES) {
		for (const heading of HEADINGS) add('budget', start, end, '15000.00', heading, country);
	}
	for (
		let month = start;
		month < `${today.slice(0, 7)}-01`;
		month = firstDay(addDays(month, 31).slice(0, 7))
	) {
		const day = lastDay(month.slice(0, 7));
		for (const country of COUNTRIES) {
			HEADINGS.forEach((heading, index) =>
				add('4', day, day, `${MONTHLY[country][index]!}.25`, heading, country)
			);
		}
		// A part that the source allocates to no country and no heading.
		add('4', day, day, '20.10');
	}
	return Buffer.from([COLUMNS, ...rows].join('\n') + '\n');
}
