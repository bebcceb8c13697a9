/**
 * Every chart is drawn twice and its container shows one: a drawing scales with its width, and one drawing could not
 * be read both on a telephone and across a page. Widths in drawing units, which are pixels at scale 1.
 */
export type Size = 'narrow' | 'wide';
export const SIZES: Record<Size, { width: number; letter: number }> = {
	/** `letter` is the room for one character at the largest text that the size is shown with. */
	narrow: { width: 360, letter: 7.4 },
	wide: { width: 720, letter: 7.6 }
};

/** The same for an interactive chart, whose units are pixels. */
export const LETTER = 6.8;
