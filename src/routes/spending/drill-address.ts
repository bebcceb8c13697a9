import type { Slice } from '#lib/slice/slice.ts';

/** The page that takes a project's spending apart, at a country and a heading of it; without the language's prefix. */
export function drillAddress(
	project: string,
	{ nature, country, heading }: Pick<Slice, 'nature' | 'country' | 'heading'>
): string {
	const parameters = new URLSearchParams();
	if (nature !== 'published') parameters.set('nature', nature);
	if (country !== null) parameters.set('country', country);
	if (heading !== null) parameters.set('heading', heading);
	const query = parameters.toString();
	return `/projects/${encodeURIComponent(project)}/spending${query === '' ? '' : `?${query}`}`;
}
