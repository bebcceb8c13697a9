import { error, isHttpError, isRedirect } from '@sveltejs/kit';
import type { Kysely } from 'kysely';
import { forOneReading } from '#lib/server/database/ask-once.ts';
import type { DB } from '#lib/server/database/schema.ts';
import { defaultSlice, readAddress } from '#lib/slice/codec.ts';
import type { Slice } from '#lib/slice/slice.ts';
import type { PageField, PageFields, View } from '#lib/slice/view.ts';
import { holdsVersion, resolveFactsAt, type FactsAt } from './facts/posting.ts';
import { isAway } from './database/away.ts';
import { isBusy } from './database/only-connection.ts';
import { UnknownKeyError } from './ledger/resolve.ts';
import { CursorError } from './ledger/rows.ts';
import { getRuntime, type Runtime } from './runtime.ts';

/** What a page's load works with: its question, the open books, and the posting that facts are read at. */
export type Question<F extends PageField> = {
	/** For this reading alone: of it nothing is asked twice. */
	db: Kysely<DB>;
	runtime: Runtime;
	slice: Slice;
	view: View;
	fields: Pick<PageFields, F>;
	/** False when the visitor hid the demonstration or the installation holds none: then nothing may ask for it. */
	demonstration: boolean;
	at: FactsAt;
};

/**
 * Reads the address of a page and answers it. Expected outcomes become pages: 400 naming the parameter, 404, 503 with a
 * hint to try again. `pageFields` are the parameters that this page knows beyond slice and view.
 */
export async function answer<T, F extends PageField = never>(
	event: Asked,
	pageFields: readonly F[],
	load: (question: Question<F>) => Promise<T>
): Promise<T> {
	try {
		return await answerUnnumbered(event, pageFields, load);
	} catch (caught) {
		// What nobody expected gets its number from the hook.
		if (isHttpError(caught)) caught.body.id ??= event.locals?.requestId;
		if (event.locals) event.locals.failure = caught;
		throw caught;
	}
}

type Asked = { url: URL; request?: Request; locals?: App.Locals };

async function answerUnnumbered<T, F extends PageField>(
	event: Asked,
	pageFields: readonly F[],
	load: (question: Question<F>) => Promise<T>
): Promise<T> {
	const runtime = getRuntime();
	const home = runtime.configuration.portfolio;
	const read = readAddress(parametersOf(event), defaultSlice(home), pageFields);
	if ('error' in read) error(400, { message: 'malformed parameter', ...read.error });
	const db = forOneReading(runtime.database.db);
	return guard(async () => {
		const { asof, version } = read.slice;
		if (version !== null && !(await holdsVersion(db, version))) throw new UnknownKeyError('version', version);
		const at = await resolveFactsAt(db, asof, version);
		if (at === null) error(503, { message: 'nothing is loaded yet', code: 'nothing_loaded' });
		const demonstration = runtime.configuration.demonstration && read.view.demonstration === 'on';
		if (read.slice.nature === 'demonstration' && !demonstration)
			error(404, { message: 'the demonstration is switched off', code: 'demonstration_off' });
		return load({ db, runtime, ...read, demonstration, at });
	});
}

/** The framework names a form's action by a parameter that begins with a slash; it is no part of the question. */
function parametersOf({ url, request }: { url: URL; request?: Request }): URLSearchParams {
	if (request?.method !== 'POST') return url.searchParams;
	return new URLSearchParams([...url.searchParams].filter(([name]) => !name.startsWith('/')));
}

/** Turns what the books refuse into the status a visitor understands. */
export async function guard<T>(ask: () => Promise<T>): Promise<T> {
	try {
		return await ask();
	} catch (caught) {
		if (isHttpError(caught) || isRedirect(caught)) throw caught;
		if (caught instanceof UnknownKeyError) {
			error(404, { message: caught.message, parameter: caught.parameter, value: caught.value });
		}
		if (caught instanceof CursorError)
			error(400, { message: caught.message, parameter: 'after', reason: 'not_a_cursor' });
		if (isBusy(caught)) error(503, describeWork());
		if (isAway(caught)) error(503, { message: 'the database cannot be reached' });
		throw caught;
	}
}

/** What keeps the books from answering, with how far it is in per cent. */
function describeWork(): App.Error {
	const work = getRuntime().intake?.current();
	const percent = work?.total ? Math.min(99, Math.floor((100 * work.done) / work.total)) : null;
	const message =
		percent === null ? 'a report is being posted' : `a report is being posted, ${percent} % done`;
	return { message, work: { percent } };
}
