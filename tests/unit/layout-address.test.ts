import { describe, expect, it } from 'vitest';
import {
	carriedTo,
	delocalized,
	localized,
	parametersOf,
	pathOf,
	withEnding,
	withParameters
} from '#lib/layout/address.ts';
import { reportAddress } from '#lib/layout/report-address.ts';
import { localizeHref } from '#lib/paraglide/runtime.js';

describe('the language of an address', () => {
	it.each(['/', '/?asof=2017-06-30', '/countries/ML?from=2017-01-01#map', '/friends', '/fr-x'])(
		'is put on and taken off %s',
		(address) => {
			expect(localized(address, 'en')).toBe(address);
			expect(delocalized(localized(address, 'fr'))).toBe(address);
		}
	);

	it('stands before the path, and the root has no slash after it', () => {
		expect(localized('/', 'fr')).toBe('/fr');
		expect(localized('/?asof=2017-06-30', 'fr')).toBe('/fr?asof=2017-06-30');
		expect(localized('/countries', 'fr')).toBe('/fr/countries');
	});

	it('is written as the catalogue itself reads it', () => {
		expect(localized('/countries?from=2017-01-01', 'fr')).toBe(
			localizeHref('/countries?from=2017-01-01', { locale: 'fr' })
		);
	});
});

describe('parameters', () => {
	const address = '/transactions?measure=received&country=ML&after=x';

	it('are set and left out, the others stay in their order', () => {
		expect(withParameters(address, { after: null, asof: '2017-06-30' })).toBe(
			'/transactions?measure=received&country=ML&asof=2017-06-30'
		);
		expect(withParameters('/?demonstration=off', { demonstration: null })).toBe('/');
	});

	it('are repeated by a form but for those it asks for itself', () => {
		expect(parametersOf(address, ['after'])).toEqual([
			['measure', 'received'],
			['country', 'ML']
		]);
		expect(pathOf(address)).toBe('/transactions');
	});

	it('stay behind the ending of a file', () => {
		expect(withEnding('/transactions?q=a.b?c', 'csv')).toBe('/transactions.csv?q=a.b?c');
		expect(withEnding('/audit', 'zip')).toBe('/audit.zip');
	});

	it('of the whole visit go along with a link, the others stay behind', () => {
		const here = '/countries?asof=2017-06-30&demonstration=off&sort=name';
		expect(carriedTo('/activities', here)).toBe('/activities?asof=2017-06-30&demonstration=off');
		expect(carriedTo('/activities?asof=2018-01-01', here)).toBe(
			'/activities?asof=2018-01-01&demonstration=off'
		);
		expect(carriedTo('/about#report', '/')).toBe('/about#report');
		expect(carriedTo('/about#report', here)).toBe('/about?asof=2017-06-30&demonstration=off#report');
	});
});

describe('reporting an error', () => {
	const url = 'https://example.org/countries/ML?from=2017-01-01&to=2017-12-31';

	it('takes the page along where the target can hold it', () => {
		expect(reportAddress('mailto:office@example.org', url, 'Error')).toBe(
			`mailto:office@example.org?subject=Error&body=${encodeURIComponent(`${url}\n\n`)}`
		);
		expect(reportAddress('https://example.org/report?form=1', url, 'Error')).toBe(
			`https://example.org/report?form=1&page=${encodeURIComponent(url)}`
		);
	});

	it('leads to the page about the dashboard where no target is set', () => {
		expect(reportAddress(null, url, 'Error')).toBe('/about#report');
	});
});
