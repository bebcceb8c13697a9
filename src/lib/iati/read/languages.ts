/** Where a file names no language, or none that is one. */
export const UNKNOWN_LANGUAGE = 'und';

/** Longer than any tag in use. */
const LONGEST = 35;
const KEPT = 1000;

/**
 * Language tags of one file as the books keep them: lower case, the short code where there are two (`EN`, `eng` and `en`
 * are one). What is no tag is `und`.
 */
export class Languages {
	#known = new Map<string, string>();

	read(stated: string): string {
		const known = this.#known.get(stated);
		if (known !== undefined) return known;
		const language = canonical(stated.trim());
		if (this.#known.size < KEPT) this.#known.set(stated, language);
		return language;
	}
}

function canonical(tag: string): string {
	if (tag === '' || tag.length > LONGEST) return UNKNOWN_LANGUAGE;
	try {
		return Intl.getCanonicalLocales(tag.replaceAll('_', '-'))[0]!.toLowerCase();
	} catch {
		return UNKNOWN_LANGUAGE;
	}
}
