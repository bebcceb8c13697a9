import { m } from '#lib/paraglide/messages.js';
import { absenceText, fieldWords, originText } from '#lib/words/dictionary.ts';
import { toJsonSchemaDefs } from '@valibot/to-json-schema';
import { API_PATH } from './endpoint.ts';
import { ENDPOINTS } from './endpoints.ts';
import { answerName, COMPONENTS } from './schema.ts';

/** A field or column in the language of the request, blank where there is nothing to say; `name` with the fields it lies in: `keys[].dimension`. */
export type FieldLine = {
	name: string;
	meaning: string;
	type: string;
	unit: string;
	codes: string;
	origin: string;
	absence: string;
};

export type AnswerDescription = { name: string; address: string; lines: FieldLine[] };

type Schema = {
	$ref?: string;
	type?: string;
	format?: string;
	enum?: readonly string[];
	const?: unknown;
	pattern?: string;
	items?: Schema;
	anyOf?: Schema[];
	properties?: Record<string, Schema>;
	additionalProperties?: Schema | false;
	'x-field'?: string;
	'x-column'?: string;
};

/** The fields of every answer: first what all carry, then what each address holds in its data, then errors. */
export function describeAnswers(): AnswerDescription[] {
	const schemas = toJsonSchemaDefs(COMPONENTS, { target: 'draft-2020-12' }) as Record<string, Schema>;
	const fieldsOf = (schema: Schema, prefix = '') =>
		Object.entries(schema.properties ?? {}).flatMap(([name, own]) => linesOf(prefix + name, own, schemas));
	const rows = schemas[answerName('rows')]!;
	const { data: _, ...head } = rows.properties!;
	return [
		{ name: 'answer', address: m.dictionary_head(), lines: fieldsOf({ properties: head }) },
		...ENDPOINTS.map(({ name }) => {
			const data = schemas[answerName(name)]!.properties!.data!;
			const item = resolve(data.items ?? data, schemas);
			return { name, address: `${API_PATH}/${name}`, lines: fieldsOf(item) };
		}),
		{ name: 'index', address: API_PATH, lines: fieldsOf(schemas.Index!) },
		{ name: 'error', address: m.dictionary_refusal(), lines: fieldsOf(schemas.Refusal!) }
	];
}

function resolve(schema: Schema, schemas: Record<string, Schema>): Schema {
	return schema.$ref ? schemas[schema.$ref.split('/').at(-1)!]! : schema;
}

/** A field, and those that lie in it. */
function linesOf(name: string, given: Schema, schemas: Record<string, Schema>): FieldLine[] {
	const words = fieldWords(given['x-field'] ?? given['x-column'] ?? '', given['x-column'] !== undefined);
	const filled = resolve(given.anyOf?.find(({ type }) => type !== 'null') ?? given, schemas);
	const item = filled.items && resolve(filled.items, schemas);
	const inner = item?.properties ?? filled.properties ?? {};
	const line = {
		name,
		meaning: words?.meaning ?? '',
		type: typeText(filled, schemas),
		unit: words?.detail?.unit ?? '',
		codes: codesOf(filled) ?? (typeof words?.detail?.codes === 'string' ? words.detail.codes : ''),
		origin: words ? originText(words.origin) : '',
		absence: words ? absenceText(words.absence) : ''
	};
	return [
		line,
		...Object.entries(inner).flatMap(([key, own]) =>
			linesOf(`${name}${item?.properties ? '[]' : ''}.${key}`, own, schemas)
		)
	];
}

function codesOf({ enum: codes, const: only }: Schema): string | null {
	return codes ? codes.join(' | ') : only === undefined ? null : String(only);
}

function typeText(schema: Schema, schemas: Record<string, Schema>): string {
	const { type, format, items, properties, pattern } = schema;
	if (schema.enum) return m.dictionary_type_code();
	if (items) return m.dictionary_type_list({ type: typeText(resolve(items, schemas), schemas) });
	if (type === 'object') return properties ? m.dictionary_type_object() : m.dictionary_type_texts();
	if (type === 'boolean' || schema.const === true) return m.dictionary_type_boolean();
	if (type === 'integer') return m.dictionary_type_integer();
	if (format === 'date') return m.dictionary_type_date();
	if (format === 'date-time') return m.dictionary_type_instant();
	if (format === 'uri') return m.dictionary_type_address();
	if (pattern?.includes('\\.[0-9]+)?')) return m.dictionary_type_decimal();
	return pattern === undefined ? m.dictionary_type_text() : m.dictionary_type_code();
}
