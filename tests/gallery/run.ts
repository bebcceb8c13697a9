import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { startApplication } from '../support/application.ts';
import { chromiumOptions } from '../support/chromium.ts';
import { PAGES } from '../e2e/addresses.ts';

/*
 * npm run gallery [-- <address> | <path>...]: a picture of every page in three widths and two themes, and one page that
 * shows them beside each other, in .cache/gallery. With an address the pages are a running server's, else the build's
 * with the first portfolio; with paths it is those pages. Also by language: /fr/countries, /ar/.
 */
const FOLDER = resolve('.cache', 'gallery');
const WIDTHS = [360, 768, 1440];
const THEMES = ['light', 'dark'] as const;
/** A taller page is taken in pieces: a picture that is taller shows nothing that the eye would follow. */
const TALLEST = 6000;

type Taken = { path: string; files: string[]; width: number; theme: string; wider: boolean };

const [running, paths] = readArguments(process.argv.slice(2));
const application = running ? null : await startApplication({}, 240);
const address = running ?? application!.address;
const browser = await chromium.launch(chromiumOptions());
try {
	mkdirSync(FOLDER, { recursive: true });
	const taken: Taken[] = [];
	for (const theme of THEMES)
		for (const width of WIDTHS) taken.push(...(await takePictures(browser, address, paths, width, theme)));
	writeFileSync(join(FOLDER, 'index.html'), contactSheet(taken));
	for (const { path, width, theme } of taken.filter(({ wider }) => wider))
		console.log(`wider than its screen: ${path} at ${width}, ${theme}`);
	console.log(`${taken.flatMap(({ files }) => files).length} pictures of ${taken.length} views in ${FOLDER}`);
} finally {
	await browser.close();
	await application?.stop();
}

function readArguments(given: string[]): [address: string | null, paths: string[]] {
	const found = given.find((argument) => /^https?:/.test(argument)) ?? null;
	const named = given.filter((argument) => argument.startsWith('/'));
	return [found?.replace(/\/$/, '') ?? null, named.length > 0 ? named : [...PAGES]];
}

async function takePictures(
	from: Browser,
	base: string,
	wanted: readonly string[],
	width: number,
	theme: (typeof THEMES)[number]
): Promise<Taken[]> {
	const context = await from.newContext({ viewport: { width, height: 900 }, colorScheme: theme });
	const taken: Taken[] = [];
	try {
		const page = await context.newPage();
		for (const path of wanted) {
			await page.goto(base + path);
			const [room, height] = await page.evaluate(() => {
				const { scrollWidth, clientWidth, scrollHeight } = document.documentElement;
				return [scrollWidth - clientWidth, scrollHeight] as const;
			});
			const files: string[] = [];
			for (let y = 0; y < height; y += TALLEST) {
				const piece = y === 0 ? '' : `-${files.length + 1}`;
				files.push(`${nameOf(path)}-${width}-${theme}${piece}.png`);
				await page.screenshot({
					path: join(FOLDER, files.at(-1)!),
					clip: { x: 0, y, width, height: Math.min(height - y, TALLEST) },
					fullPage: true
				});
			}
			taken.push({ path, files, width, theme, wider: room > 0 });
		}
	} finally {
		await context.close();
	}
	return taken;
}

function nameOf(path: string): string {
	return path.replaceAll(/[^\w]+/g, '-').replaceAll(/^-|-$/g, '') || 'overview';
}

function contactSheet(taken: readonly Taken[]): string {
	const pages = [...new Set(taken.map(({ path }) => path))];
	const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
	const sections = pages.map((path) => {
		const figures = taken
			.filter((picture) => picture.path === path)
			.flatMap(({ files, width, theme }) =>
				files.map(
					(file, index) =>
						`<figure><a href="${file}"><img src="${file}" alt="" loading="lazy" width="${width / 4}"></a><figcaption>${width} ${theme} ${index + 1}/${files.length}</figcaption></figure>`
				)
			);
		return `<h2>${escape(path)}</h2><div>${figures.join('')}</div>`;
	});
	return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Gallery</title><style>div{display:flex;gap:1rem;align-items:start;overflow:auto}figure{margin:0}</style>${sections.join('\n')}</html>\n`;
}
