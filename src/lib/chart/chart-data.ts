import type { Snippet } from 'svelte';
import type { FigureValue } from '#lib/figure/figure-value.ts';
import type { Origin } from '#lib/figure/origin.ts';
import type { Decimal } from '#lib/money/decimal.ts';
import type { Nature } from '#lib/slice/slice.ts';
import type { FlowPicture } from './flow-bands.ts';

/** A number as a chart needs it: exact for reading, a plain value for drawing, an address that opens it. */
export type Amount = {
	value: Decimal;
	/** Short, for printing in the picture: "1.2 million", "12". */
	label: string;
	/** Exact, as it is read aloud and copied, with its unit: "EUR 1 234 567.50", "12 activities". */
	exact: string;
	/** The exact number alone, for a table that names the unit once; `exact` when left out. */
	figures?: string;
	href?: string;
	/** Money: what the table prints as a Figure, with its own mark and proof. */
	figure?: MoneyFigure;
};

/** An amount of money with where it comes from. */
export type MoneyFigure = { value: FigureValue; origin: Origin };

/** Where there is no number: why not, in words ("not published", "not budgeted this finely"). Never drawn as zero. */
export type Missing = { missing: string };
export type Cell = Amount | Missing;

/** Words in a table beside its amounts, as the name of the other end of a link. */
export type Words = { words: string; href?: string };

export const isAmount = (cell: Cell | Words | undefined): cell is Amount =>
	cell !== undefined && 'value' in cell;
export const isWords = (cell: Cell | Words | undefined): cell is Words =>
	cell !== undefined && 'words' in cell;

/** What stands on an axis of time: a period with its own short mark and the longer period it belongs to. */
export type Period = {
	/** Unique in the chart. */
	key: string;
	/** In full: "2017, third quarter". */
	label: string;
	/** On the axis: "Q3". */
	tick: string;
	/** Under it, once for all its periods: "2017". */
	group?: string;
};

/** What could not be drawn: it stands in words under the picture and as a row of the table. */
export type Aside = { label: string; cells: Cell[] };

export type ColumnPoint = Period & {
	/** Solid. */
	actual: Cell;
	/** Outlined. */
	budget?: Cell;
	/** Hatched; what is still expected, on top of the actual where there is one. */
	forecast?: Cell;
};

export type BarPoint = {
	key: string;
	label: string;
	amount: Cell;
	/** Outlined, behind the bar. */
	budget?: Cell;
	/** The part that the source leaves unallocated, or "all others": drawn last, in a texture of its own. */
	rest?: boolean;
};

export type BurnPoint = {
	key: string;
	/** The end of this period: "end of March 2017". */
	label: string;
	/** Share of the time that had passed, in per cent. */
	time: number;
	/** Share of the budget that was spent, in per cent. */
	spent: number;
	/** Both as text: "41.2 %". */
	timeText: string;
	spentText: string;
	/** What was spent until then, exactly, with its unit. */
	exact: string;
	href?: string;
	/** The same amount as the table prints it. */
	figure?: MoneyFigure;
};

export type TimelinePoint = Period & {
	total: Amount;
	/** Counts by type, in the order of the chart's `types`; their sum is the total. */
	parts?: Amount[];
};

/** The numbers and words of one plot; `unit` stands above the axis ("EUR", "activities"). */
export type ColumnSpec = {
	kind: 'column';
	points: ColumnPoint[];
	series: { actual: string; budget?: string; forecast?: string };
	unit: string;
};
export type BarSpec = {
	kind: 'bar';
	points: BarPoint[];
	series: { amount: string; budget?: string };
};
export type BurnSpec = {
	kind: 'burn';
	points: BurnPoint[];
	/** Names of the two lines, and of the two axes. */
	labels: { spent: string; time: string; spentAxis: string; timeAxis: string; forecast?: string };
	/** Where a running project will stand at its end, as forecast: a broken line leads there over hatched ground. */
	forecast?: BurnPoint;
};
export type TimelineSpec = {
	kind: 'timeline';
	points: TimelinePoint[];
	series: { total: string };
	/** Names of the types that each column is piled up from, at most five, the last for all others. */
	types?: string[];
	unit: string;
};
/** One movement as the table names it: from where, to where, how much. `href` opens its rows. */
export type FlowLink = { key: string; from: string; to: string; href?: string; amount: Cell };
export type FlowSpec = {
	kind: 'flow';
	picture: FlowPicture;
	/** What each band of the picture says and opens, in the order of its bands. */
	marks: { key: string; label: string; href?: string; cell: Cell }[];
	/** What goes through a place, short, by its key. */
	totals: Record<string, string>;
	/** Every movement, for the table. */
	links: FlowLink[];
	series: { from: string; to: string; amount: string };
};
export type PlotSpec = ColumnSpec | BarSpec | BurnSpec | TimelineSpec | FlowSpec;

/** What stands around every chart. */
export type ChartFrameProps = {
	/** Unique on the page; the figure's anchor. */
	id: string;
	/** The finding, or for invented data a neutral name. */
	title: string;
	/** Measure and unit. */
	subtitle: string;
	nature: Nature;
	/** Where the numbers come from, as of when. */
	source: string;
	/** Level of the title's heading. */
	heading?: 2 | 3 | 4;
	/** The chart said in one sentence. */
	sentence?: string;
	/** The same sentence where it holds figures that open; it is shown in the place of the plain one. */
	saying?: Snippet;
	/** Numbers that the picture cannot show. */
	aside?: Aside[];
	/** The table under the picture: behind "Show as table", or always in view. */
	table?: 'closed' | 'open';
};
