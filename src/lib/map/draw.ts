import type { ComponentProps } from 'svelte';
import { render } from 'svelte/server';
import { iso2To3 } from '#lib/words/country.ts';
import LocalDrawing from './LocalDrawing.svelte';
import { readLocal, readWorld } from './topology.ts';
import WorldDrawing from './WorldDrawing.svelte';

/** Markup without the comments that hydration would need: a drawing is never hydrated. */
const bare = (body: string): string => body.replace(/<!--.*?-->/gs, '').trim();

/** The world with its formulas, as markup. Only on the server. */
export function drawWorld(props: Omit<ComponentProps<typeof WorldDrawing>, 'world'>): string {
	return bare(render(WorldDrawing, { props: { ...props, world: readWorld() } }).body);
}

/** One country (ISO alpha-2) with its neighbours and formulas, as markup; empty for a code without a map. */
export function drawLocal(
	props: Omit<ComponentProps<typeof LocalDrawing>, 'geometry'> & { country: string }
): string {
	const { country, ...rest } = props;
	const geometry = readLocal(iso2To3(country) ?? country);
	return geometry ? bare(render(LocalDrawing, { props: { ...rest, geometry } }).body) : '';
}
