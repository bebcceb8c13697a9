import { carriedTo, localized } from '#lib/layout/address.ts';
import { surroundings } from '#lib/layout/surroundings.ts';
import { carriedByProof, proofAddress } from './origin.ts';
import type { Origin } from './origin.ts';

/** A function that makes links to proofs, for values that stand in a picture. Called while a component is set up. */
export function proofLinker(): (origin: Origin) => string {
	const here = surroundings();
	return (origin) =>
		localized(carriedTo(proofAddress(origin, here.home), here.address, carriedByProof(origin)));
}
