import { createHash } from 'node:crypto';
import type { RequestEvent } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { answer, type Question } from '#lib/server/answer.ts';
import { readPostings } from '#lib/server/facts/posting.ts';
import { logError } from '#lib/server/log.ts';
import type { Site } from '#lib/server/outlet/extract.ts';
import { total } from '#lib/server/ledger/total.ts';
import { FOR_HOLDER, mayRowsLeave } from '#lib/server/outlet/row-limit.ts';
import { refuse } from '#lib/server/page/refuse.ts';
import { isHeld } from '#lib/server/entity-tag.ts';
import { getRuntime, type Runtime } from '#lib/server/runtime.ts';
import { defaultSlice, SLICE_FIELDS } from '#lib/slice/codec.ts';
import { NATURES } from '#lib/slice/slice.ts';
import { DEFAULT_VIEW, type PageField, type View } from '#lib/slice/view.ts';
import { API_PATH, type Endpoint, type Reading } from './endpoint.ts';
import { ENDPOINTS } from './endpoints.ts';
import { RequestLimit } from './limit.ts';
import { API_VERSION, openApi } from './openapi.ts';
import {
	refusedAddress,
	refusedFault,
	refusedFor,
	refusedLimit,
	refusedMethod,
	refusedRows,
	refusedTokens,
	type Refused
} from './refusal.ts';
import type { EndpointName } from './schema.ts';

type Asked = Pick<RequestEvent, 'url' | 'request' | 'getClientAddress' | 'route'> & {
	locals: App.Locals;
};

const ALLOWED = 'GET, HEAD, OPTIONS';
const TYPE = 'application/json; charset=utf-8';
/** Any site may read, nobody is known by a cookie, and what a program needs of the headers can be seen by it. */
const FOR_ALL = {
	'access-control-allow-origin': '*',
	'access-control-expose-headers': 'ETag, Retry-After, X-Data-Version, X-Request-Id'
};
const PREFLIGHT = {
	'access-control-allow-methods': ALLOWED,
	'access-control-allow-headers': 'Authorization, If-None-Match, Accept, Accept-Language, Content-Type',
	'access-control-max-age': '86400'
};

/** Answers what a program asks under `/api/v1`; `name` is the rest of the path. Never fails: everything has a refusal. */
export async function answerApi(event: Asked, name: string): Promise<Response> {
	const { method } = event.request;
	if (method === 'OPTIONS')
		return new Response(null, { status: 204, headers: { ...FOR_ALL, ...PREFLIGHT, allow: ALLOWED } });
	if (method !== 'GET' && method !== 'HEAD') return send(refusedMethod(method, ALLOWED));
	const docs = `${event.url.origin}/api#${name}`;
	try {
		const runtime = getRuntime();
		const perMinute = runtime.configuration.apiRequestsPerMinute;
		const seconds = limitOf(runtime).take(event.getClientAddress(), performance.now());
		if (seconds > 0) return send(refusedLimit(perMinute, seconds));
		if (name === '' || name === 'openapi.json') {
			refuseAnyParameter(event.url);
			return sendDocument(event, name === '' ? index(runtime) : openApi(runtime.configuration));
		}
		const found = ENDPOINTS.find((endpoint) => endpoint.name === name);
		return found ? await answerEndpoint(event, runtime, found) : send(refusedAddress(siteOf(runtime).origin));
	} catch (caught) {
		const refused = refusedFor(caught, docs);
		if (refused) return send(refused);
		const { requestId } = event.locals;
		logError(caught, { request: requestId, method, route: event.route.id, status: 500 });
		return send(refusedFault());
	}
}

async function answerEndpoint(event: Asked, runtime: Runtime, endpoint: Endpoint): Promise<Response> {
	const version = runtime.dataVersion();
	const site = siteOf(runtime);
	const etag = etagOf(runtime, version, event.url);
	if (!endpoint.changing && isHeld(event.request.headers.get('if-none-match'), etag))
		return notModified(etag, version);
	let isOwn = false;
	const body = await answer(event, endpoint.fields, async (question) => {
		refuseOthers(question, endpoint);
		if (endpoint.limited) isOwn = await isForHolder(event, question);
		const reading = await endpoint.read(question, site);
		return { ...(await headOf(question, reading, site)), ...pageOf(event.url, site, reading) };
	});
	const text = `${JSON.stringify(body)}\n`;
	// What was posted meanwhile would be kept under the wrong name.
	const named = endpoint.changing || body.data_version !== version ? `W/${contentTag(text)}` : etag;
	if (isHeld(event.request.headers.get('if-none-match'), named)) return notModified(named, body.data_version);
	return new Response(text, {
		headers: {
			...FOR_ALL,
			'content-type': TYPE,
			etag: named,
			'cache-control': isOwn ? FOR_HOLDER : endpoint.changing ? 'private, no-cache' : 'no-cache',
			'x-data-version': body.data_version,
			...(body.nature === 'demonstration' ? { 'x-robots-tag': 'noindex' } : {})
		}
	});
}

/**
 * Whether the rows of a slice are for the asker alone, who gave the token: there are more than anyone may have.
 * @throws ApiRefusal for everyone else
 */
async function isForHolder(event: Asked, { db, slice, runtime }: Question<PageField>): Promise<boolean> {
	if (runtime.configuration.exportMaxRows === 0) return false;
	const { entries } = await total(db, slice);
	const decided = mayRowsLeave(event, runtime, entries);
	if (decided.leave === 'refused') throw refusedRows(entries, decided.most);
	if (decided.leave === 'wait') throw refusedTokens(decided.seconds);
	return decided.leave === 'holder';
}

/** What every answer begins with: whose amounts, what was asked, and of which state of the books it is. */
async function headOf(
	{ db, slice, runtime }: Question<PageField>,
	{ words, page }: Reading<EndpointName>,
	{ origin }: Site
) {
	const stamps = await readPostings(db, slice.asof, slice.version);
	const shown = NATURES.filter((nature) => nature === 'published' || runtime.configuration.demonstration);
	const latest = await readPostings(db, null, slice.version);
	const known = shown.flatMap((nature) => stamps[nature]?.knownAt ?? []);
	const isInvented = slice.nature === 'demonstration';
	return {
		...(isInvented ? ({ demonstration: true, notice: m.exports_demonstration() } as const) : {}),
		slice: { words, address: origin + page },
		nature: slice.nature,
		as_of: slice.asof,
		known_at: known.sort().at(-1) ?? null,
		data_version: `${latest.published?.no ?? 0}.${latest.demonstration?.no ?? 0}`,
		terms: isInvented ? m.exports_terms_demonstration() : m.exports_terms()
	};
}

function pageOf(url: URL, { origin }: Site, { next, data }: Reading<EndpointName>) {
	if (next === undefined) return { data };
	if (next === null) return { next: null, data };
	const parameters = new URLSearchParams(url.searchParams);
	parameters.set('after', next);
	return { next: { after: next, address: `${origin}${url.pathname}?${parameters.toString()}` }, data };
}

/** Parameters that the codec knows and this address has no use for: to ignore one would answer another question. */
function refuseOthers({ slice, view, runtime }: Question<PageField>, endpoint: Endpoint): void {
	const free = defaultSlice(runtime.configuration.portfolio);
	for (const field of SLICE_FIELDS) {
		// What is published only says so itself.
		if (field === 'nature' || endpoint.slice.includes(field) || slice[field] === free[field]) continue;
		refuse(field, String(slice[field]), 'unknown');
	}
	for (const field of Object.keys(DEFAULT_VIEW) as (keyof View)[]) {
		if (!endpoint.view.includes(field) && view[field] !== DEFAULT_VIEW[field])
			refuse(field, String(view[field]), 'unknown');
	}
}

function refuseAnyParameter({ searchParams }: URL): void {
	for (const [name, value] of searchParams) refuse(name.slice(0, 60), value.slice(0, 100), 'unknown');
}

function index(runtime: Runtime) {
	const at = siteOf(runtime).origin + API_PATH;
	return {
		data: ENDPOINTS.map(({ name, summary }) => ({ name, address: `${at}/${name}`, summary: summary() })),
		openapi: `${at}/openapi.json`,
		data_version: runtime.dataVersion()
	};
}

function sendDocument({ request }: Asked, document: object): Response {
	const text = `${JSON.stringify(document, null, '\t')}\n`;
	const etag = contentTag(text);
	if (isHeld(request.headers.get('if-none-match'), etag)) return notModified(etag, null);
	return new Response(text, {
		headers: { ...FOR_ALL, 'content-type': TYPE, 'cache-control': 'no-cache', etag }
	});
}

function send({ status, body, headers }: Refused): Response {
	return new Response(`${JSON.stringify(body, null, '\t')}\n`, {
		status,
		headers: { ...FOR_ALL, 'content-type': TYPE, 'cache-control': 'no-store', ...headers }
	});
}

function notModified(etag: string, version: string | null): Response {
	return new Response(null, {
		status: 304,
		headers: {
			...FOR_ALL,
			etag,
			'cache-control': 'no-cache',
			...(version === null ? {} : { 'x-data-version': version })
		}
	});
}

/**
 * Names an answer by the data version and its address, so that nothing has to be read to know that it has not changed; by
 * what else it depends on, too.
 */
function etagOf({ configuration }: Runtime, version: string, url: URL): string {
	const { origin, portfolio, demonstration } = configuration;
	const parts = [API_VERSION, getLocale(), origin, portfolio, demonstration, url.pathname, url.search];
	return `"v${version}-${digest(JSON.stringify(parts))}"`;
}

const contentTag = (text: string): string => `"c-${digest(text)}"`;
const digest = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22);

const limits = new WeakMap<Runtime, RequestLimit>();

function limitOf(runtime: Runtime): RequestLimit {
	const known = limits.get(runtime) ?? new RequestLimit(runtime.configuration.apiRequestsPerMinute);
	limits.set(runtime, known);
	return known;
}

const siteOf = ({ configuration: { origin, portfolio } }: Runtime): Site => ({ origin, portfolio });
