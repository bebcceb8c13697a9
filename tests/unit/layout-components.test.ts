import { createRawSnippet } from 'svelte';
import { describe, expect, it } from 'vitest';
import DataAsOf from '#lib/layout/DataAsOf.svelte';
import DemonstrationBlock from '#lib/layout/DemonstrationBlock.svelte';
import ErrorPage from '#lib/layout/ErrorPage.svelte';
import Filters from '#lib/layout/Filters.svelte';
import FirstWords from '#lib/layout/FirstWords.svelte';
import NoSpendingPublished from '#lib/layout/NoSpendingPublished.svelte';
import NotPublished from '#lib/layout/NotPublished.svelte';
import Pager from '#lib/layout/Pager.svelte';
import SiteFooter from '#lib/layout/SiteFooter.svelte';
import SiteHeader from '#lib/layout/SiteHeader.svelte';
import type { LayoutData } from '#lib/layout/layout-data.ts';
import { draw, links, spoken } from '../support/drawn.ts';

const data: LayoutData = {
	locale: 'en',
	demonstration: 'on',
	asof: null,
	portfolio: { key: 'GLOACT', name: 'GLO.ACT', home: 'GLOACT', project: { id: 'GLOACT', name: 'GLO.ACT' } },
	postings: {
		published: { no: 2, knownAt: '2026-11-24T03:00:00Z', simulated: false },
		demonstration: { no: 9, knownAt: '2019-12-31T12:00:00Z', simulated: true }
	},
	failedChecks: [],
	latestMovement: null,
	dataVersion: '2-9',
	origin: 'https://example.org',
	address: '/',
	reportTo: null,
	iati: false,
	mostRows: 0
};
const words = createRawSnippet(() => ({ render: () => '<b>inside</b>' }));

describe('the head of the page', () => {
	it('keeps day and demonstration switch in every link, the language switch keeps the whole address', () => {
		const markup = draw(SiteHeader, { data }, { address: '/countries/ML?asof=2017-06-30&from=2017-01-01' });
		expect(links(markup)).toContain('/activities?asof=2017-06-30');
		expect(links(markup)).toContain('/fr/countries/ML?asof=2017-06-30&from=2017-01-01');
		expect(markup).toMatch(/href="\/countries\?asof=2017-06-30" aria-current="true"/);
	});

	it('asks for a day without losing the other parameters, but for the cursor', () => {
		const markup = draw(
			SiteHeader,
			{ data },
			{ address: '/transactions?country=ML&after=abc&asof=2017-06-30' }
		);
		const form = /<details[\s\S]*<\/details>/.exec(markup)?.[0] ?? '';
		expect(form).toContain('<input type="hidden" name="country" value="ML"');
		expect(form).not.toContain('abc');
		expect(form.match(/name="asof"/g)).toHaveLength(1);
	});

	it('hides the demonstration by a link, and brings it back', () => {
		const at = { address: '/transactions?nature=demonstration&country=ML' };
		expect(links(draw(SiteHeader, { data }, at))).toContain('/transactions?country=ML&demonstration=off');
		const off = draw(
			SiteHeader,
			{ data: { ...data, demonstration: 'off' } },
			{ address: '/?demonstration=off' }
		);
		expect(links(off)).toContain('/');
		expect(spoken(off)).toContain('Show the demonstration');
		const none = draw(SiteHeader, { data: { ...data, demonstration: 'unavailable' } });
		expect(spoken(none)).not.toMatch(/demonstration/i);
	});

	it('says nothing of data that can’t be reached', () => {
		expect(spoken(draw(SiteHeader, { data, state: false }))).not.toMatch(/posting|posted/);
	});
});

describe('data as of', () => {
	it('names posting, day and the latest published movement', () => {
		expect(spoken(draw(DataAsOf, { data }))).toBe(
			'Data as of posting 2 of 24 November 2026; latest published transaction: none.'
		);
		expect(
			spoken(draw(DataAsOf, { data: { ...data, latestMovement: '2019-07-31' } }, { locale: 'fr' }))
		).toBe(
			'Données arrêtées à l’enregistrement n° 2 du 24 novembre 2026 ; dernière transaction publiée : 31 juillet 2019.'
		);
	});

	it('says that nothing was known on an early day', () => {
		const early = { ...data, asof: '2017-06-30', postings: { published: null, demonstration: null } };
		expect(spoken(draw(DataAsOf, { data: early }))).toMatch(
			/^As of 30 June 2017\. Nothing had been posted here by 30 June 2017\./
		);
	});
});

describe('what is invented', () => {
	it('stands in a block with its name, kept out of snippets', () => {
		const markup = draw(DemonstrationBlock, {
			name: 'GLO.ACT',
			children: words
		});
		expect(spoken(markup)).toMatch(/^Demonstration: invented amounts, not GLO\.ACT’s accounts/);
		expect(markup).toMatch(/<section[^>]*data-nosnippet/);
		const name = /aria-labelledby="([^"]+)"/.exec(markup)?.[1];
		expect(markup).toMatch(new RegExp(`<h2[^>]*id="${name}"`));
	});

	it('is announced by the first words, unless it is hidden or spending has been published', () => {
		const props = {
			name: 'GLO.ACT',
			budget: createRawSnippet(() => ({ render: () => '<a href="/proof?claim=1">EUR 11 million</a>' })),
			from: '2015',
			to: '2019',
			countries: 13,
			budgetKnown: true
		};
		expect(spoken(draw(FirstWords, { ...props, neverPublished: true, demonstration: 'on' }))).toBe(
			'GLO.ACT: EUR 11 million, 2015\u2060–\u20602019, 13 countries. The project’s spending has never been published. ' +
				'The spending further down is invented to show how this dashboard works. Hide it'
		);
		const hidden = draw(FirstWords, { ...props, neverPublished: true, demonstration: 'off' });
		expect(spoken(hidden)).toMatch(/never been published\.$/);
		const published = draw(FirstWords, { ...props, neverPublished: false, demonstration: 'on' });
		expect(spoken(published)).toMatch(/13 countries\.$/);
		const unknown = draw(FirstWords, {
			...props,
			budgetKnown: false,
			neverPublished: false,
			demonstration: 'on'
		});
		expect(spoken(unknown)).toBe('GLO.ACT: 2015\u2060–\u20602019. Its budget: EUR 11 million.');
	});

	it('is offered, never shown, in place of unpublished spending', () => {
		const props = { name: 'GLO.ACT', demonstrationHref: '/transactions?nature=demonstration' };
		const offered = draw(NoSpendingPublished, { ...props, demonstration: 'on' });
		expect(spoken(offered)).toMatch(/^No spending has been published for GLO\.ACT\./);
		expect(links(offered)).toEqual(['/transactions?nature=demonstration']);
		expect(links(draw(NoSpendingPublished, { ...props, demonstration: 'off' }))).toEqual([]);
	});
});

describe('small parts', () => {
	it('tell the ways of having no value apart', () => {
		const said = (['not_published', 'not_applicable', 'withheld', 'no_demonstration'] as const).map((kind) =>
			spoken(draw(NotPublished, { absence: { kind } }))
		);
		expect(new Set(said).size).toBe(4);
		expect(said).not.toContain('0');
	});

	it('page by cursor: first only after it, next only before the end', () => {
		expect(links(draw(Pager, { label: 'Rows', first: null, next: '/?after=a' }))).toEqual(['/?after=a']);
		expect(links(draw(Pager, { label: 'Rows', first: '/', next: null }))).toEqual(['/']);
		expect(draw(Pager, { label: 'Rows', first: null, next: null })).not.toContain('<nav');
	});

	it('filter by a plain form that keeps what it does not ask for', () => {
		const markup = draw(
			Filters,
			{
				label: 'Filter',
				fields: [
					{ kind: 'text', name: 'q', label: 'Words', value: 'mali' },
					{ kind: 'select', name: 'country', label: 'Country', value: null, all: 'All', options: [] }
				]
			},
			{ address: '/activities?q=mali&asof=2017-06-30&after=abc', locale: 'fr' }
		);
		expect(markup).toContain('action="/fr/activities"');
		expect(markup).toContain('<input type="hidden" name="asof" value="2017-06-30"');
		expect(markup).not.toContain('abc');
		expect(links(markup)).toEqual(['/fr/activities?asof=2017-06-30']);
	});

	it('tell where to report an error, with the page’s address', () => {
		const url = 'https://example.org/countries/ML';
		const reportTo = 'https://example.org/report';
		const markup = draw(SiteFooter, { data: { ...data, reportTo }, url });
		expect(links(markup)).toContain(`${reportTo}?page=${encodeURIComponent(url)}`);
		expect(spoken(markup)).toContain(url);
	});
});

describe('error pages', () => {
	it.each([400, 403, 404, 500, 503])(
		'%i has a heading, a reason and a way back in every language',
		(status) => {
			const [english, french, arabic] = (['en', 'fr', 'ar'] as const).map((locale) =>
				draw(ErrorPage, { status, id: '0190-ab', again: '/countries/ML' }, { locale })
			);
			expect(links(english ?? '')).toContain('/');
			expect(links(french ?? '')).toContain('/fr');
			expect(links(arabic ?? '')).toContain('/ar');
			expect(spoken(arabic ?? '')).toMatch(/\p{Script=Arabic}{3}/u);
			expect(spoken(english ?? '')).toContain('0190-ab');
			expect(spoken(french ?? '')).not.toBe(spoken(english ?? ''));
		}
	);

	it('names the parameter that was refused and opens the page without it', () => {
		const refusal = { parameter: 'country', text: '“country” must be two letters', without: '/countries' };
		const markup = draw(ErrorPage, { status: 400, refusal, again: '/countries?country=Mali' });
		expect(spoken(markup)).toContain('“country” must be two letters');
		expect(links(markup)).toContain('/countries');
	});

	it('offers to try again where the fault may pass', () => {
		expect(links(draw(ErrorPage, { status: 503, again: '/countries/ML' }))).toContain('/countries/ML');
		expect(links(draw(ErrorPage, { status: 404, again: '/countries/XX' }))).not.toContain('/countries/XX');
	});
});
