import { defaultSlice, writeAddress } from './codec.ts';
import type { Slice } from './slice.ts';
import type { PageField, PageFields } from './view.ts';

/** The parameters that say how a sample is drawn. */
export const SAMPLE_FIELDS = [
	'method',
	'size',
	'interval',
	'strata',
	'seed'
] as const satisfies readonly PageField[];
export type SampleFields = Partial<Pick<PageFields, (typeof SAMPLE_FIELDS)[number]>>;

/**
 * The desk at which a sample of a slice's rows is drawn, without the language prefix.
 * @param home the portfolio that addresses leave out
 */
export function sampleAddress(slice: Slice, fields: SampleFields, home: string): string {
	const query = writeAddress({ slice, fields }, defaultSlice(home)).toString();
	return `/audit${query === '' ? '' : `?${query}`}`;
}
