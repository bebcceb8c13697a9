/*
 * A drawing on a page takes its looks from the page's style sheets. A picture leaves the page: what it looks like is
 * written into it, as attributes that every program for drawings reads.
 */

const PROPERTIES = [
	'display',
	'fill',
	'fill-opacity',
	'stroke',
	'stroke-width',
	'stroke-opacity',
	'stroke-dasharray',
	'stroke-linejoin',
	'stroke-linecap',
	'opacity',
	'paint-order',
	'vector-effect',
	'font-family',
	'font-size',
	'font-weight',
	'font-style',
	'letter-spacing',
	'text-anchor',
	'dominant-baseline',
	'direction'
];
const COLOURS = new Set(['fill', 'stroke']);
/** What a child has from its parent without being told. */
const INHERITED = new Set(
	PROPERTIES.filter((name) => !['display', 'opacity', 'vector-effect', 'dominant-baseline'].includes(name))
);
const INITIAL: Readonly<Record<string, string>> = {
	display: 'inline',
	opacity: '1',
	'vector-effect': 'none',
	'dominant-baseline': 'auto'
};
/** What only a page needs. */
const OF_THE_PAGE = /^(class|style|role|tabindex|aria-.*|data-.*)$/;

/** A copy of a drawing that looks by itself as the drawing does on its page. Links lead where they led. */
export function paintCopy(drawing: SVGElement): SVGElement {
	const copy = drawing.cloneNode(true) as SVGElement;
	paint(drawing, copy, {});
	return copy;
}

function paint(element: Element, copy: Element, above: Readonly<Record<string, string>>): void {
	const style = getComputedStyle(element);
	const looks: Record<string, string> = {};
	for (const name of PROPERTIES) {
		const value = style.getPropertyValue(name);
		looks[name] = COLOURS.has(name) ? plainColour(value) : value;
	}
	for (const { name } of [...copy.attributes]) if (OF_THE_PAGE.test(name)) copy.removeAttribute(name);
	for (const name of PROPERTIES) {
		const usual = INHERITED.has(name) ? above[name] : INITIAL[name];
		if (looks[name] === usual || (name === 'display' && looks[name] !== 'none')) copy.removeAttribute(name);
		else copy.setAttribute(name, looks[name]!);
	}
	if (copy.hasAttribute('href'))
		copy.setAttribute('href', new URL(copy.getAttribute('href')!, location.href).href);
	const children = [...copy.children];
	[...element.children].forEach((child, index) => paint(child, children[index]!, looks));
	if (element.localName === 'defs') return;
	for (const child of children) if (child.getAttribute('display') === 'none') child.remove();
}

let brush: CanvasRenderingContext2D | null = null;

/** A colour as `#rrggbb` or `rgba()`: mixed colours have notations that only browsers know. */
export function plainColour(value: string): string {
	if (value === 'none' || value.startsWith('url(')) return value.replaceAll('"', '');
	brush ??= document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
	brush.clearRect(0, 0, 1, 1);
	brush.fillStyle = value;
	brush.fillRect(0, 0, 1, 1);
	const [red, green, blue, alpha] = brush.getImageData(0, 0, 1, 1).data as unknown as number[];
	if (alpha === 0) return 'none';
	if (alpha === 255)
		return `#${[red, green, blue].map((part) => part!.toString(16).padStart(2, '0')).join('')}`;
	return `rgba(${red}, ${green}, ${blue}, ${Math.round((alpha! / 255) * 1000) / 1000})`;
}
