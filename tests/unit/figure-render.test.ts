import { describe, expect, it } from 'vitest';
import Figure from '#lib/figure/Figure.svelte';
import KeyFigure from '#lib/figure/KeyFigure.svelte';
import NotCounted from '#lib/figure/NotCounted.svelte';
import Percent from '#lib/figure/Percent.svelte';
import type { FigureValue } from '#lib/figure/figure-value.ts';
import type { Origin } from '#lib/figure/origin.ts';
import type { FailedCheck } from '#lib/slice/check.ts';
import { defaultSlice } from '#lib/slice/codec.ts';
import type { Slice, Total } from '#lib/slice/slice.ts';
import { draw, links, spoken } from '../support/drawn.ts';

const slice: Slice = { ...defaultSlice('GLOACT'), country: 'ML' };
const invented: Slice = { ...slice, nature: 'demonstration' };
const ofSlice: Origin = { kind: 'slice', slice };
const euro = (amount: string | null, more: Partial<FigureValue> = {}): FigureValue => ({
	amount,
	currency: 'EUR',
	...more
});

describe('an amount', () => {
	it('is read short and carries its exact form', () => {
		const markup = draw(Figure, { value: euro('10280373.83'), origin: ofSlice, nature: 'published' });
		expect(spoken(markup)).toBe('EUR 10.28 million, exactly EUR 10 280 373.83');
		expect(markup).not.toContain('title=');
	});

	it.each(['short', 'exact', 'both'] as const)('has every digit in its name in the form %s', (form) => {
		const markup = draw(Figure, { value: euro('719626.17'), origin: ofSlice, nature: 'published', form });
		expect(spoken(markup)).toContain('EUR 719 626.17');
	});

	it('speaks its currency where that stands above the column', () => {
		const markup = draw(Figure, {
			value: euro('719626.17'),
			origin: ofSlice,
			nature: 'published',
			form: 'exact',
			unitAbove: true
		});
		expect(spoken(markup)).toBe('EUR 719 626.17');
		expect(markup).toMatch(/visually-hidden[^>]*>EUR/);
	});

	it('says what it is where nothing beside it does', () => {
		const markup = draw(Figure, { value: euro('5'), origin: ofSlice, nature: 'published', label: 'Budget' });
		expect(spoken(markup)).toMatch(/^Budget: EUR 5/);
	});

	it('keeps the reserve of its source', () => {
		const value = euro('25000', { qualifier: 'at_least' });
		const markup = draw(Figure, { value, origin: { kind: 'claim', claim: '7' }, nature: 'published' });
		expect(spoken(markup)).toMatch(/^at least EUR 25 000/);
	});

	it('is written in French on a French page, with its proof in French', () => {
		const markup = draw(
			Figure,
			{ value: euro('10280373.83'), origin: ofSlice, nature: 'published' },
			{ locale: 'fr' }
		);
		expect(spoken(markup)).toBe('10,28 millions EUR, soit exactement 10 280 373,83 EUR');
		expect(links(markup)).toEqual(['/fr/proof?country=ML#rows']);
	});
});

describe('nothing, zero and what could not be converted', () => {
	it('says "not published" and links to the proof of that', () => {
		const markup = draw(Figure, { value: euro(null), origin: ofSlice, nature: 'published' });
		expect(spoken(markup)).toBe('not published');
		expect(links(markup)).toEqual(['/proof?country=ML#rows']);
	});

	it('prints zero as zero', () => {
		const markup = draw(Figure, { value: euro('0'), origin: ofSlice, nature: 'published' });
		expect(spoken(markup)).toBe('EUR 0, exactly EUR 0.00');
	});

	it('tells a day before the first posting from an unpublished amount', () => {
		const absence = { kind: 'not_loaded', before: '2026-11-24' } as const;
		const markup = draw(Figure, { value: euro(null), origin: ofSlice, nature: 'published', absence });
		expect(spoken(markup)).toBe('not loaded here before 24 November 2026');
	});

	it('never stands without the amounts that were not converted', () => {
		const unconverted = [
			{ currency: 'USD', amount: '12000', entries: 2 },
			{ currency: 'BRL', amount: '5.5', entries: 1 }
		];
		for (const form of ['short', 'exact', 'both'] as const) {
			const markup = draw(Figure, {
				value: euro('100', { unconverted }),
				origin: ofSlice,
				nature: 'published',
				form
			});
			expect(spoken(markup)).toContain(' + 3 amounts not converted: USD 12 000.00, BRL 5.50');
		}
	});

	it('shows what could not be converted in place of the amount, where that is all there is', () => {
		const value = euro(null, { unconverted: [{ currency: 'USD', amount: '12000', entries: 1 }] });
		const markup = draw(Figure, { value, origin: ofSlice, nature: 'published' });
		expect(spoken(markup)).toBe('1 amount not converted: USD 12 000.00');
	});
});

describe('an invented amount', () => {
	const figure = {
		value: euro('1500000'),
		origin: { kind: 'slice', slice: invented },
		nature: 'demonstration'
	} as const;

	it('is called DEMONSTRATION before its amount', () => {
		expect(spoken(draw(Figure, figure))).toMatch(/^DEMONSTRATION EUR 1\.5 million/);
		expect(spoken(draw(Figure, { ...figure, label: 'Spent' }))).toMatch(
			/^Spent: DEMONSTRATION EUR 1\.5 million/
		);
	});

	it('is kept out of snippets and indexes', () => {
		const markup = draw(Figure, figure);
		expect(markup).toContain('data-nosnippet');
		expect(markup).toContain('rel="nofollow"');
		expect(draw(Figure, { ...figure, nature: 'published' })).not.toContain('data-nosnippet');
	});

	it('is not called unpublished where there is none', () => {
		expect(spoken(draw(Figure, { ...figure, value: euro(null) }))).toBe(
			'DEMONSTRATION no demonstration entry'
		);
	});
});

describe('the proof of a figure', () => {
	const proofOf = (origin: Origin, address = '/', home = 'GLOACT') =>
		links(draw(Figure, { value: euro('1'), origin, nature: 'published' }, { address, home }));

	it('is the slice, the claim, the row or the formula it came from', () => {
		expect(proofOf(ofSlice)).toEqual(['/proof?country=ML#rows']);
		expect(proofOf({ kind: 'claim', claim: '12' })).toEqual(['/proof?claim=12#source']);
		expect(proofOf({ kind: 'entry', entry: '77' })).toEqual(['/transactions/77#source']);
		expect(proofOf({ kind: 'formula', formula: 'cash_balance', slice })).toEqual([
			'/proof?formula=cash_balance&country=ML'
		]);
	});

	it('names the portfolio only where it is not the one shown anyway', () => {
		expect(proofOf(ofSlice, '/', 'all')).toEqual(['/proof?portfolio=GLOACT&country=ML#rows']);
	});

	it('keeps the demonstration hidden, and leaves the day to the slice', () => {
		expect(proofOf(ofSlice, '/?asof=2017-06-30&demonstration=off')).toEqual([
			'/proof?country=ML&demonstration=off#rows'
		]);
	});

	it('takes the day of the page for a claim, which states none', () => {
		expect(proofOf({ kind: 'claim', claim: '12' }, '/?asof=2017-06-30')).toEqual([
			'/proof?claim=12&asof=2017-06-30#source'
		]);
	});
});

describe('per cent, key figures and what is not counted', () => {
	const share: Origin = { kind: 'formula', formula: 'spent_share', slice: invented };

	it('prints a share with the formula behind it', () => {
		const markup = draw(Percent, { value: '97.0', origin: share, nature: 'demonstration' });
		expect(spoken(markup)).toBe('DEMONSTRATION 97.0%');
		expect(links(markup)).toEqual(['/proof?formula=spent_share&nature=demonstration&country=ML']);
	});

	it('prints a difference of shares in points', () => {
		const markup = draw(Percent, { value: '-3.0', unit: 'points', origin: share, nature: 'demonstration' });
		expect(spoken(markup)).toBe('DEMONSTRATION −3.0 percentage points');
	});

	it('prints no share of what is not published', () => {
		const origin: Origin = { kind: 'formula', formula: 'spent_share', slice };
		expect(spoken(draw(Percent, { value: null, origin, nature: 'published' }))).toBe('not published');
	});

	it('puts what is not counted on lines of its own, each with its rows', () => {
		const notCounted: Total['notCounted'] = [
			{ reason: 'internal_transfer', amount: '1200000', entries: 4, unconverted: [] },
			{ reason: 'secondary', amount: null, entries: 0, unconverted: [] }
		];
		const markup = draw(NotCounted, {
			notCounted,
			currency: 'EUR',
			slice,
			nature: 'published'
		});
		expect(markup.match(/<li/g)).toHaveLength(1);
		expect(spoken(markup)).toMatch(/^Transferred inside the project, not counted as spent: EUR 1\.2 million/);
		expect(links(markup)).toEqual(['/proof?country=ML&counting=internal_transfer#rows']);
	});

	it('shows both forms of a key figure, and beneath it what is not counted', () => {
		const value = euro('5000000', {
			notCounted: [{ reason: 'internal_transfer', amount: '10', entries: 1, unconverted: [] }]
		});
		const markup = draw(KeyFigure, {
			term: 'Spent',
			figure: { value, origin: ofSlice, nature: 'published' }
		});
		expect(spoken(markup)).toMatch(/EUR 5 million.*EUR 5 000 000\.00.*Transferred inside/);
		expect(links(markup)).toHaveLength(2);
	});
});

describe('a figure that a failed check is about', () => {
	const failed: FailedCheck = {
		code: 'spent_within_received',
		nature: 'published',
		project: 'GLOACT',
		subject: '',
		touches: [{ measure: 'spent', counting: 'counted' }],
		parties: null
	};
	const drawFigure = (origin: Origin, nature: 'published' | 'demonstration' = 'published') =>
		draw(Figure, { value: euro('5'), origin, nature }, { failed: [failed], home: 'GLOACT' });

	it('carries a mark that says which, and leads to its result', () => {
		const markup = drawFigure(ofSlice);
		expect(spoken(markup)).toMatch(/A check fails: Spending stays within receipts$/);
		expect(links(markup)).toHaveLength(2);
		expect(links(markup)[1]).toBe('/checks?project=GLOACT#published-spent_within_received-GLOACT');
	});

	it('is marked in its own language', () => {
		const markup = draw(
			Figure,
			{ value: euro('5'), origin: ofSlice, nature: 'published' },
			{ failed: [failed], locale: 'fr' }
		);
		expect(links(markup)[1]).toMatch(/^\/fr\/checks/);
	});

	it('is the only one: invented money, other money and statements of sources carry none', () => {
		for (const origin of [
			{ kind: 'slice', slice: invented },
			{ kind: 'slice', slice: { ...slice, measure: 'budget' } },
			{ kind: 'claim', claim: '7' }
		] satisfies Origin[])
			expect(links(drawFigure(origin))).toHaveLength(1);
	});
});
