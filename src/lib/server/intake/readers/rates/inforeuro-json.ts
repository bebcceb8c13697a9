import type { ExchangeRateRecord, Finding } from '../../record.ts';
import { createInforEuroList, decideMonth, readHistoryRow } from './inforeuro.ts';
import { refusal, stop } from './table.ts';
import { plainNumber } from './values.ts';

/** A list has some 200 countries, a history some 400 months. */
const LARGEST = 8 * 1024 * 1024;

/** Objects of the public interface, each number as the digits that stood there. */
type Item = Partial<Record<string, unknown>>;

/**
 * The JSON of InforEuro's public interface: `monthly-rates` (country, currency, isoA3Code, value), which states no month
 * and needs it in the file's name, or `currencies/<code>` (currencyIso, refCurrencyIso, amount, dateStart, dateEnd).
 */
export async function* readInforEuroJson(
	bytes: AsyncIterable<Uint8Array>,
	fileName: string
): AsyncGenerator<ExchangeRateRecord | Finding> {
	const items = await parse(bytes, fileName);
	if (!Array.isArray(items)) return yield items;
	if (items.length === 0) return yield stop(fileName, 'no-rows', 'an empty list');
	const list = createInforEuroList();
	const decided = items.every((item) => text(item, 'currencyIso') !== '')
		? null
		: decideMonth([], fileName, fileName);
	if (decided && 'kind' in decided) return yield decided;
	for (const [index, item] of items.entries()) {
		const place = `${fileName} item ${index + 1}`;
		const number = decided ? item.value : item.amount;
		const units = typeof number === 'string' ? plainNumber(number) : null;
		if (units === null || /^0*\.?0*$/.test(units)) {
			yield refusal(place, 'not-a-rate', JSON.stringify(number) ?? 'no rate', 'item not read');
		} else if (decided) {
			const currency = text(item, 'isoA3Code');
			yield* list.read({ place, currency, validFrom: `${decided.month}-01`, units });
		} else {
			const [currency, base] = [text(item, 'currencyIso'), text(item, 'refCurrencyIso')];
			const [from, to] = [text(item, 'dateStart'), text(item, 'dateEnd')];
			yield* readHistoryRow(list, { place, currency, base, from, to, units });
		}
	}
}

async function parse(bytes: AsyncIterable<Uint8Array>, fileName: string): Promise<Item[] | Finding> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of bytes) {
		chunks.push(chunk);
		if ((size += chunk.length) > LARGEST)
			return stop(fileName, 'file-too-large', `more than ${LARGEST} bytes`);
	}
	let parsed: unknown;
	try {
		parsed = parseExactly(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)));
	} catch (error) {
		return stop(fileName, 'not-json', error instanceof Error ? error.message.slice(0, 120) : 'no JSON');
	}
	const isItem = (item: unknown) => typeof item === 'object' && item !== null && !Array.isArray(item);
	if (Array.isArray(parsed) && parsed.every(isItem)) return parsed as Item[];
	return stop(fileName, 'header-missing', 'no list of rates, as InforEuro gives it');
}

/** Numbers as their own digits: as JavaScript numbers they would be rounded to binary. */
function parseExactly(source: string): unknown {
	type Reviver = (key: string, value: unknown, context: { source?: string }) => unknown;
	const exact: Reviver = (_key, value, context) => (typeof value === 'number' ? context.source : value);
	return JSON.parse(source, exact as (this: unknown, key: string, value: unknown) => unknown);
}

function text(item: Item, name: string): string {
	const value = item[name];
	return typeof value === 'string' ? value.trim() : '';
}
