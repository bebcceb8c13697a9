import { isHttpError } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { addressErrorText } from '#lib/words/address.ts';
import type { Refusal } from './schema.ts';

/** What cannot be answered, as it goes out. */
export type Refused = { status: number; body: Refusal; headers?: Record<string, string> };

/** Something that cannot be answered and has words of its own. */
export class ApiRefusal extends Error {
	override name = 'ApiRefusal';
	refused: Refused;
	constructor(status: number, error: Refusal['error'], headers?: Refused['headers']) {
		super(error.message);
		this.refused = { status, body: { error }, ...(headers ? { headers } : {}) };
	}
}

/** Of more rows than anyone may have, asked for without the token. */
export function refusedRows(rows: number, most: number): ApiRefusal {
	return new ApiRefusal(403, {
		code: 'too_many_rows',
		message: m.exports_limit_text({ rows: String(rows), most: String(most) }),
		what_to_do: m.exports_limit_do()
	});
}

/** @param seconds until a token from the visitor's address is looked at again */
export function refusedTokens(seconds: number): ApiRefusal {
	return new ApiRefusal(
		429,
		{
			code: 'too_many_wrong_tokens',
			message: m.sources_enter_wait({ minutes: String(Math.ceil(seconds / 60)) }),
			what_to_do: m.api_do_wait({ seconds })
		},
		{ 'retry-after': String(seconds) }
	);
}

export function refusedAddress(origin: string): Refused {
	return refused(404, {
		code: 'unknown_address',
		message: m.api_refusal_unknown_address(),
		what_to_do: m.api_do_address({ address: `${origin}/api/v1` })
	});
}

export function refusedMethod(method: string, allowed: string): Refused {
	return {
		...refused(405, {
			code: 'method_not_allowed',
			message: m.api_refusal_method({ method }),
			what_to_do: m.api_do_method()
		}),
		headers: { allow: allowed }
	};
}

/** @param seconds until the visitor's address may ask again */
export function refusedLimit(limit: number, seconds: number): Refused {
	return {
		...refused(429, {
			code: 'too_many_requests',
			message: m.api_refusal_requests({ limit }),
			what_to_do: m.api_do_wait({ seconds })
		}),
		headers: { 'retry-after': String(seconds) }
	};
}

/** Of a fault of ours: its number stands in the header and in the log. */
export function refusedFault(): Refused {
	return refused(500, {
		code: 'internal',
		message: m.api_refusal_internal(),
		what_to_do: m.api_do_report()
	});
}

const RETRY_SECONDS = 5;
/** PostgreSQL's code for a statement that took longer than it may. */
const TOO_LONG = '57014';

/**
 * What a page would be refused with, in the words of programs; null for what nobody expected.
 * @param docs where the parameters of the address are explained
 */
export function refusedFor(caught: unknown, docs: string): Refused | null {
	if (caught instanceof ApiRefusal) return caught.refused;
	if (isHttpError(caught)) return ofPage(caught.status, caught.body, docs);
	if ((caught as { code?: unknown }).code === TOO_LONG) {
		return refused(400, {
			code: 'question_too_large',
			message: m.api_refusal_too_large(),
			what_to_do: m.api_do_narrow()
		});
	}
	return null;
}

function ofPage(status: number, body: App.Error, docs: string): Refused {
	const { parameter, value = '', reason } = body;
	const given = parameter === undefined ? {} : { parameter, ...(value === '' ? {} : { value }) };
	if (status === 503) {
		const [code, message] = body.work
			? ['busy', m.api_refusal_busy()]
			: body.code === 'nothing_loaded'
				? ['nothing_loaded', m.api_refusal_nothing_loaded()]
				: ['away', m.api_refusal_away()];
		return {
			...refused(503, { code, message, what_to_do: m.api_do_wait({ seconds: RETRY_SECONDS }) }),
			headers: { 'retry-after': String(RETRY_SECONDS) }
		};
	}
	if (parameter !== undefined && reason !== undefined) {
		return refused(status, {
			code: `parameter_${reason}`,
			message: addressErrorText({ parameter, value, reason }),
			...given,
			what_to_do:
				reason === 'unknown'
					? m.api_do_unknown({ address: docs })
					: reason === 'not_a_cursor'
						? m.api_do_cursor()
						: m.api_do_value({ address: docs })
		});
	}
	if (parameter !== undefined) {
		return refused(status, {
			code: 'unknown_key',
			message: m.api_refusal_unknown_key({ parameter, value }),
			...given,
			what_to_do: m.api_do_key({ address: docs })
		});
	}
	if (body.code === 'demonstration_off') {
		return refused(status, {
			code: 'demonstration_off',
			message: m.api_refusal_demonstration_off(),
			parameter: 'nature',
			value: 'demonstration',
			what_to_do: m.api_do_published()
		});
	}
	if (body.code === 'no_publisher' || body.code === 'no_invented_iati') {
		const hasPublisher = body.code === 'no_invented_iati';
		return refused(status, {
			code: body.code,
			message: hasPublisher ? m.exports_no_invented() : m.exports_no_publisher(),
			what_to_do: hasPublisher ? m.exports_no_invented_do() : m.exports_no_publisher_do()
		});
	}
	return refused(status, {
		code: 'not_found',
		message: m.api_refusal_not_found(),
		what_to_do: m.api_do_address({ address: docs })
	});
}

function refused(status: number, error: Refusal['error']): Refused {
	return { status, body: { error } };
}
