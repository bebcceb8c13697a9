import { proofAddress, type Origin } from '#lib/figure/origin.ts';
import { carriedTo, localized } from '#lib/layout/address.ts';
import { surroundings } from '#lib/layout/surroundings.ts';
import { defaultSlice, writeSlice } from '#lib/slice/codec.ts';

/**
 * A function that makes links to the transactions of a slice; a formula has none of its own and leads to its proof, whose
 * terms do. Called while a component is set up.
 */
export function rowsLinker(): (origin: Origin) => string {
	const here = surroundings();
	return (origin) => {
		const address =
			origin.kind === 'slice'
				? `/transactions?${writeSlice(origin.slice, defaultSlice(here.home)).toString()}`
				: proofAddress(origin, here.home);
		return localized(carriedTo(address, here.address, ['demonstration']));
	};
}
