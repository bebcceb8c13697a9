/**
 * The 32 letters of a reference: digits and capitals without I, L, O and U, which are taken for others when read from
 * paper or spell words. Small letters are read as capitals; I and L as 1, O as 0; hyphens and blanks only group.
 */
export const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const READ_AS: Readonly<Record<string, string>> = { I: '1', L: '1', O: '0' };
const GROUP = 4;

/** Three letters at the end are the check. */
const CHECK_LETTERS = 3;
const CHECK_BITS = 15;
/** x^15 + x^14 + x^10 + x^8 + x^7 + x^4 + x^3 + 1, as on the CAN bus: finds any error within three letters in a row. */
const POLYNOMIAL = 0x4599;
const ALL_ONES = 0x7fff;

/** Symbols of five bits as a reference in groups of four letters: `0VX8-K2QM-7`. */
export function writeLetters(symbols: readonly number[]): string {
	const check = checkOf(symbols);
	const all = [...symbols, ...[10, 5, 0].map((shift) => (check >> shift) % 32)];
	const text = all.map((symbol) => LETTERS[symbol]).join('');
	return text.match(new RegExp(`.{1,${GROUP}}`, 'g'))!.join('-');
}

/** The symbols of a reference; null where a letter is none of ours or the check at its end does not fit. */
export function readLetters(reference: string): number[] | null {
	const symbols = [...reference.toUpperCase().replaceAll(/[\s-]/g, '')].map((letter) =>
		LETTERS.indexOf(READ_AS[letter] ?? letter)
	);
	if (symbols.length <= CHECK_LETTERS || symbols.includes(-1)) return null;
	const content = symbols.slice(0, -CHECK_LETTERS);
	const given = symbols.slice(-CHECK_LETTERS).reduce((check, symbol) => check * 32 + symbol, 0);
	return given === checkOf(content) ? content : null;
}

/** A cyclic redundancy check that begins with all ones, so that letters before the first are found too. */
function checkOf(symbols: readonly number[]): number {
	let check = ALL_ONES;
	for (const symbol of symbols) {
		for (let bit = 4; bit >= 0; bit--) {
			const carry = ((check >> (CHECK_BITS - 1)) & 1) !== ((symbol >> bit) & 1);
			check = (check << 1) & ALL_ONES;
			if (carry) check ^= POLYNOMIAL;
		}
	}
	return check;
}
