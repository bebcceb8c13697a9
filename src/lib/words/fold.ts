/** A text for searching: lower case, without accents, so that "Burkina" and "búrkina" meet. */
export function fold(text: string): string {
	return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
}
