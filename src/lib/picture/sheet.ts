import type { LegendSign } from './legend.ts';

const SVG = 'http://www.w3.org/2000/svg';
const WIDTH = 1200;
const MARGIN = 40;
const INNER = WIDTH - 2 * MARGIN;
const LINE = 1.4;

type Paper = { font: string; direction: 'ltr' | 'rtl'; paper: string; ink: string; quiet: string };
type Words = {
	size: number;
	bold?: boolean;
	quiet?: boolean;
	colour?: string;
	/** For what is written from left to right in every language, as an address is. */
	leftToRight?: boolean;
};

/** A drawing that grows downwards: lines of text, a legend, other drawings. Lengths are pixels. */
export class Sheet {
	#paper: Paper;
	#svg = element('svg', { xmlns: SVG, width: WIDTH }) as SVGSVGElement;
	#y = MARGIN;
	#measure = document.createElement('canvas').getContext('2d')!;

	constructor(paper: Paper) {
		this.#paper = paper;
		this.#svg.setAttribute('font-family', paper.font);
		this.#svg.append(element('rect', { width: '100%', height: '100%', fill: paper.paper }));
	}

	/** A paragraph over the whole width, broken into lines. */
	text(words: string, { size, bold = false, quiet = false, colour, leftToRight = false }: Words): void {
		if (words === '') return;
		const { direction, ink, quiet: quietInk, font } = this.#paper;
		this.#measure.font = `${bold ? 600 : 400} ${size}px ${font}`;
		for (const line of breakLines(words, (part) => this.#measure.measureText(part).width)) {
			this.#y += size * LINE;
			const text = element('text', {
				x: this.#start(),
				y: this.#y,
				'font-size': size,
				'font-weight': bold ? 600 : 400,
				fill: colour ?? (quiet ? quietInk : ink),
				direction,
				...(leftToRight && direction === 'rtl' ? { 'unicode-bidi': 'plaintext' } : {})
			});
			text.textContent = line;
			this.#svg.append(text);
		}
		this.#y += size * 0.25;
	}

	legend(signs: readonly LegendSign[]): void {
		if (signs.length === 0) return;
		const [size, box, gap] = [15, 18, 24];
		const { font, direction, ink } = this.#paper;
		this.#measure.font = `400 ${size}px ${font}`;
		let along = INNER + 1;
		for (const sign of signs) {
			const width = box + 8 + this.#measure.measureText(sign.label).width + gap;
			if (along + width > INNER) {
				along = 0;
				this.#y += size * LINE + 6;
			}
			const left = direction === 'rtl' ? WIDTH - MARGIN - along - box : MARGIN + along;
			this.#svg.append(...this.#sign(sign, left, this.#y - 11, box));
			const text = element('text', {
				x: direction === 'rtl' ? left - 8 : left + box + 8,
				y: this.#y,
				'font-size': size,
				fill: ink,
				direction
			});
			text.textContent = sign.label;
			this.#svg.append(text);
			along += width;
		}
		this.#y += 10;
	}

	/** A sign of the legend from its upper left corner, 13 px high. */
	#sign({ shape, fill, stroke, dashed }: LegendSign, x: number, y: number, width: number): SVGElement[] {
		if (shape === 'beyond') return [element('path', { d: `M${x + 8} ${y + 1}v11l-8 -5.5z`, fill, stroke })];
		const rest = { y, height: 13, fill, stroke, ...(dashed ? { 'stroke-dasharray': '3 2' } : {}) };
		if (shape === 'round') return [element('rect', { x, width: 13, rx: 6.5, ...rest })];
		const bar = element('rect', { x, width, ...rest });
		if (shape === 'box') return [bar];
		const gaps = [4, 8, 12].map((back) => `M${x + width - back} ${y - 1}v15`).join('');
		return [bar, element('path', { d: gaps, stroke: this.#paper.paper, 'stroke-width': 2 })];
	}

	/** Another drawing, as wide as the sheet allows. */
	drawing(drawing: SVGSVGElement, { width, height }: { width: number; height: number }): void {
		const scale = INNER / width;
		this.#y += 12;
		for (const [name, value] of Object.entries({
			x: MARGIN,
			y: this.#y,
			width: INNER,
			height: height * scale
		}))
			drawing.setAttribute(name, String(value));
		this.#svg.append(drawing);
		this.#y += height * scale + 8;
	}

	finish(title: string): SVGSVGElement {
		const height = Math.ceil(this.#y + MARGIN);
		this.#svg.setAttribute('height', String(height));
		this.#svg.setAttribute('viewBox', `0 0 ${WIDTH} ${height}`);
		this.#svg.setAttribute('role', 'img');
		const name = element('title', {});
		name.textContent = title;
		this.#svg.prepend(name);
		return this.#svg;
	}

	#start = () => (this.#paper.direction === 'rtl' ? WIDTH - MARGIN : MARGIN);
}

function element(name: string, attributes: Record<string, string | number>): SVGElement {
	const made = document.createElementNS(SVG, name);
	for (const [key, value] of Object.entries(attributes))
		if (key !== 'xmlns') made.setAttribute(key, String(value));
	return made;
}

/** Words in lines that fit; one too long for a line, as an address can be, is cut where it must. */
export function breakLines(words: string, widthOf: (part: string) => number, room: number = INNER): string[] {
	const lines: string[] = [];
	let line = '';
	for (const word of words.split(' ')) {
		const longer = line === '' ? word : `${line} ${word}`;
		if (widthOf(longer) <= room) {
			line = longer;
			continue;
		}
		if (line !== '') lines.push(line);
		line = word;
		while (widthOf(line) > room) {
			let end = line.length - 1;
			while (end > 1 && widthOf(line.slice(0, end)) > room) end--;
			lines.push(line.slice(0, end));
			line = line.slice(end);
		}
	}
	return line === '' ? lines : [...lines, line];
}
