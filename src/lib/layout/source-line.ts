import { m } from '#lib/paraglide/messages.js';
import type { Nature } from '#lib/slice/slice.ts';
import { formatDay } from '#lib/words/date.ts';
import type { PostingStamp } from './layout-data.ts';

/*
 * What stands under a chart or map: of which posting its values are. Null postings are those of a day on which nothing was
 * posted.
 */

/** Of money of one nature. */
export function moneySource(posting: PostingStamp | null, nature: Nature): string {
	if (posting === null) return m.overview_source_none();
	return nature === 'demonstration'
		? m.overview_source_demonstration(wordsOf(posting))
		: m.overview_source_published(wordsOf(posting));
}

/** Of published facts; before the first posting they are shown as they were loaded, on the ISO day `loadedOn`. */
export function factsSource(posting: PostingStamp | null, loadedOn: string | null): string {
	if (posting === null && loadedOn !== null) return m.overview_source_loaded({ date: formatDay(loadedOn) });
	return moneySource(posting, 'published');
}

/** Of a page whose head says the same. */
export function dataSource(posting: PostingStamp | null): string {
	return posting === null ? m.layout_nothing_posted() : m.layout_data_as_of(wordsOf(posting));
}

function wordsOf({ no, knownAt }: PostingStamp): { no: number; date: string } {
	return { no, date: formatDay(knownAt) };
}
