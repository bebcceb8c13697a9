import { addDays, daysBetween, listBuckets, firstDay, lastDay, type Day } from '#lib/slice/period.ts';

/** Something that took place, as a line of a Gantt chart. */
export type GanttRow = {
	key: string;
	/** Its name, as its source writes it. */
	label: string;
	/** Language of the name, where that is not the page's. */
	lang?: string;
	/** When, in words no finer than the source. */
	date: string;
	href: string;
	/** Null where that end is not known. */
	from: Day | null;
	to: Day | null;
	/** Whether the days are known: else it was some time within them. */
	exact: boolean;
};

/** The days that are drawn, both included. */
export type GanttSpan = { from: Day; to: Day };

export type GanttBar = {
	/** From the start of the plot, in drawing units. */
	x: number;
	width: number;
	/** It goes on before or after what is drawn. */
	before: boolean;
	after: boolean;
	/** Nobody says when it ended: the bar has no right edge. */
	open: boolean;
	/** Nobody says when it began. */
	sudden: boolean;
};

/** A line of the grid with what stands above it; `strong` lines begin a year. */
export type GanttTick = { x: number; label: string | null; strong: boolean };
/** A longer period above the ticks: "2017" above its quarters. */
export type GanttGroup = { x: number; label: string | null };

/** Names of periods in the page's language. */
export type GanttWords = {
	month: (month: number) => string;
	quarter: (quarter: number) => string;
	monthOfYear: (bucket: string) => string;
};

/** A bar is never narrower: one day in forty years must still be seen and hit. */
const NARROWEST = 5;
/** What lies further apart is cut, and the bars say so: one slip of the pen would squeeze all others into a line. */
const MOST_YEARS = 40;
const DAYS_OF = { days: 45, months: 800, quarters: 2500 };

/** The whole months that hold all rows, at most forty years; null where no row is dated. */
export function spanOf(rows: readonly Pick<GanttRow, 'from' | 'to'>[]): GanttSpan | null {
	const days = rows.flatMap(({ from, to }) => [from, to]).filter((day) => day !== null);
	if (days.length === 0) return null;
	const starts = rows.flatMap(({ from, to }) => from ?? to ?? []).toSorted();
	const first = firstDay(starts[0]!.slice(0, 7));
	const most = `${String(Math.min(9999, Number(first.slice(0, 4)) + MOST_YEARS - 1)).padStart(4, '0')}-12-31`;
	const last = days.reduce((latest, day) => (day > latest ? day : latest));
	return { from: first, to: last > most ? most : lastDay(last.slice(0, 7)) };
}

/** Where a row lies in a plot so many units wide; null where it lies outside, or has no date. */
export function barOf(
	{ from, to }: Pick<GanttRow, 'from' | 'to'>,
	span: GanttSpan,
	width: number
): GanttBar | null {
	if (from === null && to === null) return null;
	if ((from !== null && from > span.to) || (to !== null && to < span.from)) return null;
	const before = from !== null && from < span.from;
	const after = to !== null && to > span.to;
	const start = from === null || before ? span.from : from;
	const end = to === null || after ? span.to : to;
	const unit = width / (daysBetween(span.from, span.to) + 1);
	const x = daysBetween(span.from, start) * unit;
	const long = Math.max(NARROWEST, (daysBetween(start, end) + 1) * unit);
	return {
		x: round(Math.min(x, width - long)),
		width: round(long),
		before,
		after,
		open: to === null,
		sudden: from === null
	};
}

/**
 * The scale above a plot, as fine as its days allow: days of a month, months of a year, quarters of a few years, else
 * years. Labels that have no room are left out, evenly.
 */
export function axisOf(
	span: GanttSpan,
	width: number,
	letter: number,
	words: GanttWords
): { ticks: GanttTick[]; groups: GanttGroup[] } {
	const days = daysBetween(span.from, span.to) + 1;
	const at = (day: Day) => round(Math.max(0, (daysBetween(span.from, day) * width) / days));
	if (days <= DAYS_OF.days) {
		const all = Array.from({ length: days }, (_, index) => addDays(span.from, index));
		return {
			ticks: thinned(
				all.map((day) => ({
					x: at(day),
					label: String(Number(day.slice(8))),
					strong: day.endsWith('-01')
				})),
				width / days,
				letter
			),
			groups: named(
				listBuckets('month', span.from, span.to).map((bucket) => ({
					x: at(firstDay(bucket)),
					label: words.monthOfYear(bucket)
				})),
				width,
				letter
			)
		};
	}
	const years = listBuckets('year', span.from, span.to);
	const groups = named(
		years.map((year) => ({ x: at(firstDay(year)), label: year })),
		width,
		letter
	);
	if (days > DAYS_OF.quarters) {
		const ticks = years.map((year) => ({ x: at(firstDay(year)), label: year, strong: true }));
		return { ticks: thinned(ticks, width / years.length, letter), groups: [] };
	}
	const isFine = days <= DAYS_OF.months;
	const buckets = listBuckets(isFine ? 'month' : 'quarter', span.from, span.to);
	return {
		ticks: thinned(
			buckets.map((bucket) => ({
				x: at(firstDay(bucket)),
				label: isFine ? words.month(Number(bucket.slice(5))) : words.quarter(Number(bucket.slice(6))),
				strong: firstDay(bucket).endsWith('-01-01')
			})),
			width / buckets.length,
			letter
		),
		groups
	};
}

/**
 * Every label where all fit, else every second, third, ... The first period may begin before the days that are drawn:
 * where too little of it is left for its label, it has none.
 */
function thinned(
	ticks: readonly { x: number; label: string; strong: boolean }[],
	room: number,
	letter: number
) {
	const widest = Math.max(0, ...ticks.map(({ label }) => label.length)) * letter + letter;
	const every = Math.max(1, Math.ceil(widest / room));
	const [first, next] = [ticks[0], ticks[every]];
	const skipped = first && next && next.x - first.x < (first.label.length + 0.5) * letter ? 1 : 0;
	return ticks.map((tick, index) => ({
		...tick,
		label: index >= skipped && index % every === 0 ? tick.label : null
	}));
}

/** A group's label where there is room for it before the next one. */
function named(groups: readonly { x: number; label: string }[], width: number, letter: number): GanttGroup[] {
	return groups.map(({ x, label }, index) => {
		const room = (groups[index + 1]?.x ?? width) - x;
		return { x, label: room >= (label.length + 1) * letter ? label : null };
	});
}

/** Whether a text's first strong character is written from right to left: Hebrew, Arabic and their like. */
export function isRightToLeft(text: string): boolean {
	const first = /\p{L}/u.exec(text)?.[0];
	return (
		first !== undefined &&
		/[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]|[\u{10800}-\u{10fff}]|[\u{1e800}-\u{1eeff}]/u.test(first)
	);
}

const round = (units: number) => Math.round(units * 10) / 10;
