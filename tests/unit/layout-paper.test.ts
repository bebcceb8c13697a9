import { readFileSync } from 'node:fs';
import { globSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const SHEET = readFileSync('src/app.css', 'utf8');
type Colours = Record<string, string>;

/** The custom properties with a colour inside the first block that follows `start`. */
function coloursAfter(start: string): Colours {
	const from = SHEET.indexOf(start);
	const block = SHEET.slice(from, SHEET.indexOf('\n}', from));
	return Object.fromEntries(
		[...block.matchAll(/(--[a-z0-9-]+): (#[0-9a-f]{6});/g)].map(([, name, hex]) => [name, hex])
	);
}

const light = coloursAfter(':root {');
const dark = { ...light, ...coloursAfter('@media (prefers-color-scheme: dark)') };
const print = { ...light, ...coloursAfter('@media print') };

/** Relative luminance as WCAG 2.2 defines it. */
function luminance(hex: string): number {
	const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
		const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
		return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
	const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
	return (high + 0.05) / (low + 0.05);
}

describe.each([
	['light', light],
	['dark', dark],
	['print', print]
])('colours in %s', (_, colours) => {
	const of = (name: string) => colours[name] ?? expect.fail(`${name} has no colour`);

	it.each(['--ink', '--ink-quiet', '--accent', '--demonstration'])(
		'let %s be read on every ground',
		(text) => {
			for (const ground of ['--paper', '--accent-soft', '--demonstration-soft']) {
				expect(contrast(of(text), of(ground)), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
			}
		}
	);

	it.each(['--focus', '--rule-strong'])('let %s be seen as a line', (line) => {
		expect(contrast(of(line), of('--paper'))).toBeGreaterThanOrEqual(3);
	});

	it('take each map class further from the paper than the one before', () => {
		const bands = [1, 2, 3, 4, 5].map((number) => contrast(of(`--band-${number}`), of('--paper')));
		expect(bands).toEqual([...bands].sort((a, b) => a - b));
		expect(new Set(bands).size).toBe(5);
	});
});

describe('styles', () => {
	const sheets = ['src/app.css', ...globSync('src/{lib,routes}/**/*.svelte')].map((path) => {
		const text = readFileSync(path, 'utf8');
		return {
			path,
			css: path.endsWith('.css') ? text : (/<style[^>]*>([\s\S]*)<\/style>/.exec(text)?.[1] ?? '')
		};
	});

	it('know start and end, never left and right, so that right-to-left pages follow', () => {
		const physical =
			/(?:^|[;{\s])(?:(?:margin|padding|border|inset)-(?:left|right|top|bottom)[a-z-]*|left|right|top|bottom|width|height|(?:min|max)-(?:width|height))\s*:|:\s*(?:left|right)\s*;/m;
		const found = sheets.flatMap(({ path, css }) => {
			const declarations = css.replace(/\/\*[\s\S]*?\*\//g, '').replace(/@(?:media|container)[^{]*\{/g, '{');
			const hit = physical.exec(declarations);
			return hit ? [`${path}: ${hit[0].trim()}`] : [];
		});
		expect(sheets.length).toBeGreaterThan(20);
		expect(found).toEqual([]);
	});

	it('fetch nothing from another host', () => {
		expect(
			sheets.filter(({ css }) => /url\(\s*['"]?(?:https?:)?\/\//.test(css) || css.includes('@import'))
		).toEqual([]);
	});
});
