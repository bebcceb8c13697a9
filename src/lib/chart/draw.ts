import { render } from 'svelte/server';
import type { Locale } from '#lib/paraglide/runtime.js';
import type { Nature } from '#lib/slice/slice.ts';
import type { PlotSpec } from './chart-data.ts';
import { keepDrawings } from './keep-drawings.ts';
import Plot from './plot/Plot.svelte';
import { SIZES, type Size } from './size.ts';

/** A plot to be drawn; `id` is the chart's. */
export type Drawable = { id: string; spec: PlotSpec; nature: Nature; locale: Locale };

const COORDINATES = / (x|y|x1|x2|y1|y2|cx|cy|r|d|width|height|transform)="([^"]*)"/g;

/**
 * The picture alone out of what LayerChart renders: without the boxes around it, the comments that hydration would
 * need, LayerChart's own class names, and digits finer than a tenth of a pixel.
 */
function bare(body: string): string {
	return body
		.slice(body.indexOf('<svg'), body.lastIndexOf('</svg>') + '</svg>'.length)
		.replace(/<!--.*?-->/gs, '')
		.replace(/ class="([^"]*)"/g, (_, names: string) => {
			const own = names.split(' ').filter((name) => name && !/^(lc-|svelte-|placement-)/.test(name));
			return own.length > 0 ? ` class="${own.join(' ')}"` : '';
		})
		.replace(COORDINATES, (_, name: string, value: string) => {
			const short = value.replace(/-?\d+\.\d+/g, (number) => String(Math.round(Number(number) * 10) / 10));
			return ` ${name}="${short}"`;
		})
		.replace(/ (style|data-placement)="[^"]*"/g, '')
		.replace(/<defs><\/defs>/g, '')
		.replace(/>\s+</g, '><');
}

function drawOne(plot: Drawable, size: Size): string {
	const { id, ...rest } = plot;
	const { body } = render(Plot, {
		props: {
			...rest,
			id: `${id}-${size}`,
			titleId: `${id}-title`,
			helpId: `${id}-help`,
			size,
			width: SIZES[size].width
		}
	});
	return `<div class="drawing ${size}">${bare(body)}</div>`;
}

const MOST_CHARACTERS = 8_000_000;

/** The plot drawn for each size, as markup. Only on the server: LayerChart comes with it. */
export const drawPlot = keepDrawings(
	(plot: Drawable): string => drawOne(plot, 'narrow') + drawOne(plot, 'wide'),
	MOST_CHARACTERS
);
