import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { inject, onTestFinished } from 'vitest';
import { chromiumOptions } from './chromium.ts';

/** One for all files of a worker; it ends with its worker. */
let browser: Promise<Browser> | undefined;

const troubles = new WeakMap<Page, string[]>();

/**
 * Opens a path of the shared application (or a whole address) in a browser context of its own, which closes with the test.
 * Without JavaScript by `{ javaScriptEnabled: false }`, at another width by `{ viewport }`.
 */
export async function openPage(path: string, options: BrowserContextOptions = {}): Promise<Page> {
	browser ??= chromium.launch(chromiumOptions());
	const context = await (await browser).newContext({ baseURL: inject('application'), ...options });
	const page = await context.newPage();
	onTestFinished(async ({ task }) => {
		if (task.result?.state === 'fail') console.log(await describePage(page));
		await context.close();
	});
	watch(page, new URL(path, inject('application')).origin);
	await page.goto(path);
	return page;
}

/** What a page shows when its test fails, without which a failure on another machine says nothing: address, words, troubles. */
async function describePage(page: Page): Promise<string> {
	if (page.isClosed()) return 'The page was closed.';
	const [state, words] = await page
		.evaluate(() => [document.readyState, document.body.innerText])
		.catch((error: unknown) => ['unreadable', String(error)]);
	const shown = words!.replaceAll(/\s+/g, ' ').slice(0, 1500);
	return [`The page at the failure: ${page.url()} (${state})`, shown, ...listTroubles(page)].join('\n');
}

/** What the shared application answers to a path, without following where it sends. */
export async function ask(
	path: string,
	init: RequestInit = {}
): Promise<{ status: number; headers: Headers; text: string }> {
	const response = await fetch(inject('application') + path, { redirect: 'manual', ...init });
	return { status: response.status, headers: response.headers, text: await response.text() };
}

/** What went wrong on a page since it was opened: script errors, blocked content, failed requests, requests to other hosts. */
export function listTroubles(page: Page): string[] {
	return troubles.get(page) ?? [];
}

function watch(page: Page, origin: string): void {
	const list: string[] = [];
	troubles.set(page, list);
	page.on('pageerror', (error) => list.push(`error: ${error.message}`));
	page.on('console', (message) => {
		if (message.type() === 'error') list.push(`console: ${message.text()}`);
	});
	page.on('request', (request) => {
		const url = request.url();
		if (!url.startsWith(`${origin}/`) && !/^(data|blob):/.test(url))
			list.push(`request to another host: ${url}`);
	});
	page.on('requestfailed', (request) => {
		// Leaving a page ends what it was still loading.
		const reason = request.failure()?.errorText ?? '';
		if (reason !== 'net::ERR_ABORTED') list.push(`failed request: ${request.url()} ${reason}`);
	});
}
