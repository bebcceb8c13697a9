import { legendSigns } from './legend.ts';
import { onLightPaper } from './light.ts';
import { paintCopy, plainColour } from './paint.ts';
import { Sheet } from './sheet.ts';

/**
 * A chart or map of the page as one drawing that says everything about itself: title, measure, legend, what the page
 * says of the day and the source, the formulas of a map, the demonstration mark, and the address it came from.
 */
export function composePicture(figure: HTMLElement): SVGSVGElement {
	const exploring = figure.querySelector<HTMLElement>('.explore');
	return onLightPaper(figure, (copy) => {
		// What someone is pointing at is no part of the picture.
		if (exploring) showDrawing(copy);
		return draw(copy);
	});
}

function draw(figure: HTMLElement): SVGSVGElement {
	const drawing =
		figure.querySelector<SVGSVGElement>('.drawing.wide svg') ?? figure.querySelector('.view svg')!;
	const style = getComputedStyle(figure);
	const colourOf = (token: string) => plainColour(style.getPropertyValue(token).trim());
	const sheet = new Sheet({
		font: style.fontFamily,
		direction: style.direction === 'rtl' ? 'rtl' : 'ltr',
		paper: colourOf('--paper'),
		ink: colourOf('--ink'),
		quiet: colourOf('--ink-quiet')
	});
	const demonstration = figure.querySelector('.subtitle strong');
	const [title, subtitle] = ['.title', '.subtitle'].map((part) => textOf(figure.querySelector(part)));
	sheet.text(title!, { size: 24, bold: true });
	if (demonstration) {
		const mark = textOf(demonstration);
		sheet.text(mark, { size: 15, bold: true, colour: colourOf('--demonstration') });
		sheet.text(subtitle!.replace(mark, '').trim(), { size: 15, quiet: true });
	} else sheet.text(subtitle!, { size: 15, quiet: true });
	sheet.text(textOf(figure.querySelector('.sentence')), { size: 15 });
	sheet.legend(legendSigns(figure, drawing));
	sheet.drawing(paintCopy(drawing) as SVGSVGElement, drawing.viewBox.baseVal);
	for (const aside of figure.querySelectorAll(':scope.chart > p:not(.source, .visually-hidden)'))
		sheet.text(textOf(aside), { size: 14 });
	for (const formula of figure.querySelectorAll('.formulas p'))
		sheet.text(textOf(formula), { size: 12, quiet: true });
	const [source, asOf] = [figure.querySelector('.source'), document.querySelector('.data-as-of')].map(textOf);
	if (!asOf!.includes(source!.replace(/\.$/, ''))) sheet.text(source!, { size: 13, quiet: true });
	sheet.text(asOf!, { size: 13, quiet: true });
	sheet.text(`${textOf(document.querySelector('h1'))} · ${location.href}`, {
		size: 12,
		quiet: true,
		leftToRight: true
	});
	return sheet.finish(title!);
}

function showDrawing(figure: HTMLElement): void {
	figure.querySelector('.explore')?.remove();
	for (const hidden of figure.querySelectorAll<HTMLElement>('.view > [hidden]')) hidden.hidden = false;
}

/** What an element says to those who see it, in one line; controls left out. */
function textOf(element: Element | null): string {
	if (!element) return '';
	const copy = element.cloneNode(true) as Element;
	for (const unseen of copy.querySelectorAll('button, .picture, .visually-hidden, .exact')) unseen.remove();
	return copy.textContent.replaceAll(/\s+/g, ' ').trim();
}
