import type { Locator, Page } from 'playwright-core';

/** Whether a control has the focus. */
export function isFocused(control: Locator): Promise<boolean> {
	return control.evaluate((element) => element === document.activeElement);
}

/**
 * Goes to a control as a person without a mouse does, by Tab from where the focus is, and answers how many presses it took.
 * @throws when it cannot be reached
 */
export async function reach(page: Page, control: Locator, most = 150): Promise<number> {
	// Looked for once, and again where the page has replaced it: to find it by its name takes long on a large page.
	let element = await control.elementHandle();
	for (let presses = 0; presses <= most;) {
		const isThere = await element!.evaluate((at) => (at.isConnected ? at === document.activeElement : null));
		if (isThere) return presses;
		if (isThere === null) element = await control.elementHandle();
		else {
			await page.keyboard.press('Tab');
			presses++;
		}
	}
	throw new Error(`${control.toString()} is not reached by ${most} presses of Tab`);
}

/** Goes to a control by Tab, as {@link reach} does. @throws also when an outline does not show that it has the focus */
export async function tabTo(page: Page, control: Locator, most = 150): Promise<number> {
	const presses = await reach(page, control, most);
	const isSeen = await control.evaluate((element) => getComputedStyle(element).outlineStyle !== 'none');
	if (!isSeen) throw new Error(`the focus of ${control.toString()} cannot be seen`);
	return presses;
}

/** Goes to a button or link by Tab and presses it. */
export async function press(page: Page, control: Locator): Promise<void> {
	await tabTo(page, control);
	await page.keyboard.press('Enter');
}

/** Goes to a field by Tab and writes in place of what it holds. A list is chosen from by the beginning of its words. */
export async function write(page: Page, field: Locator, text: string): Promise<void> {
	await tabTo(page, field);
	const isText = await field.evaluate(({ tagName }) => tagName !== 'SELECT');
	if (isText) await page.keyboard.press('ControlOrMeta+A');
	await page.keyboard.type(text);
}

/** Opens a file field's dialog by keyboard and chooses a file there. */
export async function chooseFile(page: Page, field: Locator, name: string, buffer: Buffer): Promise<void> {
	// Listened for long before: the browser must have been told by then.
	const dialog = page.waitForEvent('filechooser');
	await tabTo(page, field);
	await page.keyboard.press('Enter');
	await (await dialog).setFiles({ name, mimeType: 'application/octet-stream', buffer });
}
