/*
 * A filter shows its result at once. The server draws the page as ever; of its answer this takes the parts that the page
 * marks by `data-live-part`, the choices' counts, and what surrounds them, and says the new count in the page's live region.
 */

/** Typing is waited for; a choice is not. */
const TYPING_MILLISECONDS = 200;

/** Links that change the question and stay on the page: the parts of its sentence, and those that say so. */
const LINKS = 'a[data-live-link], [data-live-part] .sentence a, [data-live-part] [role="note"] a';

let asked: AbortController | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Listens to the filter forms of a page (`form[data-live]`), and to links that change the same question. */
export function liveFilter(): void {
	const forms = () => document.querySelectorAll<HTMLFormElement>('form[data-live]');
	const formOf = (target: EventTarget | null) =>
		(target as Element).closest<HTMLFormElement>('form[data-live]');
	document.addEventListener('change', ({ target }) => {
		const form = formOf(target);
		if (form && (target as HTMLInputElement).type !== 'search') void ask(addressOf(form), 'push', form);
	});
	document.addEventListener('input', ({ target }) => {
		const form = formOf(target);
		if (!form || (target as HTMLInputElement).type !== 'search') return;
		clearTimeout(timer);
		timer = setTimeout(() => void ask(addressOf(form), 'replace', form), TYPING_MILLISECONDS);
	});
	document.addEventListener('submit', (event) => {
		const form = formOf(event.target);
		if (!form) return;
		event.preventDefault();
		void ask(addressOf(form), 'push', form);
	});
	document.addEventListener('click', (event) => {
		const link = (event.target as Element).closest<HTMLAnchorElement>(LINKS);
		const isPlain =
			event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
		if (!link || !isPlain) return;
		event.preventDefault();
		void ask(link.href.replace(/#.*/, ''), 'push', null, link.id || ' ');
	});
	addEventListener('popstate', () => {
		if (forms().length > 0) void ask(location.href, null, null);
	});
	// What was chosen before this was there is a choice too; what a browser puts back into a page gone back to is none.
	const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
	const changed = [...forms()].find((form) => [...form.elements].some(isChanged));
	if (changed && navigation?.type === 'navigate') void ask(addressOf(changed), 'push', changed);
}

/** Whether a field holds something else than the page came with. */
function isChanged(field: Element): boolean {
	if (field instanceof HTMLSelectElement) {
		const came = Math.max(
			0,
			[...field.options].findIndex((option) => option.defaultSelected)
		);
		return field.selectedIndex !== came;
	}
	if (!(field instanceof HTMLInputElement)) return false;
	return field.checked !== field.defaultChecked || field.value !== field.defaultValue;
}

/** The form's question without the fields left blank. */
function addressOf(form: HTMLFormElement): string {
	const fields = [...new FormData(form)].filter(([, value]) => value !== '') as [string, string][];
	const query = new URLSearchParams(fields).toString();
	return form.action + (query === '' ? '' : `?${query}`);
}

/** Asks for a page and shows it in place of this one; where that fails the browser goes there itself. */
async function ask(
	address: string,
	history_: 'push' | 'replace' | null,
	form: HTMLFormElement | null,
	focus = ''
): Promise<void> {
	clearTimeout(timer);
	asked?.abort();
	asked = new AbortController();
	const { signal } = asked;
	try {
		const response = await fetch(address, { signal, headers: { accept: 'text/html' } });
		const html = await response.text();
		if (!response.ok) throw new Error(String(response.status));
		if (signal.aborted) return;
		if (history_ === 'push' && address !== location.href) history.pushState(null, '', address);
		if (history_ === 'replace') history.replaceState(null, '', address);
		show(new DOMParser().parseFromString(html, 'text/html'), form, focus);
	} catch {
		if (!signal.aborted) location.assign(address);
	}
}

function show(page: Document, form: HTMLFormElement | null, focus: string): void {
	const scroll = scrollY;
	for (const part of document.querySelectorAll<HTMLElement>('[data-live-part]')) {
		const name = part.dataset.livePart!;
		const next = page.querySelector(`[data-live-part="${name}"]`);
		if (next) part.replaceChildren(...next.childNodes);
	}
	// Language, day and address of the page stand around it and name its question too.
	for (const around of ['body header', 'body footer']) replace(around, page);
	for (const kept of document.querySelectorAll<HTMLFormElement>('form[data-live]')) {
		const next = page.querySelector<HTMLFormElement>(
			`form[data-live][aria-label="${CSS.escape(kept.ariaLabel ?? '')}"]`
		);
		if (!next) continue;
		if (kept === form) renewChoices(kept, next);
		else kept.replaceChildren(...next.childNodes);
	}
	announce(page);
	scrollTo({ top: scroll, behavior: 'instant' });
	if (focus !== '') (document.getElementById(focus) ?? statusOf(document))?.focus();
}

/** The form stays as it is, with its focus and what is being typed; only what its lists offer is renewed. */
function renewChoices(form: HTMLFormElement, next: HTMLFormElement): void {
	const fields = (of: HTMLFormElement) =>
		[...of.elements]
			.flatMap((field) => (field as HTMLInputElement).name || [])
			.filter((name, index, all) => all.indexOf(name) === index);
	if (fields(form).join() !== fields(next).join()) return void keepFocus(form, next);
	for (const boxes of form.querySelectorAll('details')) renewBoxes(boxes, next);
	for (const select of form.querySelectorAll('select')) {
		const other = next.elements.namedItem(select.name);
		if (!(other instanceof HTMLSelectElement)) continue;
		const { value } = select;
		if (select.innerHTML !== other.innerHTML) select.replaceChildren(...other.childNodes);
		select.value = value;
	}
	const actions = form.querySelector('.actions');
	const renewed = next.querySelector('.actions');
	if (actions && renewed && !actions.contains(document.activeElement)) actions.replaceWith(renewed);
}

/** Boxes to tick stay open where they are, with the focus on the one that was ticked. */
function renewBoxes(boxes: HTMLDetailsElement, next: HTMLFormElement): void {
	const [list, summary] = [boxes.querySelector('fieldset'), boxes.querySelector('summary')];
	const name = list?.querySelector('input')?.name;
	const other = [...next.querySelectorAll('details')].find(
		(one) => one.querySelector('input')?.name === name
	);
	const [otherList, otherSummary] = [other?.querySelector('fieldset'), other?.querySelector('summary')];
	if (!list || !summary || !otherList || !otherSummary) return;
	const focused = list.contains(document.activeElement)
		? (document.activeElement as HTMLInputElement).value
		: null;
	const { scrollTop } = list;
	list.replaceChildren(...otherList.childNodes);
	summary.replaceChildren(...otherSummary.childNodes);
	list.scrollTop = scrollTop;
	if (focused !== null)
		[...list.querySelectorAll('input')]
			.find(({ value }) => value === focused)
			?.focus({ preventScroll: true });
}

/** Other fields: all are renewed, and the focus goes back to the one it was in. */
function keepFocus(form: HTMLFormElement, next: HTMLFormElement): void {
	const name = (document.activeElement as HTMLInputElement | null)?.name;
	form.replaceChildren(...next.childNodes);
	const field = name ? form.elements.namedItem(name) : null;
	if (field instanceof HTMLElement) field.focus();
}

function replace(selector: string, page: Document): void {
	const [here, there] = [document.querySelector(selector), page.querySelector(selector)];
	if (here && there && !here.contains(document.activeElement)) here.replaceWith(there);
}

const statusOf = (page: Document) => page.querySelector<HTMLElement>('[data-live-status]');

/** Emptied first: a count that stays the same is an answer too. */
function announce(page: Document): void {
	const [status, next] = [statusOf(document), statusOf(page)];
	if (!status || !next) return;
	const text = next.textContent;
	status.tabIndex = -1;
	status.textContent = '';
	requestAnimationFrame(() => (status.textContent = text));
}
