import type { Nature } from '#lib/slice/slice.ts';
import type { ReportLanguage } from '#lib/words/language.ts';

/**
 * A report as plain texts, ready for the one template: every amount is written already, in the report's language, and was
 * stated in its manifest. No text is ever read as markup.
 */
export type Report = {
	/** What kind of paper it is: "Steering committee brief". */
	kind: string;
	/** What it is about. Never an amount, and never a word of what is invented. */
	title: string;
	language: ReportLanguage;
	/** What it was asked, as of when, at which state of the books, and where the same stands on the site. */
	about: Term[];
	/** Set where anything in it is invented: stands on every page. */
	mark: { word: string; sentence: string } | null;
	sections: ReportSection[];
};

/** A headed part of one nature. What is invented and what is published never share one. */
export type ReportSection = {
	nature: Nature | null;
	heading: string;
	explanation: string | null;
	parts: ReportPart[];
};

export type Term = { term: string; text: string; href?: string };

export type ReportPart =
	| { kind: 'figures'; figures: KeyAmount[] }
	/** `led`: it leads to what follows, and never stands alone at the foot of a page. */
	| { kind: 'text'; text: string; strong?: boolean; led?: boolean }
	/** Short facts side by side. */
	| { kind: 'facts'; terms: Term[] }
	/** Longer explanations, one under the other. */
	| { kind: 'terms'; heading: string; terms: Term[] }
	| { kind: 'list'; heading: string; entries: { name: string; detail: string }[] }
	| BurnPart
	| MapPart
	| TablePart
	| { kind: 'heading'; text: string }
	| { kind: 'signature'; lines: string[]; note: string };

/** A figure to read at a glance, with its exact form beneath; or words. `missing`: there is none, and `value` says why. */
export type KeyAmount = {
	term: string;
	value: string;
	exact: string | null;
	note: string | null;
	form: 'amount' | 'words' | 'missing';
};

/** Share of the budget spent against share of the time passed, in per cent; only for drawing, the texts are exact. */
export type BurnPart = {
	kind: 'burn';
	title: string;
	subtitle: string;
	/** Both shares and the gap in words, for who cannot see the chart. */
	alternative: string;
	points: { time: string; spent: string }[];
	/** Texts of the axes' five steps, 0 to 100 per cent, and one for each further 25. */
	steps: string[];
	labels: { spent: string; time: string; spentAxis: string; timeAxis: string };
	invented: string | null;
};

export type MapPart = {
	kind: 'map';
	title: string;
	subtitle: string;
	alternative: string;
	/** Share of the page's width; the legend stands beside it. */
	width: number;
	/** Drawing of paths alone, without letters. */
	svg: string;
	/** `texture` lies over the fill: lines, or dots. */
	legend: { fill: string; label: string; texture?: 'hatched' | 'dotted' }[];
	/** The United Nations' formulas, and who made the map. */
	formulas: string[];
	/** The mark that lies on a map of invented amounts. */
	invented?: string | null;
};

/**
 * A table; `numeric` columns are set right-aligned, the heads of `narrow` ones over several lines. `total` stands
 * under the rows.
 */
export type TablePart = {
	kind: 'table';
	title: string;
	note: string | null;
	columns: { title: string; unit: string | null; numeric: boolean; narrow: boolean }[];
	rows: string[][];
	total: string[] | null;
};
