import { describe, expect, it } from 'vitest';
import { defaultSlice } from '#lib/slice/codec.ts';
import { listFilters } from '#lib/slice/filters.ts';
import type { Slice } from '#lib/slice/slice.ts';
import { describeSlice, sliceSentence } from '#lib/slice/words.ts';

const spent = defaultSlice('gloact');
/** The same text with plain blanks. */
const plainly = (text: string) => text.replace(/[\u202f\u00a0]/g, ' ');
const english = (slice: Partial<Slice>, names = {}) =>
	plainly(describeSlice({ ...spent, ...slice }, names, 'en'));
const french = (slice: Partial<Slice>, names = {}) =>
	plainly(describeSlice({ ...spent, ...slice }, names, 'fr'));

describe('a slice in words', () => {
	it('says measure, place, time and what was known', () => {
		const slice = { country: 'ML', from: '2017-01-01', to: '2017-12-31', asof: '2017-06-30' };
		expect(english(slice, { country: 'Mali' })).toBe('Spent in Mali, 2017, as of 30 June 2017');
		expect(french(slice, { country: 'Mali' })).toBe('Dépensé (Mali), 2017, situation au 30 juin 2017');
	});

	it('says no more than was asked', () => {
		expect(english({})).toBe('Spent');
		expect(french({ measure: 'received' })).toBe('Reçu');
		expect(english({ currency: 'USD' })).toBe('Spent, in USD');
	});

	it('says the days as shortly as they allow', () => {
		expect(english({ from: '2017-04-01', to: '2017-06-30' })).toBe('Spent, Q2 2017');
		expect(english({ from: '2017-04-01', to: '2017-04-30' })).toBe('Spent, April 2017');
		expect(english({ from: '2015-01-01', to: '2017-12-31' })).toBe('Spent, 2015–2017');
		expect(english({ from: '2015-07-01', to: '2019-07-31' })).toBe('Spent, 1 July 2015 – 31 July 2019');
		expect(english({ from: '2015-07-01' })).toBe('Spent, from 1 July 2015');
		expect(english({ to: '2015-07-01' })).toBe('Spent, until 1 July 2015');
		expect(french({ from: '2015-07-01' })).toBe('Dépensé, à partir du 1er juillet 2015');
	});

	it('names every restriction, in a fixed order', () => {
		const slice: Slice = {
			...spent,
			measure: 'received',
			project: 'GLOACT',
			activity: '12',
			country: 'ML',
			allocation: 'apportioned',
			organisation: '7',
			part: 'provider',
			sector: '15160',
			heading: 'staff',
			objective: 'O3',
			agreement: 'C-1',
			counting: 'internal_transfer',
			basis: 'cash',
			state: 'audited',
			undated: 'quarter'
		};
		const names = {
			project: 'GLO.ACT',
			activity: 'Workshop in Sikasso',
			country: 'Mali',
			organisation: 'European Union',
			sector: 'Human rights',
			objective: 'Capacity building',
			agreement: 'EU contribution'
		};
		expect(english(slice, names)).toBe(
			'Received in Mali, apportioned, project GLO.ACT, activity “Workshop in Sikasso”, provider European Union, sector Human rights, ' +
				'heading Staff and other personnel, objective Capacity building, agreement EU contribution, ' +
				'not counted: internal transfer, cash basis, audited, not dated to a quarter'
		);
	});

	it('says the part that a dimension leaves over, and codes where no name is known', () => {
		expect(english({ country: 'none' })).toBe('Spent, not allocated to a country');
		expect(english({ agreement: 'none', organisation: 'none', part: 'receiver' })).toBe(
			'Spent, receiver not stated, pooled, not attributed to a contribution'
		);
		expect(english({ country: 'QX', heading: 'B7' })).toBe('Spent in QX, heading B7');
	});

	it('lists several values as the language does', () => {
		const slice = {
			country: 'ML,NE',
			organisation: '3,7',
			part: 'reporter',
			from: '2016-01-01',
			to: '2018-12-31'
		} as const;
		const names = { country: { ML: 'Mali', NE: 'Niger' }, organisation: { 3: 'IOM', 7: 'UNICEF' } };
		expect(english({ ...slice, measure: 'expenditure' }, names)).toBe(
			'Expenditure in Mali and Niger, reported by IOM and UNICEF, 2016–2018'
		);
		expect(french(slice, names)).toBe('Dépensé (Mali et Niger), déclarant : IOM et UNICEF, 2016-2018');
		expect(english({ country: 'ML,none', booked: 'USD' }, names)).toBe(
			'Spent in Mali and not allocated to a country, booked in USD'
		);
	});

	it('says how each part is taken off, one value of several by itself', () => {
		const slice = {
			...spent,
			country: 'BR,ML,NE',
			organisation: '3',
			part: 'reporter',
			from: '2016-01-01',
			currency: 'USD'
		} as const;
		const names = { country: { BR: 'Brazil', ML: 'Mali', NE: 'Niger' }, organisation: 'IOM' };
		const parts = sliceSentence(slice, names, 'en');
		expect(parts.map(({ text }) => text).join('')).toBe(describeSlice(slice, names, 'en'));
		expect(parts.filter(({ without }) => without !== null)).toEqual([
			{ text: 'Brazil', without: { country: 'ML,NE' } },
			{ text: 'Mali', without: { country: 'BR,NE' } },
			{ text: 'Niger', without: { country: 'BR,ML' } },
			{ text: 'reported by IOM', without: { organisation: null, part: null } },
			{ text: 'from 1 January 2016', without: { from: null, to: null } },
			{ text: 'in USD', without: { currency: null } }
		]);
		const demonstration = sliceSentence({ ...spent, nature: 'demonstration', heading: 'staff' }, {}, 'en');
		expect(demonstration.filter(({ without }) => without !== null)).toEqual([
			{ text: 'heading Staff and other personnel', without: { heading: null } }
		]);
	});

	it('never leaves out that a figure is invented', () => {
		expect(english({ nature: 'demonstration', country: 'ML' }, { country: 'Mali' })).toBe(
			'Demonstration – Spent in Mali'
		);
		expect(french({ nature: 'demonstration' })).toBe('Démonstration – Dépensé');
	});
});

describe('the filters of a slice', () => {
	const lines = (slice: Partial<Slice>, names = {}, locale: 'en' | 'fr' = 'en') =>
		listFilters({ ...spent, ...slice }, names, locale).map(({ label, value }) =>
			plainly(`${label}: ${value}`)
		);

	it('always hold what decides a figure', () => {
		expect(lines({})).toEqual(['Measure: Spent', 'Nature: Published', 'Counting: Counted', 'Currency: EUR']);
	});

	it('hold each restriction under its own name', () => {
		const slice: Partial<Slice> = {
			project: 'GLOACT',
			activity: '3',
			country: 'none',
			allocation: 'unallocated',
			organisation: '4',
			part: 'reporter',
			sector: '15160',
			heading: 'travel',
			objective: 'none',
			agreement: 'A',
			basis: 'accrual',
			state: 'provisional',
			from: '2017-01-01',
			to: '2017-12-31',
			undated: 'month',
			asof: '2018-01-01'
		};
		const all = listFilters({ ...spent, ...slice }, {}, 'en').map(({ parameter }) => parameter);
		expect(all.toSorted()).toEqual(
			[
				...Object.keys(slice).filter((name) => name !== 'part'),
				'measure',
				'nature',
				'counting',
				'currency'
			].toSorted()
		);
		expect(lines(slice, { organisation: 'UNODC' }).slice(4, 8)).toEqual([
			'Country: Not allocated to a country',
			'How allocated: Unallocated',
			'Reporting organisation: UNODC',
			'Sector: 15160'
		]);
		expect(lines(slice, {}, 'fr')).toContain('Jusqu’au: 31 décembre 2017');
	});
});
