import type { Reroute, Transport } from '@sveltejs/kit';
import { delocalized } from '#lib/layout/address.ts';

/** Routes know no language: `/fr/countries` is the route `/countries`, shown in French. */
export const reroute: Reroute = ({ url }) => delocalized(url.pathname);

/**
 * Pages are not hydrated, so no browser reads what a load answers. The framework writes it out for one all the same and
 * throws that away, which on a large page takes as long as drawing it. Here the whole answer of a load counts as one
 * value, of which nothing is written.
 */
export const transport: Transport = {
	Unsent: {
		encode: (value: unknown) =>
			typeof value === 'object' &&
			value !== null &&
			'type' in value &&
			value.type === 'data' &&
			'data' in value &&
			'uses' in value,
		decode: () => undefined
	}
};
