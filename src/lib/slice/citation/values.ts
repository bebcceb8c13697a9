import { addDays, daysBetween, isDay } from '../period.ts';
import { BitsExhausted, type BitReader, type BitWriter } from './bits.ts';
import { CAPITALS, FORMS, PLAIN, WORDS, type Form } from './code-book.ts';

const DAY_ONE = '1970-01-01';
const MOST_DAYS = 2 ** 16;
const DIGITS = /^[1-9][0-9]{0,11}$/;

/** One way to write a value: whether it can, and how; reading is the reverse. */
type Writing = {
	takes: (value: string) => boolean;
	write: (bits: BitWriter, value: string) => void;
	read: (bits: BitReader) => string;
};

const utf8 = { encoder: new TextEncoder(), decoder: new TextDecoder('utf-8', { fatal: true }) };

const WRITINGS: Readonly<Record<Form, Writing>> = {
	word: {
		takes: (value) => wordOf(value) >= 0,
		write: (bits, value) => bits.write(wordOf(value), 6),
		read: (bits) => at(WORDS, bits.read(6))
	},
	day: {
		takes: (value) => {
			if (!isDay(value)) return false;
			const number = daysBetween(DAY_ONE, value);
			return number >= 0 && number < MOST_DAYS;
		},
		write: (bits, value) => bits.write(daysBetween(DAY_ONE, value), 16),
		read: (bits) => addDays(DAY_ONE, bits.read(16))
	},
	number: {
		takes: (value) => DIGITS.test(value),
		write: (bits, value) => bits.writeCount(Number.parseInt(value, 10)),
		read: (bits) => String(bits.readCount())
	},
	capitals: spelt(CAPITALS, 5),
	plain: spelt(PLAIN, 6),
	text: {
		takes: () => true,
		write: (bits, value) => {
			const bytes = utf8.encoder.encode(value);
			bits.writeCount(bytes.length);
			for (const byte of bytes) bits.write(byte, 8);
		},
		read: (bits) => utf8.decoder.decode(Uint8Array.from({ length: countOf(bits, 8) }, () => bits.read(8)))
	},
	// A change: its kind, and since when.
	pair: {
		takes: (value) => {
			const [first = '', ...rest] = value.split(':');
			return wordOf(first) >= 0 && rest.length === 1 && rest[0] !== '';
		},
		write: (bits, value) => {
			const at = value.indexOf(':');
			bits.write(wordOf(value.slice(0, at)), 6);
			writeValue(bits, value.slice(at + 1));
		},
		read: (bits) => `${at(WORDS, bits.read(6))}:${readValue(bits)}`
	}
};

/** In the order in which they are tried: a value is always written the same way. */
const ORDER: readonly Form[] = ['word', 'day', 'number', 'pair', 'capitals', 'plain', 'text'];

export function writeValue(bits: BitWriter, value: string): void {
	const form = ORDER.find((candidate) => WRITINGS[candidate].takes(value))!;
	bits.write(FORMS.indexOf(form), 3);
	WRITINGS[form].write(bits, value);
}

/** @throws BitsExhausted, TypeError for what no value is written as */
export function readValue(bits: BitReader): string {
	return WRITINGS[at(FORMS, bits.read(3))].read(bits);
}

function spelt(letters: string, width: number): Writing {
	return {
		takes: (value) => value !== '' && [...value].every((letter) => letters.includes(letter)),
		write: (bits, value) => {
			bits.writeCount(value.length);
			for (const letter of value) bits.write(letters.indexOf(letter), width);
		},
		read: (bits) =>
			Array.from({ length: countOf(bits, width) }, () => letters.charAt(bits.read(width))).join('')
	};
}

/** A number of letters, each of so many bits, that there still is. */
function countOf(bits: BitReader, width: number): number {
	const count = bits.readCount();
	if (count * width > bits.left) throw new BitsExhausted();
	return count;
}

function at<T>(list: readonly T[], index: number): T {
	const value = list[index];
	if (value === undefined) throw new BitsExhausted();
	return value;
}

const wordOf = (value: string): number => (WORDS as readonly string[]).indexOf(value);
