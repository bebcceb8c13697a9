import type { Nature } from '#lib/slice/slice.ts';
import type { Locale } from '#lib/paraglide/runtime.js';
import type { Size } from '../size.ts';

/** What a mark says about itself when it is pointed at or has the focus; `null` when it no longer is. */
export type Pointed = { key: string; text: string };
export type OnPoint = (mark: Element, pointed: Pointed | null) => void;

/** Ways to fill a mark besides a plain colour: what is invented, what is expected, and parts told apart. */
export type Texture = 'invented' | 'forecast' | 'dots' | 'lines' | 'layers';

/** What every plot is given besides its own numbers. */
export type PlotProps<Spec> = {
	/** Begins the names of its textures; unique for each drawing on the page. */
	id: string;
	/** Id of the element that names the chart, and of the one that says how to use it. */
	titleId: string;
	helpId: string;
	spec: Spec;
	size: Size;
	/** Drawing units; for an interactive chart the pixels it has. */
	width: number;
	/** The height that an interactive chart has to keep; a drawing takes its own. */
	height?: number;
	nature: Nature;
	locale: Locale;
	/** Whether marks show what they say in a tooltip. Needs a browser. */
	interactive?: boolean;
};

/** The inside of a plot: its size, and where a value or a name lies in it. */
export type PlotArea = {
	width: number;
	height: number;
	x: (value: string | number) => number;
	y: (value: string | number) => number;
	/** Width of one name on an axis of names, and the distance from one to the next. */
	band: number;
	step: number;
};
