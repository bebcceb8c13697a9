/**
 * Names of months in the languages that partners report in (English, French, Spanish, Portuguese), folded; each may be
 * shortened to its first three letters or more. Where a short form could be two months (French "jui"), four are needed.
 */
const NAMES: readonly (readonly string[])[] = [
	['january', 'janvier', 'enero', 'janeiro'],
	['february', 'fevrier', 'febrero', 'fevereiro'],
	['march', 'mars', 'marzo', 'marco'],
	['april', 'avril', 'abril'],
	['may', 'mai', 'mayo', 'maio'],
	['june', 'juin', 'junio', 'junho'],
	['july', 'juillet', 'julio', 'julho'],
	['august', 'aout', 'agosto'],
	['september', 'septembre', 'septiembre', 'setembro', 'setiembre'],
	['october', 'octobre', 'octubre', 'outubro'],
	['november', 'novembre', 'noviembre', 'novembro'],
	['december', 'decembre', 'diciembre', 'dezembro']
];

/** The month that a folded word names, 1 to 12; null for no month and for a shortening of more than one. */
export function monthOfWord(word: string): number | null {
	if (word.length < 3) return null;
	const found = NAMES.flatMap((names, index) =>
		names.some((name) => name.startsWith(word)) ? [index + 1] : []
	);
	return found.length === 1 ? found[0]! : null;
}
