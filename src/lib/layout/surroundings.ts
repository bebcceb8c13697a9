import { createContext } from 'svelte';
import type { FailedCheck } from '#lib/slice/check.ts';
import { carriedTo, localized } from './address.ts';

/** What a link needs to know of the page it stands on. */
export type Surroundings = {
	/** Path and query of this page, without the language prefix. */
	readonly address: string;
	/** The portfolio shown when an address names none. */
	readonly home: string;
	/** Whether rows leave as IATI: the installation says who publishes. */
	readonly iati: boolean;
	/** Rows that anyone may take away in one download; 0 is without a limit. */
	readonly mostRows?: number;
	/** The checks that fail in the books that this page shows: figures of their money carry a mark. */
	readonly failed?: readonly FailedCheck[];
};

const [read, write, written] = createContext<Surroundings>();

/** Set once by the root layout. */
export const setSurroundings = write;

/** The page's surroundings; outside a page (a component drawn alone) those of the bare root. */
export function surroundings(): Surroundings {
	return written() ? read() : { address: '/', home: '', iati: false };
}

/** A function that makes links of this page: in its language, with its portfolio, as-of date and demonstration switch. */
export function linker(): (target: string) => string {
	const here = surroundings();
	return (target) => localized(carriedTo(target, here.address));
}
