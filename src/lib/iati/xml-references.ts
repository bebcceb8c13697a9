/** The references that XML has without a DTD. Zeros may lead a number, but not without end. */
const REFERENCE = /&(?:amp|lt|gt|quot|apos|#(\d{1,60})|#x([\dA-Fa-f]{1,60}));/y;
const NAMED = /&([#\w.:-]{1,60});/y;
const BEGUN = /&[#\w.:-]*$/y;
/** No reference is longer, so this much at the end of a text may wait for the rest. */
const LONGEST = 64;

/** What is wrong with an `&`, as people say it, and what stood there. */
export interface ReferenceFault {
	message: string;
	found: string;
}

/** Whether the `&` at this place of a text begins a reference: `null` if so, or `unfinished` at the end of the text. */
export function faultOfReference(text: string, at: number): ReferenceFault | 'unfinished' | null {
	REFERENCE.lastIndex = at;
	const good = REFERENCE.exec(text);
	if (good) {
		const [found, decimal, hexadecimal] = good;
		const digits = decimal ?? hexadecimal;
		if (digits === undefined || isCharacter(parseInt(digits, decimal === undefined ? 16 : 10))) return null;
		return { message: `${found} stands for a character that XML does not allow.`, found };
	}
	if (text.length - at < LONGEST) {
		BEGUN.lastIndex = at;
		if (BEGUN.test(text)) return 'unfinished';
	}
	NAMED.lastIndex = at;
	const found = NAMED.exec(text)?.[0];
	if (found === undefined) return { message: 'An & stands alone here. Write it as &amp;.', found: '&' };
	return {
		message: `${found} means nothing in XML, which knows only &amp; &lt; &gt; &quot; &apos; and numbers such as &#160;. Write the character itself.`,
		found
	};
}

/** XML 1.0, production 2. */
function isCharacter(code: number): boolean {
	return (
		code === 0x9 ||
		code === 0xa ||
		code === 0xd ||
		(code >= 0x20 && code <= 0xd7ff) ||
		(code >= 0xe000 && code <= 0xfffd) ||
		(code >= 0x10000 && code <= 0x10ffff)
	);
}
