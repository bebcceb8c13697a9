import type { Component, ComponentProps } from 'svelte';
import { render } from 'svelte/server';
import { baseLocale, getLocale, overwriteGetLocale } from '#lib/paraglide/runtime.js';
import type { Locale } from '#lib/paraglide/runtime.js';
import type { FailedCheck } from '#lib/slice/check.ts';
import OnPage from './OnPage.svelte';

type Page = { address?: string; home?: string; locale?: Locale; failed?: FailedCheck[] };

/** A component as the server draws it on a page: markup without the framework's comments. */
export function draw<C extends Component<any>>( // eslint-disable-line @typescript-eslint/no-explicit-any -- any component
	component: C,
	props: ComponentProps<C>,
	{ address = '/', home = 'GLOACT', locale = baseLocale, failed = [] }: Page = {}
): string {
	const before = getLocale;
	overwriteGetLocale(() => locale);
	try {
		const { body } = render(OnPage, { props: { address, home, failed, drawn: component, props } });
		return body.replace(/<!--.*?-->/gs, '');
	} finally {
		overwriteGetLocale(before);
	}
}

/** What a screen reader finds in the markup: its text, with plain blanks, without tags. */
export function spoken(markup: string): string {
	return markup
		.replace(/<(style|script)[\s\S]*?<\/\1>/g, '')
		.replace(/<[^>]*>/g, '')
		.replace(/&nbsp;|[\u00a0\u202f]/g, ' ')
		.replace(/&amp;/g, '&')
		.replace(/\s+/g, ' ')
		.trim();
}

/** The addresses that the markup links to, as a browser reads them. */
export function links(markup: string): string[] {
	return [...markup.matchAll(/ href="([^"]*)"/g)].map((match) => (match[1] ?? '').replace(/&amp;/g, '&'));
}
