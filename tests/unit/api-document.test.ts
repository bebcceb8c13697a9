import { registerSchema, unregisterSchema, validate } from '@hyperjump/json-schema/openapi-3-1';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeAnswers } from '#lib/server/api/describe.ts';
import { ENDPOINTS } from '#lib/server/api/endpoints.ts';
import { openApi, parametersOf } from '#lib/server/api/openapi.ts';
import { baseLocale, locales, overwriteGetLocale } from '#lib/paraglide/runtime.js';
import { parameterMeaning } from '#lib/words/api-parameter.ts';

const SITE = { origin: 'https://portfolio.example.org', demonstration: true };

/** Every `$ref` of a document. */
function refsOf(node: unknown): string[] {
	if (typeof node !== 'object' || node === null) return [];
	return Object.entries(node).flatMap(([key, value]) =>
		key === '$ref' && typeof value === 'string' ? [value] : refsOf(value)
	);
}

describe.each(locales)('the OpenAPI document [%s]', (locale) => {
	beforeAll(() => overwriteGetLocale(() => locale));
	afterAll(() => overwriteGetLocale(() => baseLocale));
	const document = () => openApi(SITE);

	it('is one by the meta-schema of OpenAPI 3.1', async () => {
		const { valid } = await validate('https://spec.openapis.org/oas/3.1/schema-base', document() as never);
		expect(valid).toBe(true);
	});

	it('holds all that it refers to', () => {
		const refs = [...new Set(refsOf(document()))];
		expect(refs.length).toBeGreaterThan(20);
		for (const ref of refs) {
			const found = ref
				.slice(2)
				.split('/')
				.reduce<unknown>((node, key) => (node as Record<string, unknown>)?.[key], document());
			expect(found, ref).toBeDefined();
		}
	});

	it('explains every parameter of every address', () => {
		for (const endpoint of ENDPOINTS) {
			const names = parametersOf(endpoint);
			expect(new Set(names).size).toBe(names.length);
			for (const name of names) expect(parameterMeaning(name), `${endpoint.name} ${name}`).not.toBe('');
		}
	});

	it('and the dictionary explain every field: meaning, type, origin and what null says', () => {
		const lines = describeAnswers().flatMap(({ name, lines: own }) =>
			own.map((line) => ({ ...line, name: `${name} ${line.name}` }))
		);
		expect(lines.length).toBeGreaterThan(150);
		const bare = lines.filter(({ meaning, type, origin, absence }) =>
			[meaning, type, origin, absence].some((text) => text === '')
		);
		expect(bare).toEqual([]);
	});
});

describe('the examples of the document', () => {
	it('ask for no demonstration where there is none, and no address is without one', () => {
		const { paths } = openApi({ ...SITE, demonstration: false }) as {
			paths: Record<string, { get: { 'x-examples'?: string[] } }>;
		};
		for (const { name } of ENDPOINTS) {
			const examples = paths[`/api/v1/${name}`]!.get['x-examples']!;
			expect(examples.length, name).toBeGreaterThan(0);
			for (const example of examples) expect(example).not.toContain('nature=demonstration');
		}
	});
});

describe('a schema of the document', () => {
	const uri = 'https://example.org/openapi';

	it('refuses a field that it does not name', async () => {
		registerSchema({ ...openApi(SITE) } as never, uri, 'https://spec.openapis.org/oas/3.1/schema-base');
		const ask = async (refusal: object) =>
			(await validate(`${uri}#/components/schemas/Refusal`, refusal as never)).valid;
		const error = { code: 'x', message: 'y', what_to_do: 'z' };
		expect(await ask({ error })).toBe(true);
		expect(await ask({ error: { ...error, extra: 1 } })).toBe(false);
		expect(await ask({ error: { code: 'x' } })).toBe(false);
		unregisterSchema(uri);
	});
});
