/** Up to here JavaScript's engine copies a piece of a text; a longer one keeps the whole text it was cut from alive. */
const COPIED_ANYWAY = 12;

/** The same text as a copy of its own, so that keeping one name does not keep 64 KB of the file it stood in. */
export function ownCopy(text: string): string {
	return text.length <= COPIED_ANYWAY ? text : ` ${text}`.slice(1);
}

/** Text that holds nothing but XML's white space. */
export function isBlank(text: string): boolean {
	for (let index = 0; index < text.length; index++) {
		const code = text.charCodeAt(index);
		if (code !== 0x20 && code !== 0x0a && code !== 0x09 && code !== 0x0d) return false;
	}
	return true;
}

/** For short names, this is quicker than `includes`. */
export function hasColon(name: string): boolean {
	for (let index = 0; index < name.length; index++) if (name.charCodeAt(index) === 0x3a) return true;
	return false;
}

/** The last characters of a text, fit to be shown in a message: nothing invisible, no half characters. */
export function lastOf(text: string, most = 40): string {
	const end = text.slice(-most);
	return visible(end.slice(/^[\uDC00-\uDFFF]/.test(end) ? 1 : 0));
}

/** The first characters of a text, fit to be shown in a message. */
export function firstOf(text: string, most = 80): string {
	if (text.length <= most) return visible(text);
	return `${visible(text.slice(0, most).replace(/[\uD800-\uDBFF]$/, ''))}…`;
}

function visible(text: string): string {
	return text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F]/g, (control) =>
		String.fromCodePoint(0x2400 + control.charCodeAt(0))
	);
}
