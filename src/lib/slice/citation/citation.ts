import { defaultSlice, readAddress, writeAddress } from '../codec.ts';
import type { Slice } from '../slice.ts';
import { readVersion } from '../version.ts';
import type { PageFields } from '../view.ts';
import { BitReader, BitsExhausted, BitWriter } from './bits.ts';
import { DEMONSTRATION, FIRST_YEAR, FORMAT, NAMES, WHOLE_YEAR } from './code-book.ts';
import { readLetters, writeLetters } from './letters.ts';
import { readValue, writeValue } from './values.ts';

/** What beside a slice tells which figure a proof is of. */
export const CITED_FIELDS = ['claim', 'formula', 'agreement_rule'] as const;
type CitedFields = Pick<PageFields, (typeof CITED_FIELDS)[number]>;

/** A figure at one state of the books for good. The slice names its data version; of a claim only that and the day matter. */
export type Citation = { slice: Slice & { version: string }; fields: CitedFields };

const LETTER_BITS = 5;
const MOST_LETTERS = 4000;

/**
 * What a reference leaves out: a reference stays the same figure. Never the installation's own portfolio, which its
 * configuration may change; should the default question ever become another, this one is written out here.
 */
const BASE = defaultSlice('gloact');

/**
 * The permanent reference of a figure: the address of its proof through the one codec, packed, with a check at the end. The
 * same figure at the same state of the books always has the same reference, and nothing needs to be kept for it.
 */
export function writeReference(citation: Citation): string {
	const { slice, fields } = canonical(citation);
	const version = readVersion(slice.version)!;
	const bits = new BitWriter()
		.write(FORMAT, 2)
		.writeCount(version.published)
		.writeCount(version.demonstration);
	const parameters = new Map(writeAddress({ slice: { ...slice, version: null }, fields }, BASE));
	const year = wholeYear(slice);
	if (parameters.get('nature') === 'demonstration') {
		bits.write(DEMONSTRATION, LETTER_BITS);
		parameters.delete('nature');
	}
	if (year !== null) {
		bits.write(WHOLE_YEAR, LETTER_BITS).write(year - FIRST_YEAR, 8);
		for (const end of ['from', 'to']) parameters.delete(end);
	}
	for (const [index, name] of NAMES.entries()) {
		const value = parameters.get(name);
		if (value === undefined) continue;
		bits.write(index + 1, LETTER_BITS);
		writeValue(bits, value);
	}
	return writeLetters(bits.symbols(LETTER_BITS));
}

/** The figure that a reference is of. Null for a text that is none: mistyped, changed, or cut off. */
export function readReference(reference: string): Citation | null {
	if (reference.length > MOST_LETTERS) return null;
	const symbols = readLetters(reference);
	const read = symbols && readParameters(symbols);
	if (!read) return null;
	const address = readAddress(read, BASE, CITED_FIELDS);
	if ('error' in address) return null;
	const { slice, fields } = address;
	if (slice.version === null) return null;
	const citation = { slice: { ...slice, version: slice.version }, fields };
	// There is one way to write a figure; whatever else passes the check was made up.
	const written = writeReference(citation).replaceAll('-', '');
	return readLetters(written)?.join() === symbols!.join() ? citation : null;
}

/** A claim is the same in whatever slice it was looked at. */
function canonical({ slice, fields }: Citation): Citation {
	if (fields.claim === null) return { slice, fields };
	const { asof, version } = slice;
	return {
		slice: { ...BASE, asof, version },
		fields: { claim: fields.claim, formula: null, agreement_rule: null }
	};
}

function readParameters(symbols: readonly number[]): URLSearchParams | null {
	const bits = new BitReader(symbols, LETTER_BITS);
	const parameters = new URLSearchParams();
	try {
		if (bits.read(2) !== FORMAT) return null;
		parameters.set('version', `${bits.readCount()}.${bits.readCount()}`);
		while (bits.left >= LETTER_BITS) {
			const symbol = bits.read(LETTER_BITS);
			if (symbol === DEMONSTRATION) parameters.append('nature', 'demonstration');
			else if (symbol === WHOLE_YEAR) {
				const year = bits.read(8) + FIRST_YEAR;
				parameters.append('from', `${year}-01-01`);
				parameters.append('to', `${year}-12-31`);
			} else {
				const name = NAMES[symbol - 1];
				if (name === undefined) return null;
				parameters.append(name, readValue(bits));
			}
		}
		return parameters;
	} catch (caught) {
		// Bits that are no text end in a TypeError of the decoder.
		if (caught instanceof BitsExhausted || caught instanceof TypeError) return null;
		throw caught;
	}
}

function wholeYear({ from, to }: Slice): number | null {
	if (from === null || to === null || from.slice(4) !== '-01-01') return null;
	const year = Number.parseInt(from.slice(0, 4), 10);
	return to === `${from.slice(0, 4)}-12-31` && year >= FIRST_YEAR && year < FIRST_YEAR + 256 ? year : null;
}
