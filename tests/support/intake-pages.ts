import { createHash } from 'node:crypto';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect, inject } from 'vitest';
import type { Application } from './application.ts';
import { startOnFacts, TOKEN } from './books.ts';
import { openPage } from './page.ts';

/**
 * Starts an application to write into, with the published facts in its books: what one file of tests posts must not be found
 * by others that count what there is.
 */
export function startOwnApplication(): Promise<Application> {
	return startOnFacts(inject('facts'));
}

/** The pages of intake of an application of one's own, whose token is {@link TOKEN}. */
export class IntakePages {
	readonly #application: Application;

	constructor(application: Application) {
		this.#application = application;
	}

	get address(): string {
		return this.#application.address;
	}

	/** As everyone sees it. */
	open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
		return openPage(this.address + path, { baseURL: this.address, ...options });
	}

	/** As one sees it who has given the token. */
	async openAsWriter(path: string, options: BrowserContextOptions = {}): Promise<Page> {
		const page = await this.open('/sources', options);
		const response = await page.request.post(`${this.address}/sources?/enter`, {
			form: { token: TOKEN },
			headers: { origin: this.address, accept: 'text/html' },
			maxRedirects: 0
		});
		expect(response.status()).toBe(303);
		await page.goto(path);
		return page;
	}

	/** Sends a file by the form, with a script or without. */
	async send(page: Page, name: string, buffer: Buffer): Promise<void> {
		await page.goto('/sources');
		await page
			.locator('input[type=file]')
			.setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
		await page.locator('form[data-send-file] button').click();
	}

	/** Hands a file in and answers the path where it is looked at: its preview, or the page of its columns. */
	async handIn(page: Page, name: string, buffer: Buffer): Promise<string> {
		await this.send(page, name, buffer);
		// The page of this very file: the browser may still be on its way to that of another.
		const sha256 = createHash('sha256').update(buffer).digest('hex');
		await page.waitForURL((url) => url.pathname.includes(sha256));
		await settle(page);
		return page.url().slice(this.address.length);
	}

	/** Hands a file in and accepts it as it is proposed. */
	async post(page: Page, name: string, buffer: Buffer): Promise<string> {
		const path = await this.handIn(page, name, buffer);
		await page.locator('#decide button.primary').click();
		await untilPosted(page);
		return path;
	}

	/** How many rows a list of transactions has, as its download counts them. */
	async countRows(query: string): Promise<number> {
		const response = await fetch(`${this.address}/transactions.csv?${query}`);
		await response.arrayBuffer();
		return Number(response.headers.get('x-row-count'));
	}
}

/**
 * Waits until nothing is under way on a page of a file: its script loads it anew then. A page that is only beginning to load
 * has nothing under way either, so that it must be there as a whole, and what it is about be on it: the empty document that
 * stands in for a coming one is "complete".
 */
export async function settle(page: Page): Promise<void> {
	await page.waitForFunction(
		() =>
			document.readyState === 'complete' &&
			document.querySelector('h1') !== null &&
			document.querySelector('[data-watch-import]') === null,
		null,
		{ timeout: 50_000 }
	);
}

/** Waits until what was accepted is in the books. */
export async function untilPosted(page: Page): Promise<void> {
	await expect.poll(() => stateOf(page), { timeout: 50_000, interval: 100 }).toBe('Posted.');
}

/** Where the import of a file's page stands: "Preview.", "Posted.". */
export function stateOf(page: Page): Promise<string> {
	return page.locator('section[aria-labelledby=import-heading] strong').first().innerText();
}

/** Hands a file in and accepts it, as a program does and outside a test too. Answers the path of the source's page. */
export async function postByProgram(address: string, name: string, body: Buffer): Promise<string> {
	const headers = { authorization: `Bearer ${TOKEN}` };
	const taken = await fetch(`${address}/sources/upload?name=${encodeURIComponent(name)}`, {
		method: 'PUT',
		body: new Uint8Array(body),
		headers
	});
	const { sha256, importId } = (await taken.json()) as { sha256: string; importId: string };
	const untilStateIs = async (wanted: string) => {
		// `expect.poll` serves inside tests only.
		for (const deadline = Date.now() + 120_000; Date.now() < deadline;) {
			const response = await fetch(`${address}/sources/imports/${importId}`, { headers });
			const { state } = (await response.json()) as { state?: string };
			if (state === wanted) return;
			if (state === 'rejected') throw new Error(`${name} was rejected`);
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
		throw new Error(`${name} did not become ${wanted}`);
	};
	await untilStateIs('staged');
	const accepted = await fetch(`${address}/sources/imports/${importId}/accept`, { method: 'POST', headers });
	if (accepted.status !== 202) throw new Error(`${name} was refused: ${await accepted.text()}`);
	await untilStateIs('posted');
	return `/sources/${sha256}`;
}
