import { baseLocale, getLocale, locales } from '#lib/paraglide/runtime.js';
import type { Locale } from '#lib/paraglide/runtime.js';

/** Parameters that every link of a page carries along, because the visitor set them for the whole visit. */
const CARRIED = ['portfolio', 'asof', 'version', 'demonstration'] as const;

/**
 * An address of this site in a language: `/countries` becomes `/fr/countries`, English stands at the root.
 * Written here rather than by the catalogue's own function because a page holds hundreds of links, and
 * because that one answers `/fr/` for the root, which costs every visitor a redirect.
 */
export function localized(address: string, locale: Locale = getLocale()): string {
	if (locale === baseLocale) return address;
	return address === '/'
		? `/${locale}`
		: `/${locale}${address.startsWith('/?') ? address.slice(1) : address}`;
}

/** The same address without its language prefix. */
export function delocalized(address: string): string {
	for (const locale of locales) {
		if (locale === baseLocale) continue;
		const prefix = `/${locale}`;
		if (address === prefix) return '/';
		if (address.startsWith(`${prefix}/`)) return address.slice(prefix.length);
		if (address.startsWith(`${prefix}?`) || address.startsWith(`${prefix}#`)) {
			return `/${address.slice(prefix.length)}`;
		}
	}
	return address;
}

/** An address with some parameters set (text) or left out (null); all others stay as they are, in their order. */
export function withParameters(address: string, changes: Record<string, string | null>): string {
	const { path, parameters, fragment } = parts(address);
	for (const [name, value] of Object.entries(changes)) {
		if (value === null) parameters.delete(name);
		else parameters.set(name, value);
	}
	const query = parameters.toString();
	return path + (query === '' ? '' : `?${query}`) + fragment;
}

/** The same page without its demonstration; the address also leaves what shows nothing else. */
export function withoutDemonstration(address: string): string {
	return localized(withParameters(address, { nature: null, after: null, demonstration: 'off' }));
}

/** Where the file of a page stands: `/transactions?country=ML` becomes `/transactions.csv?country=ML`. */
export function withEnding(address: string, ending: string): string {
	const { path } = parts(address);
	return `${path}.${ending}${address.slice(path.length)}`;
}

/** Name and value of each parameter of an address but the ones named: a GET form repeats them as hidden fields. */
export function parametersOf(address: string, except: readonly string[] = []): [string, string][] {
	return [...parts(address).parameters].filter(([name]) => !except.includes(name));
}

/** The path of an address, without query and fragment. */
export function pathOf(address: string): string {
	return parts(address).path;
}

/** A link to another page that keeps portfolio, as-of date and the demonstration switch (or only `names`) of this one. */
export function carriedTo(target: string, address: string, names: readonly string[] = CARRIED): string {
	const carried = parts(address).parameters;
	const { parameters } = parts(target);
	const changes: Record<string, string> = {};
	for (const name of names) {
		const value = carried.get(name);
		if (value !== null && !parameters.has(name)) changes[name] = value;
	}
	return Object.keys(changes).length === 0 ? target : withParameters(target, changes);
}

function parts(address: string): { path: string; parameters: URLSearchParams; fragment: string } {
	const [beforeFragment = '', ...fragment] = address.split('#');
	const [path = '', ...query] = beforeFragment.split('?');
	return {
		path,
		parameters: new URLSearchParams(query.join('?')),
		fragment: fragment.length === 0 ? '' : `#${fragment.join('#')}`
	};
}
