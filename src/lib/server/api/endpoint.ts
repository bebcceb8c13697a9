import type { InferOutput } from 'valibot';
import type { Question } from '#lib/server/answer.ts';
import type { Site } from '#lib/server/outlet/extract.ts';
import type { Slice } from '#lib/slice/slice.ts';
import type { PageField, View } from '#lib/slice/view.ts';
import type { ANSWERS, EndpointName } from './schema.ts';

/** Where programs ask. */
export const API_PATH = '/api/v1';

/** What an address answers beside what every answer carries. */
export type Reading<N extends EndpointName> = {
	data: InferOutput<(typeof ANSWERS)[N]>['data'];
	/** Cursor of the following page, where there are pages. */
	next?: string | null;
	/** The question in words. */
	words: string;
	/** Address of the same on a page, without the site's own. */
	page: string;
};

/** One address for programs: what it can be asked, and how it answers out of the functions that pages are made of. */
export type Endpoint<N extends EndpointName = EndpointName, F extends PageField = PageField> = {
	name: N;
	summary: () => string;
	/** Fields of the slice that it can be asked for. */
	slice: readonly (keyof Slice)[];
	view: readonly (keyof View)[];
	fields: readonly F[];
	required?: F;
	/** Query strings that show what it can do. */
	examples: readonly string[];
	/** Hands out the rows of a slice, page by page: of more than anyone may have, to who gives the token. */
	limited?: true;
	/** What it answers can change without a posting. */
	changing?: true;
	read: (question: Question<F>, site: Site) => Promise<Reading<N>>;
};

/** Rows of a page where nobody says how many. */
export const USUAL_ROWS = 100;

export const rowsOf = ({ limit }: { limit: number | null }): number => limit ?? USUAL_ROWS;

/** Keeps the type of an address's own name and fields. */
export function endpoint<const N extends EndpointName, const F extends PageField>(
	given: Endpoint<N, F>
): Endpoint<N, F> {
	return given;
}
