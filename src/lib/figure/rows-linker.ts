import { carriedTo, localized } from '#lib/layout/address.ts';
import { surroundings } from '#lib/layout/surroundings.ts';
import { proofAddress, rowsAddress, type Origin } from './origin.ts';

/**
 * A function that makes links to the transactions of a slice; a formula has none of its own and leads to its proof, whose
 * terms do. Called while a component is set up.
 */
export function rowsLinker(): (origin: Origin) => string {
	const here = surroundings();
	return (origin) => {
		const address =
			origin.kind === 'slice' ? rowsAddress(origin.slice, here.home) : proofAddress(origin, here.home);
		return localized(carriedTo(address, here.address, ['demonstration']));
	};
}
