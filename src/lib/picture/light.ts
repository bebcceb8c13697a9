/** Wide enough for the wide drawing of each chart and for the whole of a map. */
const WIDTH = '960px';

/**
 * Gives a copy of a figure on light paper, as wide as a picture, out of sight, and takes it away afterwards. A picture
 * looks the same whoever saves it.
 */
export function onLightPaper<T>(figure: HTMLElement, see: (copy: HTMLElement) => T): T {
	const stand = document.createElement('div');
	stand.setAttribute('aria-hidden', 'true');
	stand.inert = true;
	stand.style.cssText = `position:absolute;inset-block-start:0;inset-inline-start:0;visibility:hidden;inline-size:${WIDTH};color-scheme:light;color:var(--ink)`;
	for (const [name, value] of lightTokens()) stand.style.setProperty(name, value);
	stand.append(figure.cloneNode(true));
	document.body.append(stand);
	try {
		return see(stand.firstElementChild as HTMLElement);
	} finally {
		stand.remove();
	}
}

/** The colours of the style sheet as they stand outside every condition. */
function* lightTokens(): Generator<[name: string, value: string]> {
	for (const sheet of document.styleSheets) {
		for (const rule of sheet.cssRules) {
			if (!(rule instanceof CSSStyleRule) || rule.selectorText !== ':root') continue;
			for (const name of rule.style)
				if (name.startsWith('--')) yield [name, rule.style.getPropertyValue(name)];
		}
	}
}
