import * as v from 'valibot';
import { NATURES } from '#lib/slice/slice.ts';
import { address, day, field, instant, text } from './field.ts';
import {
	UNCONVERTED,
	TOTAL,
	PART,
	ROW,
	ACTIVITY,
	ORGANISATION,
	COUNTRY,
	RESULT,
	SOURCE,
	CHECK,
	RATE
} from './item.ts';

/*
 * What answers to programs look like: the one place from which come their types, the tests of real answers, the OpenAPI
 * document, the page about it and the data dictionary.
 */

/** What every answer carries beside its data. */
const HEAD = {
	demonstration: v.optional(field('demonstration', v.literal(true))),
	notice: v.optional(field('notice', text)),
	slice: field('slice', v.strictObject({ words: field('words', text), address: field('address', address) })),
	nature: field('nature', v.picklist(NATURES)),
	as_of: field('as_of', v.nullable(day)),
	known_at: field('known_at', v.nullable(instant)),
	data_version: field('data_version', v.pipe(v.string(), v.regex(/^[0-9]+\.[0-9]+$/))),
	terms: field('terms', text)
};

const NEXT = field(
	'next',
	v.nullable(v.strictObject({ after: field('after', text), address: field('next_address', address) }))
);

const one = <const S extends v.GenericSchema>(data: S) =>
	v.strictObject({ ...HEAD, data: field('data', data) });
const list = <const S extends v.GenericSchema>(item: S) =>
	v.strictObject({ ...HEAD, data: field('data', v.array(item)) });
const paged = <const S extends v.GenericSchema>(item: S) =>
	v.strictObject({ ...HEAD, next: NEXT, data: field('data', v.array(item)) });

/** An answer of each address. */
export const ANSWERS = {
	totals: one(TOTAL),
	breakdowns: paged(PART),
	rows: paged(ROW),
	activities: paged(ACTIVITY),
	organisations: paged(ORGANISATION),
	countries: list(COUNTRY),
	results: paged(RESULT),
	sources: paged(SOURCE),
	checks: list(CHECK),
	rates: list(RATE)
} as const;
export type EndpointName = keyof typeof ANSWERS;

/** The answer of `/api/v1` itself. */
export const INDEX = v.strictObject({
	data: field(
		'data',
		v.array(
			v.strictObject({
				name: field('endpoint', text),
				address: field('endpoint_address', address),
				summary: field('summary', text)
			})
		)
	),
	openapi: field('openapi', address),
	data_version: HEAD.data_version
});

/** What is answered instead where something is wrong. */
export const REFUSAL = v.strictObject({
	error: field(
		'error',
		v.strictObject({
			code: field('code', text),
			message: field('message', text),
			parameter: v.optional(field('parameter', text)),
			value: v.optional(field('given', text)),
			what_to_do: field('what_to_do', text)
		})
	)
});
export type Refusal = v.InferOutput<typeof REFUSAL>;

/** Everything that an answer is made of, under the names of the OpenAPI document. */
export const COMPONENTS = {
	Total: TOTAL,
	Part: PART,
	Row: ROW,
	Activity: ACTIVITY,
	Organisation: ORGANISATION,
	Country: COUNTRY,
	Result: RESULT,
	Source: SOURCE,
	Check: CHECK,
	Rate: RATE,
	Unconverted: UNCONVERTED,
	...capitalised(ANSWERS),
	Index: INDEX,
	Refusal: REFUSAL
} satisfies Record<string, v.GenericSchema>;

/** `TotalsAnswer` for `totals`. */
export function answerName(name: EndpointName): string {
	return `${name[0]!.toUpperCase()}${name.slice(1)}Answer`;
}

function capitalised(answers: typeof ANSWERS): Record<string, v.GenericSchema> {
	return Object.fromEntries(
		Object.entries(answers).map(([name, schema]) => [answerName(name as EndpointName), schema])
	);
}
