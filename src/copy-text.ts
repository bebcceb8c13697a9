/** Puts the text of a part of the page on the clipboard, and says so beside the button. */
export async function copyText(button: HTMLButtonElement): Promise<void> {
	const text = document.getElementById(button.dataset.copy!)?.textContent;
	if (!text) return;
	await navigator.clipboard.writeText(text);
	button.parentElement!.querySelector('[role=status]')!.textContent = button.dataset.copied!;
}
