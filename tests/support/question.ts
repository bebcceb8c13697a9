import type { Kysely } from 'kysely';
import type { Question } from '#lib/server/answer.ts';
import type { DB } from '#lib/server/database/schema.ts';
import { resolveFactsAt } from '#lib/server/facts/posting.ts';
import { defaultSlice } from '#lib/slice/codec.ts';
import type { Slice } from '#lib/slice/slice.ts';
import { DEFAULT_VIEW, type PageField, type PageFields, type View } from '#lib/slice/view.ts';

type Asked<F extends PageField> = {
	/** Portfolio of the installation, which an address without one asks for. */
	home?: string;
	slice?: Partial<Slice>;
	view?: Partial<View>;
	/** Every parameter that the page knows beyond these. */
	fields?: Pick<PageFields, F>;
	demonstration?: boolean;
};

/** What a page's load is asked, as an address gives it that says no more than this. */
export async function askedOf<F extends PageField = never>(
	db: Kysely<DB>,
	{ home = 'gloact', slice = {}, view = {}, fields, demonstration = true }: Asked<F> = {}
): Promise<Question<F>> {
	const at = await resolveFactsAt(db, slice.asof ?? null, slice.version ?? null);
	return {
		db,
		runtime: { configuration: { portfolio: home } } as Question<F>['runtime'],
		slice: { ...defaultSlice(home), ...slice },
		view: { ...DEFAULT_VIEW, ...view },
		fields: fields ?? ({} as Pick<PageFields, F>),
		demonstration,
		at: at!
	};
}
