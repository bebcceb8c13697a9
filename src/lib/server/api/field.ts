import * as v from 'valibot';
import type { ApiField } from '#lib/words/api-field.ts';
import type { EntryColumnName } from '#lib/words/entry-column.ts';

/* What the fields of answers are made of: each carries the name of its meaning (`words/api-field.ts`). */

/** A field with its meaning. */
export function field<const S extends v.GenericSchema>(name: ApiField, schema: S) {
	return v.pipe(schema, v.metadata({ 'x-field': name }));
}

/** A field that means what the column of a download of this name means. */
export function column<const S extends v.GenericSchema>(name: EntryColumnName, schema: S) {
	return v.pipe(schema, v.metadata({ 'x-column': name }));
}

export const text = v.string();
export const day = v.pipe(v.string(), v.isoDate());
export const instant = v.pipe(v.string(), v.isoTimestamp());
export const decimal = v.pipe(v.string(), v.regex(/^-?[0-9]+(?:\.[0-9]+)?$/));
export const digits = v.pipe(v.string(), v.regex(/^[0-9]+$/));
export const count = v.pipe(v.number(), v.integer(), v.minValue(0));
export const address = v.pipe(v.string(), v.url());
export const currency = v.pipe(v.string(), v.regex(/^[A-Z]{3}$/));
export const country = v.pipe(v.string(), v.regex(/^[A-Z]{2}$/));
export const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
/** Texts by language. */
export const texts = v.record(v.string(), v.string());
