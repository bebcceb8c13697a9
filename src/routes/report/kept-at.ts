import { m } from '#lib/paraglide/messages.js';
import { shortPlace } from '#lib/words/place.ts';

const SHORT_HASH = 12;

/** Where a term or a row stands: the beginning of its file's hash, as the list of sources gives it, and the place in it. */
export function keptAt(sha256: string, place: string): string {
	return [sha256.slice(0, SHORT_HASH), shortPlace(place)].join(m.words_slice_join());
}
