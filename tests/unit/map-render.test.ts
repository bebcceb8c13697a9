import { existsSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { ComponentProps } from 'svelte';
import { render } from 'svelte/server';
import { describe, expect, it } from 'vitest';
import { drawWorld } from '#lib/map/draw.ts';
import LocalMap from '#lib/map/LocalMap.svelte';
import type { Level, MapCountry } from '#lib/map/map-data.ts';
import WorldMap from '#lib/map/WorldMap.svelte';
import { countryName } from '#lib/words/country.ts';

const LEVELS: Record<string, Level> = {
	BR: 5,
	BY: 1,
	CO: 4,
	EG: 3,
	KG: 2,
	LA: 1,
	MA: 3,
	ML: 2,
	NE: 4,
	NP: 0,
	PK: 5,
	UA: 3,
	ZA: null // prettier-ignore
};
const countries: MapCountry[] = Object.entries(LEVELS).map(([code, level]) => ({
	code,
	name: countryName(code, 'en'),
	level,
	label: level === null ? '' : `${level}0`,
	text: level === null ? 'not published' : `${level}0 activities`,
	href: `/countries/${code}`
}));
const frame = {
	id: 'map',
	title: 'Activities by country',
	subtitle: 'Number of activities',
	source: 'Source: the pages read, as of 1 March 2026',
	nature: 'published' as const
};
const held = [{ name: 'Vienna', at: [16.37, 48.21] as [number, number], text: '9 held here', href: '/held' }];
const bare = (body: string) => body.replace(/<!--.*?-->/gs, '');
const worldMap = (props: Partial<ComponentProps<typeof WorldMap>> = {}) =>
	bare(
		render(WorldMap, {
			props: { ...frame, countries, held, bands: [{ level: 1, label: '1 to 10' }], ...props }
		}).body
	);
const localMap = (props: Partial<ComponentProps<typeof LocalMap>> = {}) =>
	bare(render(LocalMap, { props: { ...frame, country: 'ML', places: [], ...props } }).body);

describe('the map of the world', () => {
	it('has a link for every country of the programme, named with its value', () => {
		const body = worldMap();
		for (const { href, name, text } of countries) {
			const spoken = `${name}: ${text}`.replace('&', '&amp;');
			expect(body).toContain(`href="${href}" aria-label="${spoken}"`);
		}
		expect(body.match(/<a class="country /g)).toHaveLength(13);
	});

	it('shows a value, zero, nothing published and no project in different ways', () => {
		const body = worldMap();
		const classOf = (code: string) =>
			body.match(new RegExp(`class="country ([^"]*)" href="/countries/${code}"`))?.[1];
		expect([classOf('BR'), classOf('NP'), classOf('ZA')]).toEqual(['band-5', 'zero', 'missing']);
		expect(body).toMatch(/class="country missing".*?<path class="fill"[^>]*fill="url\(#map-missing\)"/s);
		for (const words of ['1 to 10', 'zero', 'not published', 'no project']) expect(body).toContain(words);
	});

	it('hatches undetermined areas and never colours them by a value', () => {
		const body = worldMap({ countries: [...countries, { ...countries[0]!, code: 'XJK' }] });
		const areas = body.match(/<path class="undetermined"[^>]*>/g)!;
		expect(areas).toHaveLength(6);
		for (const area of areas) expect(area).toContain('fill="url(#map-undetermined)"');
		expect(body.match(/<a class="country /g)).toHaveLength(13);
		expect(body.indexOf('<a class="country')).toBeLessThan(body.indexOf('class="undetermined"'));
	});

	it('outlines places held elsewhere', () => {
		expect(worldMap()).toMatch(/class="held" href="\/held" aria-label="Vienna: 9 held here"/);
		expect(worldMap({ held: [] })).not.toContain('class="held"');
	});

	it('bears its credit and the formulas of the United Nations', () => {
		const body = worldMap();
		expect(body).toContain('Map: based on United Nations Geodata');
		expect(body).toContain('do not imply official endorsement or acceptance by the United Nations');
		expect(body).toContain('Final status of the Abyei area is not yet determined.');
		expect(body).toContain('* Non-Self-Governing Territory');
	});

	it('stays light', () => {
		const markup = drawWorld({ id: 'map', countries, held, nature: 'published' });
		expect(markup.length).toBeLessThan(120_000);
		expect(gzipSync(markup).length).toBeLessThan(30_000);
	});

	it('marks what is invented: the word, a texture, every name, no snippet', () => {
		const body = worldMap({ nature: 'demonstration' });
		expect(body).toMatch(/<figure[^>]*data-nosnippet/);
		expect(body).toMatch(/<text class="watermark"[^>]*>DEMONSTRATION</);
		expect(body.match(/class="texture"[^>]*fill="url\(#map-invented-(dark|light)\)"/g)).toHaveLength(11);
		expect(body).toContain('aria-label="Demonstration. Mali: 20 activities"');
		expect(worldMap()).not.toMatch(/DEMONSTRATION|nosnippet|class="texture"/);
	});

	it('gives a narrow screen the part with the programme', () => {
		const share = Number(worldMap().match(/--crop-share: ?([\d.]+)/)?.[1]);
		expect(share).toBeGreaterThan(0.5);
		expect(share).toBeLessThan(0.75);
	});
});

describe('the map of a country', () => {
	const places = [
		{ name: 'Bamako', at: [-8, 12.65] as [number, number], text: '8 activities', href: '#bamako', count: 8 },
		{ name: 'Vienna', at: [16.37, 48.21] as [number, number], text: '1 activity', href: '#vienna', count: 1 }
	];

	it('links the places in view, named with their value', () => {
		const body = localMap({ places });
		expect(body).toContain('class="place" href="#bamako" aria-label="Bamako: 8 activities"');
		expect(body).not.toContain('#vienna');
		expect(body).toMatch(/>Bamako<\/text>/);
		expect(body).toContain('class="home"');
	});

	it('names neighbours as the United Nations does, with their stars', () => {
		expect(localMap()).toContain('>Mauritania<');
		expect(localMap()).toContain('>Western Sahara *<');
	});

	it('owes only the formulas of what is in view', () => {
		expect(localMap()).toContain('Non-Self-Governing');
		expect(localMap()).not.toContain('Falkland');
		expect(localMap({ country: 'PK' })).toContain('The final status of Jammu and Kashmir');
		expect(localMap({ country: 'PK' })).toMatch(/class="undetermined"/);
	});

	it('says so where there is no map', () => {
		const body = localMap({ country: 'VA' });
		expect(body).not.toContain('<svg');
		expect(body).toContain('There is no map of this country.');
	});

	it('marks what is invented', () => {
		const body = localMap({ places, nature: 'demonstration' });
		expect(body).toMatch(/DEMONSTRATION/);
		expect(body).toContain('aria-label="Demonstration. Bamako: 8 activities"');
	});
});

// The formulas must be exact. Where the reference lies beside the checkout they are compared with it.
const reference = '../shared/data/geo/map-disclaimers.json';
describe.runIf(existsSync(reference))('the formulas', () => {
	it.each(['en', 'fr', 'ar'])('are those of the United Nations in %s', (locale) => {
		const { un } = JSON.parse(readFileSync(reference, 'utf8')) as {
			un: Record<string, Record<string, string>>;
		};
		const messages = JSON.parse(readFileSync(`src/messages/${locale}/map.json`, 'utf8')) as Record<
			string,
			string
		>;
		for (const [name, text] of Object.entries(un[locale]!))
			expect(messages[`map_disclaimer_${name}`]).toBe(text);
		expect(un[locale]!.jk!.endsWith(messages.map_disclaimer_jk_status!.replace('** ', ''))).toBe(true);
	});
});
