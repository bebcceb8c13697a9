import { error, redirect } from '@sveltejs/kit';
import { localized } from '#lib/layout/address.ts';

/**
 * Sends a visitor on to where a thing is now, with the rest of the address as it was; 404 where that is not known. Not for
 * ever: at another day it may be where it was.
 */
export function sendOn(url: URL, address: string | null, missing: string): never {
	if (address === null) error(404, { message: missing });
	redirect(307, localized(address) + url.search);
}
