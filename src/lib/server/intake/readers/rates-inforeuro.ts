import { readInforEuroJson } from './rates/inforeuro-json.ts';
import { readInforEuroTable } from './rates/inforeuro-table.ts';
import { peek } from './rates/rows.ts';
import type { Reader } from './reader.ts';

/**
 * The European Commission's monthly accounting rates (InforEuro): the list of one month by country, or the history of
 * one currency; as a table or as the JSON of its public interface. Units for one euro, each for a whole month.
 */
export const ratesInforEuro: Reader = {
	name: 'rates-inforeuro',
	version: '1',
	async *read(bytes, { fileName }) {
		const { head, whole } = await peek(bytes);
		const json = /^\uFEFF?\s*[[{]/.test(new TextDecoder('utf-8', { ignoreBOM: true }).decode(head));
		yield* json ? readInforEuroJson(whole, fileName) : readInforEuroTable(whole, fileName);
	}
};
