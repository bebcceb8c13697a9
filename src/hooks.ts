import type { Reroute } from '@sveltejs/kit';
import { delocalized } from '#lib/layout/address.ts';

/** Routes know no language: `/fr/countries` is the route `/countries`, shown in French. */
export const reroute: Reroute = ({ url }) => delocalized(url.pathname);
