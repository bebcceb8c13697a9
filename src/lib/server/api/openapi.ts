import { toJsonSchemaDefs } from '@valibot/to-json-schema';
import { m } from '#lib/paraglide/messages.js';
import { describeParameter } from '#lib/slice/codec.ts';
import type { Slice } from '#lib/slice/slice.ts';
import { MOST_ROWS, type PageField, type View } from '#lib/slice/view.ts';
import { fieldWords } from '#lib/words/dictionary.ts';
import { parameterMeaning } from '#lib/words/api-parameter.ts';
import { API_PATH, USUAL_ROWS, type Endpoint } from './endpoint.ts';
import { ENDPOINTS } from './endpoints.ts';
import { answerName, COMPONENTS } from './schema.ts';

/** Of the interface: the first number changes when something that was promised no longer holds. */
export const API_VERSION = '1.0.0';

type Json = { [key: string]: unknown };

/**
 * The OpenAPI 3.1 document, in the language of the request: made from the codec that reads parameters and the schemas that
 * real answers are tested against.
 */
export function openApi({ origin, demonstration }: { origin: string; demonstration: boolean }): Json {
	return {
		openapi: '3.1.0',
		info: { title: m.api_title(), version: API_VERSION, description: m.api_lead() },
		servers: [{ url: origin }],
		paths: {
			[API_PATH]: { get: operation('index', m.api_endpoint_index(), [], 'Index') },
			...Object.fromEntries(
				ENDPOINTS.map((one) => [
					`${API_PATH}/${one.name}`,
					{ get: { ...operationOf(one), 'x-examples': examplesOf(one, demonstration) } }
				])
			)
		},
		components: {
			schemas: componentSchemas(),
			responses: refusalResponses()
		}
	};
}

/** What can go wrong, with its name in the document. */
export const REFUSALS_BY_STATUS = [
	{ status: 400, name: 'Malformed', meaning: m.api_error_400 },
	{ status: 403, name: 'TooManyRows', meaning: m.api_error_403 },
	{ status: 404, name: 'NotFound', meaning: m.api_error_404 },
	{ status: 405, name: 'ReadingOnly', meaning: m.api_error_405 },
	{ status: 429, name: 'TooMany', meaning: m.api_error_429 },
	{ status: 500, name: 'Fault', meaning: m.api_error_500 },
	{ status: 503, name: 'NotNow', meaning: m.api_error_503 }
] as const;

const SECONDS = { type: 'string', pattern: '^[0-9]+$' };

function refusalResponses(): Json {
	return Object.fromEntries(
		REFUSALS_BY_STATUS.map(({ status, name, meaning }) => [
			name,
			{
				description: meaning(),
				...(status === 429 || status === 503
					? { headers: { 'Retry-After': { description: m.api_error_429(), schema: SECONDS } } }
					: {}),
				content: { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } }
			}
		])
	);
}

/** The parameters of an address, in the order in which they are written. */
export function parametersOf({ slice, view, fields }: Endpoint): (keyof Slice | keyof View | PageField)[] {
	return [...slice, ...fields, ...view];
}

/** What an address answers, as JSON Schema; each field with its meaning. */
export function componentSchemas(): Record<string, Json> {
	const schemas = toJsonSchemaDefs(COMPONENTS, {
		target: 'draft-2020-12',
		overrideRef: ({ referenceId }) => `#/components/schemas/${referenceId}`
	});
	return Object.fromEntries(
		Object.entries(schemas).map(([name, schema]) => [name, withMeanings(schema) as Json])
	);
}

/** Puts meanings in the place of their names, which are no words of JSON Schema. */
function withMeanings(schema: unknown): unknown {
	if (Array.isArray(schema)) return schema.map(withMeanings);
	if (typeof schema !== 'object' || schema === null) return schema;
	const { 'x-field': field, 'x-column': column, ...rest } = schema as Json;
	const described = Object.fromEntries(
		Object.entries(rest).map(([key, value]) => [key, withMeanings(value)])
	);
	const words = fieldWords(String(field ?? column), column !== undefined);
	return words === null ? described : { ...described, description: words.meaning };
}

/** As a number: its text is checked by the codec. */
const LIMIT = { type: 'integer', minimum: 1, maximum: MOST_ROWS, default: USUAL_ROWS };

function operationOf(endpoint: Endpoint): Json {
	const parameters = parametersOf(endpoint).map((name) => {
		const { form, list } = describeParameter(name);
		const one = name === 'limit' ? LIMIT : { type: 'string', ...form };
		return {
			name,
			in: 'query',
			description: parameterMeaning(name),
			...(endpoint.required === name ? { required: true } : {}),
			...(list ? { style: 'form', explode: false } : {}),
			schema: list ? { type: 'array', items: one } : one
		};
	});
	return operation(endpoint.name, endpoint.summary(), parameters, answerName(endpoint.name));
}

function operation(name: string, summary: string, parameters: Json[], schema: string): Json {
	return {
		operationId: name,
		summary,
		parameters,
		responses: {
			200: {
				description: summary,
				headers: {
					ETag: { description: m.api_rule_versions(), schema: { type: 'string' } }
				},
				content: { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` } } }
			},
			304: { description: m.api_rule_versions() },
			...Object.fromEntries(
				REFUSALS_BY_STATUS.map(({ status, name: refusal }) => [
					status,
					{ $ref: `#/components/responses/${refusal}` }
				])
			)
		}
	};
}

/** Addresses that show what an endpoint can do; of a demonstration only where there is one. */
export function examplesOf({ name, examples }: Endpoint, demonstration: boolean): string[] {
	return examples
		.filter((query) => demonstration || !query.includes('nature=demonstration'))
		.map((query) => `${API_PATH}/${name}${query === '' ? '' : `?${query}`}`);
}
