import { plainColour } from './paint.ts';

/** How a sign is drawn: a box, a disc, a bar without an end, or the arrow of a bar that goes on. */
export type SignShape = 'box' | 'round' | 'open' | 'beyond';

/** One sign of a legend: what fills its shape, and what it means. A texture is one of the drawing's own. */
export type LegendSign = { fill: string; stroke: string; dashed: boolean; shape: SignShape; label: string };

/** The marks of drawings that mean what a sign of the legend means. */
const MARKS: readonly [sign: RegExp, mark: (matched: string[]) => string][] = [
	[/\blevel-(\d)\b/, ([, level]) => (level === '0' ? '.zero .fill' : `.band-${level} .fill`)],
	[/\bmissing\b/, () => '.missing .fill'],
	[/\bnone\b/, () => '.land'],
	[/\bheld\b/, () => '.held:not(.unstated) .ring'],
	[/\bunstated\b/, () => '.unstated .ring'],
	[/\bplace\b/, () => '.place .dot'],
	[/\bopen\b/, () => '.solid, .within'],
	[/\b(kind-\d|solid|outlined|forecast|within|beyond)\b/, ([, name]) => `.${name}`]
];

/** The legend of a figure, each sign as the drawing itself draws what it stands for. */
export function legendSigns(figure: Element, drawing: Element): LegendSign[] {
	return [...figure.querySelectorAll('li:has(.sign)')].map((item) => {
		const sign = item.querySelector('.sign')!;
		const box = getComputedStyle(sign);
		const mark = markOf(sign.className, drawing);
		const style = getComputedStyle(mark ?? sign);
		return {
			fill: plainColour(mark ? style.fill : box.backgroundColor),
			stroke: plainColour(mark ? style.stroke : box.borderInlineStartColor),
			dashed: box.borderInlineStartStyle === 'dashed',
			shape: shapeOf(sign, box),
			label: item.textContent.replaceAll(/\s+/g, ' ').trim()
		};
	});
}

function shapeOf({ classList }: Element, { borderRadius }: CSSStyleDeclaration): SignShape {
	if (classList.contains('open')) return 'open';
	if (classList.contains('beyond')) return 'beyond';
	return borderRadius === '50%' ? 'round' : 'box';
}

function markOf(sign: string, drawing: Element): Element | null {
	for (const [pattern, selector] of MARKS) {
		const matched = pattern.exec(sign);
		if (matched) return drawing.querySelector(selector(matched as string[]));
	}
	return null;
}
