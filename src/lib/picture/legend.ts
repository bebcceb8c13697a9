import { plainColour } from './paint.ts';

/** One sign of a legend: what fills its box, and what it means. A texture is one of the drawing's own. */
export type LegendSign = { fill: string; stroke: string; dashed: boolean; round: boolean; label: string };

/** The marks of drawings that mean what a sign of the legend means. */
const MARKS: readonly [sign: RegExp, mark: (matched: string[]) => string][] = [
	[/\blevel-(\d)\b/, ([, level]) => (level === '0' ? '.zero .fill' : `.band-${level} .fill`)],
	[/\bmissing\b/, () => '.missing .fill'],
	[/\bnone\b/, () => '.land'],
	[/\bheld\b/, () => '.held .ring'],
	[/\bplace\b/, () => '.place .dot'],
	[/\b(kind-\d|solid|outlined|forecast)\b/, ([, name]) => `.${name}`]
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
			round: box.borderRadius === '50%',
			label: item.textContent.replaceAll(/\s+/g, ' ').trim()
		};
	});
}

function markOf(sign: string, drawing: Element): Element | null {
	for (const [pattern, selector] of MARKS) {
		const matched = pattern.exec(sign);
		if (matched) return drawing.querySelector(selector(matched as string[]));
	}
	return null;
}
