import { m } from '#lib/paraglide/messages.js';
import { localizeHref } from '#lib/paraglide/runtime.js';

/** Files that stand below their page, or have a name where it has none. */
const BELOW = /\/(?:brief\.pdf|findings\.csv|original)$/;
const ENDING = /\.(?:csv-metadata\.json|[a-z]+)$/;

/** The path of the page that a file shows otherwise: `/fr/transactions.csv` belongs to `/fr/transactions`. */
export function pageOfFile(path: string): string {
	const below = path.replace(BELOW, '');
	if (below !== path) return below === '' ? '/' : below;
	return path.replace(ENDING, '');
}

/** Whether a path is written as that of a file: a program that asks for it reads no pages. */
export function isPathOfFile(path: string): boolean {
	return BELOW.test(path) || ENDING.test(path);
}

/** The way back that is always there: address and text. */
export function overviewLink(): readonly [string, string] {
	return [localizeHref('/').replace(/(.)\/$/, '$1'), m.layout_error_overview()];
}
